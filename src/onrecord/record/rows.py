"""Rows as a reader of a record gets them: frozen, flat, every quote beside its spans.

The field names are the columns of every listing and every export, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from onrecord.record.columns import ListingType, Shape
from onrecord.values import Spans, StatementKind

BETWEEN = " … "
"""Stands between the pieces of a quote in ``*_text``."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report. ``published`` is the interval in short: a day, a month, or "earliest/latest"."""

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
    retrieved_at: str
    words: int
    statements: int
    duplicate_of: str | None
    raw_sha256: str
    text_sha256: str
    charset: str
    extractor: str
    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement with its report. Spans are code points of the report's text; ``*_text`` their pieces
    joined by " … ", ``content_pieces`` the pieces themselves. ``hidden``: why listings leave it out."""

    id: str
    document: str
    uri: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    speaker_text: str
    cue_text: str
    content_text: str
    kind: StatementKind
    confidence: float
    speaker: Spans
    cue: Spans
    content: Spans
    content_pieces: tuple[str, ...]
    hidden: str | None


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
    """One thing a check found: the table and row it stands in, and what is wrong."""

    table: str
    id: str
    problem: str


@dataclass(frozen=True, slots=True)
class Status:
    """What a record holds. Counts by outlet and kind leave hidden statements out."""

    documents: int
    duplicates: int
    undated: int
    statements: int
    hidden: int
    failures: int
    outlets: Mapping[str, int]  # outlet -> documents; "" where none is known
    kinds: Mapping[str, int]  # kind -> statements
    earliest: str | None  # first and last day a document may have been published
    latest: str | None
    readers: Mapping[str, int]  # name and hash of the model -> documents
    extractors: Mapping[str, int]
    runs: int
    finished: bool  # whether the last build came to its end
    version: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement or a document in full.

    ``context`` is the paragraphs of the text that the statement touches (for a document, all of it) and
    stands at ``start`` in the text; ``speaker``, ``cue`` and ``content`` are relative to ``context``.
    """

    document: DocumentRow
    statement: StatementRow | None
    start: int
    context: str
    speaker: Spans
    cue: Spans
    content: Spans
    locations: tuple[str, ...]
    statements: tuple[StatementRow, ...]  # of a document: all its statements


ListedRow = DocumentRow | StatementRow | FailureRow | DroppedRow | RunRow

_TYPES: dict[str, ListingType] = {
    "str": "text",
    "StatementKind": "text",
    "int": "int",
    "float": "real",
    "bool": "flag",
    "Spans": "spans",
    "tuple[str, ...]": "texts",
}


def as_row(row: ListedRow) -> dict[str, Any]:
    """``row`` as a mapping from column to value, in the order of the columns."""
    return {one.name: getattr(row, one.name) for one in fields(row)}


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
