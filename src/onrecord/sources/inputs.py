"""Inputs become reports and failures, one after the other: folders are walked, and reports may be handed
over as bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from onrecord.sources.origin import Found, Origin, SourceProblem, SourceSettings, one_line
from onrecord.sources.reader import read_file, unforeseen

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A local file to be read, or what keeps it from being read."""

    path: Path
    problem: SourceProblem | None = None


def walk(typed: str) -> Iterator[FoundPlace]:
    """The files that one input names, folders in the order of their names; raises on no input."""
    path = Path(typed)
    try:
        if not typed:  # which would mean the folder one is in
            hint = "give a file or folder; . is the folder you are in"
            yield FoundPlace(path, SourceProblem("missing", "the name is empty", hint))
        elif os.path.lexists(path):
            yield from _named(path)
        elif _MAGIC.search(typed):
            yield from _pattern(path)
        else:
            hint = "check the spelling and the folder you are in"
            yield FoundPlace(path, SourceProblem("missing", "there is no such file or folder", hint))
    except (OSError, ValueError, RecursionError) as error:  # a NUL in it, too long, a pattern too deep
        yield FoundPlace(path, _refused(error))


def slashes(path: Path) -> str:
    """A path as people type it, with forward slashes; bytes of a name that are no UTF-8 become U+FFFD."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _named(path: Path) -> Iterator[FoundPlace]:
    """What the user named: followed even if it is a link."""
    if not path.exists():
        yield FoundPlace(path, _link("it points to nothing, or round in a circle"))
        return
    if not path.is_dir():
        yield FoundPlace(path)
        return
    empty = True
    for place in _folder(path, os.path.realpath(path)):
        empty = False
        yield place
    if empty:
        hint = "hidden files and links are passed over: name them one by one"
        yield FoundPlace(path, SourceProblem("empty", "the folder has no files", hint))


def _folder(path: Path, root: str) -> Iterator[FoundPlace]:
    """All files below ``path``, without recursion: folders can be nested without end."""
    waiting = [_listed(path)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, FoundPlace):
            yield entry
        elif entry.name.startswith("."):
            continue
        elif entry.is_symlink():
            yield from _inner_link(Path(entry.path), root)
        elif entry.is_dir(follow_symlinks=False):
            waiting.append(_listed(Path(entry.path)))
        else:
            yield FoundPlace(Path(entry.path))


def _listed(path: Path) -> Iterator[os.DirEntry[str] | FoundPlace]:
    """The entries of a folder by name; the folder itself with the problem if it cannot be listed."""
    try:
        with os.scandir(path) as entries:
            yield from sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield FoundPlace(path, _refused(error))


def _inner_link(path: Path, root: str) -> Iterator[FoundPlace]:
    """A link found in the folder ``root``: nothing if it stays inside."""
    try:
        target = Path(path).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        yield FoundPlace(path, _link("it points to nothing, or round in a circle"))
        return
    if not target.is_relative_to(root):
        yield FoundPlace(path, _link("it leads out of the folder"))


def _pattern(path: Path) -> Iterator[FoundPlace]:
    """What a pattern with ``*``, ``?``, ``[...]`` or ``**`` matches; a folder matched means all below it."""
    parts = path.parts
    fixed = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
    base = Path(*parts[:fixed])
    root = os.path.realpath(base)
    none = True
    for match in _matches(base, parts[fixed:]):
        none = False
        if match.is_symlink():
            yield from _inner_link(match, root)
        elif match.is_dir():
            yield from _folder(match, root)
        else:
            yield FoundPlace(match)
    if none:
        hint = "check the pattern, and put it in quotation marks where the shell changes it"
        yield FoundPlace(path, SourceProblem("missing", "no file matches", hint))


def _matches(folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    part, rest = parts[0], parts[1:]
    if part == "**":
        if not rest:
            yield folder
            return
        yield from _matches(folder, rest)
        for child in _visible(folder):
            if child.is_dir() and not child.is_symlink():
                yield from _matches(child, parts)
        return
    if not _MAGIC.search(part):
        children = [folder / part] if os.path.lexists(folder / part) else []
    else:
        children = [one for one in _visible(folder, part.startswith(".")) if fnmatchcase(one.name, part)]
    for child in children:
        if not rest:
            yield child
        elif child.is_dir() and not child.is_symlink():
            yield from _matches(child, rest)


def _visible(folder: Path, hidden: bool = False) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if hidden or not entry.name.startswith("."))
    except OSError:
        return []
    return [folder / name for name in names]


def _link(detail: str) -> SourceProblem:
    return SourceProblem("link", detail, "give the file it should point to as an input of its own")


def _refused(error: Exception) -> SourceProblem:
    detail = getattr(error, "strerror", None) or str(error)
    return SourceProblem("unreadable", str(detail), "check its name and that you may read it")


EPOCH = "1970-01-01T00:00:00Z"
STDIN = "-"
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_NOT_FETCHED = SourceProblem(
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
        yield origin.failure(
            SourceProblem("missing", "there is no standard input", "give a file, or pipe one in")
        )
        return
    yield from read_file(stdin, origin, settings)


def _local_file(place: FoundPlace, settings: SourceSettings, now: str) -> Iterator[Found]:
    path = place.path
    origin = Origin(slashes(path), slashes(Path(path.name)), now, slashes(_absolute(path)))
    if place.problem is not None:
        yield origin.failure(place.problem)
        return
    try:
        status = path.stat()
        odd = _ODD.get(stat.S_IFMT(status.st_mode))
        if odd is not None:
            raise SourceProblem(
                "unsupported", f"this is {odd}, not a file", "pipe it in: onrecord ... - < FILE"
            )
        origin = Origin(origin.uri, origin.name, _modified(status, now), origin.path, size=status.st_size)
        with path.open("rb") as file:
            yield from read_file(file, origin, settings)
    except SourceProblem as problem:
        yield origin.failure(problem)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        yield origin.failure(
            SourceProblem("unreadable", detail, "check that the file is there and you may read it")
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
