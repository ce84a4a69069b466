"""Is the file of a record what was written to it? Every column of every table is read once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
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
        reading = _Reading(path, tuning)
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


class _Reading:
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
