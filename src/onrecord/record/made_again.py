"""What a record is made again from: its originals, the decisions of persons, and rows that others read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.record.check import original
from onrecord.record.database import Connection, first_row, rows
from onrecord.record.derived import insert
from onrecord.record.readings import ORDER
from onrecord.record.schema import BY_NAME
from onrecord.values import RawDocument

_AGAIN = "again"
_WORKED_OUT = ("duplicate_of", "copy_group", "origin", "story")  # of document, when all is read
_RUNS = """
SELECT run.id, run.version, run.reader, run.settings, count(*) FROM run JOIN raw ON raw.run = run.id
GROUP BY ALL ORDER BY run.settings, run.id
"""
_ORIGINAL = "SELECT data, body, declared FROM raw WHERE document_id = ?"
_PLACES = "SELECT uri, retrieved_at FROM location WHERE document_id = ? ORDER BY uri"
_LAST = "SELECT version FROM run ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A run that read documents: number, version and reader it read with, settings in JSON, how many."""

    id: int
    version: str
    reader: str
    settings: str
    documents: int


def read_by_runs(connection: Connection) -> list[ReadBy]:
    """Every run that read documents; those with the same settings follow one another."""
    return [ReadBy(*row) for row in connection.execute(_RUNS).fetchall()]


def linked_by(connection: Connection) -> str:
    """The version of the last run."""
    row = first_row(connection, _LAST)
    return str(row[0]) if row else ""


def judged_by(connection: Connection) -> str | None:
    """The model of pairs whose word the accounts hang on; "": there was none; None: nothing is linked yet."""
    row = first_row(connection, "SELECT value FROM meta WHERE key = 'judge'")
    return str(row[0]) if row else None


def originals(connection: Connection, run: int) -> Iterator[tuple[str, list[RawDocument]]]:
    """What ``run`` read: the id of each document and what was found at each of its places; nothing, where the
    original cannot be unpacked."""
    for (id,) in rows(connection, f"SELECT document_id FROM raw WHERE run = {run:d} ORDER BY 1"):
        ((data, body, declared),) = connection.execute(_ORIGINAL, [id]).fetchall()
        places = connection.execute(_PLACES, [id]).fetchall()
        try:
            yield id, [original(uri, data, body, declared, at) for uri, at in places]
        except (zlib.error, ValueError, KeyError, TypeError):
            yield id, []


def take(connection: Connection, into: Connection, runs: Sequence[int]) -> None:
    """Put decisions, and what ``runs`` read, into another record as they stand; it is then unfinished."""
    with into.transaction():
        _copy(connection, into, "decision", "true")
        listed = ", ".join(map(str, runs)) or "NULL"
        for table in (*ORDER, "location"):
            owner = "id" if table == "document" else "document_id"
            where = f"{owner} IN (SELECT document_id FROM raw WHERE run IN ({listed}))"
            _copy(connection, into, table, where)
        emptied = ", ".join(f"{name} = NULL" for name in _WORKED_OUT)
        into.execute(f"UPDATE document SET {emptied}")
        into.execute("UPDATE meta SET value = 'no' WHERE key = 'finished'")


def attach(connection: Connection, path: Path) -> str:
    """Let questions reach the record at ``path``; the name it has there."""
    place = str(path.absolute()).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS {_AGAIN} (READ_ONLY)")
    return _AGAIN


def _copy(connection: Connection, into: Connection, table: str, where: str) -> None:
    names = [one.name for one in BY_NAME[table].columns]
    columns = ", ".join(f'"{name}"' for name in names)
    found = rows(connection, f'SELECT {columns} FROM "{table}" WHERE {where}')
    insert(into, table, (dict(zip(names, row, strict=True)) for row in found))
