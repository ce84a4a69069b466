"""Standing relations that one report tells of: who recognizes, supports, opposes, sanctions, denies whom, who
is allied with whom, and whose forces or people are where.

    sentence -> words and parties (position_parts) -> frames of verbs, nouns and forces (position_clauses,
    position_nouns, position_forces) -> who says so, when it held, how sure it is

The words come from a lexicon (position_words), the shapes from a small clause grammar; neither knows any
affair. What stands in somebody's words is claimed by the statement around it, and denied if that statement
denies it. A clause that hangs on words nobody's statement holds ("reports that ...") is left out: nobody can
be named who says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.ids import position_seen_id
from onrecord.lang import word_list, word_row
from onrecord.reading.positions.clauses import Frame, listed_behind, pressed, verb_frames
from onrecord.reading.positions.forces import force_frames
from onrecord.reading.positions.nouns import noun_frames
from onrecord.reading.positions.parts import (
    ASSURING,
    ATTITUDES,
    COMPOUNDS,
    FIRST_PERSON,
    FORCES,
    PEOPLE,
    REPORTING,
    ROLES,
    RUMOURS,
    SANCTIONS,
    THINGS,
    VERBS,
    Around,
    Chunk,
    SentenceParts,
    around,
    parts,
)
from onrecord.text.doc import Doc
from onrecord.values import (
    Entity,
    Interval,
    Mention,
    Party,
    PositionSeen,
    PositionStatus,
    Span,
    Spans,
    Statement,
    TimeExpression,
)

# Longer "sentences" are lists and tables.
_LONGEST = 2_000
_TRIGGERS = {*VERBS, *ROLES, *ATTITUDES, *COMPOUNDS, *SANCTIONS, *FORCES, *PEOPLE, *THINGS} | word_list(
    "positions", "triggers"
)
_LONGEST_FIRST = sorted(_TRIGGERS, key=lambda word: (-len(word), word))
_TRIGGER = re.compile(rf"(?<![^\W_])(?:{'|'.join(_LONGEST_FIRST)})", re.IGNORECASE)
_FIRST = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(FIRST_PERSON))})(?![\w-])", re.IGNORECASE)
_DOUBTING = word_row("positions", "doubting")
_CLAUSES = word_list("positions", "clauses")
_NAMED_IN_PASSING = frozenset(["noun", "role", "apposition", "compound"])
# Probability that a row of each rule is right where its mentions are: counted by reading 114 rows, but for
# the last five rules, of which none was among them (docs/decisions/positions.md).
_TRUST = {
    "verb": 0.97, "passive": 0.96, "noun": 0.92, "role": 0.95, "apposition": 0.96, "imposed": 0.97,
    "denial": 0.95, "compound": 0.97, "forces": 0.92, "has": 0.97,
    "adjective": 0.85, "participle": 0.8, "pressed": 0.8, "listed": 0.8, "presence": 0.85,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Report:
    """What all sentences of a report are read with."""

    text: str
    document_id: str
    known: Around
    statements: tuple[Statement, ...]
    owner: NDArray[np.int32]  # of each character: the innermost statement in whose content it is, or -1
    begin: NDArray[np.int32]  # and where that piece of content begins
    states_of: Mapping[int, str]  # states that an entity speaks for
    times: tuple[TimeExpression, ...]
    published: Interval | None


def positions_in(
    doc: Doc,
    mentions: Iterable[Mention],
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    times: Iterable[TimeExpression],
    *,
    document_id: str,
    published: Interval | None = None,
) -> list[PositionSeen]:
    """The positions that a text tells of, in the order of their evidence.

    Args:
        doc: the canonical text that all spans point into.
        mentions: of actors; states are also found without one.
        entities: those that the mentions are of.
        statements: with speakers, stance, parent and time.
        times: of the text.
        document_id: enters all ids.
        published: when the report may have been published: what is told without a time held then.

    Returns:
        One row for each holder, relation and target that a place of the text tells of. Never raises for any
        text; time grows with its length.
    """
    text = doc.text
    report = _report(text, document_id, tuple(entities), tuple(statements), tuple(times), published)
    ordered = sorted(mentions, key=lambda one: (one.span, one.id))
    starts = [one.span[0] for one in ordered]
    found: dict[str, PositionSeen] = {}
    for number, (start, end) in enumerate(doc.sentences):
        own = doc.tokens_of(number)
        if end - start > _LONGEST or not any(map(_triggers, doc.words[own.start : own.stop])):
            continue
        inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        p = parts(text, (start, end), report.known, [one for one in inside if one.span[1] <= end])
        for frame in _frames(p):
            for row in _rows(report, p, frame):
                found.setdefault(row.id, row)
    return sorted(_apart(found.values()), key=_place)


@lru_cache(maxsize=1 << 15)
def _triggers(word: str) -> bool:
    """Whether a sentence with this word may tell a position."""
    return _TRIGGER.search(word) is not None


def _place(one: PositionSeen) -> tuple[Spans, str]:
    return one.evidence, one.id


def _apart(rows: Iterable[PositionSeen]) -> Iterator[PositionSeen]:
    """Of rows that tell the same of the same words only the surest."""
    kept: dict[tuple[Span, str, Spans, Spans], PositionSeen] = {}
    for one in rows:
        key = one.sentence, one.relation, one.holder.spans, one.target.spans
        if key not in kept or kept[key].confidence < one.confidence:
            kept[key] = one
    yield from kept.values()


def _frames(p: SentenceParts) -> list[Frame]:
    """All frames of a sentence; questions tell nothing."""
    marks = [one.low for one in p.tokens[-3:]]
    if "?" in marks:
        return []
    return [*verb_frames(p), *pressed(p), *listed_behind(p), *noun_frames(p), *force_frames(p)]


def _report(
    text: str,
    document_id: str,
    entities: tuple[Entity, ...],
    statements: tuple[Statement, ...],
    times: tuple[TimeExpression, ...],
    published: Interval | None,
) -> _Report:
    owner = np.full(len(text) + 1, -1, np.int32)
    begin = np.zeros(len(text) + 1, np.int32)
    pieces = [(b - a, a, b, number) for number, one in enumerate(statements) for a, b in one.content]
    for _, a, b, number in sorted(pieces, key=lambda piece: (-piece[0], piece[1], -piece[3])):
        owner[a:b], begin[a:b] = number, a
    states_of = {one.number: code for one in entities if (code := _speaks_for(one))}
    numbers = {one.state: one.number for one in reversed(entities) if one.kind == "state" and one.state}
    speakers = {}
    for match in _FIRST.finditer(text):
        party = _speaker(match.span(), match[0].lower(), owner, statements, states_of, numbers)
        if party:
            speakers[match.start()] = party
    known = around(entities, dates=[one.span[0] for one in times], speakers=speakers)
    return _Report(text, document_id, known, statements, owner, begin, states_of, times, published)


def _speaks_for(one: Entity) -> str | None:
    """The state that an official or a body of it speaks for."""
    if one.kind == "person":
        return one.state if any(not office.former for office in one.offices) else None
    return one.state if one.kind == "state" else None


def _speaker(
    span: Span,
    word: str,
    owner: NDArray[np.int32],
    statements: Sequence[Statement],
    states_of: Mapping[int, str],
    numbers: Mapping[str, int],
) -> Party | None:
    """Who "I" is, and for whom "we" speaks: the state of an official, else the speaker."""
    number = int(owner[span[0]])
    if number < 0 or statements[number].kind == "indirect" or len(statements[number].speakers) != 1:
        return None
    entity = statements[number].speakers[0].entity
    state = states_of.get(entity)
    if word in ("we", "our") and state:
        return Party((span,), numbers.get(state), state)
    return Party((span,), entity, state if state and numbers.get(state) == entity else None)


def _rows(report: _Report, p: SentenceParts, frame: Frame) -> Iterator[PositionSeen]:
    """The rows of a frame: each holder towards each target."""
    at = p.tokens[frame.evidence[0][0]].start
    number = int(report.owner[at])
    statement = report.statements[number] if number >= 0 else None
    if statement and not statement.speaker and not statement.speakers and frame.rule in _NAMED_IN_PASSING:
        statement = None  # "has stood up to their sanctions against": the report's own words
    status = _status(report, p, frame, statement)
    if status is None:
        return
    interval, since = _when(report, p, frame, number)
    evidence = tuple(sorted(p.chars(*one) for one in frame.evidence))
    capacity = (p.chars(*frame.capacity),) if frame.capacity else ()
    for holder in frame.holders:
        for target in frame.targets:
            if _same(holder.party, target.party) or target.party.least is not None:
                continue
            yield PositionSeen(
                position_seen_id(
                    report.document_id, frame.relation, holder.party.spans, target.party.spans, evidence
                ),
                report.document_id, holder.party, frame.relation, target.party, evidence, p.span, capacity,
                status, statement.id if statement else None, _own(report, statement, holder.party),
                interval, since, frame.rule, _confidence(frame, holder, target),
            )  # fmt: skip


def _same(one: Party, other: Party) -> bool:
    if one.state and other.state:
        return one.state == other.state
    return one.entity is not None and one.entity == other.entity


def _confidence(frame: Frame, holder: Chunk, target: Chunk) -> float:
    return round(_TRUST[frame.rule] * holder.sure * target.sure, 4)


def _own(report: _Report, statement: Statement | None, holder: Party) -> bool:
    """Whether the statement's speaker speaks for the holder."""
    if statement is None:
        return False
    return any(
        one.entity == holder.entity or (holder.state and report.states_of.get(one.entity) == holder.state)
        for one in statement.speakers
    )


