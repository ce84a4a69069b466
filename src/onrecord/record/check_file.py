"""Is the file of a record what was written to it? Every column of every table is read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import RecordDamaged
from onrecord.record.check import check_record
from onrecord.record.database import (
    Connection,
    Tuning,
    check_version,
    missing,
    open_as_it_is,
    open_to_read,
)
from onrecord.record.rows import Problem
from onrecord.record.schema import TABLES
from onrecord.record.tables import Table

FILE = "file"
"""What stands as the table of a problem that is not of one table."""
_NAMES = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND NOT internal"


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
    """What of the tables cannot be read. The file is opened for each table: damage may close it."""
    for table in TABLES:
        try:
            with open_as_it_is(path, tuning) as connection:
                there = {name for (name,) in connection.execute(_NAMES, [table.name]).fetchall()}
                if not there or _reads(connection, table, "COLUMNS(*)"):
                    continue
        except RecordDamaged:
            return  # it cannot even be opened, which is told already
        names = [one.name for one in table.columns if one.name in there]
        told: dict[str, list[str]] = {}  # what is wrong -> the columns
        for name in names:
            with open_as_it_is(path, tuning) as connection:
                try:
                    _read(connection, table, f'"{name}"')
                except RecordDamaged as error:
                    told.setdefault(str(error), []).append(name)
        for what, columns in told.items():
            which = "all columns" if columns == names else ", ".join(columns)
            yield Problem(table.name, which, what)


def _reads(connection: Connection, table: Table, columns: str) -> bool:
    try:
        _read(connection, table, columns)
    except RecordDamaged:
        return False
    return True


def _read(connection: Connection, table: Table, columns: str) -> None:
    """Read all of some columns; DuckDB compares each block that it reads with its checksum."""
    connection.execute(f'SELECT bit_xor(hash({columns})) FROM "{table.name}"').fetchall()
