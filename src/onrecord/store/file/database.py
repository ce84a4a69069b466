"""The DuckDB file: making it whole or not at all, opening it, and saying plainly why it cannot be opened."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from onrecord.errors import (
    NotARecord,
    OnrecordError,
    RecordDamaged,
    RecordLocked,
    RecordVersion,
    StorageError,
    UsageError,
    hint_of,
    told,
    writing,
)
from onrecord.store.file.connection import (
    Connection,
    Refused,
    connect,
    damaged,
    rephrased,
    scratch,
    what_to_do,
)
from onrecord.store.file.lock import holder_of, refusal
from onrecord.store.schema.linked import CLAIMS
from onrecord.store.schema.read import STORAGE, TABLES, VERSION

__all__ = [
    "Connection", "Tuning", "check_version", "create", "first_row", "is_there", "log_of", "log_size",
    "missing", "must_be_there", "open_as_it_is", "open_to_read", "open_to_write", "pages", "remove", "rows",
    "scratch",
]  # fmt: skip

_FETCH = 100
_MAGIC = slice(8, 12)  # "DUCK", after the checksum of the header block
_PID = re.compile(r"PID (\d+)")
_NEWER = re.compile(r"version number|storage version|newer version", re.IGNORECASE)
_TABLES = "SELECT table_name, column_count FROM duckdb_tables()"


def log_size(path: Path) -> int:
    """How many bytes the log of the record at ``path`` has; 0: there is none."""
    try:
        return log_of(path).stat().st_size
    except OSError:
        return 0


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
    wal = log_of(path)
    if wal.exists():
        raise UsageError(
            f"{wal} lies there without its record {path}", hint="restore the record or move the log away"
        )
    draft = path.with_name(path.name + ".new")
    with writing(path):
        remove(draft)
        try:
            _make(draft)
            draft.rename(path)
        except BaseException:
            remove(draft)
            raise


def _make(draft: Path) -> None:
    with _connect(draft, Tuning(), read_only=False) as connection:
        for table in TABLES:
            connection.execute(table.ddl())
        connection.execute("INSERT INTO meta VALUES ('version', ?), ('finished', 'yes')", [str(VERSION)])
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Take away a record that was begun and came to nothing; the caller holds the lock."""
    for left in (path, log_of(path)):
        left.unlink(missing_ok=True)


def log_of(path: Path) -> Path:
    """Where DuckDB keeps what it has not yet put into the file at ``path``: a log, which a process that was
    killed leaves there, and which the next one that writes puts into the file."""
    return path.with_name(path.name + ".wal")


def open_to_write(path: Path, tuning: Tuning) -> Connection:
    """A connection that may write; the caller holds the lock. Raises as ``open_to_read``."""
    if path.exists() and not os.access(path, os.W_OK):
        raise StorageError(f"{path} cannot be written: it is read-only", hint=hint_of("refused"))
    connection = _open(path, tuning, read_only=False)
    for table in CLAIMS:  # a record begun before claims were kept has none of these, and lacks nothing else
        connection.execute(table.ddl(unless_there=True))
    return connection


def open_to_read(path: Path, tuning: Tuning, *, beside: Path | None = None) -> Connection:
    """A connection that cannot change the record at ``path``; ``beside``: a folder of which it may attach
    databases, and where it puts what does not fit into memory.

    Raises UsageError if there is none or the file is something else, RecordLocked while a build writes to
    it, RecordVersion if another version of Onrecord or a later DuckDB made it, RecordDamaged if it is not
    what was written, StorageError if the system does not let it be read.
    """
    must_be_there(path)
    connection = _open(path, tuning, read_only=True, shut=beside is None)
    if beside is not None:
        folder = str(beside.absolute()).replace("'", "''")
        for name, value in (
            ("temp_directory", f"'{folder}'"),
            ("allowed_directories", f"['{folder}']"),
            ("enable_external_access", "false"),
        ):
            connection.execute(f"SET {name} = {value}")
    return connection


