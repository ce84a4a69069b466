"""Inputs as typed become local files: folders are walked, patterns expanded, links kept inside.

Links are never followed inside a folder: what they point to in the same folder is met at its own place, and
what they point to elsewhere was not asked for. So loops are harmless, and no file is opened to find out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from onrecord.sources.origin import Problem

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Place:
    """A local file to be read, or what keeps it from being read."""

    path: Path
    problem: Problem | None = None


def walk(typed: str) -> Iterator[Place]:
    """The files that one input names, folders in the order of their names; raises on no input."""
    path = Path(typed)
    try:
        if not typed:  # which would mean the folder one is in
            hint = "give a file or folder; . is the folder you are in"
            yield Place(path, Problem("missing", "the name is empty", hint))
        elif os.path.lexists(path):
            yield from _named(path)
        elif _MAGIC.search(typed):
            yield from _pattern(path)
        else:
            hint = "check the spelling and the folder you are in"
            yield Place(path, Problem("missing", "there is no such file or folder", hint))
    except (OSError, ValueError, RecursionError) as error:  # a NUL in it, too long, a pattern too deep
        yield Place(path, _refused(error))


def slashes(path: Path) -> str:
    """A path as people type it, with forward slashes; bytes of a name that are no UTF-8 become U+FFFD."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _named(path: Path) -> Iterator[Place]:
    """What the user named: followed even if it is a link."""
    if not path.exists():
        yield Place(path, _link("it points to nothing, or round in a circle"))
        return
    if not path.is_dir():
        yield Place(path)
        return
    empty = True
    for place in _folder(path, os.path.realpath(path)):
        empty = False
        yield place
    if empty:
        hint = "hidden files and links are passed over: name them one by one"
        yield Place(path, Problem("empty", "the folder has no files", hint))


def _folder(path: Path, root: str) -> Iterator[Place]:
    """All files below ``path``, without recursion: folders can be nested without end."""
    waiting = [_listed(path)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Place):
            yield entry
        elif entry.name.startswith("."):
            continue
        elif entry.is_symlink():
            yield from _inner_link(Path(entry.path), root)
        elif entry.is_dir(follow_symlinks=False):
            waiting.append(_listed(Path(entry.path)))
        else:
            yield Place(Path(entry.path))


def _listed(path: Path) -> Iterator[os.DirEntry[str] | Place]:
    """The entries of a folder by name; the folder itself with the problem if it cannot be listed."""
    try:
        with os.scandir(path) as entries:
            yield from sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Place(path, _refused(error))


def _inner_link(path: Path, root: str) -> Iterator[Place]:
    """A link found in the folder ``root``: nothing if it stays inside."""
    try:
        target = Path(path).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        yield Place(path, _link("it points to nothing, or round in a circle"))
        return
    if not target.is_relative_to(root):
        yield Place(path, _link("it leads out of the folder"))


def _pattern(path: Path) -> Iterator[Place]:
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
            yield Place(match)
    if none:
        hint = "check the pattern, and put it in quotation marks where the shell changes it"
        yield Place(path, Problem("missing", "no file matches", hint))


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


def _link(detail: str) -> Problem:
    return Problem("link", detail, "give the file it should point to as an input of its own")


def _refused(error: Exception) -> Problem:
    detail = getattr(error, "strerror", None) or str(error)
    return Problem("unreadable", str(detail), "check its name and that you may read it")
