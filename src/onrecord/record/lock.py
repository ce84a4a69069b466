"""One writer at a time: an operating-system lock on a file beside the record.

The lock belongs to the process, so one that is killed frees it; the file tells who holds it. Where the
system has no ``fcntl`` (Windows) DuckDB's own lock on the database is the only guard.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.errors import OnrecordError, RecordLocked, StorageError, UsageError, hint_of

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # a module or nothing


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes to a record: process id, what it was asked to do, since when (ISO 8601, UTC)."""

    pid: int
    command: str
    since: str


def lock_path(path: Path) -> Path:
    """The lock file of the record at ``path``."""
    return path.with_name(path.name + ".lock")


@contextmanager
def locked(path: Path, *, command: str, since: str) -> Iterator[None]:
    """Hold the lock of the record at ``path``; raises RecordLocked naming who holds it already."""
    if fcntl is None:
        yield
        return
    handle = _acquire(path)
    try:
        holder = Holder(os.getpid(), command, since)
        with suppress(OSError):  # the disk is full: the lock holds, only who holds it cannot be told
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(asdict(holder)).encode(), 0)
        yield
    finally:
        # Removed while still held: who opened it before sees another file at its place and tries again.
        with suppress(OSError):  # what cannot be removed locks nothing, and must not hide what went wrong
            lock_path(path).unlink()
        os.close(handle)


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock of the record at ``path`` now; None when no other process is known to."""
    try:
        handle = os.open(lock_path(path), os.O_RDONLY)
    except OSError:
        return None
    try:
        if fcntl is None or _try(handle):
            return None
        holder = Holder(**json.loads(os.pread(handle, 10_000, 0)))
        return holder if holder.pid != os.getpid() else None
    except (ValueError, TypeError):
        return None
    finally:
        os.close(handle)


def refusal(path: Path, holder: Holder | None) -> RecordLocked:
    """The error for a record that ``holder`` writes to."""
    who = "another process"
    if holder:
        who = f"process {holder.pid} ({holder.command}), since {holder.since}"
    return RecordLocked(
        f"{path} is being written by {who}", hint="wait until it has ended, then run this command again"
    )


def _acquire(path: Path) -> int:
    while True:
        try:
            handle = os.open(lock_path(path), os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _unusable(path, error) from error
        if not _try(handle):
            holder = holder_of(path)
            os.close(handle)
            raise refusal(path, holder)
        if _same(handle, lock_path(path)):
            return handle
        os.close(handle)


def _unusable(path: Path, error: OSError) -> OnrecordError:
    if not path.parent.is_dir():
        return UsageError(f"no such folder: {path.parent}", hint=f"mkdir -p {path.parent}")
    hint = hint_of(error.errno or 0) or hint_of("refused")
    return StorageError(f"{path} cannot be written: {error.strerror}", hint=hint)


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
