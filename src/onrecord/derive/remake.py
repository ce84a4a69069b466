"""A record made again from what it keeps, and two records compared value by value."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from onrecord.store.file.check import original
from onrecord.store.file.database import Connection, first_row, rows
from onrecord.store.file.writer import insert, listed
from onrecord.store.schema.linked import ACCOUNTS, CLAIMS
from onrecord.store.schema.read import BY_NAME, TABLES
from onrecord.store.schema.readings import ORDER
from onrecord.store.schema.rows import Problem
from onrecord.store.schema.tables import Table
from onrecord.values import RawDocument

NOT_DERIVED: Mapping[str, Mapping[str, str]] = {
    "run": {"": "tells what was run and when; a build that is made now is another one"},
    "failure": {"": "what could not be read is not kept"},
    "decision": {"": "what persons decided follows from nothing; its ids are checked"},
    "location": {"": "where a report was found is not in its bytes"},
    "raw": {
        "data": "the bytes themselves, from which all else is made; their hash is compared",
        "body": "the text that was taken out of its container, from which all else is made",
        "declared": "what the container said, from which all else is made",
        "run": "tells by which run it was read",
    },
}
"""Table -> column ("": all of them) -> why it does not follow from what is kept. All others are compared."""

BY_JUDGE = frozenset(one.name for one in (*CLAIMS, *ACCOUNTS))
"""Tables that hang on the model of pairs."""

# Of the tables of reading, what is worked out when all has been read.
_LATE: Mapping[str, frozenset[str]] = {
    "document": frozenset(("uri", "retrieved_at", "duplicate_of", "copy_group", "origin", "story")),
    "statement": frozenset((
        "boilerplate", "said_earliest", "said_latest", "said_precision", "said_basis", "said_evidence",
        "rejected", "confirmed",
    )),
}  # fmt: skip
# Hashes of what something was worked out of and of the version that did.
_VERSIONED: Mapping[str, frozenset[str]] = {
    "publication": frozenset(("found_in",)),
    "meta": frozenset(("key", "value")),
}
_FETCH = 100
_CLOSE = 1e-6  # processors differ in the last bits of a float
_SHOWN = 80  # characters of a value in a problem


def compared(table: Table) -> tuple[str, ...]:
    """The columns of ``table`` that follow from what is kept."""
    kept = NOT_DERIVED.get(table.name, {})
    return () if "" in kept else tuple(one.name for one in table.columns if one.name not in kept)


def differences(
    connection: Connection,
    again: str,
    *,
    linked: bool = True,
    judged: bool = True,
    versioned: bool = True,
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Each value that is another one in the attached database ``again``, by table and row.

    Args:
        connection: to the record as it stands.
        again: name of the database with the record made again.
        linked: whether what is worked out when all has been read is compared too.
        judged: whether what hangs on the model of pairs is.
        versioned: whether hashes of what was worked out of what, by which version, are.
        unread: documents that could not be read again: that they have no rows is told already.
    """
    listed(connection, "unread", unread)
    for table in TABLES:
        columns = compared(table)
        if not linked:
            columns = tuple(one for one in columns if one not in _LATE.get(table.name, ()))
        if not versioned:
            columns = tuple(one for one in columns if one not in _VERSIONED.get(table.name, ()))
        if columns and (linked or table.name in ORDER) and (judged or table.name not in BY_JUDGE):
            yield from _table(connection, again, table, columns, judged=judged)


def _table(
    connection: Connection, again: str, table: Table, columns: Sequence[str], *, judged: bool
) -> Iterator[Problem]:
    where = "true"
    if table.name == "meta" and not judged:
        where = "key NOT IN ('judge', 'weighed', 'accounts')"
    elif table.name in ORDER and table.name != "document":
        where = "document_id NOT IN (SELECT id FROM temp.unread)"
    apart = ", ".join(f'"{one}"' for one in table.apart)
    # Texts are compared by their hashes, so that they need not all be held at once.
    cells = ", ".join(f'md5("{one}") AS "{one}"' if one == "text" else f'"{one}"' for one in columns)
    here, there = (
        f'(SELECT {{}} FROM {name}."{table.name}" {{}} WHERE {where})' for name in (_main(connection), again)
    )
    all_here, all_there = here.format(cells, ""), there.format(cells, "")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differs AS SELECT DISTINCT {apart} FROM "
        f"(({all_here} EXCEPT ALL {all_there}) UNION ALL ({all_there} EXCEPT ALL {all_here}))"
    )
    plain = ", ".join(f'"{one}"' for one in dict.fromkeys((*table.apart, *columns)))
    some = f"{plain}, row_number() OVER (PARTITION BY {apart}) AS nth"
    joined = f"SEMI JOIN temp.differs USING ({apart})"
    keys = ", ".join(f'coalesce(one."{name}", other."{name}")' for name in table.apart)
    values = [f'{side}."{name}"' for side in ("one", "other") for name in columns]
    sql = (
        f"SELECT one.nth, other.nth, {keys}, {', '.join(values)} "
        f"FROM {here.format(some, joined)} AS one FULL JOIN {there.format(some, joined)} AS other "
        f"ON one.nth = other.nth AND {_equal(table.apart)} ORDER BY {keys}, coalesce(one.nth, other.nth)"
    )
    connection.execute(sql)  # a temporary table is seen by this very connection only
    for stands, should, *rest in chain.from_iterable(iter(lambda: connection.fetchmany(_FETCH), [])):
        width = len(table.apart)
        id = " ".join(map(str, rest[:width]))
        if stands is None or should is None:
            missing = (
                "is not there, and is when all is made again"
                if stands is None
                else ("is not there when all is made again")
            )
            yield Problem(table.name, id, f"the row {missing}")
            continue
        cells_here, cells_there = rest[width : width + len(columns)], rest[width + len(columns) :]
        for name, one, other in zip(columns, cells_here, cells_there, strict=True):
            if not _same(one, other):
                yield _problem(table.name, id, name, one, other)
    connection.execute("DROP TABLE temp.differs")


def _main(connection: Connection) -> str:
    """The name of the database that was opened first, as it can stand in a question."""
    name = connection.execute("SELECT current_database()").fetchall()[0][0]
    return '"' + str(name).replace('"', '""') + '"'


def _equal(names: Sequence[str]) -> str:
    return " AND ".join(f'one."{name}" = other."{name}"' for name in names)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _CLOSE
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _problem(table: str, id: str, column: str, one: Any, other: Any) -> Problem:
    stands, should = (json.dumps(value, ensure_ascii=False, default=str) for value in (one, other))
    at = next((n for n, (a, b) in enumerate(zip(stands, should, strict=False)) if a != b), 0)
    shown = (_shown(value, at) for value in (stands, should))
    return Problem(table, id, "{}: {} stands there, made again it is {}".format(column, *shown), column,
                   stands, should)  # fmt: skip


def _shown(value: str, at: int) -> str:
    """Some characters of ``value``, those around place ``at`` among them."""
    if len(value) <= _SHOWN:
        return value
    start = max(0, min(at - _SHOWN // 4, len(value) - _SHOWN))
    end = start + _SHOWN
    return ("…" if start else "") + value[start:end] + ("…" if end < len(value) else "")


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
