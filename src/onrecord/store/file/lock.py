"""One writer at a time: an operating-system lock on a file beside the record.

The lock belongs to the process, so one that is killed frees it; the file tells who holds it. Where the
system has no ``fcntl`` (Windows) DuckDB's own lock on the database is the only guard.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.errors import OnrecordError, RecordLocked, StorageError, UsageError, hint_of
from onrecord.files import CAN_HOLD, PLAINLY, hold, is_at


@dataclass(frozen=True, slots=True)
class LockHolder:
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
    if not CAN_HOLD:
        yield
        return
    handle = _acquire(path)
    try:
        holder = LockHolder(os.getpid(), command, since)
        with suppress(OSError):  # the disk is full: the lock holds, only who holds it cannot be told
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(asdict(holder)).encode(), 0)
        yield
    finally:
        # Removed while still held: who opened it before sees another file at its place and tries again.
        with suppress(OSError):  # what cannot be removed locks nothing, and must not hide what went wrong
            if is_at(handle, lock_path(path)):
                lock_path(path).unlink()
        os.close(handle)


def holder_of(path: Path) -> LockHolder | None:
    """Who holds the lock of the record at ``path`` now; None when no other process is known to."""
    try:
        handle = os.open(lock_path(path), os.O_RDONLY | PLAINLY)
    except OSError:
        return None
    try:
        if not CAN_HOLD or hold(handle):
            return None
        holder = LockHolder(**json.loads(os.pread(handle, 10_000, 0)))
        return holder if holder.pid != os.getpid() else None
    except (ValueError, TypeError):
        return None
    finally:
        os.close(handle)


def refusal(path: Path, holder: LockHolder | None) -> RecordLocked:
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
            handle = os.open(lock_path(path), os.O_RDWR | os.O_CREAT | PLAINLY, 0o666)
        except OSError as error:
            raise _unusable(path, error) from error
        if _is_somebody_elses(handle):
            os.close(handle)
            raise _no_lock(path)
        if not hold(handle):
            holder = holder_of(path)
            os.close(handle)
            raise refusal(path, holder)
        if is_at(handle, lock_path(path)):
            return handle
        os.close(handle)


def _is_somebody_elses(handle: int) -> bool:
    """Whether an open file has another name, or is no plain file: what is written to it would go astray."""
    found = os.fstat(handle)
    return found.st_nlink > 1 or not stat.S_ISREG(found.st_mode)


def _no_lock(path: Path) -> UsageError:
    return UsageError(
        f"{lock_path(path)} is a link or no plain file, and is left as it is",
        hint="the lock of the record belongs there: move it away",
    )


def _unusable(path: Path, error: OSError) -> OnrecordError:
    if not path.parent.is_dir():
        return UsageError(f"no such folder: {path.parent}", hint=f"mkdir -p {path.parent}")
    if error.errno in (errno.ELOOP, errno.EISDIR):
        return _no_lock(path)
    hint = hint_of(error.errno or 0) or hint_of("refused")
    return StorageError(f"{path} cannot be written: {error.strerror}", hint=hint)
