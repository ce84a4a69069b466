"""Errors a user can meet, and the exit code each one ends a command with.

    OnrecordError
    ├── UsageError          2   an option or argument cannot be used
    ├── NothingReadable     3   nothing in the input could be read
    ├── RecordLocked        4   another process writes to this record
    ├── RecordVersion       4   the record was made by another version
    ├── ModelError          5   the model is missing or its hash is wrong
    └── CheckFailed         1   a check found something wrong

Every message says what happened and where; ``hint`` says what to do next.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(OnrecordError):
    """An option or argument cannot be used."""

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


class CheckFailed(OnrecordError):
    """A check found rows that do not agree with their sources."""

    exit_code = 1
