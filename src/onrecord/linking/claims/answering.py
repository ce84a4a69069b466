"""Denials that point back: "The ministry rejected the claim", "Two of the victims dispute that".

What is denied stands a sentence or two before, as somebody's statement. Such a denial says nothing that could
be compared by its words, so it is tied to the claim that it answers, and only to that one:

    denied content is "the claim", "these reports", "that" -> claims of other speakers shortly before it
        -> the nearest that speaks of who denies it; else, but of accusations, the nearest before it
    "it", "this" -> in the sentence before only if their own says no more than that somebody denies it

A claim stands also where it was denied: "The owner denied it. The mayor, too, denied the claim".
Where several could be meant and none is about who denies, nothing is tied.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from onrecord.lang import either
from onrecord.linking.claims.sides import Side
from onrecord.reading.claimed import claimed
from onrecord.values import Span, Spans

_NOUN = either("linking", "noun_claims")
_REFERENCE = re.compile(
    rf"\W*(?:(?:(?:all|any|both|each)\s+(?:of\s+)?)?(?:(?:{either('linking', 'reference')}|(?P<whose>his"
    rf"|her|their|its))\s+(?:(?!false|bogus|fake|misleading)[\w-]+\s+)?|such\s+)(?:{_NOUN}|"
    r"(?P<about>allegations?|accusations?|charges?)|(?P<report>reports?))|(?P<pronoun>it|this|that))\W*"
)
# After "that" as a pronoun the sentence does not run on: "that the minister rejects" is a relative clause.
_ENDS = re.compile(rf"\s*(?:[^\w\s]|\Z|(?:{either('linking', 'ends')}|[A-Z][a-z]+day)\b)")
# "gave no evidence for his claim" denies nothing.
_WITHOUT = re.compile(r"\b(?:evidence|proof|basis|grounds|support)\b.{0,12}\Z", re.IGNORECASE | re.DOTALL)
# A suggestion can be rejected, and so can a bill; what is denied or disputed was said.
_SAYS_NO = either("linking", "says_no")
_SAID_NO = re.compile(rf"\b(?:{_SAYS_NO})\b", re.IGNORECASE)
_TURNED_DOWN = re.compile(rf"\b(?:{_SAYS_NO}|{either('linking', 'turned_down')})\b", re.IGNORECASE)
_ASKS = re.compile(r"\W*(?:whether|if|how|what|why)\b", re.IGNORECASE)
# Between who denies and the verb: "has always", "later".
_HAS = re.compile(rf"(?:\s+(?:{either('linking', 'has')}))*\s*\Z", re.IGNORECASE)
# "The treasurer, Olga Finn, denied it": who somebody is stands between commas.
_ASIDE = re.compile(r",[^,;:–—]+,\s*\Z")
_LONGEST = 400  # characters of a sentence: longer ones are lists or have lost their ends
_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.IGNORECASE)
_WIDE = 2  # sentences back in which a claim about who denies is looked for
_CLOSE = 1  # and any other claim
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that denies something, as far as answering asks."""

    content: Spans
    voice: str | None  # actor id of the speaker, or words for one
    words: str
    before: str  # the words of its sentence before the content: who denies
    after: str  # and after it


def _reference(denial: Denial) -> re.Match[str] | None:
    """What is denied, if it is only a word for what was said before.

    >>> told = ("the claim", "that", "these wild reports", "such accusations", "any fraud", "the boats")
    >>> [bool(_reference(Denial(((0, 1),), None, words, "He denies ", "."))) for words in told]
    [True, True, True, True, False, False]
    """
    found = _REFERENCE.fullmatch(denial.words)
    if found is None or _WITHOUT.search(denial.before):
        return None
    if len(denial.before + denial.words + denial.after) > _LONGEST:
        return None
    if found["pronoun"]:
        said = _SAID_NO.search(denial.before) and _ENDS.match(denial.after)
    else:
        said = _TURNED_DOWN.search(denial.before or denial.after)
    return found if said else None


def answered(
    denial: Denial, claims: Sequence[Side], sentences: Sequence[Span], recalled: Mapping[str, int] = _NONE
) -> Side | None:
    """The claim that a denial answers, if it points back; None if it does not, or nobody can say to what.

    Args:
        denial: what is denied stands at its ``content``.
        claims: the claims of the report.
        sentences: its sentences by place; spans of the report's text as all others.
        recalled: where claims were denied last, by their ids: there they were named again.
    """
    found = _reference(denial)
    if found is None:
        return None
    starts = [start for start, _ in sentences]
    place = denial.content[0][0]
    here = bisect_right(starts, place)
    before = [
        (here - bisect_right(starts, max(one.claim.spans[0][0], recalled.get(one.claim.id, 0))), one)
        for one in sorted(claims, key=lambda one: one.claim.spans)
        if one.claim.statement is not None
        and one.claim.polarity in ("asserts", "promises")
        and one.claim.spans[-1][1] <= place
        and _another(one, denial)
        and not _DENIES.search(one.text)
        and not _ASKS.match(one.text)
    ]
    about = [one for back, one in before if back <= _WIDE and _speaks_of(one, denial)]
    if about and not found["pronoun"]:
        return about[-1]
    if found["report"] or found["about"] or found["whose"]:
        return None  # a report is most often no statement of those named here; who is accused denies it
    # "It" and "this" are what was named last: in the sentence before only if their own names nothing else.
    far = 0 if found["pronoun"] and not _only_denies(denial) else _CLOSE
    close = [one for back, one in before if back <= far]
    named = [one for one in close if _speaks_of(one, denial)] if _only_denies(denial) else []
    for some in (named, close):
        if len({one.claim.speaker or one.claim.unnamed for one in some}) == 1:
            return some[-1]
    return None


def _only_denies(denial: Denial) -> bool:
    """Whether the sentence says no more before what is denied: "But the owner, Al Fry, has always denied"."""
    cue = _SAID_NO.search(denial.before)
    if cue is None:
        return False
    who = _ASIDE.sub("", _HAS.sub("", denial.before[: cue.start()]))
    return not claimed(who).has_verb and not re.search(r"[,;:–—]", who)


def _another(claim: Side, denial: Denial) -> bool:
    """Whether it is somebody else's, by actor and by name: "Venn" may be "President Orla Venn"."""
    voice = claim.claim.speaker or claim.claim.unnamed
    if voice is None or denial.voice is None or voice.casefold() == denial.voice.casefold():
        return False
    return not (claim.claim.unnamed and _names(voice) & _names(denial.voice))


def _names(words: str) -> set[str]:
    return {word for word in re.findall(r"\w+", words) if word[0].isupper()} - {"The", "A", "Mr", "Mrs", "Ms"}


def _speaks_of(claim: Side, denial: Denial) -> bool:
    """Whether a claim names who denies it, or the state whose ministry that is."""
    states = {one.code for one in claimed(denial.before).states}
    return denial.voice in claim.topics or bool(states & claim.states)
