"""What a build puts into a record: one transaction for each batch, all of it or nothing.

Rows may arrive in any order; every table has a fixed order only when it is read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from onrecord.documents import line_keys
from onrecord.record.columns import to_insert
from onrecord.record.database import Connection, first_row
from onrecord.values import Document, Failure, RawDocument, Reading, Spans, Statement

Row = dict[str, Any]
_LEVEL = 6  # zlib's own balance: news pages shrink to a fifth; 9 takes twice the time for 1 % more
_ORDER = ("document", "raw", "date_candidate", "dropped", "statement", "line")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was found: ``path`` is the absolute path of the local file, if it is one."""

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


def storable(text: str) -> str:
    r"""``text`` with what UTF-8 cannot hold (half a pair, as in a badly named file) spelt out.

    >>> storable("caf\udce9.txt")
    'caf\\udce9.txt'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


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
    rows: dict[str, list[Row]] = {name: [] for name in _ORDER}
    for reading in batch.readings.values():
        for name, found in _rows_of(reading, reader, run).items():
            rows[name] += found
    connection.execute("BEGIN")
    try:
        connection.execute("UPDATE meta SET value = 'no' WHERE key = 'finished' AND value <> 'no'")
        for name in _ORDER:
            _insert(connection, name, rows[name])
        _add_places(connection, batch.places.values())
        _resolve(connection, (place.uri for place in batch.places.values()), run)
        _add_failures(connection, batch.failures.values(), run)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


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
    connection.register("incoming", to_insert(table, rows))
    try:
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming {conflict}')
    finally:
        connection.unregister("incoming")


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


def _rows_of(reading: Reading, reader: str, run: int) -> dict[str, list[Row]]:
    document = reading.document
    return {
        "document": [_document(document, reading.raw.name, reader)],
        "raw": [_raw(reading, run)],
        "date_candidate": _candidates(document),
        "dropped": [
            {**asdict(one), "document_id": document.id, "n": n, "text": storable(one.text)}
            for n, one in enumerate(document.dropped)
        ],
        "statement": [_statement(n, one, document.text) for n, one in enumerate(reading.statements)],
        "line": [
            {"document_id": document.id, "start": start, "end": end, "key": int(key, 16)}
            for start, end, key in line_keys(document.text)
        ],
    }


def _document(document: Document, name: str, reader: str) -> Row:
    names = ("url", "outlet", "title", "byline", "wire", "translator", "language")
    optional = {one: getattr(document, one) for one in names}
    same = (
        "id",
        "kind",
        "text",
        "text_sha256",
        "raw_sha256",
        "retrieved_at",
        "charset",
        "extractor",
        "words",
    )
    published = document.published
    return {
        **{one: getattr(document, one) for one in same},
        **{one: value and storable(value) for one, value in optional.items()},
        "uri": storable(document.uri),
        "published_earliest": published and published.earliest,
        "published_latest": published and published.latest,
        "published_precision": published and published.precision,
        "published_basis": published and published.basis,
        "reader": reader,
    }


def declared(raw: RawDocument) -> str:
    """JSON of what a report's container says of it: what its reading depends on beside its bytes."""
    given = {
        "name": raw.name,
        "kind": raw.kind,
        "url": raw.url,
        "charset": raw.charset,
        "fields": dict(sorted(raw.fields.items())),
    }
    return json.dumps(given, sort_keys=True)  # ASCII: half a pair survives as an escape


def _raw(reading: Reading, run: int) -> Row:
    raw = reading.raw
    body = raw.body
    return {
        "document_id": reading.document.id,
        "sha256": reading.document.raw_sha256,
        "size": len(raw.data),
        "data": zlib.compress(raw.data, _LEVEL),
        "body": None if body is None else zlib.compress(body.encode("utf-8", "surrogatepass"), _LEVEL),
        "declared": declared(raw),
        "run": run,
    }


def _candidates(document: Document) -> list[Row]:
    return [
        {
            "document_id": document.id,
            "rank": rank,
            "earliest": one.interval.earliest,
            "latest": one.interval.latest,
            "precision": one.interval.precision,
            "basis": storable(one.interval.basis),
            "quoted": storable(one.quoted),
            "chosen": one.chosen,
        }
        for rank, one in enumerate(document.candidates)
    ]


def _statement(n: int, statement: Statement, text: str) -> Row:
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "n": n,
        "speaker": _pieces(statement.speaker, text),
        "cue": _pieces(statement.cue, text),
        "content": _pieces(statement.content, text),
        "kind": statement.kind,
        "confidence": statement.confidence,
        "boilerplate": False,
    }


def _pieces(spans: Spans, text: str) -> list[Row]:
    return [{"start": start, "end": end, "quote": text[start:end]} for start, end in spans]
