"""The claims of one report: what it and its speakers say that could be so or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from onrecord.ids import content_id
from onrecord.lang import either
from onrecord.linking.claims.accounts import Claim
from onrecord.linking.claims.answering import Denial, answered
from onrecord.linking.claims.concepts import EMPTY
from onrecord.linking.claims.sides import KnownMention, Side
from onrecord.reading.claimed import claimed
from onrecord.reading.stance.content import denies
from onrecord.reading.stance.words import told_noun
from onrecord.reading.statements.kinds import corrected_in, of_the_report
from onrecord.text.doc import Doc
from onrecord.values import BETWEEN, Interval, Polarity, Span, Spans, StatementKind

SURE = 0.5  # least confidence of a statement: below, more are read wrongly than rightly
_LEAST = 3  # words with a meaning of their own
_OWN_LEAST = 6  # words of a report's own sentence
_NEAR = 60  # characters before what is denied in which a word denies it
_LONGEST = 600  # characters of a sentence: longer ones are lists
# In the first person, or about the report itself.
_NOT_TOLD = re.compile(
    rf"\b(?:{either('linking', 'not_told')})\b|\bcontributed to this (?:report|article|story)\b"
)
_ACCUSED = re.compile(r"\bof (?:\w+ly )?[a-z]{2,}ing\b|\balleging\b")
_ENDS = re.compile(r"[.!…][\"'”’)»]*$")
_GOES_ON = re.compile(r"[,;:–—-][\"'”’»]*$")


@dataclass(frozen=True, slots=True)
class SaidHere:
    """A statement of a report, as far as claims ask."""

    id: str
    kind: StatementKind
    polarity: Polarity
    content: Spans
    confidence: float
    speaker: str | None  # actor id
    unnamed: str | None  # words for a speaker that is no actor
    said: Interval | None
    hedged: bool = False
    utterance: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """One report with what is read from it."""

    id: str
    doc: Doc
    outlet: str | None
    published: Interval | None
    statements: tuple[SaidHere, ...]
    mentions: tuple[
        KnownMention, ...
    ] = ()  # those that stand for an actor, by place; spans of the report's text
    hidden: Spans = ()  # lines that the outlet repeats

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.doc.text


def claims_of(report: ClaimReport) -> list[Side]:
    """The claims of a report, by their place in it. A sentence is part of one claim at most."""
    found: list[Side] = []
    taken: list[Span] = []
    inner = _inner(report.statements)
    for said in report.statements:
        if said.confidence < SURE:
            continue
        if (denied := _denied(report, said)) is not None:
            found.append(denied)
            taken += said.content
            continue
        units = list(_units(report.doc, said.content))
        for spans in units:
            words = _joined(report.text, spans)
            if said.id in inner and _mostly(spans, inner[said.id]):
                continue  # "X said that Y said": what Y said is the claim
            if _is_claim(words, denied=said.polarity == "denies"):
                found.append(_side(report, spans, said, alone=len(units) == 1))
                taken += spans
        if said.kind != "indirect":
            taken += said.content
    found += (one for span in _own(report, sorted(taken)) for one in _told(report, span))
    found += _answers(report, found, inner)
    unique = {one.claim.id: one for one in found}
    return sorted(unique.values(), key=lambda one: (one.claim.spans, one.claim.id))


def _denied(report: ClaimReport, said: SaidHere) -> Side | None:
    """What one denies by denying another's claim of it, told to answer that one; None if it is not so."""
    if said.polarity != "denies" or not said.content:
        return None
    begin = said.content[0][0]
    found = told_noun(report.text, said.content[0])
    if found is None or not denies(report.doc, ((max(0, begin - _NEAR), begin),)):
        return None  # "never said Israel's claim that P was true"
    first = (found.begin, said.content[0][1])
    told = next((one for one in report.statements if one.id != said.id and one.content[:1] == (first,)), None)
    side = _side(report, (first, *said.content[1:]), said, alone=True)
    brief = not _is_claim(side.text, denied=True)
    if (brief and not told) or (told and told.polarity == "denies"):
        return None  # who rejects a denial that P denies no P
    pointing = report.text[slice(*found.words)]
    return replace(side, answers=told.id if told else None, pointing=pointing, apart=brief)


def _answers(report: ClaimReport, claims: Sequence[Side], inner: Collection[str]) -> Iterator[Side]:
    """Denials of what was said before, told by their whole sentences, and what else is denied."""
    denied = [one for one in report.statements if one.polarity == "denies" and one.confidence >= SURE]
    if not denied:
        return
    cut = report.doc.sentences
    told = {one.claim.statement for one in claims}
    others = list(_brief(report, told | set(inner)))
    answers = {one.answers for one in claims if one.answers}
    yield from (one for one in others if one.claim.id in answers)
    asked = [*claims, *others]
    recalled: dict[str, int] = {}
    for said in sorted(denied, key=lambda one: one.content):
        if said.id in told:
            continue
        whole = next((each for each in cut if each[0] <= said.content[0][0] < each[1]), said.content[0])
        denial = _denial(report, said, whole)
        claim = answered(denial, asked, cut, recalled)
        if claim is not None:
            recalled[claim.claim.id] = whole[0]
            if claim.apart:
                yield claim
            side = _side(report, (whole,), replace(said, utterance=None), alone=True)
            yield replace(side, answers=claim.claim.id, pointing=denial.words, apart=True)


def _denial(report: ClaimReport, said: SaidHere, sentence: Span) -> Denial:
    start, end = said.content[0][0], said.content[-1][1]
    before, after = report.text[sentence[0] : start], report.text[end : max(end, sentence[1])]
    words = _joined(report.text, said.content)
    return Denial(said.content, said.speaker or said.unnamed, words, before, after)