def _status(
    report: _Report, p: SentenceParts, frame: Frame, statement: Statement | None
) -> PositionStatus | None:
    """How the position is told; None if nobody tells it."""
    if _governed(report, p, frame, statement):
        return None
    if statement is None:
        return "denied" if frame.how == "off" else "planned" if frame.how == "plan" else "asserted"
    polarity = statement.stance.polarity
    verbal = frame.rule in ("verb", "adjective", "imposed", "has", "denial")
    if polarity in ("questions", "declines") or (polarity == "calls_for" and verbal):
        return None
    if any(one.stance.polarity in ("denies", "declines", "questions") for one in _around(report, statement)):
        return None
    denies = polarity == "denies"
    if frame.how == "plan":
        return None if denies else "planned"
    return "denied" if denies == (frame.how == "on") else "claimed"


def _around(report: _Report, statement: Statement) -> Iterator[Statement]:
    """The statements in whose content this one stands."""
    by_id = {one.id: one for one in report.statements} if statement.parent else {}
    seen = {statement.id}
    while statement.parent in by_id and statement.parent not in seen:
        statement = by_id[statement.parent]
        seen.add(statement.id)
        yield statement


def _governed(report: _Report, p: SentenceParts, frame: Frame, statement: Statement | None) -> bool:
    """Whether words that belong to no statement make it somebody else's saying, or a doubt."""
    begin = int(report.begin[p.tokens[frame.evidence[0][0]].start]) if statement else -1
    verbal = frame.rule in ("verb", "adjective", "passive", "role", "imposed", "has", "denial", "pressed")
    for k in range(frame.first - 1, max(-1, frame.first - 8), -1):
        one = p.tokens[k]
        if one.start < begin:
            return False
        if one.low in ';:,.“”"' and k < frame.first - 1:
            return False
        opens = k == frame.first - 1 if verbal else p.low(k + 1) == "there"  # "says there are troops"
        clause = one.low == "that" or (one.low in REPORTING and opens)
        if clause and one.start > begin + 2:
            near = {p.low(j) for j in range(max(0, k - 4), k + 1)}
            return not (near & ASSURING or _denied_rumour(p, k, statement, begin))
        if not verbal and one.low.startswith(_DOUBTING) and one.low != "den":
            return True
        if verbal and k < frame.first - 2:
            return False
    return False


