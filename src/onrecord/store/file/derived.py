"""Rows that are worked out anew by each build: only what differs from what stands there is written.

A build that adds nothing changes nothing, so the file does not grow, and an export stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from onrecord import __version__
from onrecord.ids import sha256
from onrecord.store.file.database import Connection, first_row
from onrecord.store.schema.columns import incoming
from onrecord.store.schema.read import BY_NAME

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
