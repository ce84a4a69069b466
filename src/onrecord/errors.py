"""Errors a user can meet, and the exit code each one ends a command with.

    OnrecordError
    ├── UsageError          2   an option or argument cannot be used
    │   └── NotARecord      2   the file holds something else than a record
    ├── StorageError        2   the system will not read or write: no room, no permission
    ├── NothingReadable     3   nothing in the input could be read
    ├── RecordLocked        4   another process writes to this record
    ├── RecordVersion       4   the record was made by another version
    ├── ModelError          5   the model is missing or its hash is wrong
    ├── RecordDamaged       1   the file of the record is not what was written
    └── CheckFailed         1   a check found something wrong

Every message says what happened and where; ``hint`` says what to do next.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OnrecordError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(OnrecordError):
    """An option or argument cannot be used."""

    exit_code = 2


class NotARecord(UsageError):
    """The file that should be a record holds something else."""


class StorageError(OnrecordError):
    """The system will not read or write: there is no room, no permission, or the disk has a fault."""

    exit_code = 2


class NothingReadable(OnrecordError):
    """Nothing in the input could be read."""

    exit_code = 3


class Interrupted(KeyboardInterrupt):
    """A build that was ended by Ctrl-C.

    Attributes:
        kept: new reports that it read and that the record has.
        record: whether there is a record: one that was begun for this build and has nothing is removed.
    """

    def __init__(self, kept: int, *, record: bool) -> None:
        """See the class."""
        super().__init__()
        self.kept = kept
        self.record = record


class RecordLocked(OnrecordError):
    """Another process is writing to this record."""

    exit_code = 4


class RecordVersion(OnrecordError):
    """The record was made by a version this one cannot read."""

    exit_code = 4


class ModelError(OnrecordError):
    """The model is missing, unreadable, or not the one whose hash is pinned."""

    exit_code = 5


class RecordDamaged(OnrecordError):
    """The file of the record is not what was written to it."""

    exit_code = 1


class CheckFailed(OnrecordError):
    """A check found rows that do not agree with their sources."""

    exit_code = 1


_HINTS = {
    "full": "make room there, then run the command again; nothing recorded is lost",
    "refused": "check the permissions of the file and its folder, or choose another place",
    "faulty": "the disk may be faulty: copy what is there to another one",
    "many": "close other programs, or allow more open files: ulimit -n",
}
_KINDS = {
    "full": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    "refused": (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR,
                errno.ENAMETOOLONG, errno.ELOOP, errno.ETXTBSY),
    "faulty": (errno.EIO, errno.ENXIO, errno.ENODEV),
    "many": (errno.EMFILE, errno.ENFILE),
}  # fmt: skip


def hint_of(what: int | str) -> str:
    """What to do where the system refuses: ``what`` is the number of its error, or a key of the hints."""
    kind = next((name for name, numbers in _KINDS.items() if what in numbers), what)
    return _HINTS.get(str(kind), "")


def told(error: OSError, what: str = "") -> StorageError | None:
    """An error of the system in words; None if it is nothing that a person could do something about.

    ``what``: the place it is about and what cannot be done there, "a.csv cannot be written".
    """
    hint = hint_of(error.errno or 0)
    if not hint:
        return None
    what = what or (f"{error.filename} cannot be read or written" if error.filename else "the system refuses")
    return StorageError(f"{what}: {error.strerror}", hint=hint)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise StorageError where the system will not let ``path`` be written."""
    try:
        yield
    except OSError as error:
        words = told(error, f"{path} cannot be written")
        if words is None:
            raise
        raise words from error
