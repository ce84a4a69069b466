"""In what two statements about one matter differ: a number, a date, a place, an actor, or yes and no.

Each text is searched for what can be compared: numbers (as ranges), times (as days), states, names, negations
and opposite words. What both texts have in common is set aside; of the rest, two things of one kind are a
difference when they stand in like places (``aligned``). A thing that only one text has is no difference: it
says more, not something else. These are reasons in words for a judgement made elsewhere; alone they do not
show that two texts contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from onrecord.facts import fold, states
from onrecord.lang import word_list
from onrecord.linking.claims import concepts
from onrecord.linking.claims.concepts import opposites, turns_back
from onrecord.linking.claims.words import WordPlace, likeness, place, same_role
from onrecord.reading.claimed import Claimed, Named, claimed
from onrecord.reading.quantities import Day, Measure, apart, day_of, may_be_one
from onrecord.values import Interval, Span, Spans, TimeExpression

DifferenceKind = Literal["number", "date", "place", "actor", "polarity"]
# Characters of each text that are looked at: statements are shorter, and the work stays small on any text.
LONGEST = 4000
_LIKE = 0.8  # least likeness of two places: one content word beside both, or two a little further off
_MOST = 40  # things of one kind compared in each text
_BREAK = re.compile(r"[,;:()—–]|[.!?]\s")
_REACH = 3  # words from a negation to the word that it turns, both counted, that stand right by each other
_PLACE_IN_ROW = re.compile(r" of \d+\b")  # "photo 11 of 37": the eleventh, not eleven
_IN_PLACE = word_list("linking", "in_place")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two texts differ, and where each says it."""

    kind: DifferenceKind
    first: Spans  # in the first text; empty where only the second has the word (a negation)
    second: Spans
    words: str  # for people: "54 against 60 countries"
    # Numbers: what is counted is named right behind both. Negations: they stand right by what they turn.
    close: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One text to compare, and what is known about it."""

    text: str
    anchor: Interval | None = None  # when it was said or published: what "Friday" counts from
    actors: tuple[tuple[Span, str], ...] = field(default=())  # mentions with the id or name of their actor


Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class _Found(Generic[Thing]):
    span: Span
    thing: Thing
    place: WordPlace


def differences(first: str | Told, second: str | Told) -> tuple[Difference, ...]:
    """In what the two texts differ, in the order number, date, place or actor, polarity.

    Args:
        first: a sentence or statement; with ``Told`` also the time it counts from and its known actors.
        second: the other one.

    Returns:
        Differences whose spans are code points into the texts. Empty if none is found, which does not mean
        that the texts agree. Never raises; time grows with the length of the texts up to LONGEST characters.

    >>> [one.words for one in differences("54 countries recognise him.", "He is recognised by 60 countries.")]
    ['54 against 60 countries']
    >>> [one.words for one in differences("No troops were sent to Libya.", "Troops were sent to Libya.")]
    ['“No troops” against “Troops”']
    """
    one, other = _Side.of(first), _Side.of(second)
    found = [*_numbers(one, other), *_dates(one, other), *_states(one, other), *_names(one, other)]
    return (*found, *_polarity(one, other))


@dataclass(frozen=True, slots=True)
class _Side:
    """One text, taken apart."""

    told: Told
    found: Claimed

    @classmethod
    def of(cls, given: str | Told) -> _Side:
        """The text with what stands in it, up to LONGEST."""
        told = Told(given) if isinstance(given, str) else given
        return cls(told, claimed(told.text[:LONGEST], told.anchor))

    @property
    def text(self) -> str:
        """What is compared."""
        return self.found.text

    def at(self, span: Span, thing: Thing) -> _Found[Thing]:
        """A thing with its place."""
        return _Found(span, thing, place(self.found.content, span))

    def quote(self, span: Span) -> str:
        """The characters under a span."""
        return self.text[span[0] : span[1]]


def _left(
    one: Sequence[_Found[Thing]], other: Sequence[_Found[Thing]], same: Callable[[Thing, Thing], bool]
) -> tuple[list[_Found[Thing]], list[_Found[Thing]]]:
    """What has no equal on the other side."""
    one, other = one[:_MOST], other[:_MOST]
    return (
        [a for a in one if not any(same(a.thing, b.thing) for b in other)],
        [b for b in other if not any(same(a.thing, b.thing) for a in one)],
    )


def _pairs(
    one: Sequence[_Found[Thing]], other: Sequence[_Found[Thing]], *, least: float = _LIKE
) -> list[tuple[_Found[Thing], _Found[Thing]]]:
    """Those that stand in like places, the likest first; each once; told in the order of the first text."""
    ranked = sorted(
        ((likeness(a.place, b.place), a, b) for a in one for b in other),
        key=lambda each: (-each[0], each[1].span, each[2].span),
    )
    chosen: list[tuple[_Found[Thing], _Found[Thing]]] = []
    for like, a, b in ranked:
        if like >= least and all(a is not x and b is not y for x, y in chosen):
            chosen.append((a, b))
    return sorted(chosen, key=lambda pair: pair[0].span)


def _numbers(one: _Side, other: _Side) -> list[Difference]:
    sides = []
    for side in (one, other):
        spans = [time.span for time in side.found.times if time.type in ("date", "time")]
        sides.append(
            [
                side.at(m.span, m)
                for m in side.found.measures
                if not _overlaps(m.span, spans) and not _PLACE_IN_ROW.match(side.text, m.span[1])
            ]
        )
    left = _left(sides[0], sides[1], lambda a, b: a.unit == b.unit and not apart(a, b))
    made = []
    for a, b in _pairs(*left):
        if apart(a.thing, b.thing) and not _doubtful(a, b):
            words, close = _counted(one, a, other, b)
            made.append(Difference("number", (a.span,), (b.span,), words, close))
    return made


def _doubtful(a: _Found[Measure], b: _Found[Measure]) -> bool:
    """A bare "one" is a pronoun more often than a count, unless both count the same thing."""
    same = bool(a.place.after and b.place.after and a.place.after[0] == b.place.after[0])
    return not same and any(each.thing.in_words and each.thing.high <= 1 for each in (a, b))


def _counted(one: _Side, a: _Found[Measure], other: _Side, b: _Found[Measure]) -> tuple[str, bool]:
    """ "54 against 60 countries": with what is counted where it is the same, and whether it is."""
    words = f"{one.quote(a.span)} against {other.quote(b.span)}"
    following = [word for word in other.found.content if word.span[0] >= b.span[1]][:1]
    if following and a.place.after[:1] == (following[0].stem,) and following[0].span[0] - b.span[1] <= 1:
        return words + " " + other.quote(following[0].span), True
    return words, False


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _dates(one: _Side, other: _Side) -> list[Difference]:
    sides = [[side.at(t.span, day) for t, day in _days(side)] for side in (one, other)]
    left = _left(sides[0], sides[1], may_be_one)
    pairs = _pairs(*left, least=0.5)
    if not pairs and len(left[0]) == len(left[1]) == 1:
        pairs = [(left[0][0], left[1][0])]
    return [
        Difference("date", (a.span,), (b.span,), f"{one.quote(a.span)} against {other.quote(b.span)}")
        for a, b in pairs
    ]


def _days(side: _Side) -> Iterator[tuple[TimeExpression, Day]]:
    for time in side.found.times:
        if time.type in ("date", "time"):
            yield time, day_of(side.text, time)


def _states(one: _Side, other: _Side) -> list[Difference]:
    sides = []
    for side in (one, other):
        spans = [span for span, _ in side.told.actors]
        found = [((f.start, f.end), f.code) for f in side.found.states]
        sides.append([side.at(span, code) for span, code in found if not _overlaps(span, spans)])
    left = _left(sides[0], sides[1], lambda a, b: a == b)
    made: list[Difference] = []
    for a, b in _pairs(*left, least=0.5):
        if not same_role(a.place, b.place):
            continue
        words = f"{states()[a.thing].name} against {states()[b.thing].name}"
        kind: DifferenceKind = "place" if _in_place(one, a.span) and _in_place(other, b.span) else "actor"
        made.append(Difference(kind, (a.span,), (b.span,), words))
    return made


def _in_place(side: _Side, span: Span) -> bool:
    before = side.text[max(0, span[0] - 14) : span[0]].lower().split()
    before = before[:-1] if before[-1:] == ["the"] else before
    return bool(before) and before[-1] in _IN_PLACE


def _names(one: _Side, other: _Side) -> list[Difference]:
    """Names that are neither states nor times, and mentions of known actors."""
    sides = []
    for side in (one, other):
        taken = [time.span for time in side.found.times] + [span for span, _ in side.told.actors]
        taken += [(f.start, f.end) for f in side.found.states]
        inside = [(span, who) for span, who in side.told.actors if span[1] <= len(side.text)]
        told = [Named(span, who, known=True) for span, who in inside]
        loose = [one for one in side.found.names if not _overlaps(one.span, taken)]
        sides.append([side.at(n.span, n) for n in sorted([*told, *loose], key=lambda n: n.span)])
    texts = [frozenset(fold(side.text).split()) for side in (one, other)]
    kept = [
        [each for each in found if each.thing.known or not concepts.mentioned(each.thing, there)]
        for found, there in zip(sides, reversed(texts), strict=True)
    ]
    left = _left(kept[0], kept[1], concepts.same)
    found = []
    for a, b in _pairs(*left):
        if not same_role(a.place, b.place) or _one_name(one.quote(a.span), other.quote(b.span)):
            continue
        kind: DifferenceKind = "place" if _in_place(one, a.span) and _in_place(other, b.span) else "actor"
        words = f"{one.quote(a.span)} against {other.quote(b.span)}"
        found.append(Difference(kind, (a.span,), (b.span,), words))
    return found


def _one_name(one: str, other: str) -> bool:
    """Whether two texts have the same name: who is held to be two in two reports, may be one to a reader.

    "The minister" is no name, and may be another one.
    """
    return fold(one) == fold(other) and all(word[:1].isupper() for word in one.split() if word != "the")


def _polarity(one: _Side, other: _Side) -> list[Difference]:
    found: list[Difference] = []
    counts = [[side.at(span, span) for span in side.found.negations] for side in (one, other)]
    left = [list(side) for side in counts]
    for a, b in _pairs(counts[0], counts[1], least=0.5):
        left[0].remove(a)
        left[1].remove(b)
    for number in (0, 1):
        if len(left[number]) == 1 and not left[1 - number]:
            found += _negated((one, other), left[number][0].span, number)
    counted = [[m.span for m in side.found.measures] for side in (one, other)]
    for x, y in opposites(one.found.words, other.found.words):
        if _overlaps(x.span, counted[0]) or _overlaps(y.span, counted[1]):
            continue  # "more than" is part of a number
        if likeness(place(one.found.content, x.span), place(other.found.content, y.span)) >= _LIKE:
            words = f"{one.quote(x.span)} against {other.quote(y.span)}"
            found.append(Difference("polarity", (x.span,), (y.span,), words, close=True))
    return found


def _negated(sides: tuple[_Side, _Side], span: Span, number: int) -> Iterator[Difference]:
    """The negation that side ``number`` has, with the word it turns round and that word's twin.

    None where the texts do not share such a word, or share it alone: what is denied is something else then.
    """
    side, against = sides[number], sides[1 - number]
    there = {word.stem: word for word in reversed(against.found.content)}
    shared = {word.stem for word in side.found.content} & there.keys()
    behind = [word for word in side.found.content if word.span[0] >= span[1]][:3]
    if turns_back(side.quote(span)):
        behind = [word for word in side.found.content if word.span[1] <= span[0]][:-4:-1]
    known = [word for word in behind if word.stem in there]
    # Verbs and things are denied rather than names.
    turned = next((word for word in known if side.quote(word.span)[0].islower()), known[0] if known else None)
    if turned and _BREAK.search(side.text, min(span[1], turned.span[1]), max(span[0], turned.span[0])):
        return  # another clause
    if turned is None or len(shared) < min(2, len(against.found.content) - 1):
        return
    twin = there[turned.stem]
    whole = (min(span[0], turned.span[0]), max(span[1], turned.span[1]))
    close = len(side.quote(whole).split()) <= _REACH
    with_it, plain = f"“{side.quote(whole)}”", f"“{against.quote(twin.span)}”"
    if number == 0:
        yield Difference("polarity", (span,), (twin.span,), f"{with_it} against {plain}", close)
    else:
        yield Difference("polarity", (twin.span,), (span,), f"{plain} against {with_it}", close)
