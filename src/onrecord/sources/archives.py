"""Zip archives: their members, one by one, under limits. Names are labels; nothing is written under them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from onrecord.sources.origin import Problem, bomb, truncated
from onrecord.sources.streams import CHUNK, Budget

_OFFICE = (
    ("word/", "this is a Word file"),
    ("xl/", "this is an Excel file"),
    ("ppt/", "this is a PowerPoint file"),
    ("META-INF/container.xml", "this is an EPUB book"),
    ("META-INF/manifest.xml", "this is an OpenDocument file"),
)
_DIRECTORY_LIMIT = 32_000_000  # bytes of the list of members: about 400,000 members, 200 MB once parsed
_TAIL = 66_000  # bytes: the end record and the longest comment
_EXTENDED_TIME = b"UT"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip: its label, when it was last modified (None: not said), why it cannot be read."""

    label: str
    modified: str | None
    size: int
    problem: Problem | None
    info: zipfile.ZipInfo


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The zip in ``file``; raises Problem when it is damaged, an office file, or lists too many members."""
    _check_directory(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, UnicodeDecodeError):
        raise truncated("the zip has no readable list of members at its end") from None
    names = [info.filename for info in archive.infolist()]
    for start, what in _OFFICE:
        if any(name.startswith(start) for name in names) and _is_office(names):
            raise Problem("binary", what, "save it as text or HTML and give that file")
    return archive


def members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files of ``archive`` in the order of their names; hidden ones are left out."""
    for info in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
        parts = info.filename.replace("\\", "/").split("/")
        if info.is_dir() or any(_is_hidden(part) for part in parts):
            continue
        label = "/".join(part for part in parts if part)
        yield Member(label, _modified(info), info.file_size, _problem(info), info)


class MemberStream:
    """The unpacked bytes of one member."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
        """Open the member; raises Problem when its place in the archive is damaged."""
        self._budget = budget
        self._packed = info.compress_size
        self._size = info.file_size
        self._unpacked = 0
        try:
            self._file = archive.open(info)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
            raise _unreadable(error) from None

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most ``size`` bytes; raises Problem when the member is damaged, cut off or a bomb."""
        try:
            part = self._file.read(size)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
            raise _unreadable(error) from None
        self._unpacked += len(part)
        self._budget.spend(len(part))
        self._budget.check_ratio(self._packed, self._unpacked)
        if not part and self._unpacked < self._size:
            raise truncated("the zip member ends before its end")
        return part

    def close(self) -> None:
        """Let go of the archive."""
        self._file.close()


def _unreadable(error: Exception) -> Problem:
    if isinstance(error, EOFError):
        return truncated("the zip member ends before its end")
    if isinstance(error, NotImplementedError):
        return Problem("unsupported", "the zip packs it in an unknown way", "unpack it and give the folder")
    return Problem(
        "unreadable", "the zip member is damaged", "fetch the archive again; unzip -t FILE tests it"
    )


def _problem(info: zipfile.ZipInfo) -> Problem | None:
    if info.flag_bits & 0x1:
        return Problem(
            "encrypted", "a password protects it", "unpack it with its password and give the folder"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem("link", "the zip member is a link, not a file", "give the file it points to")
    return None


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part not in (".", ".."))


def _is_office(names: list[str]) -> bool:
    return any(name in ("[Content_Types].xml", "mimetype") for name in names)


def _modified(info: zipfile.ZipInfo) -> str | None:
    """When a member was last modified: the exact time if the zip has it, else its local time taken as UTC."""
    try:
        seconds = _extended_time(info.extra)
        date = datetime.fromtimestamp(seconds, UTC) if seconds is not None else datetime(*info.date_time)
    except (ValueError, OverflowError, OSError):
        return None
    if seconds is None and info.date_time[:3] == (1980, 1, 1):
        return None  # what writers put when they have no date
    return date.strftime("%Y-%m-%dT%H:%M:%SZ")


def _extended_time(extra: bytes) -> int | None:
    """Seconds since 1970 from the extra field "UT" of Info-ZIP."""
    while len(extra) >= 4:
        length = int.from_bytes(extra[2:4], "little")
        if extra[:2] == _EXTENDED_TIME and length >= 5 and extra[4] & 1:
            return int.from_bytes(extra[5:9], "little")
        extra = extra[4 + length :]
    return None


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a list of members too long to hold, which the standard library would read whole."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    big = tail.rfind(b"PK\x06\x06")
    if size == 0xFFFFFFFF and big >= 0:
        size = int.from_bytes(tail[big + 40 : big + 48], "little")
    file.seek(0)
    if size > _DIRECTORY_LIMIT:
        raise bomb("its list of members is longer than that of any archive of reports")
