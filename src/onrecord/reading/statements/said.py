"""When a statement was made: from the words around its cue, a sentence about it, or the report's date.

The time that governs an utterance stands in its attribution, outside what is said: "said on Friday", "in an
interview in late March", "Standing in London on Wednesday, he expressed". Or a neighbouring sentence is about
the utterance: "He made these comments in an interview published on Friday". Failing both, reports tell what
was said in the days before they appear.

What is said inside a statement ("as he said two days ago") counts from that statement: give what
``said_of`` found for the outer one as ``published``, and times found with it as anchor.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.lang import either, word_list
from onrecord.text.doc import Doc
from onrecord.text.words import PADDING, FinePart, FineParts, parts
from onrecord.times import find_times
from onrecord.times.scan import TextView, mark, tense
from onrecord.values import Interval, Said, Span, Spans, Statement, TimeExpression

# Days before a report's date in which what it tells was said. News is a day or two behind, weeklies a week.
_LAG = 7
# "Earlier, he stated": before the occasion the report is about; "has said": at some time, perhaps often.
_EARLIER_LAG = 90
_PERFECT_LAG = 365
# How much text around a statement is looked at.
_REACH = 1_200
_ABOUT = re.compile(
    (
        r"\b(?:"
        + either("statements", "about_these")
        + r")\s(?:\w+\s){0,2}(?:"
        + either("statements", "about_comments")
        + r")\b"
    ),
    re.IGNORECASE,
)
_MADE = re.compile(rf"\b(?:{either('statements', 'made')})\b")
_EARLIER = re.compile(
    rf"\b(?:earlier|previously)\b(?! (?:{either('statements', 'earlier')})\b)", re.IGNORECASE
)
_PERFECT = re.compile(r"\b(?:has|have|had|'ve|’ve)\s+(?:\w+ly\s+|also\s+|often\s+|long\s+|always\s+)?\Z")
# A time behind one of these is where something begins or ends, not when something was said.
_NOT_WHEN = word_list("statements", "not_when")
_DETERMINERS = word_list("statements", "determiners")
_NOUN = re.compile(r"[ -][^\W\d_]")
# What is said in these was said when they were made: "in her 2003 book".
_WORKS = word_list("statements", "works")
_CLAUSE = word_list("statements", "clause")
_ASIDE = re.compile(rf"[,(–—-]\s*(?:{either('statements', 'aside_who')})\b[^,]*\Z")


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands around a statement: sentences, as spans into the whole text, and times."""

    doc: Doc
    sentences: tuple[Span, ...]
    times: tuple[TimeExpression, ...]

    def holding(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the sentences that overlap one of ``spans``."""
        return [
            n for n, (start, end) in enumerate(self.sentences) if any(a < end and start < b for a, b in spans)
        ]


def said_of(
    doc: Doc, statement: Statement, times: Sequence[TimeExpression], *, published: Interval | None
) -> Said | None:
    """When ``statement`` was made.

    Args:
        doc: the canonical text the spans point into.
        statement: who, by which words, what.
        times: the times of the text in order, found with ``published`` as anchor.
        published: when the report may have been published; None: not known at all.

    Returns:
        The interval, with a basis a reader understands and the characters that show it. Without any time in
        the words around it, the days before the report's date. None if ``published`` is None and no full
        date is told.
    """
    near = _near(doc, statement, times)
    found = _governing(doc.text, statement, near, published)
    if found is not None or published is None:
        return found
    return _from_report(doc.text, statement, near, published)


def said_in_report(
    doc: Doc, statements: Sequence[Statement], times: Sequence[TimeExpression], *, published: Interval | None
) -> list[Said | None]:
    """``said_of`` each statement, in order; a speaker who was dated once goes on speaking then.

    A statement without a time of its own takes that of the last one of the same speaker (the first of its
    ``speakers``) that shows when it was made.
    """
    made: dict[str, Said | None] = {}
    known: dict[int, Said] = {}
    by_id = {one.id: one for one in statements}
    for statement in statements:
        if statement.parent in by_id:
            continue
        said = said_of(doc, statement, times, published=published)
        who = statement.speakers[0].entity if statement.speakers else None
        if said is not None and said.evidence and who is not None:
            known[who] = said
        elif who in known and (said is None or not said.evidence):
            said = _carried(known[who])
        made[statement.id] = said
    within: dict[str, list[TimeExpression]] = {}
    for statement in statements:
        for inner in _undated(statement, by_id, made):
            outer = by_id.get(inner.parent) if inner.parent else None
            said = made.get(outer.id) if outer else None
            if outer is None or said is None:
                made[inner.id] = said_of(doc, inner, times, published=published)
                continue
            if outer.id not in within:
                within[outer.id] = _times_in(doc, outer, said)
            made[inner.id] = said_of(doc, inner, within[outer.id], published=said.interval)
    return [made[one.id] for one in statements]


def _carried(before: Said) -> Said:
    told = before.interval
    basis = f"as the speaker's words before: {told.basis}"
    return Said(Interval(told.earliest, told.latest, told.precision, basis), before.evidence)


def _undated(
    statement: Statement, by_id: Mapping[str, Statement], made: Mapping[str, Said | None]
) -> list[Statement]:
    """``statement`` and those around it that are not dated yet, the outermost first."""
    chain: list[Statement] = []
    at: Statement | None = statement
    while at is not None and at.id not in made and len(chain) <= len(by_id):
        chain.append(at)
        at = by_id.get(at.parent) if at.parent else None
    return chain[::-1]


def _times_in(doc: Doc, outer: Statement, said: Said) -> list[TimeExpression]:
    """The times in what ``outer`` says, as they count from when it was said."""
    return find_times(doc, anchor=said.interval, document_id=outer.document_id, within=outer.content)


def _near(doc: Doc, statement: Statement, times: Sequence[TimeExpression]) -> _Near:
    spans = (*statement.cue, *statement.speaker) or statement.content
    begin = min(start for start, _ in spans) - _REACH
    end = max(end for _, end in spans) + _REACH
    first = bisect_right(doc.sentences, begin, key=_end)
    last = bisect_left(doc.sentences, end, key=_start)
    sentences = tuple((max(a, begin), min(b, end)) for a, b in doc.sentences[first:last])
    here = times[bisect_left(times, begin, key=_begins) : bisect_left(times, end, key=_begins)]
    return _Near(doc, sentences, tuple(here))


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _begins(time: TimeExpression) -> int:
    return time.span[0]


def _token_at(read: FineParts, at: int) -> int:
    """The number of the first token that begins at ``at`` or behind it."""
    return bisect_left(read.tokens, at, hi=read.size, key=lambda token: token.start)


def _governing(text: str, statement: Statement, near: _Near, published: Interval | None) -> Said | None:
    """The time in the attribution nearest to the cue, else one in a sentence about the utterance."""
    own = _own_sentences(statement, near)
    centre = statement.cue or statement.speaker
    here = [one for one in near.times if _within(one.span, own)]
    if published is not None and any(one.interval and "looks ahead" in one.interval.basis for one in here):
        here = _without_content(near.doc, statement, own, published)
    inside = list(_usable(here, statement, published))
    told = [one for one in inside if _tells_when(near.doc, one, own, statement)]
    if told:
        nearest = min(told, key=lambda one: (_distance(one.span, centre), one.span))
        return _said(text, nearest, published, "")
    for sentence in _about(text, statement, near):
        for one in _usable(near.times, statement, published):
            if sentence[0] <= one.span[0] < sentence[1] and _word_before(text, one.span[0]) not in _NOT_WHEN:
                return _said(text, one, published, "of these words: ")
    return None


def _without_content(
    doc: Doc, statement: Statement, own: Sequence[Span], published: Interval
) -> list[TimeExpression]:
    """The times of the attribution as if nothing were said: "will" in there is not its tense."""
    return find_times(
        doc,
        anchor=published,
        document_id=statement.document_id,
        within=tuple(own),
        hidden=statement.content,
    )


def _own_sentences(statement: Statement, near: _Near) -> list[Span]:
    """Where the attribution stands, and a scrap without a verb behind it (a slip of translation)."""
    spans = statement.cue or statement.speaker
    numbers = near.holding(spans)
    made = [near.sentences[n] for n in numbers]
    after = numbers[-1] + 1 if numbers else len(near.sentences)
    if after < len(near.sentences) and statement.cue and _is_scrap(near, after):
        made.append(near.sentences[after])
    return made


def _is_scrap(near: _Near, sentence: int) -> bool:
    start, end = near.sentences[sentence]
    read = parts(near.doc)
    first, behind = _token_at(read, start), _token_at(read, end)
    if not 0 < behind - first <= 25 or read.tokens[first].gap >= 2:
        return False
    return tense(read, first, first) == "none" and read.tokens[first].text not in '“"‘'


def _usable(
    times: Sequence[TimeExpression], statement: Statement, published: Interval | None
) -> Iterator[TimeExpression]:
    """Times that may tell when: placed, outside what is said, not after the report."""
    for one in times:
        if one.interval is None or one.type in ("duration", "set") or one.value == "PRESENT_REF":
            continue
        if any(min(one.span[1], end) > max(one.span[0], start) for start, end in statement.content):
            continue
        if published is None or one.interval.earliest[:10] <= published.latest[:10]:
            yield one


def _within(span: Span, sentences: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in sentences)


def _tells_when(doc: Doc, one: TimeExpression, own: Sequence[Span], statement: Statement) -> bool:
    """Whether it is the time of the utterance.

    Not if it is a bound ("since May"), the name of a thing ("the 2016 campaign"), in an aside ("who in 2015
    ...") or of another verb than the cue.
    """
    text = doc.text
    if _word_before(text, one.span[0]) in _NOT_WHEN or _is_name(doc, one, statement):
        return False
    start = next((a for a, b in own if a <= one.span[0] < b), one.span[0])
    aside = _ASIDE.search(text[max(start, one.span[0] - 200) : one.span[0]])
    centre = (*statement.cue, *statement.speaker)
    if aside and not any(start <= a < one.span[0] and "," not in text[b : one.span[0]] for a, b in centre):
        return False
    return not _of_another_verb(doc, one, statement)


def _is_name(doc: Doc, one: TimeExpression, statement: Statement) -> bool:
    """Whether it tells which thing is meant: "the 1951 convention"; not "her 2003 book", "a 2014 study"."""
    text = doc.text
    if _word_before(text, one.span[0]) not in _DETERMINERS and text[one.span[0] - 2 : one.span[0]] != "s ":
        return False
    found = _NOUN.match(text, one.span[1])
    if found is None or any(a <= one.span[0] < b for a, b in statement.speaker):
        return False
    read = parts(doc)
    behind = _token_at(read, one.span[1])
    told = [part.low for part in read.tokens[behind : behind + 4] if part.kind == "word"][:2]
    return one.span[1] - one.span[0] < 12 and not _WORKS.intersection(told)


def _of_another_verb(doc: Doc, one: TimeExpression, statement: Statement) -> bool:
    """Whether another verb or a conjunction stands between the time and the cue or speaker nearest to it."""
    centre = (*statement.cue, *statement.speaker)
    if not centre:
        return False
    before = [b for _, b in centre if b <= one.span[0]]
    after = [a for a, _ in centre if a >= one.span[1]]
    back = (max(before), one.span[0]) if before else None
    ahead = (one.span[1], min(after)) if after else None
    gaps = [gap for gap in (back, ahead) if gap]
    if not gaps:
        return False
    start, end = min(gaps, key=lambda gap: gap[1] - gap[0])
    cue = doc.text[statement.cue[0][0] : statement.cue[-1][1]].lower() if statement.cue else ""
    if (start, end) == ahead and cue.partition(" ")[0].endswith("ing"):
        return False  # "In May, they refused, saying ...": one act
    between = _outside(parts(doc), start, end, statement.content)
    told = len(between) - PADDING
    return any(mark(between, n) != "none" or between[n].low in _CLAUSE for n in range(told))


def _outside(read: FineParts, start: int, end: int, content: Spans) -> list[FinePart]:
    """The parts from ``start`` to ``end`` without what is said; behind them the empty ones."""
    low, high = _token_at(read, start), _token_at(read, end)
    view = TextView(hidden=content)
    return [one for one in read.tokens[low:high] if not view.passes_over(one)] + list(
        read.tokens[read.size :]
    )


def _word_before(text: str, at: int) -> str:
    before = text[max(0, at - 30) : at].split()
    return before[-1].lower().strip('(“"') if before else ""


def _distance(span: Span, centre: Spans) -> int:
    return min(max(span[0] - end, start - span[1], 0) for start, end in centre) if centre else span[0]


def _about(text: str, statement: Statement, near: _Near) -> Iterator[Span]:
    """Sentences beside it, in its paragraph, that speak of the utterance: the next, then the one before."""
    spans = (*statement.cue, *statement.speaker, *statement.content)
    numbers = near.holding(spans)
    if not numbers:
        return
    for n in (numbers[-1] + 1, numbers[0] - 1):
        if not 0 <= n < len(near.sentences):
            continue
        start, end = near.sentences[n]
        joint = (
            text[near.sentences[numbers[-1]][1] : start]
            if n > numbers[-1]
            else text[end : near.sentences[n + 1][0]]
        )
        sentence = text[start:end]
        if "\n" not in joint and _ABOUT.search(sentence) and _MADE.search(sentence):
            yield start, end


def _said(text: str, one: TimeExpression, published: Interval | None, what: str) -> Said | None:
    interval = one.interval
    if interval is None:
        return None
    latest = interval.latest
    if published is not None and latest[:10] > published.latest[:10]:
        latest = max(published.latest[:10], interval.earliest[:10])
    quoted = " ".join(text[one.span[0] : one.span[1]].split())
    basis = f"{what}“{quoted}”" + (f", {interval.basis}" if interval.basis else "")
    return Said(Interval(interval.earliest, latest, interval.precision, basis), (one.span,))


def _from_report(text: str, statement: Statement, near: _Near, published: Interval) -> Said:
    """The days before the report; more of them where it says "earlier" or "has said"."""
    earlier = _earlier(text, statement, near)
    if earlier is not None:
        basis = f"“{text[slice(*earlier)]}”: some time before the report's date"
        return Said(_before(published, _EARLIER_LAG, basis), (earlier,))
    cue = statement.cue[0][0] if statement.cue else None
    if cue is not None and _PERFECT.search(text[max(0, cue - 30) : cue]):
        basis = "told without a time (“has said”): before the report's date"
        return Said(_before(published, _PERFECT_LAG, basis))
    return Said(_before(published, _LAG, "the report's date; nothing nearer is said"))


def _earlier(text: str, statement: Statement, near: _Near) -> Span | None:
    """ "Earlier" at the head of the cue's sentence or beside the cue, outside what is said."""
    for n in near.holding(statement.cue):
        start, end = near.sentences[n]
        for found in _EARLIER.finditer(text, start, end):
            at, behind = found.span()
            beside = any(0 <= a - behind < 3 or 0 <= at - b < 3 or a <= at < b for a, b in statement.cue)
            inside = any(a <= at < b for a, b in statement.content)
            if (at == start or beside) and not inside:
                return at, behind
    return None


def _before(published: Interval, days: int, basis: str) -> Interval:
    first = published.earliest[:10]
    with suppress(ValueError, OverflowError):  # a date nobody can count with bounds as it is
        first = (date.fromisoformat(first) - timedelta(days=days)).isoformat()
    return Interval(first, published.latest[:10], "interval", basis)
