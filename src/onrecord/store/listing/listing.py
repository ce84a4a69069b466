"""Listings: which rows, in which fixed order, read a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from typing import Any, Generic, Literal, TypeVar, overload

from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing.filters import Where, joined
from onrecord.store.listing.speaking import names_of
from onrecord.store.schema import columns
from onrecord.store.schema.rows import (
    ActorRow,
    DecisionRow,
    DocumentRow,
    DroppedRow,
    EntityRow,
    FailureRow,
    MentionRow,
    OfficeRow,
    RunRow,
    StatementRow,
    SuggestionRow,
    TimeRow,
    as_row,
    shape_of,
    short_date,
    short_said,
)
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
from onrecord.values import BETWEEN, Spans

R = TypeVar(
    "R",
    DocumentRow,
    StatementRow,
    MentionRow,
    EntityRow,
    TimeRow,
    ActorRow,
    OfficeRow,
    SuggestionRow,
    DecisionRow,
    CopyRow,
    UtteranceRow,
    StoryRow,
    OutletDayRow,
    PositionRow,
    PositionSeenRow,
    AccountRow,
    AccountMemberRow,
    TieRow,
    AppearanceRow,
    QueuedRow,
    FailureRow,
    DroppedRow,
    RunRow,
)
_FETCH = 500
# Columns that the shown form of a listing has, of those it has.
_BRIEF = (
    "id", "name", "kind", "state", "holder", "relation", "target", "lead", "speaker", "polarity", "content",
    "said", "title", "outlet", "published", "quote", "statements",
)  # fmt: skip

DOCUMENT_SQL = """
SELECT document.id, uri, url, outlet, title, byline, wire, translator, language, published_earliest,
       published_latest, published_precision, published_basis, publication.earliest, publication.latest,
       publication.basis, retrieved_at, words,
       (SELECT count(*) FROM statement WHERE document_id = document.id) AS statements,
       duplicate_of, copy_group, origin, story, raw_sha256, text_sha256, charset, extractor, reader, text
FROM document LEFT JOIN publication ON publication.document_id = document.id
"""
SPOKEN_FROM = "FROM statement JOIN document ON document.id = statement.document_id"
STATEMENT_SQL = f"""
SELECT statement.id, statement.document_id AS document, document.uri, document.url, document.outlet,
       document.title, document.published_earliest, document.published_latest, document.published_precision,
       named.names, named.ids, named.states,
       statement.speaker, statement.cue, statement.content, statement.kind, statement.polarity,
       statement.polarity_evidence, statement.hedges, statement.distances, statement.said_earliest,
       statement.said_latest, statement.said_precision, statement.said_basis, statement.said_evidence,
       statement.via, statement.venue, statement.addressee, statement.parent, utterance.id,
       statement.confidence, statement.confirmed,
       CASE WHEN statement.rejected IS NOT NULL THEN 'rejected by ' || statement.rejected
            WHEN document.duplicate_of IS NOT NULL THEN 'duplicate'
            WHEN statement.boilerplate THEN 'boilerplate' END AS hidden
FROM statement JOIN document ON document.id = statement.document_id
LEFT JOIN ({names_of()}) AS named ON named.document_id = statement.document_id AND named.id = statement.id
LEFT JOIN utterance ON utterance.statement_id = statement.id
"""
SHOWN_ONLY = "document.duplicate_of IS NULL AND NOT statement.boilerplate AND statement.rejected IS NULL"
DOCUMENT_ORDER = "document.published_earliest NULLS LAST, document.uri, document.id"
# Rows are fetched by their numbers in the file: all of a statement is read of just these then.
_AT = "statement.rowid IN (SELECT rowid FROM statement WHERE id IN ({ids}))"
ORDERS = {
    "document": f"{DOCUMENT_ORDER}, statement.n",
    "said": "statement.said_earliest NULLS LAST, statement.said_latest NULLS LAST, "
    f"{DOCUMENT_ORDER}, statement.n",
    "confidence": f"statement.confidence DESC, {DOCUMENT_ORDER}, statement.n",
}
Order = Literal["document", "said", "confidence"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The quick way to one page: only ids are found at first.

    Attributes:
        id: the column of these.
        all: what they are FROM, with the values of the listing.
        ordered: the same in the order of the listing.
        rows: makes the question for the rows that have some ids, and its values.
    """

    id: str
    all: str
    ordered: str
    rows: Callable[[Sequence[str]], tuple[str, Sequence[Any]]]


