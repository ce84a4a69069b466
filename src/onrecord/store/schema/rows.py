"""Rows as a reader of a record gets them: frozen, flat, every quote beside its spans.

The field names are the columns of every listing and every export, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from onrecord.store.schema.columns import ListingType, Shape
from onrecord.store.schema.rows_linked import (
    AccountMemberRow,
    AccountRow,
    AppearanceRow,
    CopyRow,
    OutletDayRow,
    PositionRow,
    PositionSeenRow,
    QueuedRow,
    StoryRow,
    TieRow,
    UtteranceRow,
)
from onrecord.values import ActorKind, MentionForm, MentionKind, Polarity, Spans, StatementKind, TimeType

"""Stands between the pieces of a quote in ``*_text``."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report. ``published`` is the interval in short: a day, a month, or "earliest/latest". Of a report
    without a date, ``bounded_*`` is between what moments it must have been published, and why. ``origin``:
    the document it likely is a copy of, exact or not; ``copy_group``: what it is in with all of these."""

    id: str
    uri: str
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    wire: str | None
    translator: str | None
    language: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_precision: str | None
    published_basis: str | None
    bounded_earliest: str | None
    bounded_latest: str | None
    bounded_basis: str | None
    retrieved_at: str
    words: int
    statements: int
    duplicate_of: str | None
    copy_group: str | None
    origin: str | None
    story: str | None
    raw_sha256: str
    text_sha256: str
    charset: str
    extractor: str
    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement with its report.

    ``speaker`` is who it is (names of actors, several joined by "; "; None if nobody is named),
    ``speaker_text`` the report's words. ``*_spans`` are code points of the report's text, ``cue``,
    ``content``, ``venue`` ... the pieces there joined by " … ". ``said`` is the interval in short:
    "2019-03-20", "2019-03", "2019-03-20/31", "../2022-01-30" without a lower bound. ``utterance``: what it is
    with the same quotation in other statements. ``hidden``: why listings leave it out.
    """

    id: str
    document: str
    uri: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    speaker: str | None
    speaker_text: str
    speaker_state: str | None
    speaker_ids: tuple[str, ...]
    cue: str
    content: str
    kind: StatementKind
    polarity: Polarity
    hedged: str | None
    distanced: str | None
    said: str | None
    said_earliest: str | None
    said_latest: str | None
    said_precision: str | None
    said_basis: str | None
    via: str | None
    venue: str | None
    addressee: str | None
    parent: str | None
    utterance: str | None
    confidence: float
    speaker_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    content_pieces: tuple[str, ...]
    polarity_spans: Spans
    hedged_spans: Spans
    distanced_spans: Spans
    said_spans: Spans
    via_spans: Spans
    venue_spans: Spans
    addressee_spans: Spans
    confirmed: str | None
    hidden: str | None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One mention with its report: ``quote`` stands from ``start`` to ``end``, ``name`` is the proper name in
    it, ``actor`` the name of the actor it stands for."""

    id: str
    document: str
    uri: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    quote: str
    name: str | None
    name_spans: Spans
    kind: MentionKind
    form: MentionForm
    actor: str | None
    actor_id: str | None
    state: str | None
    entity: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One actor or place as one report knows it; ``context`` is the sentence of its first mention."""

    document: str
    number: int
    kind: ActorKind
    name: str | None
    names: tuple[str, ...]
    state: str | None
    mentions: int
    actor: str | None
    actor_id: str | None
    context: str
    context_spans: Spans


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One expression of time: ``quote`` stands from ``start`` to ``end``."""

    id: str
    document: str
    uri: str
    outlet: str | None
    start: int
    end: int
    quote: str
    type: TimeType
    value: str
    earliest: str | None
    latest: str | None
    precision: str | None
    basis: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor. Counts leave rejected statements out, and copies as asked for; ``first_*``: the sentence
    that mentions it first, in the report that was published first. ``hidden``: why listings leave it out."""

    id: str
    name: str
    kind: ActorKind
    state: str | None
    offices: tuple[str, ...]
    aliases: tuple[str, ...]
    documents: int
    mentions: int
    statements: int
    first_document: str | None
    first_context: str
    first_spans: Spans
    basis: str
    confirmed: str | None
    hidden: str | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office of an actor and one place that says so; ``document`` and the quote are None where it is
    known from the fact tables only."""

    actor_id: str
    actor: str
    title: str
    kind: str
    state: str | None
    since: str | None
    until: str | None
    source: str
    document: str | None
    start: int | None
    end: int | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """Two actors that may be one, and why."""

    id: str
    first: str
    first_name: str
    second: str
    second_name: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision of a person; ``undone_by``: the decision that took it back; ``anchors``: the entities it
    was made for, each as document, number and name."""

    id: str
    at: str
    verb: str
    targets: tuple[str, ...]
    value: str | None
    note: str | None
    undone_by: str | None
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureRow:
    """One thing that could not be read; ``path`` is the local file to try again."""

    uri: str
    stage: str
    reason: str
    hint: str
    path: str | None
    resolved: bool


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """One piece of an original that is not in the text; offsets are code points of the decoded original."""

    document: str
    uri: str
    outlet: str | None
    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One build: when, with what, and what came of it; counts are None if it was interrupted."""

    id: int
    command: str
    started: str
    ended: str | None
    version: str
    reader: str
    settings: str
    documents: int | None
    new: int | None
    unchanged: int | None
    duplicates: int | None
    failed: int | None
    statements: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a check found: the table and row it stands in, and what is wrong.

    Where the record was read again also the column, what stands there and what should, in JSON.
    """

    table: str
    id: str
    problem: str
    column: str = ""
    stands: str = ""
    should: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What a record holds. Counts by outlet and kind leave hidden statements out; statements, kinds and
    polarities are counted as asked for."""

    documents: int
    duplicates: int
    undated: int
    statements: int
    hidden: int
    actors: int
    suggestions: int
    decisions: int
    failures: int
    outlets: Mapping[str, int]  # outlet -> documents; "" where none is known
    kinds: Mapping[str, int]  # kind -> statements
    polarities: Mapping[str, int]  # polarity -> statements
    actor_kinds: Mapping[str, int]  # kind -> actors
    earliest: str | None  # first and last day a document may have been published
    latest: str | None
    readers: Mapping[str, int]  # name and hash of the model -> documents
    extractors: Mapping[str, int]
    runs: int
    finished: bool  # whether the last build came to its end
    version: int
    copied: int  # documents that are copies, near ones too
    independent: int  # documents, those that are copies of one another counted once
    sources: int  # outlets; an unknown one is its site, else one of its own
    accounts: int
    disputed: int  # of the accounts
    judge: str  # the model that judged pairs; "" if there was none
    log: int = 0  # bytes in the log beside the file, which a process that was killed leaves there


ListedRow = (
    DocumentRow
    | StatementRow
    | MentionRow
    | EntityRow
    | TimeRow
    | ActorRow
    | OfficeRow
    | SuggestionRow
    | DecisionRow
    | CopyRow
    | UtteranceRow
    | StoryRow
    | OutletDayRow
    | PositionRow
    | PositionSeenRow
    | AccountRow
    | AccountMemberRow
    | TieRow
    | AppearanceRow
    | QueuedRow
    | FailureRow
    | DroppedRow
    | RunRow
)

_TYPES: dict[str, ListingType] = {
    "str": "text",
    **dict.fromkeys(
        (
            *("StatementKind", "ActorKind", "MentionKind", "MentionForm"),
            *("Polarity", "TimeType", "CopyKind", "PositionRelation", "PositionStatus"),
            *("AccountStance", "AccountKind", "QueuedKind"),
        ),
        "text",
    ),
    "int": "int",
    "float": "real",
    "bool": "flag",
    "Spans": "spans",
    "tuple[str, ...]": "texts",
    "tuple[PositionSeenRow, ...]": "objects",
    "tuple[AccountMemberRow, ...]": "objects",
}


def as_row(row: ListedRow) -> dict[str, Any]:
    """``row`` as a mapping from column to value, in the order of the columns; rows in it as mappings, too."""
    types = shape_of(type(row))
    values = {name: getattr(row, name) for name in types}
    inner = [name for name, kind in types.items() if kind == "objects"]
    return {**values, **{name: [asdict(one) for one in values[name]] for name in inner}}


def shape_of(kind: type[ListedRow]) -> Shape:
    """The columns of a kind of row with their types."""
    return {one.name: _TYPES[str(one.type).removesuffix(" | None")] for one in fields(kind)}


def short_date(earliest: str | None, latest: str | None, precision: str | None) -> str | None:
    """An interval in as few characters as its precision needs.

    >>> short_date("2022-01-01", "2022-01-31", "month")
    '2022-01'
    """
    if earliest is None or latest is None:
        return None
    kept = {"day": 10, "month": 7, "year": 4}.get(precision or "")
    if kept:
        return earliest[:kept]
    return earliest if earliest == latest else f"{earliest}/{latest}"


def short_said(earliest: str | None, latest: str | None, precision: str | None) -> str | None:
    """The days of an interval in as few characters as tell them, as ISO 8601 shortens them.

    >>> short_said("2019-03-20", "2019-03-31", "interval"), short_said("2019-03-01", "2019-03-31", "month")
    ('2019-03-20/31', '2019-03')
    >>> short_said(None, "2022-01-30T10:00:00Z", "interval")
    '../2022-01-30'
    """
    if latest is None:
        return None
    last = latest[:10]
    if earliest is None:
        return f"../{last}"
    first = earliest[:10]
    kept = {"month": 7, "year": 4}.get(precision or "", 10)
    if first[:kept] == last[:kept]:
        return first[:kept]
    same = 8 if first[:8] == last[:8] else 5 if first[:5] == last[:5] else 0
    return f"{first}/{last[same:]}"
