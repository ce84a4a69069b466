"""The words that tell a standing relation; and a sentence taken apart for the grammar of positions: its
words, and who stands where among them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.facts import state_of, states_in
from onrecord.lang import either, verb_forms, word_list, word_map, word_row, word_set
from onrecord.times.lexicon import ONES, TENS
from onrecord.values import Entity, Mention, Party, PositionRelation, Span

Form = Literal["base", "s", "past", "ing", "participle"]


@dataclass(frozen=True, slots=True)
class VerbSense:
    """What a verb tells when ``particles`` follow it."""

    relation: PositionRelation
    particles: tuple[str, ...] = ()
    legitimate: bool = False  # only with a complement that says so: "consider X the legitimate president"


_VERBS: dict[str, tuple[tuple[PositionRelation, str], ...]] = {
    "recognize": (("recognizes", ""),), "recognise": (("recognizes", ""),),
    "support": (("supports", ""),), "back": (("supports", ""),), "endorse": (("supports", ""),),
    "side": (("supports", "with"),), "prop": (("supports", "up"),), "rally": (("supports", "behind"),),
    "stand": (("supports", "by"), ("supports", "with"), ("supports", "behind"), ("opposes", "against"),
              ("opposes", "up to")),
    "oppose": (("opposes", ""),), "sanction": (("sanctions", ""),),
    "ally": (("allied_with", "with"), ("allied_with", "to")),
}  # fmt: skip
_LEGITIMATE = word_row("positions", "legitimate_consider")


def _forms(stem: str) -> tuple[tuple[str, Form], ...]:
    """The forms of a verb, beside its stem."""
    told = verb_forms(stem)
    return (told.third, "s"), (told.past, "past"), (told.ing, "ing"), (told.participle, "past")


def _verbs() -> dict[str, tuple[Form, tuple[VerbSense, ...]]]:
    found: dict[str, tuple[Form, tuple[VerbSense, ...]]] = {}
    senses = {
        stem: tuple(VerbSense(relation, tuple(particles.split())) for relation, particles in told)
        for stem, told in _VERBS.items()
    }
    senses |= {stem: (VerbSense("recognizes", legitimate=True),) for stem in _LEGITIMATE}
    for stem, told in senses.items():
        for word, form in ((stem, "base"), *_forms(stem)):
            found[word] = (form, told)
    return found


VERBS = _verbs()

# Behind a form of "be", or behind a party without one: "is opposed to", "parties allied with".
ADJECTIVES: dict[tuple[str, ...], PositionRelation] = {
    ("opposed", "to"): "opposes", ("hostile", "to"): "opposes", ("against",): "opposes",
    ("outspoken", "against"): "opposes", ("allied", "with"): "allied_with", ("allied", "to"): "allied_with",
    ("loyal", "to"): "supports", ("supportive", "of"): "supports", ("in", "favor", "of"): "supports",
    ("in", "favour", "of"): "supports", ("in", "solidarity", "with"): "supports",
}  # fmt: skip
ALONE = word_set("allied loyal opposed hostile")  # these need no "be"

# "HOLDER is an ally of TARGET", "TARGET's allies": what the noun makes of its holder.
ROLES: dict[str, PositionRelation] = word_map("positions", "roles")
# "HOLDER's support for TARGET", "HOLDER recognition of TARGET".
ATTITUDES: dict[str, tuple[PositionRelation, frozenset[str]]] = {
    "support": ("supports", word_set("for to")), "backing": ("supports", word_set("for of")),
    "endorsement": ("supports", word_set("of")), "solidarity": ("supports", word_set("with")),
    "recognition": ("recognizes", word_set("of")), "opposition": ("opposes", word_set("to")),
    "alliance": ("allied_with", word_set("with")),
    "sanctions": ("sanctions", word_set("against on targeting")),
    "embargo": ("sanctions", word_set("against on")),
}  # fmt: skip
# "X-backed Y".
COMPOUNDS: dict[str, PositionRelation] = word_map("positions", "compounds")

IMPOSE = word_list("positions", "impose")
LIFT = word_list("positions", "lift")
SANCTIONS = word_set("sanctions embargo")

DENY = word_list("positions", "deny")
CLAIMS = word_list("positions", "claims")

FORCES = word_list("positions", "forces")
# Military only with a word that says so: "military advisers", "air base".
PEOPLE = word_list("positions", "people")
THINGS = word_list("positions", "things")
ARMED = word_list("positions", "armed")
CIVIL = word_list("positions", "civil")
HAVE = word_list("positions", "have")
SEND = word_list("positions", "send")
STAY = word_list("positions", "stay")

BE = word_list("positions", "be")
AUX = BE | word_list("positions", "aux")
MODALS = word_list("positions", "modals")
WILL = word_set("will 'll won't won’t")
NEGATIONS = word_list("stance", "negations")
ADVERBS = word_list("positions", "adverbs")
_ON = word_list("positions", "on")
_OFF = word_list("positions", "off")
_PLAN = word_list("positions", "plan")
# Verbs before "to recognize" or "recognizing", and what they make of it.
CHAINS: dict[str, Literal["on", "off", "plan"]] = {
    **dict.fromkeys(_ON, "on"), **dict.fromkeys(_OFF, "off"), **dict.fromkeys(_PLAN, "plan")
}  # fmt: skip

DETERMINERS = word_list("positions", "determiners")
PREPOSITIONS = word_list("positions", "prepositions")
OF_PLACE = word_list("positions", "of_place")
CONJUNCTIONS = word_list("positions", "conjunctions")
REPORTING = word_list("saying", "clauses")
ASSURING = word_list("positions", "assuring")
RUMOURS = word_list("positions", "rumours")
HYPOTHETICAL = word_list("positions", "hypothetical")
UNREAL = word_list("positions", "unreal")
PLANNED = word_list("positions", "planned")
ENDED = word_list("positions", "ended")

COUNTED = word_list("positions", "counted")
QUANTIFIERS: dict[str, tuple[int, int | None]] = {
    "several": (2, None), "many": (2, None), "most": (2, None), "some": (2, None), "dozens": (24, None),
    "scores": (40, None), "hundreds": (200, None), "numerous": (2, None), "various": (2, None),
    "few": (2, None), "majority": (2, None), "number": (2, None), "both": (2, 2),
}  # fmt: skip
ADJECTIVES_OF_COUNTED = word_list("positions", "adjectives_of_counted")
APART = word_list("positions", "apart")

GOVERNMENT = word_list("positions", "government")
ABOUT_THEM = GOVERNMENT | word_list("positions", "about_them")
TITLES = word_list("positions", "titles")
DESCRIBING = word_list("positions", "describing")
CLOSE = word_list("positions", "close")
LEGITIMATE = word_list("positions", "legitimate")
# Nouns that a name before them only describes: "sanctions on Iran oil exports".
NOUNS = word_list("positions", "nouns")


_JOINT = re.compile(rf"-(?=(?:{'|'.join(COMPOUNDS)})\b)")
_TOKEN = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:[.'’&-][^\W_]+)*|[^\s\w]|_")
_GENITIVE = re.compile(r"['’]s?$")
_BROKEN = re.compile(rf",|;|\b(?:{either('positions', 'broken')})\b")
_ACTORS = word_list("positions", "actors")
_POSSESSIVE = word_list("positions", "possessive")
_RELATIVE = word_list("positions", "relative")
FIRST_PERSON = word_list("positions", "first_person")
_MOST_WORDS = 14  # in a mention that is taken whole
_ABOUT = {
    ("more", "than"): "over", ("at", "least"): "least", ("over",): "over", ("up", "to"): "most",
    ("nearly",): "most", ("almost",): "most", ("about",): "about", ("around",): "about", ("some",): "about",
    ("roughly",): "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: where it stands in the text, and how it is compared."""

    start: int
    end: int
    low: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``first`` to before ``last`` of a sentence that are one party."""

    first: int
    last: int
    party: Party
    kind: str  # of the actor; "state" for numbers of countries
    sure: float
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """One sentence taken apart; indexes are of ``tokens``."""

    span: Span
    tokens: tuple[Token, ...]
    starts: Mapping[int, tuple[Chunk, ...]]  # parties that begin at a word, longest first
    ends: Mapping[int, tuple[Chunk, ...]]  # that end before a word, longest first
    modifiers: Mapping[int, Chunk]  # states and names of bodies that may stand before a noun
    owners: Mapping[int, Chunk]  # possessive pronouns of known entities
    titles: Mapping[int, int]  # offices: first word to the word behind
    dates: frozenset[int]  # words that a time begins with

    def low(self, at: int) -> str:
        """The word at ``at``; "" outside of the sentence."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def chars(self, first: int, last: int) -> Span:
        """The characters of words ``first`` to before ``last``."""
        return self.tokens[first].start, self.tokens[last - 1].end


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the whole text, found once and cut to each sentence."""

    dates: frozenset[int]  # first characters of times
    states: Mapping[str, int]  # entity numbers of states by code
    codes: Mapping[int, str | None]  # states of entities that are states
    speakers: Mapping[int, Party] = field(default_factory=dict)  # who a first-person pronoun at a place is


def around(entities: Iterable[Entity], *, dates: Iterable[int], speakers: Mapping[int, Party]) -> Around:
    """What all sentences of a text share."""
    states = (one for one in entities if one.kind == "state" and one.state)
    known = sorted(states, key=lambda one: -one.number)
    return Around(
        frozenset(dates),
        {one.state or "": one.number for one in known},
        {one.number: one.state for one in known},
        speakers,
    )


def parts(text: str, span: Span, known: Around, mentions: Sequence[Mention]) -> SentenceParts:
    """The sentence ``text[span]``; ``mentions`` are those inside it."""
    tokens = _tokens(text, span)
    by_start = {one.start: at for at, one in enumerate(tokens)}
    by_end = {one.end: at + 1 for at, one in enumerate(tokens)}
    found, owners, titles = _of_mentions(text, mentions, known, by_start, by_end)
    places, modifiers = _of_states(text, span, known, by_start, by_end)
    covered = {(one.first, one.last) for one in found}
    found += [one for one in places if (one.first, one.last) not in covered and not _within(one, found)]
    found += _counted(tokens)
    modifiers = {**{c.first: c for c in found if _is_name(c)}, **modifiers}
    starts, ends = defaultdict(list), defaultdict(list)
    for one in sorted(found, key=_wider_first):
        starts[one.first].append(one)
        ends[one.last].append(one)
    dates = frozenset(at for at, one in enumerate(tokens) if one.start in known.dates)
    return SentenceParts(
        span, tokens,
        {at: tuple(each) for at, each in starts.items()},
        {at: tuple(each) for at, each in ends.items()},
        modifiers, owners, titles, dates,
    )  # fmt: skip


def _wider_first(one: Chunk) -> tuple[int, int, bool, int]:
    """The longest first; a number of countries before a mention of the same words."""
    return one.first - one.last, one.first, one.party.least is None, one.party.entity or 0


def _tokens(text: str, span: Span) -> tuple[Token, ...]:
    found: list[Token] = []
    for match in _TOKEN.finditer(_JOINT.sub(" ", text[span[0] : span[1]])):
        start, end = match.start() + span[0], match.end() + span[0]
        word = match[0]
        cut = _GENITIVE.search(word)
        if cut and cut.start() > 0 and word.lower() not in word_list("positions", "tokens"):
            middle = start + cut.start()
            found.append(_token(text, start, middle))
            found.append(Token(middle, end, "'s", False))
        else:
            found.append(_token(text, start, end))
    for at in range(1, len(found) - 1):
        one = found[at]
        if one.low in "’'" and found[at - 1].low[-1] in "sz" and found[at - 1].end == one.start \
                and found[at + 1].low.isalpha():  # fmt: skip
            found[at] = replace(one, low="'s")
    return tuple(found)


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    low = word.lower().replace("’", "'")
    if start and text[start - 1] == "-" and low in COMPOUNDS:
        low = "-" + low
    return Token(start, end, low, word[:1].isupper())


def _of_mentions(
    text: str,
    mentions: Sequence[Mention],
    known: Around,
    by_start: Mapping[int, int],
    by_end: Mapping[int, int],
) -> tuple[list[Chunk], dict[int, Chunk], dict[int, int]]:
    """Parties, possessives and offices among the mentions of a sentence."""
    found: list[Chunk] = []
    owners: dict[int, Chunk] = {}
    titles: dict[int, int] = {}
    for one in mentions:
        start, end = one.span
        words = text[start:end]
        end -= len(words) - len(_GENITIVE.sub("", words.rstrip(" ,.;:")))
        first, last = by_start.get(start), by_end.get(end)
        if first is None or last is None or last <= first:
            continue
        if one.kind == "office" and one.entity is None:
            titles[first] = max(last, titles.get(first, 0))
        elif low := _as_party(one, text[start:end], last - first):
            chunk = _chunk(one, (start, end), first, last, known, text[start:end])
            if low in _POSSESSIVE:
                owners[first] = chunk
            else:
                found.append(chunk)
    for at, first in by_start.items():
        if party := known.speakers.get(at):
            chunk = Chunk(first, first + 1, party, "person", 0.8, True)
            if text[at : at + 2].lower() in ("ou", "my"):
                owners[first] = chunk
            else:
                found.append(chunk)
    return found, owners, titles


def _as_party(one: Mention, words: str, size: int) -> str:
    """The words in small letters if the mention may be a party, else ""."""
    low = words.lower()
    wrong = one.entity is None or one.kind not in _ACTORS or low in _RELATIVE or low in FIRST_PERSON
    return "" if wrong or size > _MOST_WORDS or _BROKEN.search(low) else low


def _chunk(one: Mention, span: Span, first: int, last: int, known: Around, words: str) -> Chunk:
    entity = one.entity
    code = known.codes.get(entity if entity is not None else -1)
    if one.kind == "place" and (seat := state_of(words)):  # a capital lies in its state
        code, entity = seat, known.states.get(seat)
    pronoun = one.form == "pronoun" or words.lower() in _POSSESSIVE
    kind = "state" if code else one.kind
    return Chunk(first, last, Party((span,), entity, code), kind, one.confidence, pronoun)


def _of_states(
    text: str, span: Span, known: Around, by_start: Mapping[int, int], by_end: Mapping[int, int]
) -> tuple[list[Chunk], dict[int, Chunk]]:
    """States by name or capital, and all that may stand as an adjective."""
    found: list[Chunk] = []
    modifiers: dict[int, Chunk] = {}
    for one in states_in(_JOINT.sub(" ", text[span[0] : span[1]])):
        start, end = one.start + span[0], one.end + span[0]
        first, last = by_start.get(start), by_end.get(end)
        if first is None or last is None:
            continue
        party = Party(((start, end),), known.states.get(one.code), one.code)
        chunk = Chunk(first, last, party, "state", 0.95 if one.kind == "name" else 0.85)
        modifiers[first] = chunk
        if one.kind != "demonym":
            found.append(chunk)
    return found, modifiers


def _within(one: Chunk, others: Iterable[Chunk]) -> bool:
    """A name or office around it is somebody: "the president of Peru" is not Peru."""
    return any(
        other.first <= one.first and one.last <= other.last and other.kind != "place" for other in others
    )


def _is_name(one: Chunk) -> bool:
    return one.kind in ("organisation", "force", "state") and not one.pronoun and one.last - one.first <= 4


def _counted(tokens: Sequence[Token]) -> list[Chunk]:
    """Numbers of countries and the like, in order."""
    found = []
    for at, one in enumerate(tokens):
        if one.low in COUNTED and (chunk := _number_before(tokens, at)):
            found.append(chunk)
    return found


def _number_before(tokens: Sequence[Token], noun: int) -> Chunk | None:
    """ "more than 50 other countries", "its closest allies", "others", up to the noun."""
    at = noun - 1
    others = tokens[noun].low == "others"
    while at >= 0 and (tokens[at].low in ADJECTIVES_OF_COUNTED or tokens[at].low in CLOSE):
        others = others or tokens[at].low in ("other", "more")
        at -= 1
    low = tokens[at].low if at >= 0 else ""
    if low == "of" and at > 0:
        at, low = at - 1, tokens[at - 1].low
    if tokens[noun].low in ("allies", "partners", "neighbours", "neighbors") and low in ("its", "their"):
        return _unnamed(tokens, at, noun, 2, None, True)
    value = number(low)
    if value is not None and value >= 2:
        first, least, most = _about(tokens, at, value)
        return _unnamed(tokens, first, noun, least, most, others)
    if others and tokens[noun].low != "others" and at < noun - 1 and low not in QUANTIFIERS:
        return _unnamed(tokens, at + 1, noun, 2, None, True)
    if low in QUANTIFIERS:
        least, most = QUANTIFIERS[low][0], QUANTIFIERS[low][1]
        first = at - 1 if at and tokens[at - 1].low in ("a", "the") else at
        return _unnamed(tokens, first, noun, least, most, others)
    return _unnamed(tokens, noun, noun, 2, None, True) if tokens[noun].low == "others" else None


def _unnamed(
    tokens: Sequence[Token], first: int, noun: int, least: int, most: int | None, others: bool
) -> Chunk:
    span = tokens[first].start, tokens[noun].end
    return Chunk(first, noun + 1, Party((span,), None, None, least, most, others), "state", 0.9)


def _about(tokens: Sequence[Token], at: int, value: int) -> tuple[int, int, int | None]:
    """Where the words for the number begin, and between what it lies."""
    for words, how in _ABOUT.items():
        first = at - len(words)
        if first >= 0 and tuple(one.low for one in tokens[first:at]) == words:
            if how == "over":
                return first, value + 1, None
            return first, (2 if how == "most" else value), (None if how == "least" else value)
    return at, value, value


def number(low: str) -> int | None:
    """A number in figures or words.

    >>> number("54"), number("fifty-four"), number("twelve"), number("may")
    (54, 54, 12, None)
    """
    if low.isdecimal() and len(low) < 6 and low.isascii():
        return int(low)
    ten, _, one = low.partition("-")
    if ten in TENS and (not one or 0 < (ONES.get(one) or 0) < 10):
        return int(TENS[ten] + (ONES.get(one) or 0))
    return int(ONES[low]) if ONES.get(low) else None
