"""Who a sentence names before or behind a word: single parties, lists of them, and what is said of them.

    list before:  ["neither"] party {"," party} ["and" party] [aside in commas | "which"] HERE
    object at:    HERE [the] [describing words, offices] party ["’s" government] | government "of" party

Each looks only at the words beside it, so its work does not grow with the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lang import word_list
from onrecord.reading.positions.parts import (
    ABOUT_THEM,
    APART,
    AUX,
    CONJUNCTIONS,
    DESCRIBING,
    DETERMINERS,
    GOVERNMENT,
    HYPOTHETICAL,
    MODALS,
    NOUNS,
    PREPOSITIONS,
    REPORTING,
    TITLES,
    WILL,
    Chunk,
    SentenceParts,
)

_LONGEST_LIST = 12
_LONGEST_ASIDE = 25  # words between two commas behind a subject
_ASIDE = word_list("positions", "aside") | APART
_MARKS = frozenset(',;:()[]“”"«»‘—–-.!?…•|')
_OPENING = frozenset(',;:([“”"«‘—–•-|…')


@dataclass(frozen=True, slots=True)
class Before:
    """The parties before a word, the first word of all of them, and whether "neither" stands there."""

    parties: tuple[Chunk, ...]
    first: int
    neither: bool = False


@dataclass(frozen=True, slots=True)
class Objects:
    """The parties behind a word, and the word behind them."""

    parties: tuple[Chunk, ...]
    end: int


def before(p: SentenceParts, at: int, *, plural: bool | None) -> Before | None:
    """The subject whose last word stands right before ``at``.

    Args:
        p: the sentence.
        at: the word behind the subject.
        plural: what the verb agrees with; None: either.
    """
    at = _past_relative(p, at)
    if found := _list_before(p, at, plural=plural):
        return found
    if p.low(at - 1) == ",":
        return _before_aside(p, at - 1, plural=plural)
    return None


def _past_relative(p: SentenceParts, at: int) -> int:
    """Before "which", "who", and a comma in front of it."""
    if p.low(at - 1) in ("which", "who", "that") and at > 1:
        at -= 1
        if p.low(at - 1) == ",":
            at -= 1
    return at


def _before_aside(p: SentenceParts, comma: int, *, plural: bool | None) -> Before | None:
    """The subject before ", a close ally of Peru," whose second comma stands at ``comma``."""
    for at in range(comma - 1, max(0, comma - _LONGEST_ASIDE), -1):
        if p.low(at) in (",", "(") and p.low(at + 1) in _ASIDE:
            found = _list_before(p, at, plural=plural)
            if found is None:
                continue
            named: tuple[Chunk, ...] = ()
            if p.low(at + 1) in APART and found.parties[-1].party.least is not None:
                listed = objects(p, at + 1 + (p.low(at + 2) in ("as", "them")) + 1, loose=True)
                named = listed.parties if listed else ()
            return Before(found.parties + named, found.first, found.neither)
        if p.low(at) in ";:.":
            return None
    return None


def _list_before(p: SentenceParts, at: int, *, plural: bool | None) -> Before | None:
    """One party that ends at ``at``, or a list of them."""
    for last in p.ends.get(at, ()):
        if last.pronoun and p.low(last.first) in ("him", "her", "them", "us", "me"):
            continue
        many, first = _others_in_list(p, last)
        neither = p.low(first - 1) == "neither"
        if many and (plural is not False or neither) and _may_begin(p, first - neither):
            return Before((*many, last), _past_determiner(p, first), neither)
        if _fits(p, last, plural) and _may_begin(p, last.first):
            return Before((last,), _past_determiner(p, last.first))
    return None


def listed_before(p: SentenceParts, at: int) -> Before | None:
    """One party or a list that ends at ``at``, whatever stands before it."""
    for last in p.ends.get(at, ())[:1]:
        many, first = _others_in_list(p, last)
        return Before((*many, last), first)
    return None


def _fits(p: SentenceParts, one: Chunk, plural: bool | None) -> bool:
    """Whether one party can be the subject of a verb of this number."""
    words = p.low(one.first)
    several = one.party.least is not None or words in ("they", "we", "i", "you")
    if plural is None:
        return True
    if several:
        return plural
    group = one.kind in ("organisation", "force", "person") and p.low(one.last - 1)[-1:] == "s"
    return not plural or group


def _others_in_list(p: SentenceParts, last: Chunk) -> tuple[tuple[Chunk, ...], int]:
    """The parties listed before the last one, in order, and the first word; none without "and"."""
    at = _past_determiner(p, last.first) - 1
    if p.low(at) not in ("and", "or", "nor", "&"):
        return (), last.first
    if p.low(at - 1) == ",":
        at -= 1
    found: list[Chunk] = []
    first = last.first
    while len(found) < _LONGEST_LIST and (chunks := p.ends.get(at)):
        found.append(chunks[0])
        first = _past_determiner(p, chunks[0].first)
        if p.low(first - 1) != ",":
            break
        at = first - 1
    return tuple(reversed(found)), first


def _past_determiner(p: SentenceParts, first: int) -> int:
    while True:
        low = p.low(first - 1)
        title = low in TITLES and p.tokens[first - 1].capital
        stop = low == "." and p.low(first - 2) in ("mr", "mrs", "gen", "sen", "dr")
        if not (title or stop or low in ("the", "both", "only", "even")):
            return first
        first -= 1


def _may_begin(p: SentenceParts, first: int) -> bool:
    """Whether a clause may begin with word ``first``: nothing before it can own it or govern it."""
    at = _past_determiner(p, first) - 1
    if p.low(at) == "of" and p.low(at - 1) in GOVERNMENT:
        at = _past_determiner(p, at - 1) - 1
    low = p.low(at)
    if at < 0 or low in _OPENING or low in CONJUNCTIONS or low in REPORTING:
        return True
    return (low.endswith("ly") and len(low) > 4) or at in p.dates or low in HYPOTHETICAL


def objects(
    p: SentenceParts, at: int, *, loose: bool = False, strict_end: bool = True, subject: bool = False
) -> Objects | None:
    """The object that begins at ``at``: one party or several.

    Args:
        p: the sentence.
        at: the first word of the object.
        loose: take what follows the object as it is: a list that stands between commas.
        strict_end: what follows must show that the object has ended.
        subject: it may be the end of a subject, with an auxiliary behind it.
    """
    one = _object(p, at)
    if one is None or not (loose or not strict_end or _ended(p, one.end) or (subject and _verb(p, one.end))):
        return None
    found, end = list(one.parties), one.end
    while len(found) < _LONGEST_LIST and (behind := _past_and(p, end)):
        more = _object(p, behind)
        if more is None:
            break
        listed = len(found) > 1 and p.low(behind - 1) == "and" and _verb(p, more.end)
        if not (_ended(p, more.end) or listed or (loose and p.low(more.end) == ",")):
            break
        if p.low(behind - 1) == "," and not _closes(p, more.end):
            break
        found += more.parties
        end = more.end
    return Objects(tuple(found), end)


def _verb(p: SentenceParts, at: int) -> bool:
    """Whether a verb may stand at ``at``: no capital, and none of the nouns that follow names."""
    low = p.low(at)
    if low in AUX or low in MODALS or low in WILL:
        return True
    return low.isalpha() and not p.tokens[at].capital and low not in NOUNS


def _past_and(p: SentenceParts, at: int) -> int | None:
    if p.low(at) in ("and", "or", "nor"):
        return at + 1
    if p.low(at) == "," and p.low(at + 1) in ("and", "or"):
        return at + 2
    return at + 1 if p.low(at) == "," else None


def _closes(p: SentenceParts, at: int) -> bool:
    """A list with commas goes on to an "and": "China, Iran and Cuba"."""
    for _ in range(_LONGEST_LIST):
        if p.low(at) in ("and", "or") or (p.low(at) == "," and p.low(at + 1) in ("and", "or")):
            return True
        if p.low(at) != "," or (more := _object(p, at + 1)) is None:
            return False
        at = more.end
    return False


def _object(p: SentenceParts, at: int) -> Objects | None:
    """One party with the words that describe it, or its government."""
    at = _past_describing(p, at)
    if p.low(at) in ABOUT_THEM and p.low(at + 1) == "of":
        at = _past_describing(p, at + 2)
    for one in p.starts.get(at, ()):
        if (end := _owned(p, one.last)) is not None:
            return Objects((one,), end)
        if p.low(one.last) == "'s":  # "Peru's president, Ana Soto"; "Peru's President Ana Soto"
            behind = _past_describing(p, one.last + 1)
            if behind > one.last + 1 and (chunks := p.starts.get(behind)):
                return Objects((chunks[0],), chunks[0].last)
    described = p.modifiers.get(at)
    return _government(p, described) if described else None


def _government(p: SentenceParts, one: Chunk) -> Objects | None:
    """ "the Peruvian government", "Peruvian President Ana Soto"."""
    at = one.last
    while p.low(at) in DESCRIBING:
        at += 1
    if p.low(at) in GOVERNMENT and p.low(at + 1) != "of":
        return Objects((one,), at + 1)
    behind = _past_describing(p, one.last)
    if behind > one.last and (chunks := p.starts.get(behind)) and chunks[0].kind == "person":
        return Objects((chunks[0],), chunks[0].last)
    return None


def _past_describing(p: SentenceParts, at: int) -> int:
    for _ in range(9):
        low = p.low(at)
        if at in p.titles and at not in p.starts:
            at = p.titles[at]
        elif low in DETERMINERS or ((low in DESCRIBING or low in TITLES) and at not in p.starts):
            at += 1
        else:
            break
    return at


def _owned(p: SentenceParts, at: int) -> int | None:
    """Behind "'s government" at ``at``; ``at`` itself where nothing is owned; None: something else is."""
    if p.low(at) != "'s":
        return at
    at += 1
    while p.low(at) in DESCRIBING:
        at += 1
    return at + 1 if p.low(at) in ABOUT_THEM and at + 1 not in p.starts else None


def _ended(p: SentenceParts, at: int) -> bool:
    """Whether nothing that follows can make the party before ``at`` a part of something else."""
    low = p.low(at)
    if not low or low in _MARKS or low in PREPOSITIONS or at in p.dates:
        return True
    return low.endswith("ly") or (low.endswith("ed") and p.low(at - 1) != "'s")


def modal_before(p: SentenceParts, at: int, words: frozenset[str], *, reach: int = 8) -> bool:
    """Whether one of ``words`` stands up to ``reach`` words before ``at`` in its clause."""
    for k in range(at - 1, max(-1, at - 1 - reach), -1):
        if p.low(k) in ";:.—–":
            return False
        if p.low(k) in words:
            return True
    return False
