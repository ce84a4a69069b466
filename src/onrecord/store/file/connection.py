"""A connection to a DuckDB file whose errors are in words: no room, no permission, damage.

The only module that imports duckdb. What is a mistake in a question of ours stays what it was: it is a fault
of Onrecord, and nobody else can mend it.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from onrecord.errors import OnrecordError, RecordDamaged, StorageError, UsageError, hint_of

_DAMAGE = re.compile(
    r"corrupt|checksum|could not read enough bytes|could not read from file|not a valid duckdb|"
    r"failed to deserialize|serialization error|failed to load metadata|replaying wal",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in block at|from) location (\d+)")
_FULL = re.compile(r"\b(?:no space left on device|disk quota exceeded|file too large)", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(permission denied|read-only file system|input/output error|operation not permitted|"
    r"too many open files)",
    re.IGNORECASE,
)


class Connection:
    """A DuckDB connection to one file. ``execute`` answers with the connection itself, which holds the rows.

    Every method raises RecordDamaged where the file is damaged and StorageError where the system refuses.
    """

    __slots__ = ("_made", "path")

    def __init__(self, path: Path, made: duckdb.DuckDBPyConnection) -> None:
        """Wrap ``made``, a connection to the file at ``path``."""
        self.path, self._made = path, made

    def __enter__(self) -> Self:
        """The connection itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; an error on the way out does not hide the one that led there."""
        with contextlib.suppress(OnrecordError, duckdb.Error) if error else contextlib.nullcontext():
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        with in_words(self.path):
            self._made.close()

    def cursor(self) -> Connection:
        """A second connection to the same opened file."""
        with in_words(self.path):
            return Connection(self.path, self._made.cursor())

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Self:
        """Ask ``sql`` with ``values`` for its placeholders."""
        with in_words(self.path):
            self._made.execute(sql, values or None)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left of the answer."""
        with in_words(self.path):
            return self._made.fetchall()

    def fetchmany(self, most: int) -> list[tuple[Any, ...]]:
        """The next rows of the answer, ``most`` at most; none: there are no more."""
        with in_words(self.path):
            return self._made.fetchmany(most)

    def fetchnumpy(self) -> dict[str, Any]:
        """All rows that are left of the answer, as an array for each column."""
        with in_words(self.path):
            return self._made.fetchnumpy()

    def typed(self, sql: str) -> tuple[list[str], list[Any]]:
        """The whole answer: the type of each column, and its values as an array."""
        with in_words(self.path):
            found = self._made.sql(sql)
            return [str(one) for one in found.types], list(found.fetchnumpy().values())

    def register(self, name: str, table: Any) -> None:
        """Let questions name arrays as a table."""
        self._made.register(name, table)

    def ask(self, sql: str, values: Sequence[Any] = ()) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows of one question of a user.

        Raises UsageError where it is no question (one SELECT), or none that DuckDB understands.
        """
        try:
            kinds = [one.type for one in duckdb.extract_statements(sql)]
            if kinds != [duckdb.StatementType.SELECT]:
                raise UsageError("sql() takes one SELECT", hint="a record is only read; see docs/record.md")
            cursor = self._made.cursor()
            try:
                found = cursor.execute(sql, list(values))
                return tuple(one[0] for one in found.description or ()), found.fetchall()
            finally:
                cursor.close()
        except duckdb.Error as error:
            told = rephrased(self.path, error)
            what = str(error).splitlines()[0]
            raise told or UsageError(what, hint="docs/record.md tells every table and column") from error

    def unregister(self, name: str) -> None:
        """Forget such a table again; where the file was lost meanwhile there is nothing to forget."""
        with contextlib.suppress(duckdb.Error):
            self._made.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within is done, or nothing of it."""
        self.execute("BEGIN")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # A commit that failed has ended the transaction itself, and where the disk is full DuckDB has let
            # go of the file: taking back is then neither needed nor possible.
            with contextlib.suppress(OnrecordError, duckdb.Error):
                self.execute("ROLLBACK")
            raise


def connect(path: Path, config: Mapping[str, str], *, read_only: bool) -> Connection:
    """A connection to the file at ``path``; what DuckDB says when it cannot be had is raised as it is."""
    settings: dict[str, Any] = dict(config)
    return Connection(path, duckdb.connect(str(path), read_only=read_only, config=settings))


@contextmanager
def scratch() -> Iterator[Connection]:
    """A database in memory that may write files, for as long as it is used.

    What it writes follows from the types alone: with statistics, a column that happens to be full would be
    written as one that cannot be empty.
    """
    with Connection(Path(":memory:"), duckdb.connect(config={"threads": "1"})) as connection:
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        yield connection


Refused = duckdb.Error
"""What ``connect`` raises."""


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Raise what a person can do something about as RecordDamaged or StorageError."""
    try:
        yield
    except duckdb.Error as error:
        told = rephrased(path, error)
        if told is None:
            raise
        raise told from error


def rephrased(path: Path, error: duckdb.Error) -> OnrecordError | None:
    """An error of DuckDB in words; None if it is nothing that the file or the system is to blame for."""
    message = str(error)
    if found := _FULL.search(message):
        return StorageError(f"{path} cannot be written: {_lower(found[0])}", hint=hint_of("full"))
    if isinstance(error, duckdb.OutOfMemoryException):
        return StorageError(
            f"{path}: the database needs more memory, or room beside the record, than there is",
            hint="make room on the disk of the record, then run the command again; nothing recorded is lost",
        )
    if _DAMAGE.search(message):
        return damaged(path, message)
    if isinstance(error, duckdb.IOException) and (found := _REFUSED.search(message)):
        return StorageError(f"{path} cannot be read or written: {_lower(found[0])}", hint=hint_of("refused"))
    return None


def damaged(path: Path, message: str) -> RecordDamaged:
    """The error for a record of whose file DuckDB says ``message``."""
    place = _PLACE.search(message)
    where = f" at byte {int(place[1]):,} of the file" if place else ""
    if "not a valid" in message:
        where = " in its first bytes"
    elif "could not read enough" in message.lower():
        where = f": it ends before byte {int(place[1]):,}, where more should stand" if place else where
    elif "wal" in message.lower():
        log = f"{path}.wal"
        return RecordDamaged(
            f"{path} is damaged in its log, {log}",
            hint="without the log the record is as it was before: "
            f"mv {shlex.quote(log)} {shlex.quote(log)}.damaged; building again from its inputs "
            "then reads what is missing, decisions since are lost",
        )
    return RecordDamaged(f"{path} is damaged{where}", hint=what_to_do(path))


def what_to_do(path: Path, *, check: bool = True, decisions: bool = False) -> str:
    """What to do about a damaged record.

    ``check``: first find out what of it is; ``decisions``: they can be read, and go with it.
    """
    new, old = (shlex.quote(str(one)) for one in (path.with_stem(path.stem + "-new"), path))
    first = f"onrecord check {old} says where; then " if check else ""
    last = (
        f". What was decided goes with it: onrecord decide {old} list --jsonl -o decisions.jsonl, then "
        f"onrecord decide {new} import decisions.jsonl"
    )
    return (
        f"{first}put back a copy of it, or build it again from its inputs under a new name: "
        f"onrecord build {new} INPUT...{last if decisions else ''}"
    )


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
