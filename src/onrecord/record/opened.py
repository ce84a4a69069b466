"""An opened record: everything a user may ask of it, read only."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onrecord.errors import UsageError
from onrecord.record import listing
from onrecord.record.check import Reread, check_record
from onrecord.record.database import Connection, Tuning, first_row, open_to_read
from onrecord.record.finish import is_finished
from onrecord.record.listing import Listing, Where
from onrecord.record.rows import (
    DocumentRow,
    DroppedRow,
    FailureRow,
    Problem,
    RunRow,
    Shown,
    StatementRow,
    Status,
)
from onrecord.record.schema import VERSION
from onrecord.values import Spans, StatementKind

_IN_DOCUMENT = "(document.id = ? OR document.id IN (SELECT document_id FROM location WHERE uri = ?))"


class Record:
    """A record opened for reading; use it as a context manager.

    Every listing is an iterable of frozen rows in a fixed order, and has ``to_arrow()``.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        """Wrap a connection to the record at ``path``; ``open_record`` makes both."""
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        """The record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def documents(
        self,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        all: bool = True,
    ) -> Listing[DocumentRow]:
        """Reports; ``all=False`` leaves out those with the very text of another. See ``statements``."""
        where = Where([], [])
        where.contains("document.outlet", outlet)
        where.published(since, until)
        if document is not None:
            where.add(_IN_DOCUMENT, document, document)
        if not all:
            where.add("document.duplicate_of IS NULL")
        return listing.documents(self._connection, where)

    def statements(
        self,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        kind: StatementKind | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
        document: str | None = None,
        all: bool = False,
    ) -> Listing[StatementRow]:
        """Who said what, by date of the report and place in it.

        Args:
            speaker: contained in the speaker's words, whatever the case and the accents.
            outlet: contained in the outlet's name.
            kind: direct, indirect or mixed.
            since: 2023, 2023-03 or 2023-03-06: the report may have been published then or later. With
                ``since`` or ``until``, reports without a date are left out: nothing shows that they fit.
            until: published then or earlier.
            min_confidence: at least this.
            document: the id or the place of one report.
            all: also statements of duplicates and of lines that the outlet repeats from report to report.

        Raises UsageError for a date that is none.
        """
        where = Where([], [])
        where.contains("array_to_string([piece.quote FOR piece IN statement.speaker], ' ')", speaker)
        where.contains("document.outlet", outlet)
        where.published(since, until)
        if kind is not None:
            where.add("statement.kind = ?", kind)
        if min_confidence is not None:
            where.add("statement.confidence >= ?", min_confidence)
        if document is not None:
            where.add(_IN_DOCUMENT, document, document)
        if not all:
            where.add(listing.SHOWN_ONLY)
        return listing.statements(self._connection, where)

    def failures(self, *, resolved: bool = False) -> Listing[FailureRow]:
        """What could not be read; ``resolved=True`` adds what has been read since."""
        return listing.failures(self._connection, resolved=resolved)

    def dropped(self, *, document: str | None = None) -> Listing[DroppedRow]:
        """What of the originals is not in the texts, and why."""
        where = Where([], [])
        if document is not None:
            where.add(_IN_DOCUMENT, document, document)
        return listing.dropped(self._connection, where)

    def runs(self) -> Listing[RunRow]:
        """Every build of this record."""
        return listing.runs(self._connection)

    def show(self, id: str) -> Shown:
        """A statement or a report with its context; ``id`` may be the first characters of an id.

        Raises UsageError if there is none, or more than one.
        """
        if id.startswith("s"):
            row = self._one(id, "statement.id", listing.statements)
            document = next(iter(self.documents(document=row.document)))
            start, end = _paragraphs(document.text, row)
            return Shown(
                document,
                row,
                start,
                document.text[start:end],
                speaker=_moved(row.speaker, start),
                cue=_moved(row.cue, start),
                content=_moved(row.content, start),
                locations=self._places(row.document),
                statements=(),
            )
        document = self._one(id, "document.id", listing.documents)
        said = tuple(self.statements(document=document.id, all=True))
        return Shown(document, None, 0, document.text, (), (), (), self._places(document.id), said)

    def status(self) -> Status:
        """What the record holds, in numbers."""
        documents, duplicates, undated, earliest, latest = self._row(
            "SELECT count(*), count(duplicate_of), count(*) FILTER (published_earliest IS NULL), "
            "min(left(published_earliest, 10)), max(left(published_latest, 10)) FROM document"
        )
        said, hidden = self._row(
            f"SELECT count(*), count(*) FILTER (NOT ({listing.SHOWN_ONLY})) FROM statement "
            "JOIN document ON document.id = statement.document_id"
        )
        return Status(
            documents,
            duplicates,
            undated,
            said - hidden,
            hidden,
            self._row("SELECT count(*) FROM failure WHERE NOT resolved")[0],
            self._counts("SELECT coalesce(outlet, ''), count(*) FROM document GROUP BY 1"),
            self._counts(
                "SELECT kind, count(*) FROM (SELECT statement.kind FROM statement JOIN document ON "
                f"document.id = statement.document_id WHERE {listing.SHOWN_ONLY}) GROUP BY 1"
            ),
            earliest,
            latest,
            self._counts("SELECT reader, count(*) FROM document GROUP BY 1"),
            self._counts("SELECT extractor, count(*) FROM document GROUP BY 1"),
            self._row("SELECT count(*) FROM run")[0],
            is_finished(self._connection),
            VERSION,
        )

    def check(self, *, reread: Reread | None = None) -> list[Problem]:
        """What does not agree with its source: an empty list is a sound record. See ``check_record``."""
        return list(check_record(self._connection, reread=reread))

    def _one(self, id: str, column: str, list_them: Any) -> Any:
        where = Where([], [])
        where.add(f"starts_with({column}, ?)", id)
        found = [row for row, _ in zip(list_them(self._connection, where), range(2), strict=False)]
        exact = [row for row in found if row.id == id]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if found:
            raise UsageError(f"more than one id begins with {id!r}", hint="give more of its characters")
        raise UsageError(f"no such id: {id!r}", hint=f"onrecord statements {self.path} lists the ids")

    def _row(self, sql: str) -> Any:
        return first_row(self._connection, sql)

    def _counts(self, sql: str) -> dict[str, int]:
        return dict(self._connection.execute(f"{sql} ORDER BY 2 DESC, 1").fetchall())

    def _places(self, document: str) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT uri FROM location WHERE document_id = ? ORDER BY uri", [document]
        ).fetchall()
        return tuple(row[0] for row in rows)


def open_record(path: Path | str, *, tuning: Tuning | None = None) -> Record:
    """The record at ``path``, read only.

    Raises UsageError if there is none, RecordLocked while a build writes to it, RecordVersion if another
    version made it.
    """
    return Record(Path(path), open_to_read(Path(path), tuning or Tuning()))


def _paragraphs(text: str, row: StatementRow) -> tuple[int, int]:
    """The paragraphs that a statement touches."""
    spans = [*row.speaker, *row.cue, *row.content]
    start = text.rfind("\n\n", 0, min(a for a, _ in spans))
    last = max(b for _, b in spans)
    end = text.find("\n\n", last)
    return (0 if start < 0 else start + 2), (len(text) if end < 0 else end)


def _moved(spans: Spans, by: int) -> Spans:
    return tuple((start - by, end - by) for start, end in spans)