def _denied_rumour(p: SentenceParts, that: int, statement: Statement | None, begin: int) -> bool:
    """ "ruled out [speculation that ...]": who denies the rumour denies what it says."""
    denies = statement is not None and statement.stance.polarity == "denies"
    return denies and p.low(that - 1) in RUMOURS and p.tokens[max(0, that - 3)].start <= begin


def _when(report: _Report, p: SentenceParts, frame: Frame, number: int) -> tuple[Interval | None, bool]:
    """A time at which it held, and whether it only began there."""
    said = report.statements[number].said if number >= 0 else None
    told = said.interval if said else report.published
    words = [k for one in frame.evidence for k in one]
    words += [k for one in (*frame.holders, *frame.targets) for k in (one.first, one.last)]
    low, high = min(words), max(*words, frame.capacity[1] if frame.capacity else 0)
    for at in sorted(p.dates, key=lambda k: (min(abs(k - low), abs(k - high)), k)):
        time = _time_at(report, p.tokens[at].start)
        near = _beside(p, at, low, high, frame.evidence[0][0])
        near = near and int(report.owner[p.tokens[at].start]) == number
        if time is None or time.interval is None or time.type not in ("date", "time") or not near:
            continue
        if p.low(at - 1) == "since" or p.low(at - 2) == "since":
            latest = told.latest if told and told.latest > time.interval.latest else time.interval.latest
            return Interval(time.interval.earliest, latest, "interval", f"since {time.interval.basis}"), True
        if p.low(at - 1) not in ("until", "till", "before", "of"):
            return time.interval, False
    return told, False


def _beside(p: SentenceParts, at: int, low: int, high: int, predicate: int) -> bool:
    """Whether a time belongs to the clause of words ``low`` to ``high``: no other clause lies between."""
    if at <= 3 and low > at:
        return True
    between = range(high, at) if at >= high else range(at + 1, low)
    if low <= at < high:
        between = range(min(at, predicate), max(at, predicate))
    elif len(between) > 12:
        return False
    return not any(p.low(k) in _CLAUSES for k in between)


def _time_at(report: _Report, start: int) -> TimeExpression | None:
    at = bisect_left(report.times, start, key=lambda one: one.span[0])
    return report.times[at] if at < len(report.times) and report.times[at].span[0] == start else None
