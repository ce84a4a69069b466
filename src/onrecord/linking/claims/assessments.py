"""What a claim finds good or bad: "cooperation is a stabilising factor", "the deployment prolongs the war".

    text -> parts of the sentence -> words that value (good or bad, negations turn them round)
         -> what is valued: the words before them in the same part, with the states and actors named there

Two speakers who value the same thing in opposite ways dispute it although no sentence denies the other. The
thing is the same where the same two states or actors stand in both subjects, or one of them and the same
kind of thing (``concepts``). Words of value are a list; irony, comparison and what somebody else values are
not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.facts import states
from onrecord.lang import either, word_list
from onrecord.linking.claims.concepts import EMPTY, meaning
from onrecord.linking.claims.sides import Side
from onrecord.reading.claimed import STOP, ClaimWord, claimed
from onrecord.values import Span

Value = Literal["good", "bad"]

Dimension = Literal["outcome", "effect", "right"]
_OUTCOME = (
    word_list("linking", "outcome_good"),
    word_list("linking", "outcome_bad"),
)
_EFFECT = (
    word_list("linking", "effect_good"),
    word_list("linking", "effect_bad"),
)
_RIGHT = (
    word_list("linking", "right_good"),
    word_list("linking", "right_bad"),
)
_DIMENSIONS: dict[Dimension, tuple[frozenset[str], frozenset[str]]] = {
    "outcome": _OUTCOME,
    "effect": _EFFECT,
    "right": _RIGHT,
}
# Forms of verbs: they value their subject themselves, where nothing makes nouns of them.
_VERBS = word_list("linking", "verbs")
_COPULAS = word_list("linking", "copulas")
# What may stand between "is" and the word that values.
_BETWEEN = word_list("linking", "between")
# What makes a noun of what follows, or another's deed.
_NOUN = word_list("linking", "noun")
_REACH = 5  # words between "is" and the word that values, at most
_ACHIEVES = re.compile(rf"\b(?:{either('linking', 'achieves')})\s+nothing\b", re.I)
# What bad things are removed or good ones lacking: the value turns round.
_AGAINST = word_list("linking", "against")
# Others' deeds, reasons and times begin here: what follows is not said of the subject.
_BOUND = re.compile(rf"\b(?:{either('linking', 'bound')})\b|[.;:!?—–()]")
_COMMA = re.compile(rf",(?!\s*(?:{either('linking', 'comma')})\b)\s")
_CARE = re.compile(rf"\b(?:{either('linking', 'care')})\b")
_THINKS = word_list("linking", "thinks")
_MOST = 60  # claims that value the same thing with which another one is compared
_TOPICS = 6  # states and actors of one subject by which others are found
_SUBJECT = 30  # words before the word of value that may tell what is valued


@dataclass(frozen=True, slots=True)
class Assessment:
    """One thing valued in a claim; spans are of its text."""

    value: Value
    dimensions: frozenset[Dimension]  # in what it is good or bad
    cue: Span  # the words that value
    topics: frozenset[str]  # states and actors in what is valued
    things: frozenset[str]  # meanings of its other words
    subject: Span


@lru_cache(maxsize=1 << 12)
def assessments(side: Side) -> tuple[Assessment, ...]:
    """What the words of a claim value, in order; none for a question, a refusal or a call, nor for what a
    report tells in its own name: that somebody is of another mind than a headline is no dispute.

    A denial turns the value round.
    """
    claim = side.claim
    if claim.polarity not in ("asserts", "denies", "promises") or not (claim.speaker or claim.unnamed):
        return ()
    found: list[Assessment] = []
    for start, end in _parts(side.text):
        one = _valued(side, start, end)
        if one is not None:
            found.append(one)
    return tuple(found)


def _parts(text: str) -> Iterator[Span]:
    """Stretches within which one thing is said of one subject."""
    start = 0
    for stop in sorted([*_BOUND.finditer(text), *_COMMA.finditer(text)], key=lambda one: one.start()):
        if stop.start() > start:
            yield start, stop.start()
        start = max(start, stop.end())
    if start < len(text):
        yield start, len(text)


def _valued(side: Side, start: int, end: int) -> Assessment | None:
    part = side.text[start:end]
    words = claimed(part).words
    found = None if _CARE.search(part.lower()) else _cue(part, words)
    if found is None:
        return None
    value, dimensions, (a, b) = found
    if side.claim.polarity == "denies":
        value = _other(value)
    subject = (start, start + a)
    topics, things = _about(side, subject, words, a)
    topics -= {side.claim.speaker}  # "I think that walls are bad" values walls
    if not topics:
        return None
    return Assessment(value, dimensions, (start + a, start + b), topics, things, subject)


def _cue(part: str, words: Sequence[ClaimWord]) -> tuple[Value, frozenset[Dimension], Span] | None:
    """The words of value of one part; None if there are none, or both good and bad ones.

    Only what is said of the subject values it: "is a stabilising factor", "prolongs the war"; not "a
    successful missile", "was confident in its stability", "were threatened".
    """
    nothing = _ACHIEVES.search(part)
    every = [(at, _values(word)) for at, word in enumerate(words) if _values(word)]
    cues = every if nothing else [(at, values) for at, values in every if _of_subject(words, at)]
    if nothing:
        dimensions: set[Dimension] = {"outcome"}
        for _, values in cues:
            dimensions |= {dimension for dimension, value in values.items() if value == "bad"}
        starts = [words[at].span[0] for at, _ in cues]
        ends = [words[at].span[1] for at, _ in cues]
        span = min(nothing.start(), *starts, nothing.end()), max(nothing.end(), *ends, 0)
        return "bad", frozenset(dimensions), span
    if len({value for _, values in cues for value in values.values()}) != 1:
        return None
    at, values = cues[0]
    value = next(iter(values.values()))
    turned = _other(value) if _turned(part, words, at) else value
    return turned, frozenset(values), words[at].span


def _of_subject(words: Sequence[ClaimWord], at: int) -> bool:
    """Whether the word at ``at`` is said of the subject: behind "is", or as the verb itself."""
    before = words[at - 1].low if at else ""
    # "A campaign to stabilise", "tried to damage": what is meant to be is not said to be.
    if words[at].low in _VERBS and at and before != "to" and before not in _NOUN and before not in _COPULAS:
        return True
    for word in reversed(words[max(0, at - _REACH) : at]):
        if word.low in _COPULAS:
            return words[at].low not in _VERBS
        if word.low not in _BETWEEN and not word.low.endswith("ly"):
            return False
    return False


def _other(value: Value) -> Value:
    return "good" if value == "bad" else "bad"


def _values(word: ClaimWord) -> dict[Dimension, Value]:
    """What a word says good or bad of: in each dimension that it has."""
    found: dict[Dimension, Value] = {}
    for dimension, (good, bad) in _DIMENSIONS.items():
        if word.low in good:
            found[dimension] = "good"
        elif word.low in bad:
            found[dimension] = "bad"
    return found


def _turned(part: str, words: Sequence[ClaimWord], at: int) -> bool:
    """Whether a negation, or a word for ending it, stands shortly before a word of value."""
    start = words[max(0, at - 5)].span[0]
    negated = sum(start <= a < words[at].span[0] for a, _ in claimed(part).negations)
    against = sum(word.low in _AGAINST for word in words[max(0, at - 4) : at])
    return (negated + against) % 2 == 1


def _about(
    side: Side, subject: Span, words: Sequence[ClaimWord], first: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Topics and other meanings in the words before the word of value."""
    text = side.text[subject[0] : subject[1]]
    states = [(one.start, one.end, one.code) for one in claimed(text).states]
    known = [one for one in side.known if subject[0] <= one.span[0] and one.span[1] <= subject[1]]
    near = [word for word in words if word.span[1] <= first][-_SUBJECT:]
    taken = [(a, b) for a, b, _ in states]
    taken += [(one.span[0] - subject[0], one.span[1] - subject[0]) for one in known]
    things = {
        meaning(word)
        for word in near
        if word.low not in STOP and word.low not in EMPTY and word.low not in _THINKS
        and not any(a < word.span[1] and word.span[0] < b for a, b in taken)
    }  # fmt: skip
    return frozenset([code for _, _, code in states] + [one.actor for one in known]), frozenset(things)