def _brief(report: ClaimReport, told: Set[str | None]) -> Iterator[Side]:
    """Contents that tell too little to be compared, but can be denied: "of selling oil", "that he knew"."""
    for said in report.statements:
        words = _joined(report.text, said.content)
        if said.confidence < SURE or said.id in told or len(words) > _LONGEST or "?" in words[-3:]:
            continue
        if _ACCUSED.search(words) or (
            claimed(words).has_verb and len(list(_units(report.doc, said.content))) == 1
        ):
            yield replace(_side(report, said.content, said, alone=True), apart=True)


def _inner(statements: Sequence[SaidHere]) -> dict[str, Spans]:
    """Contents of statements that stand wholly in that of another one, by the id of that."""
    found: dict[str, list[Span]] = {}
    hulls = [(one.content[0][0], one.content[-1][1], one) for one in statements if one.content]
    hulls.sort(key=lambda each: (each[0], -each[1]))
    for number, (start, end, outer) in enumerate(hulls):
        for a, b, one in hulls[number + 1 :]:
            if a >= end:
                break
            if b <= end and (a, b) != (start, end) and one.confidence >= SURE:
                found.setdefault(outer.id, []).extend(one.content)
    return {id: tuple(spans) for id, spans in found.items()}


def _mostly(spans: Spans, inner: Spans) -> bool:
    """Whether more than half of ``spans`` lies in ``inner``."""
    size = sum(b - a for a, b in spans)
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in inner)
    return shared > size / 2


def _units(doc: Doc, pieces: Spans) -> Iterator[Spans]:
    """The sentences of a content; one that goes on in the next piece with both its parts."""
    text, open_ = doc.text, list[Span]()
    for start, end in pieces:
        cut = doc.sentences_in(start, end)
        for span in cut:
            words = text[span[0] : span[1]].lstrip("\"'“‘«")
            if open_ and not words[:1].islower():
                yield tuple(open_)
                open_ = []
            open_.append(span)
            if span != cut[-1] or not _GOES_ON.search(text[span[0] : span[1]]):
                yield tuple(open_)
                open_ = []
    if open_:
        yield tuple(open_)


def _joined(text: str, spans: Spans) -> str:
    return BETWEEN.join(text[a:b] for a, b in spans)


def _is_claim(words: str, *, denied: bool = False) -> bool:
    """Whether it says something that could be so or not: a denial may be of a thing without a verb."""
    if len(words) > _LONGEST or "?" in words[-3:]:
        return False
    telling = sum(1 for one in claimed(words).content if one.low not in EMPTY)
    return telling >= _LEAST - denied and (denied or claimed(words).has_verb)


def _own(report: ClaimReport, taken: Sequence[Span]) -> Iterator[Span]:
    """Sentences that the report tells in its own name."""
    known = _Stretches(one.span for one in report.mentions if not one.pronoun)
    hidden = _Stretches([*taken, *report.hidden])
    for start, end in report.doc.sentences:
        words = report.text[start:end]
        if hidden.touch(start, end):
            continue
        if not _ENDS.search(words) or len(words.split()) < _OWN_LEAST or _NOT_TOLD.search(words):
            continue
        if _is_claim(words) and (known.touch(start, end) or claimed(words).states):
            yield start, end


def _told(report: ClaimReport, sentence: Span) -> Iterator[Side]:
    """The claim of a report's own sentence; a correction denies what it takes back, or tells nothing."""
    corrects, back = corrected_in(report.text, sentence)
    if not corrects:
        yield _side(report, (sentence,), None)
    elif back is not None:
        side = _side(report, (back,), None)
        if _is_claim(side.text, denied=True):
            yield replace(side, claim=replace(side.claim, polarity="denies"))


class _Stretches:
    """Spans made ready for many questions."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for a, b in sorted(spans):
            if merged and a <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], b))
            else:
                merged.append((a, b))
        self._starts = [a for a, _ in merged]
        self._ends = [b for _, b in merged]

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with [start, end)."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start


def _side(report: ClaimReport, spans: Spans, said: SaidHere | None, *, alone: bool = False) -> Side:
    text = _joined(report.text, spans)
    if said is None:
        id = content_id("r", report.id, repr(spans))
        claim = Claim(id, report.id, spans, text, None, report.outlet, report.published)
        return Side(claim, _known(report, spans), report.published)
    id = said.id if alone else content_id("r", said.id, repr(spans))
    # Of a mixed content only some words are quoted: the same quotation may stand in quite another claim.
    utterance = said.utterance if alone and said.kind == "direct" else None
    unnamed = None if said.speaker or of_the_report(said.unnamed or "") else said.unnamed
    claim = Claim(
        id, report.id, spans, text, said.speaker, report.outlet, said.said, said.polarity,
        utterance, said.id, unnamed,
    )  # fmt: skip
    return Side(claim, _known(report, spans), said.said or report.published, said.hedged)


def _known(report: ClaimReport, spans: Spans) -> tuple[KnownMention, ...]:
    """Mentions within the claim, in places of its text."""
    found = []
    at = 0
    for a, b in spans:
        low = bisect_left(report.mentions, a, key=lambda one: one.span[0])
        high = bisect_left(report.mentions, b, key=lambda one: one.span[0])
        for one in report.mentions[low:high]:
            if one.span[1] <= b:
                span = (one.span[0] - a + at, one.span[1] - a + at)
                found.append(KnownMention(span, one.actor, one.name, one.pronoun, one.confidence))
        at += b - a + len(BETWEEN)
    return tuple(found)
