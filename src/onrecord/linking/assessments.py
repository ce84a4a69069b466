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
from typing import Literal

from onrecord.linking.aligned import STOP, Word, word_set, words_in
from onrecord.linking.concepts import EMPTY, meaning
from onrecord.linking.polarity import negations
from onrecord.linking.sides import Side
from onrecord.values import Span

Value = Literal["good", "bad"]

_GOOD = word_set(
    "stabilising stabilizing stabilises stabilizes stabilise stabilize stability stable beneficial benefit"
    " benefits"
    " benefited positive constructive fruitful success successful succeeded useful helpful important"
    " importance"
    " vital essential indispensable necessary strengthens strengthened strengthen strengthening"
    " improves improved improve improving protects protect protected protecting safeguards safeguard"
    " guarantees"
    " guarantee ensures ensure contributes contributed contribute contribution advances peaceful"
    " effective welcome historic triumph justified legitimate lawful responsible"
    " prosperity safer fair lifeline saves saved milestone breakthrough"
)
_BAD = word_set(
    "destabilising destabilizing destabilises destabilizes destabilise destabilize destabilised destabilized"
    " instability harmful harm harms harmed damages damage damaging damaged negative dangerous danger"
    " endangers endanger endangered threatens threaten threatened threatening undermines undermine undermined"
    " undermining worsens worsen worsened worsening prolongs prolong prolonged prolonging deepens deepened"
    " suffering misery disaster disastrous catastrophe catastrophic failure failed fails fruitless useless"
    " futile"
    " pointless counterproductive reckless irresponsible provocation provocative provokes aggression"
    " illegitimate"
    " unlawful illegal unjustified unfair mistake wrong shameful disgrace cripples crippling destroys"
    " destroying ruins ruin ruining weakens weaken weakened hurts hurting burden poisons betrayal humiliating"
    " strangling chaos escalates escalation"
)
_ACHIEVES = re.compile(
    r"\b(?:achieves?|achieved|brings?|brought|solves?|solved|changes?|does|did)\s+nothing\b", re.I
)
# What bad things are removed or good ones lacking: the value turns round.
_AGAINST = word_set(
    "prevents prevent prevented preventing ends end ended stops stop stopped reduces reduce reduced eases"
    " ease eased"
    " relieves relieve relieved fights combats averts avert averted avoids avoid avoided overcome lacks lack"
    " without hardly little"
)
# Others' deeds, reasons and times begin here: what follows is not said of the subject.
_BOUND = re.compile(
    r"\b(?:in (?:the )?(?:face|light|wake|view|spite) of|despite|because|since|although|though|unless"
    r"|if|when|while|amid|after|before|whereas|but|than|in response to|due to|by the|by its)\b|[.;:!?—–()]"
)
_COMMA = re.compile(r",(?!\s*(?:whose|which|who|that|without|of course|he|she)\b)\s")
_CARE = re.compile(
    r"\b(?:if|would|could|might|ask(?:s|ed)?|whether|fears?|hopes?|hopefully|wants?|must|should|need|needs)\b"
)
_MOST = 60  # claims that value the same thing with which another one is compared
_TOPICS = 6  # states and actors of one subject by which others are found
_SUBJECT = 30  # words before the word of value that may tell what is valued


@dataclass(frozen=True, slots=True)
class Assessment:
    """One thing valued in a claim; spans are of its text."""

    value: Value
    cue: Span  # the words that value
    topics: frozenset[str]  # states and actors in what is valued
    things: frozenset[str]  # meanings of its other words
    subject: Span


def assessments(side: Side) -> list[Assessment]:
    """What the words of a claim value, in order; none for a question, a refusal or a call.

    A denial turns the value round.
    """
    if side.claim.polarity not in ("asserts", "denies", "promises"):
        return []
    found: list[Assessment] = []
    for start, end in _parts(side.text):
        one = _valued(side, start, end)
        if one is not None:
            found.append(one)
    return found


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
    words = words_in(part)
    found = None if _CARE.search(part.lower()) else _cue(part, words)
    if found is None:
        return None
    value, (a, b) = found
    if side.claim.polarity == "denies":
        value = _other(value)
    subject = (start, start + a)
    topics, things = _about(side, subject, words, a)
    return Assessment(value, (start + a, start + b), topics, things, subject) if topics else None


def _cue(part: str, words: Sequence[Word]) -> tuple[Value, Span] | None:
    """The words of value of one part; None if there are none, or both good and bad ones."""
    cues = [(at, value) for at, word in enumerate(words) if (value := _value(word))]
    if nothing := _ACHIEVES.search(part):
        starts = [words[at].span[0] for at, _ in cues]
        ends = [words[at].span[1] for at, _ in cues]
        return "bad", (min(nothing.start(), *starts, nothing.end()), max(nothing.end(), *ends, 0))
    if len({value for _, value in cues}) != 1:
        return None
    at, value = cues[0]
    return (_other(value) if _turned(part, words, at) else value), words[at].span


def _other(value: Value) -> Value:
    return "good" if value == "bad" else "bad"


def _value(word: Word) -> Value | None:
    return "good" if word.low in _GOOD else "bad" if word.low in _BAD else None


def _turned(part: str, words: Sequence[Word], at: int) -> bool:
    """Whether a negation, or a word for ending it, stands shortly before a word of value."""
    start = words[max(0, at - 5)].span[0]
    negated = sum(start <= a < words[at].span[0] for a, _ in negations(part))
    against = sum(word.low in _AGAINST for word in words[max(0, at - 4) : at])
    return (negated + against) % 2 == 1


def _about(
    side: Side, subject: Span, words: Sequence[Word], first: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Topics and other meanings in the words before the word of value."""
    from onrecord.facts import states_in

    text = side.text[subject[0] : subject[1]]
    states = [(one.start, one.end, one.code) for one in states_in(text)]
    known = [one for one in side.known if subject[0] <= one.span[0] and one.span[1] <= subject[1]]
    near = [word for word in words if word.span[1] <= first][-_SUBJECT:]
    taken = [(a, b) for a, b, _ in states]
    taken += [(one.span[0] - subject[0], one.span[1] - subject[0]) for one in known]
    things = {
        meaning(word)
        for word in near
        if word.low not in STOP and word.low not in EMPTY
        and not any(a < word.span[1] and word.span[0] < b for a, b in taken)
    }  # fmt: skip
    return frozenset([code for _, _, code in states] + [one.actor for one in known]), frozenset(things)


def opposed(one: Side, other: Side) -> tuple[Assessment, Assessment] | None:
    """What both claims value, one as good and the other as bad; None if there is nothing."""
    for mine in assessments(one):
        for theirs in assessments(other):
            if mine.value != theirs.value and same_thing(mine, theirs):
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
                    if other.value != each.value and voice[id] != voice[one.claim.id]
                }
                if len(there) < _MOST:
                    there.append((one.claim.id, each))
    return sorted(found)


def _keys(one: Assessment) -> set[tuple[str, ...]]:
    topics = sorted(one.topics)[:_TOPICS]
    pairs = {(a, b) for n, a in enumerate(topics) for b in topics[n + 1 :]}
    return pairs | {(topic, thing) for topic in topics for thing in one.things}


def same_thing(one: Assessment, other: Assessment) -> bool:
    """Whether two claims value the same thing."""
    topics, things = one.topics & other.topics, one.things & other.things
    return len(topics) >= 2 or bool(topics and things)