def opposed(one: Side, other: Side) -> tuple[Assessment, Assessment] | None:
    """What both claims value, one as good and the other as bad; None if there is nothing."""
    for mine in assessments(one):
        for theirs in assessments(other):
            if _opposed(mine, theirs) and same_thing(mine, theirs):
                return mine, theirs
    return None


def opposed_pairs(sides: Iterable[Side]) -> list[tuple[str, str]]:
    """Ids of the claims of different speakers that value one thing in opposite ways, each pair once.

    Two are compared if they name the same two states or actors, or one and the same kind of thing; of what
    very many value, the first by their ids: the work stays near linear.
    """
    where: dict[tuple[str, ...], list[tuple[str, Assessment]]] = defaultdict(list)
    ordered = sorted(sides, key=lambda one: one.claim.id)
    claims = [one.claim for one in ordered]
    voice = {one.id: one.speaker or one.unnamed or one.document_id for one in claims}
    found: set[tuple[str, str]] = set()
    for one in ordered:
        for each in assessments(one):
            for key in sorted(_keys(each)):
                there = where[key]
                found |= {
                    (id, one.claim.id)
                    for id, other in there
                    if _opposed(other, each) and voice[id] != voice[one.claim.id]
                }
                if len(there) < _MOST:
                    there.append((one.claim.id, each))
    return sorted(found)


def _keys(one: Assessment) -> set[tuple[str, ...]]:
    topics = sorted(one.topics)[:_TOPICS]
    pairs = {(a, b) for n, a in enumerate(topics) for b in topics[n + 1 :]}
    return pairs | {(topic, thing) for topic in topics for thing in one.things}


def _opposed(one: Assessment, other: Assessment) -> bool:
    return one.value != other.value and bool(one.dimensions & other.dimensions)


def same_thing(one: Assessment, other: Assessment) -> bool:
    """Whether two claims value the same thing: one about two common states or actors, or in the same words.

    One person and one word ("the candidate's speech") were of two things in all five pairs read in news.
    """
    topics, things = one.topics & other.topics, one.things & other.things
    if any(one in states() for one in topics) and things:
        return True  # "the embargo on Laos"
    return len(topics) >= 2 or (bool(topics) and len(things) >= 2)
