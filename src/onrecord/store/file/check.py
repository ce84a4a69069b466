"""The check of a record: whether its file is sound, and every quotation and hash that of its source."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError, RecordDamaged
from onrecord.ids import document_id, sha256
from onrecord.sources import decode
from onrecord.store.file.check_rows import linked, references, spans
from onrecord.store.file.database import (
    Connection,
    Tuning,
    check_version,
    missing,
    open_as_it_is,
    open_to_read,
    rows,
)
from onrecord.store.file.writer import ORIGINALS, is_finished
from onrecord.store.schema.read import TABLES
from onrecord.store.schema.readings import storable
from onrecord.store.schema.rows import Problem
from onrecord.values import RawDocument


def check_record(connection: Connection) -> Iterator[Problem]:
    """Each disagreement between a row and its source, by table and id. What was read and linked is
    not worked out anew: see ``onrecord.again``."""
    yield from references(connection)
    if is_finished(connection):  # an interrupted build has not worked these out yet
        yield from _duplicates(connection)
        yield from linked(connection)
    for row in _documents(connection):
        yield from _document(row)
        yield from _dropped_of(connection, row)
    yield from spans(connection)
    yield from _repeated(connection)


def _documents(connection: Connection) -> Iterator[Sequence[Any]]:
    """Documents one by one: sorting them with their texts and originals would need memory for all of them."""
    sql = (
        "SELECT document.id, text, text_sha256, raw_sha256, words, sha256, size, data, body, declared, "
        "published_earliest, published_latest, charset "
        "FROM document LEFT JOIN raw ON raw.document_id = document.id WHERE document.id = ?"
    )
    for (id,) in rows(connection, "SELECT id FROM document ORDER BY id"):
        yield from connection.execute(sql, [id]).fetchall()


def original(name: str, data: bytes, body: bytes | None, declared: str, retrieved_at: str) -> RawDocument:
    """A report as it was found, made again from what is stored of it."""
    given = json.loads(declared)
    return RawDocument(
        uri=name,
        name=given["name"],
        data=zlib.decompress(data),
        kind=given["kind"],
        retrieved_at=retrieved_at,
        body=None if body is None else zlib.decompress(body).decode("utf-8", "surrogatepass"),
        url=given["url"],
        charset=given["charset"],
        fields=given["fields"],
    )


def _duplicates(connection: Connection) -> Iterator[Problem]:
    sql = (
        f"SELECT document.id FROM document JOIN ({ORIGINALS}) AS found ON found.id = document.id "
        "WHERE document.duplicate_of IS DISTINCT FROM found.original ORDER BY 1"
    )
    for (one,) in rows(connection, sql):
        yield Problem("document", one, "duplicate_of does not follow from the texts")


def _document(row: Sequence[Any]) -> Iterator[Problem]:
    id, text, text_hash, raw_hash, _, kept_hash, size, data, body, declared, earliest, latest, _ = row
    if sha256(text.encode("utf-8")) != text_hash:
        yield Problem("document", id, "the text does not have its hash")
    if (earliest is None) != (latest is None) or (earliest or "") > (latest or ""):
        yield Problem("document", id, "the date is no interval")
    if data is None:
        return
    try:
        raw = original(id, data, body, declared, "")
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        yield Problem("raw", id, f"the original cannot be unpacked: {error}")
        return
    if not sha256(raw.data) == raw_hash == kept_hash:
        yield Problem("raw", id, "the original bytes do not have their hash")
    if len(raw.data) != size:
        yield Problem("raw", id, "the original does not have its size")
    if document_id(raw) != id:
        yield Problem("document", id, "the id does not follow from the bytes and the name")


def _repeated(connection: Connection) -> Iterator[Problem]:
    sql = (
        "SELECT line.document_id, line.start FROM repeated_line AS line JOIN document ON id = document_id "
        'WHERE line.start < 0 OR line.start >= line."end" OR line."end" > length(text) ORDER BY 1, 2'
    )
    for owner, start in rows(connection, sql):
        yield Problem("repeated_line", f"{owner} {start}", "the span is empty or out of the text")


def _dropped_of(connection: Connection, row: Sequence[Any]) -> Iterator[Problem]:
    """Dropped pieces against the decoded original; those of HTML are kept without the tags in them."""
    id, data, body, declared, charset = row[0], row[7], row[8], row[9], row[12]
    sql = 'SELECT n, start, "end", text FROM dropped WHERE document_id = ? ORDER BY n'
    pieces = connection.execute(sql, [id]).fetchall()
    if not pieces or data is None:
        return
    try:
        raw = original(id, data, body, declared, "")
        text = decode(raw, charset=charset).text
    except (zlib.error, ValueError, KeyError, TypeError, OnrecordError):
        yield Problem("dropped", id, "the original cannot be decoded")
        return
    for n, start, end, quote in pieces:
        if not 0 <= start < end <= len(text):
            yield Problem("dropped", f"{id} {n}", "the span is empty or out of the original")
        elif raw.kind != "html" and storable(text[start:end]) != quote:
            yield Problem("dropped", f"{id} {n}", "the span does not cover its text")


FILE = "file"
"""What stands as the table of a problem that is not of one table."""
_NAMES = """SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND NOT internal
ORDER BY column_index"""


def check_path(path: Path | str, *, tuning: Tuning | None = None) -> Iterator[Problem]:
    """As ``Record.check``, of a record that may be damaged: then where it is, and nothing else.

    Raises as ``damage``.
    """
    path, tuning = Path(path), tuning or Tuning()
    found = list(damage(path, tuning))
    yield from found
    if not found:
        with open_to_read(path, tuning) as connection:
            yield from check_opened(connection)


def check_opened(connection: Connection) -> Iterator[Problem]:
    """As ``check_record``; damage in an index, which reading the columns does not touch, is a problem too."""
    try:
        yield from check_record(connection)
    except RecordDamaged as error:
        yield Problem(FILE, connection.path.name, str(error))


def damage(path: Path, tuning: Tuning) -> Iterator[Problem]:
    """What of the file is not there, or is not what was written.

    Raises UsageError if there is no such file, NotARecord if it holds something else, and as ``open_record``.
    """
    if not path.exists():
        open_to_read(path, tuning)  # says that there is none
    unopened: list[Problem] = []
    lacking: list[tuple[str, str]] = []
    try:
        with open_as_it_is(path, tuning) as connection:
            check_version(path, connection)
            lacking = missing(connection)
    except RecordDamaged as error:
        unopened = [Problem(FILE, path.name, str(error))]
    for table, column in lacking:
        what = f"the column {column} is missing" if column else "the table is missing"
        yield Problem(table, column or "-", what, column)
    yield from list(_damaged(path, tuning)) or unopened


def _damaged(path: Path, tuning: Tuning) -> Iterator[Problem]:
    """What of the tables cannot be read."""
    try:
        reading = _CheckedReading(path, tuning)
    except RecordDamaged:
        return  # it cannot even be opened, which is told already
    with closing(reading):
        for table in TABLES:
            names = reading.columns(table.name)
            if not names or reading.trouble(table.name, "COLUMNS(*)") is None:
                continue
            told: dict[str, list[str]] = {}  # what is wrong -> the columns
            for name in names:
                if (what := reading.trouble(table.name, f'"{name}"')) is not None:
                    told.setdefault(what, []).append(name)
            for what, columns in told.items():
                yield Problem(table.name, "all columns" if columns == names else ", ".join(columns), what)


class _CheckedReading:
    """A file that may be damaged, opened anew where DuckDB has let go of it because of that."""

    def __init__(self, path: Path, tuning: Tuning) -> None:
        self._path, self._tuning = path, tuning
        self._connection = open_as_it_is(path, tuning)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def columns(self, table: str) -> list[str]:
        """The columns that ``table`` has there, none if it is missing."""
        return [name for (name,) in self._connection.execute(_NAMES, [table]).fetchall()]

    def trouble(self, table: str, columns: str) -> str | None:
        """Why some columns of ``table`` cannot be read. DuckDB compares each block with its checksum."""
        try:
            self._connection.execute(f'SELECT bit_xor(hash({columns})) FROM "{table}"').fetchall()
        except RecordDamaged as error:
            try:
                self._connection.execute("SELECT 1").fetchall()
            except RecordDamaged:
                self._connection.close()
                self._connection = open_as_it_is(self._path, self._tuning)
            return str(error)
        return None
