"""Listings: which rows, in which fixed order, read a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from onrecord.errors import UsageError
from onrecord.record import columns
from onrecord.record.database import Connection
from onrecord.record.rows import (
    BETWEEN,
    DocumentRow,
    DroppedRow,
    FailureRow,
    RunRow,
    StatementRow,
    as_row,
    shape_of,
    short_date,
)
from onrecord.values import Spans

R = TypeVar("R", DocumentRow, StatementRow, FailureRow, DroppedRow, RunRow)
_FETCH = 500

DOCUMENT_SQL = """
SELECT id, uri, url, outlet, title, byline, wire, translator, language, published_earliest, published_latest,
       published_precision, published_basis, retrieved_at, words,
       (SELECT count(*) FROM statement WHERE document_id = document.id) AS statements,
       duplicate_of, raw_sha256, text_sha256, charset, extractor, reader, text
FROM document
"""
STATEMENT_SQL = """
SELECT statement.id, statement.document_id, document.uri, document.url, document.outlet, document.title,
       document.published_earliest, document.published_latest, document.published_precision,
       statement.speaker, statement.cue, statement.content, statement.kind, statement.confidence,
       CASE WHEN document.duplicate_of IS NOT NULL THEN 'duplicate'
            WHEN statement.boilerplate THEN 'boilerplate' END AS hidden
FROM statement JOIN document ON document.id = statement.document_id
"""
SHOWN_ONLY = "document.duplicate_of IS NULL AND NOT statement.boilerplate"
_DOCUMENT_ORDER = "document.published_earliest NULLS LAST, document.uri, document.id"


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """Rows of one kind: iterate over it (each time the rows are read anew), or take it as an Arrow table."""

    kind: type[R]
    connection: Connection
    sql: str
    values: Sequence[Any]
    make: Callable[[Sequence[Any]], R]

    def __iter__(self) -> Iterator[R]:
        """The rows, read a few hundred at a time."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(self.sql, list(self.values))
            while rows := cursor.fetchmany(_FETCH):
                yield from map(self.make, rows)
        finally:
            cursor.close()

    def to_arrow(self) -> columns.Table:
        """The rows as one Arrow table with the columns of ``kind``."""
        return columns.to_table(shape_of(self.kind), map(as_row, self))


@dataclass(slots=True)
class Where:
    """Conditions that must all hold, with their values."""

    conditions: list[str]
    values: list[Any]

    def add(self, condition: str, *values: Any) -> None:
        """One more condition, with a value for each "?" in it."""
        self.conditions.append(condition)
        self.values += values

    def contains(self, column: str, text: str | None) -> None:
        """``column`` contains ``text``, whatever the case and the accents."""
        if text is not None:
            self.add(f"contains(strip_accents(lower({column})), strip_accents(lower(?)))", text)

    def published(self, since: str | None, until: str | None) -> None:
        """The interval of publication overlaps [since, until]; what has no date is left out."""
        if since is not None:
            self.add("left(document.published_latest, 10) >= ?", day(since, last=False))
        if until is not None:
            self.add("left(document.published_earliest, 10) <= ?", day(until, last=True))

    def __str__(self) -> str:
        """The clause, empty without conditions."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def day(text: str, *, last: bool) -> str:
    """The first or last day of a year, month or day; raises UsageError for anything else.

    >>> day("2024-02", last=True)
    '2024-02-29'
    """
    import calendar
    from datetime import date

    try:
        parts = [int(part) for part in text.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
        number = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1] if last else 1
        if len(parts) > 3 or not all(part.isdigit() for part in text.split("-")):
            raise ValueError
        return date(year, month, number).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise UsageError(f"not a date: {text!r}", hint="write 2023, 2023-03 or 2023-03-06") from None


def documents(connection: Connection, where: Where) -> Listing[DocumentRow]:
    """Reports by date, place and id."""
    sql = f"{DOCUMENT_SQL} {where} ORDER BY {_DOCUMENT_ORDER}"
    return Listing(DocumentRow, connection, sql, where.values, _document)


def statements(connection: Connection, where: Where) -> Listing[StatementRow]:
    """Statements by report, and by their place in it."""
    sql = f"{STATEMENT_SQL} {where} ORDER BY {_DOCUMENT_ORDER}, statement.n"
    return Listing(StatementRow, connection, sql, where.values, _statement)


def failures(connection: Connection, *, resolved: bool) -> Listing[FailureRow]:
    """What could not be read, by place and stage."""
    some = "" if resolved else "WHERE NOT resolved"
    sql = f"SELECT uri, stage, reason, hint, path, resolved FROM failure {some} ORDER BY uri, stage"
    return Listing(FailureRow, connection, sql, (), lambda row: FailureRow(*row))


def dropped(connection: Connection, where: Where) -> Listing[DroppedRow]:
    """What was left out, by report and by its place in the original."""
    sql = f"""SELECT document.id, document.uri, document.outlet, dropped.start, dropped."end", dropped.reason,
    dropped.text FROM dropped JOIN document ON document.id = dropped.document_id {where}
    ORDER BY {_DOCUMENT_ORDER}, dropped.n"""
    return Listing(DroppedRow, connection, sql, where.values, lambda row: DroppedRow(*row))


def runs(connection: Connection) -> Listing[RunRow]:
    """Every build, the first one first."""
    return Listing(RunRow, connection, "SELECT * FROM run ORDER BY id", (), lambda row: RunRow(*row))


def _document(row: Sequence[Any]) -> DocumentRow:
    values = [*row[:9], short_date(row[9], row[10], row[11]), *row[9:]]
    return DocumentRow(*values)


def _statement(row: Sequence[Any]) -> StatementRow:
    earliest, latest, precision = row[6:9]
    parts = [tuple(piece["quote"] for piece in part) for part in row[9:12]]
    values = [
        *row[:6],
        short_date(earliest, latest, precision),
        earliest,
        latest,
        *(BETWEEN.join(part) for part in parts),
        *row[12:14],
        *(_spans(part) for part in row[9:12]),
        parts[2],
        row[14],
    ]
    return StatementRow(*values)


def _spans(pieces: Sequence[dict[str, Any]]) -> Spans:
    return tuple((piece["start"], piece["end"]) for piece in pieces)
