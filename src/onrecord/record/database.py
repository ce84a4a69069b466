"""The DuckDB file: making it whole or not at all, opening it, and saying plainly why it cannot be opened.

The only module that imports duckdb.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import OnrecordError, RecordLocked, RecordVersion, UsageError
from onrecord.record.lock import holder_of, refusal
from onrecord.record.schema import STORAGE, TABLES, VERSION
from onrecord.record.schema_claims import CLAIMS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection
else:  # only ever an annotation; duckdb is loaded when a record is opened
    Connection = object

__all__ = [
    "Connection", "Tuning", "create", "first_row", "is_there", "must_be_there", "open_to_read",
    "open_to_write", "pages", "remove", "rows",
]  # fmt: skip

_FETCH = 100
_MAGIC = slice(8, 12)  # "DUCK", after the checksum of the header block
_PID = re.compile(r"PID (\d+)")
_NEWER = re.compile(r"version number|storage version|newer version", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tuning:
    """What DuckDB may use: threads, memory (as "1GB"), and how much log it keeps before a checkpoint."""

    threads: int = 2
    memory: str = "1GB"
    checkpoint: str = "16MB"


def create(path: Path) -> None:
    """Make an empty record at ``path``, which must not exist; it appears there complete or not at all.

    The caller holds the lock. Raises UsageError if a log without its record lies there.
    """
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise UsageError(
            f"{wal} lies there without its record {path}", hint="restore the record or move the log away"
        )
    draft = path.with_name(path.name + ".new")
    for left in (draft, draft.with_name(draft.name + ".wal")):
        left.unlink(missing_ok=True)
    connection = _connect(draft, Tuning(), read_only=False)
    with connection:
        for table in TABLES:
            connection.execute(table.ddl())
        connection.execute("INSERT INTO meta VALUES ('version', ?), ('finished', 'yes')", [str(VERSION)])
    descriptor = os.open(draft, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    draft.rename(path)


def remove(path: Path) -> None:
    """Take away a record that was begun and came to nothing; the caller holds the lock."""
    for left in (path, path.with_name(path.name + ".wal")):
        left.unlink(missing_ok=True)


def open_to_write(path: Path, tuning: Tuning) -> Connection:
    """A connection that may write; the caller holds the lock. Raises as ``open_to_read``."""
    connection = _open(path, tuning, read_only=False)
    for table in CLAIMS:  # a record begun before claims were kept has none of these, and lacks nothing else
        connection.execute(table.ddl(unless_there=True))
    return connection


def open_to_read(path: Path, tuning: Tuning) -> Connection:
    """A connection that cannot change the record at ``path``.

    Raises UsageError if there is none or the file is something else, RecordLocked while a build writes to
    it, RecordVersion if another version of Onrecord or a later DuckDB made it.
    """
    must_be_there(path)
    return _open(path, tuning, read_only=True)


def is_there(path: Path) -> bool:
    """Whether something is at ``path``; raises UsageError where that cannot be told."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:  # too long, a circle of links, a NUL in it, no permission
        reason = getattr(error, "strerror", None) or error
        hint = "check its name and permissions"
        raise UsageError(f"{path} cannot be opened: {reason}", hint=hint) from error
    return True


def must_be_there(path: Path) -> None:
    """Raises UsageError if no record is at ``path``, with one whose name is like it, if there is one."""
    if is_there(path):
        return
    hint = f"make one with: onrecord build {path} INPUT..."
    beside = [one.name for one in path.parent.glob("*.duckdb")] if path.parent.is_dir() else []
    for like in get_close_matches(path.name, sorted(beside), 1):
        hint = f"did you mean {path.with_name(like)}? If not, {hint}"
    raise UsageError(f"no such record: {path}", hint=hint)


def first_row(connection: Connection, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of an answer, read to its end: before that the connection is not free for more."""
    rows: list[tuple[Any, ...]] = connection.execute(sql, list(values)).fetchall()
    return rows[0] if rows else None


def rows(connection: Connection, sql: str) -> Iterator[Sequence[Any]]:
    """The rows of an answer, read a few at a time; the connection stays free for more."""
    for found in pages(connection, sql):
        yield from found


def pages(connection: Connection, sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """As ``rows``, the few rows that are read at a time together."""
    cursor = connection.cursor()
    try:
        cursor.execute(sql)
        while found := cursor.fetchmany(_FETCH):
            yield found
    finally:
        cursor.close()


def _open(path: Path, tuning: Tuning, *, read_only: bool) -> Connection:
    _check_magic(path)
    connection = _connect(path, tuning, read_only=read_only)
    try:
        _check_version(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_magic(path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a record", hint="name a file, as in affair.duckdb")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a named pipe waits for who writes to it
            hint = "name a file, as in affair.duckdb"
            raise UsageError(f"{path} is a pipe or device, not a record", hint=hint)
        with path.open("rb") as file:
            head = file.read(_MAGIC.stop)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be opened: {error.strerror}", hint="check its permissions"
        ) from error
    if head[_MAGIC] != b"DUCK":
        raise UsageError(
            f"{path} is not a record: it holds something else, and is left as it is",
            hint="the record comes first, then the inputs: onrecord build affair.duckdb INPUT...",
        )


def _check_version(path: Path, connection: Connection) -> None:
    import duckdb

    try:
        row = first_row(connection, "SELECT value FROM meta WHERE key = 'version'")
    except duckdb.CatalogException:
        row = None
    if row is None:
        raise UsageError(f"{path} is a DuckDB database, but not a record", hint="choose another file name")
    if row[0] != str(VERSION):
        raise RecordVersion(
            f"{path} is a record of version {row[0]}; this Onrecord reads version {VERSION}",
            hint="build it again from its inputs under a new name: "
            f"onrecord build {path.with_stem(path.stem + '-new')} INPUT...; it is left as it is",
        )


def _connect(path: Path, tuning: Tuning, *, read_only: bool) -> Connection:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
        "threads": str(tuning.threads),
        "memory_limit": tuning.memory,
        "wal_autocheckpoint": tuning.checkpoint,
        "storage_compatibility_version": STORAGE,
    }
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _rephrased(path, str(error)) from error


def _rephrased(path: Path, message: str) -> OnrecordError:
    if "Could not set lock" in message:
        holder = holder_of(path)
        if holder:
            return refusal(path, holder)
        pid = _PID.search(message)
        who = f"process {pid[1]}" if pid else "another process"
        return RecordLocked(f"{path} is in use by {who}", hint="close it there, then run this command again")
    if "different configuration" in message:
        return RecordLocked(f"{path} is in use by this very process", hint="close it before opening it again")
    if _NEWER.search(message):
        return RecordVersion(
            f"{path} was written by a later DuckDB than the one installed",
            hint="pip install --upgrade duckdb",
        )
    return UsageError(
        f"{path} cannot be opened: {message.splitlines()[0]}", hint="see whether the file is damaged"
    )
