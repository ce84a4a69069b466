"""What a build reads is written in batches; and rows that are worked out anew: only what differs from what
stands there is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from onrecord import __version__
from onrecord.ids import sha256
from onrecord.store.file.database import Connection, first_row
from onrecord.store.schema.columns import incoming
from onrecord.store.schema.read import BY_NAME
from onrecord.store.schema.readings import ORDER, Row, rows_of, storable
from onrecord.values import Failure, Reading

_GROUP = 10_000  # rows handed to the database at a time


def rewrite(
    connection: Connection, table: str, rows: Iterable[Mapping[str, Any]], *, where: str = "true"
) -> None:
    """Make ``table`` hold just ``rows``; within a transaction of the caller's.

    ``where``: a condition; rows that do not meet it stay as they are, and none of ``rows`` is like that.
    """
    same = ", ".join(f'"{name}"' for name in BY_NAME[table].same)
    with fresh(connection, table, rows) as new:
        connection.execute(
            f'DELETE FROM "{table}" WHERE ({where}) AND ({same}) IN '
            f'(SELECT ({same}) FROM (SELECT * FROM "{table}" WHERE {where} EXCEPT SELECT * FROM {new}))'
        )
        connection.execute(
            f'INSERT INTO "{table}" SELECT * FROM {new} EXCEPT SELECT * FROM "{table}" WHERE {where}'
        )


@contextmanager
def fresh(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A temporary table with the columns of ``table`` that holds ``rows``; its name."""
    name = f'"fresh {table}"'
    connection.execute(f'CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM "{table}" LIMIT 0')
    insert(connection, table, rows, into=name)
    try:
        yield name
    finally:
        connection.execute(f"DROP TABLE {name}")


def insert(
    connection: Connection, table: str, rows: Iterable[Mapping[str, Any]], *, into: str | None = None
) -> None:
    """Add ``rows`` to ``table``, or to a table ``into`` that has its columns."""
    rest = iter(rows)
    while group := list(islice(rest, _GROUP)):
        sql, values = incoming(table, group)
        connection.execute(f"INSERT INTO {into or table} {sql}", values)


def mark_of(facts: object) -> str:
    """A hash of what something is worked out of, and of the version that does."""
    return sha256(repr((__version__, facts)).encode("utf-8", "surrogatepass"))


def is_marked(connection: Connection, key: str, found_in: str) -> bool:
    """Whether what ``key`` names was last worked out of just this."""
    return first_row(connection, "SELECT value FROM meta WHERE key = ?", [key]) == (found_in,)


def mark(connection: Connection, key: str, found_in: str) -> None:
    """Note of what it was worked out."""
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", [key, found_in]
    )


def listed(connection: Connection, name: str, ids: Iterable[str]) -> None:
    """A temporary table with one column, ``id``, that holds ``ids``."""
    made = f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::VARCHAR[]) AS id"
    connection.execute(made, [list(ids)])