_LOOKED_AT = 5  # rows that the shown form of a listing has
_WIDEST = 40  # characters of one cell in it


def as_text(columns: Sequence[str], rows: Sequence[Sequence[Any]], what: str) -> str:
    """The first rows of something, for people: what it is, its columns, one line a row, cells cut short."""
    lines = [[_cell(value) for value in row] for row in rows]
    return "\n".join([what, "  " + " | ".join(columns), *("  " + " | ".join(line) for line in lines)])


def as_html(columns: Sequence[str], rows: Sequence[Sequence[Any]], what: str) -> str:
    """The same as an HTML table; whatever stands in the cells is text."""
    head = "".join(f"<th>{escape(one)}</th>" for one in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_cell(one))}</td>' for one in row)}</tr>" for row in rows)
    return (
        f"<table><caption>{escape(what)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a question in SQL gives: the names of its columns and its rows, which are read already."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, at: int) -> dict[str, Any]:
        """One row by column."""
        return dict(zip(self.columns, self.rows[at], strict=True))

    def __repr__(self) -> str:
        """The first rows."""
        return as_text(self.columns, self.rows[:_LOOKED_AT], f"{len(self):,} rows")

    def _repr_html_(self) -> str:
        """The first rows, for notebooks."""
        return as_html(self.columns, self.rows[:_LOOKED_AT], f"{len(self):,} rows")


