"""Inputs become reports and failures, one after the other; what a caller may choose about it; and reports
that are handed over as bytes, such as files sent from a browser."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.sources.origin import Found, Origin, Problem, SourceSettings, one_line
from onrecord.sources.reader import read_file, unforeseen
from onrecord.sources.walk import Place, slashes, walk

EPOCH = "1970-01-01T00:00:00Z"
STDIN = "-"
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_NOT_FETCHED = Problem(
    "unsupported",
    "this is a web address, and nothing is fetched",
    "save the page from a browser, or fetch it with curl, and give the file",
)
_ODD = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def find(
    inputs: Sequence[str],
    *,
    settings: SourceSettings | None = None,
    stdin: BinaryIO | None = None,
    now: str = EPOCH,
) -> Iterator[Found]:
    """The reports that ``inputs`` name, and a failure for each thing that cannot be read.

    Lazy: a file is opened when its turn comes, and one report at a time is held. Raises nothing but
    KeyboardInterrupt and its like. The same real file named twice is read once.

    Args:
        inputs: files, folders, patterns (``reports/**/*.html``), and ``-`` for standard input.
        settings: limits, field names, encoding.
        stdin: what ``-`` reads.
        now: when standard input is said to have been retrieved, ISO 8601 in UTC: it has no date of its own,
            and the clock is not read here, so that the same input gives the same record.
    """
    settings = settings or SourceSettings()
    seen: set[bytes] = set()
    for typed in inputs:
        if typed == STDIN:
            if _is_new(STDIN, seen):
                yield from _standard_input(stdin, settings, now)
            continue
        if _ADDRESS.match(typed):
            yield Origin(typed, typed, now, None).failure(_NOT_FETCHED)
            continue
        for place in walk(typed):
            if place.problem is not None or _is_new(os.path.realpath(place.path), seen):
                yield from _local_file(place, settings, now)


def _is_new(key: str, seen: set[bytes]) -> bool:
    """Whether ``key`` comes for the first time; 16 bytes are kept of each, for millions of files."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).digest()
    if digest in seen:
        return False
    seen.add(digest)
    return True


def _standard_input(stdin: BinaryIO | None, settings: SourceSettings, now: str) -> Iterator[Found]:
    origin = Origin(uri=STDIN, name="stdin", retrieved_at=now, path=None)
    if stdin is None:
        yield origin.failure(Problem("missing", "there is no standard input", "give a file, or pipe one in"))
        return
    yield from read_file(stdin, origin, settings)


def _local_file(place: Place, settings: SourceSettings, now: str) -> Iterator[Found]:
    path = place.path
    origin = Origin(slashes(path), slashes(Path(path.name)), now, slashes(_absolute(path)))
    if place.problem is not None:
        yield origin.failure(place.problem)
        return
    try:
        status = path.stat()
        odd = _ODD.get(stat.S_IFMT(status.st_mode))
        if odd is not None:
            raise Problem("unsupported", f"this is {odd}, not a file", "pipe it in: onrecord ... - < FILE")
        origin = Origin(origin.uri, origin.name, _modified(status, now), origin.path, size=status.st_size)
        with path.open("rb") as file:
            yield from read_file(file, origin, settings)
    except Problem as problem:
        yield origin.failure(problem)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        yield origin.failure(
            Problem("unreadable", detail, "check that the file is there and you may read it")
        )
    except Exception as error:
        yield origin.failure(unforeseen(error))


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except OSError:  # the current folder is gone
        return path


def _modified(status: os.stat_result, now: str) -> str:
    try:
        return datetime.fromtimestamp(int(status.st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return now


PLACE = "added/"
"""What the place of everything that was handed over begins with."""
_LONGEST = 120  # characters of a label


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was handed over: the name it was said to have, and its bytes."""

    name: str
    data: bytes


def find_given(
    given: Iterable[Given], *, settings: SourceSettings | None = None, now: str
) -> Iterator[Found]:
    """The reports in ``given``, and a failure for each thing in it that cannot be read; lazy, as ``find``.

    Places are "added/NAME", and none has a path: nothing can be read from there again.

    Args:
        given: files; containers and archives are taken apart as those of a folder are.
        settings: limits, field names, encoding.
        now: when they were handed over, ISO 8601 in UTC.
    """
    settings = settings or SourceSettings()
    for one in given:
        name = label(one.name)
        origin = Origin(PLACE + name, name, now, None, size=len(one.data))
        with io.BufferedReader(io.BytesIO(one.data)) as file:
            yield from read_file(file, origin, settings)


def label(name: str) -> str:
    r"""The last part of a name as it can be shown: on one line, without folders and control characters.

    >>> label("C:\\reports\\../a\tb.txt"), label("../.."), label(" ")
    ('a b.txt', 'unnamed', 'unnamed')
    """
    last = one_line(name.replace("\\", "/").rpartition("/")[2], 10 * _LONGEST)
    if len(last) > _LONGEST:
        end = last[-20:]
        last = f"{last[: _LONGEST - len(end) - 1]}…{end}"
    return last if last.strip(". ") else "unnamed"