def text_of_document(connection: Connection, id: str) -> str:
    """One text, found by the key: a question for many would read through all."""
    row = first_row(connection, "SELECT text FROM document WHERE id = ?", [id])
    return str(row[0]) if row else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was found: ``path`` is the local file, if it is one, as records tell it."""

    uri: str
    document_id: str
    path: str | None
    retrieved_at: str


@dataclass(slots=True)
class Batch:
    """Rows on their way into a record."""

    readings: dict[str, Reading] = field(default_factory=dict)  # by document
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)
    size: int = 0  # bytes of the originals

    def place(self, place: Place) -> None:
        """Add where a document was found."""
        self.places[place.uri, place.document_id] = place

    def reading(self, reading: Reading) -> None:
        """Add what was read from one report."""
        self.readings[reading.document.id] = reading
        self.size += len(reading.raw.data)

    def fail(self, failure: Failure) -> None:
        """Add what could not be read."""
        self.failures[storable(failure.uri), failure.stage] = failure

    def known(self, place: Place) -> tuple[str, bool] | None:
        """As the function ``known``, for what is in this batch."""
        reading = self.readings.get(place.document_id)
        return (reading.document.raw_sha256, False) if reading else None

    def __len__(self) -> int:
        """How many places and failures it has."""
        return len(self.places) + len(self.failures)


def start_run(connection: Connection, row: Mapping[str, Any]) -> int:
    """Add a run that has begun; returns its id."""
    found = first_row(connection, "SELECT coalesce(max(id), 0) + 1 FROM run")
    number = int(found[0]) if found else 1
    _insert(connection, "run", [{**dict(row), "id": number}])
    return number


def known(connection: Connection, place: Place) -> tuple[str, bool] | None:
    """The hash of the original bytes of the document at ``place``, and whether the place is known too.

    None if the document is new.
    """
    found = first_row(
        connection,
        "SELECT sha256, EXISTS (FROM location WHERE uri = ? AND document_id = ? AND retrieved_at <= ?) "
        "FROM raw WHERE document_id = ?",
        [storable(place.uri), place.document_id, place.retrieved_at, place.document_id],
    )
    return (str(found[0]), bool(found[1])) if found else None


def commit(connection: Connection, batch: Batch, *, run: int, reader: str) -> None:
    """Write ``batch`` in one transaction, and mark the record unfinished until ``finish`` has run."""
    rows: dict[str, list[Row]] = {name: [] for name in ORDER}
    for reading in batch.readings.values():
        for name, found in rows_of(reading, reader, run).items():
            rows[name] += found
    with connection.transaction():
        connection.execute("UPDATE meta SET value = 'no' WHERE key = 'finished' AND value <> 'no'")
        for name in ORDER:
            _insert(connection, name, rows[name])
        _add_places(connection, batch.places.values())
        _resolve(connection, (place.uri for place in batch.places.values()), run)
        _add_failures(connection, batch.failures.values(), run)


def resolve_retried(connection: Connection, paths: Sequence[str], run: int) -> None:
    """What was tried again from ``paths`` and did not fail in ``run`` is resolved."""
    if paths:
        connection.execute(
            "UPDATE failure SET resolved = true WHERE NOT resolved AND run < ? AND list_contains(?, path)",
            [run, list(paths)],
        )


def _insert(connection: Connection, table: str, rows: list[Row], conflict: str = "") -> None:
    if not rows:
        return
    sql, values = incoming(table, rows)
    connection.execute(f'INSERT INTO "{table}" {sql} {conflict}', values)


def _add_places(connection: Connection, places: Iterable[Place]) -> None:
    rows = [
        {**asdict(one), "uri": storable(one.uri), "path": one.path and storable(one.path)} for one in places
    ]
    earliest = "ON CONFLICT DO UPDATE SET retrieved_at = least(retrieved_at, excluded.retrieved_at)"
    _insert(connection, "location", rows, earliest)


def _resolve(connection: Connection, uris: Iterable[str], run: int) -> None:
    """A failure is resolved by a report found at the same place, or in the same container, later on."""
    found = sorted({part for uri in uris for part in _containers(storable(uri))})
    if found:
        connection.execute(
            "UPDATE failure SET resolved = true WHERE NOT resolved AND run < ? AND list_contains(?, uri)",
            [run, found],
        )


def _containers(uri: str) -> list[str]:
    """``uri`` and what holds it: "a.zip!b.jsonl#3" lies in "a.zip!b.jsonl" and in "a.zip"."""
    return [uri, *(uri[:at] for at, char in enumerate(uri) if char in "!#" and at)]


def _add_failures(connection: Connection, failures: Iterable[Failure], run: int) -> None:
    rows = [
        {
            "uri": storable(one.uri),
            "stage": one.stage,
            "reason": storable(one.reason),
            "hint": storable(one.hint),
            "path": one.path and storable(one.path),
            "resolved": False,
            "run": run,
        }
        for one in failures
    ]
    replaced = ", ".join(
        f"{name} = excluded.{name}" for name in ("reason", "hint", "path", "resolved", "run")
    )
    _insert(connection, "failure", rows, f"ON CONFLICT DO UPDATE SET {replaced}")


# Of equal texts the one published first is the original; an undated one comes after every dated one.
ORIGINALS = """
SELECT id, CASE WHEN id = original THEN NULL ELSE original END AS original
FROM (SELECT id, first_value(id) OVER (
          PARTITION BY text_sha256 ORDER BY published_earliest NULLS LAST, uri, id) AS original
      FROM document)
"""


def is_finished(connection: Connection) -> bool:
    """Whether nothing was written since ``finish`` last ran."""
    row = first_row(connection, "SELECT value FROM meta WHERE key = 'finished'")
    return row == ("yes",)


def duplicates_of_run(connection: Connection, run: int) -> int:
    """How many of the documents that ``run`` read have the very text of another one."""
    row = first_row(
        connection,
        "SELECT count(*) FROM document JOIN raw ON raw.document_id = document.id "
        "WHERE raw.run = ? AND document.duplicate_of IS NOT NULL",
        [run],
    )
    return int(row[0]) if row else 0


def end_run(connection: Connection, run: int, ended: str, counts: Mapping[str, int]) -> None:
    """Note when a run ended and what came of it."""
    names = ("documents", "new", "unchanged", "duplicates", "failed", "statements")
    sets = ", ".join(f'"{name}" = ?' for name in names)
    connection.execute(
        f"UPDATE run SET ended = ?, {sets} WHERE id = ?", [ended, *(counts[name] for name in names), run]
    )