def missing(connection: Connection) -> list[tuple[str, str]]:
    """What a record should have and this one lacks: tables, each with a column, or with "" for all of it."""
    found: dict[str, set[str]] = {}
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    for table, column in connection.execute(sql).fetchall():
        found.setdefault(table, set()).add(column)
    late = {one.name for one in CLAIMS}  # a record begun before claims were kept has none of these
    lacking = []
    for table in TABLES:
        columns = found.get(table.name)
        if columns is None:
            lacking += [] if table.name in late else [(table.name, "")]
        else:
            lacking += [(table.name, one.name) for one in table.columns if one.name not in columns]
    return lacking


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


def open_as_it_is(path: Path, tuning: Tuning, *, read_only: bool = True, shut: bool = True) -> Connection:
    """As ``open_to_read``, for who wants to know what of the record is damaged: the tables may be so.

    ``shut``: no other file can be reached; else the caller sees to that.
    """
    _check_magic(path)
    return _connect(path, tuning, read_only=read_only, shut=shut)


def _open(path: Path, tuning: Tuning, *, read_only: bool, shut: bool = True) -> Connection:
    connection = open_as_it_is(path, tuning, read_only=read_only, shut=shut)
    try:
        check_version(path, connection)
        _check_tables(path, connection)
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
        raise told(error, f"{path} cannot be opened") or error from error
    if not head:
        hint = what_to_do(path, check=False)
        raise NotARecord(f"{path} is not a record: it is empty, without a single byte", hint=hint)
    if head[_MAGIC] != b"DUCK":
        raise NotARecord(
            f"{path} is not a record: it holds something else, and is left as it is",
            hint="the record comes first, then the inputs: onrecord build affair.duckdb INPUT...",
        )


def check_version(path: Path, connection: Connection) -> None:
    """Raise NotARecord or RecordVersion if the file is no record that this version reads."""
    some = {table for table, _ in connection.execute(_TABLES).fetchall()}
    if "meta" not in some and "document" not in some:
        raise NotARecord(f"{path} is a DuckDB database, but not a record", hint="choose another file name")
    if "meta" not in some:
        return  # told as a table that is missing
    row = first_row(connection, "SELECT value FROM meta WHERE key = 'version'")
    if row is None:
        raise RecordDamaged(f"{path} is damaged: table meta has no version", hint=what_to_do(path))
    if row[0] != str(VERSION):
        raise RecordVersion(
            f"{path} is a record of version {row[0]}; this Onrecord reads version {VERSION}",
            hint="make a new one of the originals that it keeps, with what was decided: "
            f"onrecord rebuild {path} {path.with_stem(path.stem + '-new')}; it is left as it is",
        )


def _check_tables(path: Path, connection: Connection) -> None:
    if lacking := missing(connection):
        table, column = lacking[0]
        what = f"column {column} of table {table}" if column else f"table {table}"
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        raise RecordDamaged(f"{path} is damaged: {what} is missing{more}", hint=what_to_do(path))


def _connect(path: Path, tuning: Tuning, *, read_only: bool, shut: bool = True) -> Connection:
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        **({"enable_external_access": "false"} if shut else {}),
        "threads": str(tuning.threads),
        "memory_limit": tuning.memory,
        "wal_autocheckpoint": tuning.checkpoint,
        "storage_compatibility_version": STORAGE,
    }
    try:
        return connect(path, config, read_only=read_only)
    except Refused as error:
        raise _rephrased(path, error) from error


def _rephrased(path: Path, error: Refused) -> OnrecordError:
    message = str(error)
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
    if words := rephrased(path, error):
        return words
    if os.access(path, os.R_OK):  # the file can be had, and DuckDB cannot make sense of it
        return damaged(path, message)
    return StorageError(f"{path} cannot be opened: {message.splitlines()[0]}", hint=hint_of("refused"))
