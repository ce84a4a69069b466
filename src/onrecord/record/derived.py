"""Rows that are worked out anew by each build: only what differs from what stands there is written.

A build that adds nothing changes nothing, so the file does not grow, and an export stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from onrecord.record.columns import to_insert
from onrecord.record.database import Connection
from onrecord.record.schema import BY_NAME

_GROUP = 10_000  # rows handed to the database at a time


def rewrite(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make ``table`` hold just ``rows``; within a transaction of the caller's."""
    same = ", ".join(f'"{name}"' for name in BY_NAME[table].same)
    with fresh(connection, table, rows) as new:
        connection.execute(
            f'DELETE FROM "{table}" WHERE ({same}) IN '
            f'(SELECT ({same}) FROM (SELECT * FROM "{table}" EXCEPT SELECT * FROM {new}))'
        )
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM {new} EXCEPT SELECT * FROM "{table}"')


@contextmanager
def fresh(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A temporary table with the columns of ``table`` that holds ``rows``; its name."""
    name = f'"fresh {table}"'
    connection.execute(f'CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM "{table}" LIMIT 0')
    rest = iter(rows)
    while group := list(islice(rest, _GROUP)):
        connection.register("incoming", to_insert(table, group))
        try:
            connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        finally:
            connection.unregister("incoming")
    try:
        yield name
    finally:
        connection.execute(f"DROP TABLE {name}")