@dataclass(frozen=True, slots=True, repr=False)
class Listing(Generic[R]):
    """Rows of one kind: iterate over it (each time the rows are read anew), ask for one or some by their
    place, or take it as an Arrow table.

    ``list(listing)`` asks for the length first, a question of its own; ``list(iter(listing))`` does not.
    """

    kind: type[R]
    connection: Connection
    sql: str
    values: Sequence[Any]
    make: Callable[[Sequence[Any]], R]
    keys: Keys | None = None

    def __iter__(self) -> Iterator[R]:
        """The rows, read a few hundred at a time."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(self.sql, list(self.values))
            while rows := cursor.fetchmany(_FETCH):
                yield from map(self.make, rows)
        finally:
            cursor.close()

    def __len__(self) -> int:
        """How many rows there are."""
        return self.count()

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return next(iter(self.page(1)), None) is not None

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> list[R]: ...

    def __getitem__(self, at: int | slice) -> R | list[R]:
        """The row at a place, or those at some; from the end with a minus. IndexError behind the last."""
        if isinstance(at, slice):
            start, stop, step = at.indices(self.count())
            low, high = (start, stop) if step > 0 else (stop + 1, start + 1)
            some = list(iter(self.page(max(0, high - low), low)))
            return some[::step] if step > 0 else some[::-1][::-step]
        place = at + self.count() if at < 0 else at
        found = next(iter(self.page(1, place)), None) if place >= 0 else None
        if found is None:
            raise IndexError(f"there is no row {at} among {self.count():,}")
        return found

    def _shown(self) -> tuple[tuple[str, ...], list[list[Any]], str]:
        columns = (
            tuple(name for name in _BRIEF if name in shape_of(self.kind)) or tuple(shape_of(self.kind))[:6]
        )
        rows = [[as_row(one)[name] for name in columns] for one in islice(self.page(_LOOKED_AT), _LOOKED_AT)]
        return columns, rows, f"{self.count():,} × {self.kind.__name__}"

    def __repr__(self) -> str:
        """What is listed, how many rows there are, and the first of them."""
        return as_text(*self._shown())

    def _repr_html_(self) -> str:
        """The same as a table, for notebooks."""
        return as_html(*self._shown())

    def count(self) -> int:
        """How many rows there are."""
        every = f"FROM ({self.sql})" if self.keys is None else self.keys.all
        found = first_row(self.connection, f"SELECT count(*) {every}", self.values)
        return int(found[0]) if found else 0

    def counts(self, column: str) -> dict[str, int]:
        """How many rows have each value of a column of the question, most first; None is left out."""
        sql = f"SELECT {column}, count(*) FROM ({self.sql}) WHERE {column} IS NOT NULL GROUP BY 1"
        return dict(self.connection.execute(f"{sql} ORDER BY 2 DESC, 1", list(self.values)).fetchall())

    def page(self, limit: int, offset: int = 0) -> Listing[R]:
        """At most ``limit`` rows, after the first ``offset``. Where there are keys, which ones these are is
        found at once, and nothing is read of any other."""
        some = f"LIMIT {limit:d} OFFSET {offset:d}"
        if self.keys is None:
            return replace(self, sql=f"{self.sql} {some}")
        found = self.connection.execute(
            f"SELECT {self.keys.id} {self.keys.ordered} {some}", list(self.values)
        )
        return self._of(self.keys, [row[0] for row in found.fetchall()])

    def first_ids(self, limit: int) -> tuple[list[str], int]:
        """The ids of the first rows, at most ``limit``, and how many rows there are, of a listing that has
        keys: one question, which costs little more than either."""
        assert self.keys is not None
        sql = f"SELECT {self.keys.id}, count(*) OVER () {self.keys.ordered} LIMIT {limit:d}"
        found = self.connection.execute(sql, list(self.values)).fetchall()
        return [row[0] for row in found], found[0][1] if found else 0

    def first(self, limit: int) -> tuple[list[R], int]:
        """As ``first_ids``, with the rows themselves."""
        assert self.keys is not None
        ids, count = self.first_ids(limit)
        return list(iter(self._of(self.keys, ids))), count

    def _of(self, keys: Keys, ids: Sequence[str]) -> Listing[R]:
        sql, values = keys.rows(ids)
        return replace(self, sql=sql, values=values, keys=None)

    def to_arrow(self) -> columns.Table:
        """The rows as one Arrow table with the columns of ``kind``."""
        return columns.to_table(shape_of(self.kind), map(as_row, self))


def documents(connection: Connection, where: Where) -> Listing[DocumentRow]:
    """Reports by date, place and id."""

    def sql(where: Where) -> str:
        return f"{DOCUMENT_SQL} {where} ORDER BY {DOCUMENT_ORDER}"

    every = f"FROM document {where}"
    ordered = f"{every} ORDER BY {DOCUMENT_ORDER}"
    quick = Keys("document.id", every, ordered, by_id("document.id IN ({ids})", sql))
    return Listing(DocumentRow, connection, sql(where), where.values, _document, quick)


def statements(connection: Connection, where: Where, *, order: Order = "document") -> Listing[StatementRow]:
    """Statements by report and by their place in it, or by when they were made, or the surest first.

    Conditions are about the tables statement and document.
    """

    def sql(where: Where) -> str:
        # From here on "statement" is only these: names of speakers are not gathered for all there are.
        picked = f"WITH picked AS (SELECT statement.* {SPOKEN_FROM} {where}), statement AS (FROM picked)"
        return f"{picked} {STATEMENT_SQL} ORDER BY {ORDERS[order]}"

    every = f"{SPOKEN_FROM} {where}"
    quick = Keys("statement.id", every, f"{every} ORDER BY {ORDERS[order]}", by_id(_AT, sql))
    return Listing(StatementRow, connection, sql(where), where.values, _statement, quick)


def by_id(some: str, sql: Callable[[Where], str]) -> Callable[[Sequence[str]], tuple[str, Sequence[Any]]]:
    """What makes the question for some ids, of what makes one for conditions; ``some``: the condition, in
    which "{ids}" are the ids."""

    def rows(ids: Sequence[str]) -> tuple[str, Sequence[Any]]:
        where = Where()
        where.add(some.format(ids=", ".join("?" * len(ids)) or "NULL"), *ids)
        return sql(where), where.values

    return rows


def failures(connection: Connection, *, resolved: bool) -> Listing[FailureRow]:
    """What could not be read, by place and stage."""
    some = "" if resolved else "WHERE NOT resolved"
    sql = f"SELECT uri, stage, reason, hint, path, resolved FROM failure {some} ORDER BY uri, stage"
    return Listing(FailureRow, connection, sql, (), lambda row: FailureRow(*row))


def dropped(connection: Connection, where: Where) -> Listing[DroppedRow]:
    """What was left out, by report and by its place in the original."""
    sql = f"""SELECT document.id, document.uri, document.outlet, dropped.start, dropped."end", dropped.reason,
    dropped.text FROM dropped JOIN document ON document.id = dropped.document_id {where}
    ORDER BY {DOCUMENT_ORDER}, dropped.n"""
    return Listing(DroppedRow, connection, sql, where.values, lambda row: DroppedRow(*row))


def runs(connection: Connection) -> Listing[RunRow]:
    """Every build, the first one first."""
    return Listing(RunRow, connection, "SELECT * FROM run ORDER BY id", (), lambda row: RunRow(*row))


def spans_of(pieces: Sequence[dict[str, Any]]) -> Spans:
    """Where ``pieces`` stand."""
    return tuple((one["start"], one["end"]) for one in pieces)


def text_of(pieces: Sequence[dict[str, Any]]) -> str:
    """The characters of ``pieces``."""
    return BETWEEN.join(one["quote"] for one in pieces)


def _document(row: Sequence[Any]) -> DocumentRow:
    values = [*row[:9], short_date(row[9], row[10], row[11]), *row[9:]]
    return DocumentRow(*values)


def _statement(row: Sequence[Any]) -> StatementRow:
    (
        *report, earliest, latest, precision, names, ids, states, speaker, cue, content, kind, polarity,
        shown, hedges, distances, said_earliest, said_latest, said_precision, said_basis, said, via, venue,
        addressee, parent, utterance, confidence, confirmed, hidden,
    ) = row  # fmt: skip
    id, document, uri, url, outlet, title = report
    return StatementRow(
        id=id,
        document=document,
        uri=uri,
        url=url,
        outlet=outlet,
        title=title,
        published=short_date(earliest, latest, precision),
        published_earliest=earliest,
        published_latest=latest,
        speaker=joined(names or ()),
        speaker_text=text_of(speaker),
        speaker_state=joined(states or ()),
        speaker_ids=tuple(dict.fromkeys(one for one in ids or () if one)),
        cue=text_of(cue),
        content=text_of(content),
        kind=kind,
        polarity=polarity,
        hedged=text_of(hedges) or None,
        distanced=text_of(distances) or None,
        said=short_said(said_earliest, said_latest, said_precision),
        said_earliest=said_earliest,
        said_latest=said_latest,
        said_precision=said_precision,
        said_basis=said_basis,
        via=joined([one["name"] for one in via]),
        venue=text_of(venue) or None,
        addressee=text_of(addressee) or None,
        parent=parent,
        utterance=utterance,
        confidence=confidence,
        speaker_spans=spans_of(speaker),
        cue_spans=spans_of(cue),
        content_spans=spans_of(content),
        content_pieces=tuple(one["quote"] for one in content),
        polarity_spans=spans_of(shown),
        hedged_spans=spans_of(hedges),
        distanced_spans=spans_of(distances),
        said_spans=spans_of(said),
        via_spans=tuple(sorted({span for one in via for span in spans_of(one["pieces"])})),
        venue_spans=spans_of(venue),
        addressee_spans=spans_of(addressee),
        confirmed=confirmed,
        hidden=hidden,
    )
