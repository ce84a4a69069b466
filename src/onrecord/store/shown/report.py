"""One report with all that the tables beside it tell, for those who look at it whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.errors import OnrecordError
from onrecord.sources import decode
from onrecord.store.file.check import original as made_again
from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing import linked, listing
from onrecord.store.listing.filters import Where
from onrecord.store.listing.listing import spans_of
from onrecord.store.listing.speaking import CALLED, NAME, NTH, speakers
from onrecord.store.schema.rows import DocumentRow, short_date
from onrecord.store.schema.rows_linked import CopyRow, StoryRow
from onrecord.values import RawKind, Spans

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date that might be a report's date of publication, the best first."""

    earliest: str
    latest: str
    precision: str
    basis: str
    quoted: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """One line that stands in ``count`` reports of its outlet; ``kind``: boilerplate or credit."""

    start: int
    end: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """One of those who make a statement: name (None: nobody is named), actor and state where known."""

    name: str | None
    actor: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class OtherReport:
    """Another report in as few words as name it."""

    id: str
    uri: str
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class QuotedElsewhere:
    """A statement of another place that has the same quotation."""

    statement: str
    report: OtherReport


@dataclass(frozen=True, slots=True)
class Report:
    """A report and what is known of it beside its text.

    Attributes:
        document: its row.
        locations: every place where it was found.
        dates: every date that might be its own.
        bounded_spans: of one without a date, the words that bound it.
        repeated: its lines that its outlet repeats.
        same: other reports with the very same text.
        copies: pairs with reports that share wording.
        others: the reports that ``copies`` name, by id.
        story: the development that it tells of.
        speakers: who makes each statement, by its id.
        quoted: where else its quotations stand, by the id of its statement.
    """

    document: DocumentRow
    locations: tuple[str, ...]
    dates: tuple[DateFound, ...]
    bounded_spans: Spans
    repeated: tuple[RepeatedLine, ...]
    same: tuple[OtherReport, ...]
    copies: tuple[CopyRow, ...]
    others: Mapping[str, OtherReport]
    story: StoryRow | None
    speakers: Mapping[str, tuple[Speaking, ...]]
    quoted: Mapping[str, tuple[QuotedElsewhere, ...]]


_SPEAKING = f"""
SELECT said.id, {NAME}, actor.id, coalesce(actor.state, entity.state)
FROM {speakers("FROM statement WHERE document_id = $id", keep=f"document_id, id, {NTH}", known=False)}
{CALLED}
ORDER BY said.id, said.nth
"""
_OTHER = """document.id, document.uri, document.outlet, document.title, document.published_earliest,
document.published_latest, document.published_precision"""
_QUOTED = f"""
SELECT here.statement_id, there.statement_id, {_OTHER}
FROM utterance AS here JOIN utterance AS there ON there.id = here.id
JOIN document ON document.id = there.document_id
WHERE here.document_id = $id AND there.statement_id <> here.statement_id
ORDER BY here.statement_id, {listing.DOCUMENT_ORDER}, there.statement_id
"""
_SAME = f"""
SELECT {_OTHER} FROM document, (SELECT coalesce(duplicate_of, id) AS id FROM document WHERE id = $id) AS first
WHERE document.id <> $id AND (document.id = first.id OR document.duplicate_of = first.id)
ORDER BY {listing.DOCUMENT_ORDER}
"""
_DATES = """SELECT earliest, latest, precision, basis, quoted, chosen FROM date_candidate
WHERE document_id = $id ORDER BY rank"""
_REPEATED = 'SELECT start, "end", class, count FROM repeated_line WHERE document_id = $id ORDER BY start'
_RAW = """SELECT raw.data, raw.body, raw.declared, document.charset, document.kind
FROM raw JOIN document ON document.id = raw.document_id WHERE document.id = ?"""


def report(connection: Connection, id: str) -> Report | None:
    """The report with this very id, and what belongs to it; None if there is none."""
    where, either, told = Where(), Where(), Where()
    where.equals("document.id", id)
    document = next(iter(listing.documents(connection, where)), None)
    if document is None:
        return None
    linked.of_either(either, id, None)
    copies = tuple(iter(linked.copies(connection, either)))
    told.equals("story.id", document.story)
    story = None if document.story is None else next(iter(linked.stories(connection, told)), None)

    def asked(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, {"id": id}).fetchall()

    places = asked("SELECT uri FROM location WHERE document_id = $id ORDER BY uri")
    bounds = asked("SELECT evidence FROM publication WHERE document_id = $id")
    return Report(
        document,
        tuple(uri for (uri,) in places),
        tuple(DateFound(*row) for row in asked(_DATES)),
        spans_of(bounds[0][0]) if bounds else (),
        tuple(RepeatedLine(*row) for row in asked(_REPEATED)),
        tuple(_other(row) for row in asked(_SAME)),
        copies,
        _others(connection, {one for pair in copies for one in (pair.first, pair.second)}),
        story,
        _grouped((id, Speaking(*rest)) for id, *rest in asked(_SPEAKING)),
        _grouped((row[0], QuotedElsewhere(row[1], _other(row[2:]))) for row in asked(_QUOTED)),
    )


@dataclass(frozen=True, slots=True)
class Original:
    """The decoded original of a report, and what kind of text it is."""

    text: str
    kind: RawKind


def original(connection: Connection, id: str) -> Original | None:
    """What the report ``id`` was made from; None if it is not kept or cannot be decoded any more."""
    row = first_row(connection, _RAW, [id])
    if row is None:
        return None
    data, body, declared, charset, kind = row
    try:
        text = decode(made_again(id, data, body, declared, ""), charset=charset).text
    except (zlib.error, ValueError, KeyError, TypeError, OnrecordError):
        return None
    return Original(text, kind)


def _others(connection: Connection, ids: set[str]) -> dict[str, OtherReport]:
    sql = f"SELECT {_OTHER} FROM document WHERE id IN (SELECT unnest(?)) ORDER BY id"
    found = connection.execute(sql, [sorted(ids)]).fetchall() if ids else []
    return {row[0]: _other(row) for row in found}


def _other(row: Sequence[Any]) -> OtherReport:
    id, uri, outlet, title, *when = row
    return OtherReport(id, uri, outlet, title, short_date(*when))


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = {}
    for id, one in pairs:
        found.setdefault(id, []).append(one)
    return {id: tuple(several) for id, several in found.items()}
