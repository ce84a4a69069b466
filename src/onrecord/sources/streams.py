"""Bytes unpacked: compressed files and archives, each within bounds."""

from __future__ import annotations

import codecs
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Protocol

from onrecord.sources.origin import SourceProblem, bomb, human_bytes, too_large, truncated

HEAD = 1 << 16  # bytes looked at to decide what a file is
CHUNK = 1 << 16
RATIO_FLOOR = 10_000_000  # unpacked bytes below which no ratio is suspicious: it fits in memory anyway


class Readable(Protocol):
    """Anything whose bytes can be read from front to back."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


class Budget:
    """How many bytes the packed parts of one local file may still unpack to, all levels together."""

    def __init__(self, limit: int, max_ratio: float) -> None:
        """Allow ``limit`` bytes, and ``max_ratio`` unpacked bytes for each packed one."""
        self.limit = limit
        self.max_ratio = max_ratio
        self.used = 0

    def spend(self, size: int) -> None:
        """Count ``size`` unpacked bytes; raises Problem "bomb" when the limit is passed."""
        self.used += size
        if self.used > self.limit:
            raise bomb(f"it unpacks to more than {human_bytes(self.limit)}")

    def check_ratio(self, packed: int, unpacked: int) -> None:
        """Raises Problem "bomb" when ``packed`` bytes gave suspiciously many."""
        if unpacked > RATIO_FLOOR and unpacked > packed * self.max_ratio:
            raise bomb(f"{human_bytes(packed)} unpack to more than {human_bytes(unpacked)}")


class Peeked:
    """A stream whose first bytes can be seen before they are read.

    A problem met while looking ahead is kept until reading comes to it, so that what stands before it is
    still read.
    """

    def __init__(self, stream: Readable, size: int = HEAD) -> None:
        """Look at the first ``size`` bytes of ``stream``."""
        self._stream = stream
        self._problem: SourceProblem | None = None
        self._position = 0
        self.head = self._fill(size)
        self._ahead = self.head

    def _fill(self, size: int) -> bytes:
        parts: list[bytes] = []
        missing = size
        try:
            while missing > 0 and (part := self._stream.read(missing)):
                parts.append(part)
                missing -= len(part)
        except SourceProblem as problem:
            self._problem = problem
        return b"".join(parts)

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        if self._ahead:
            part, self._ahead = self._ahead[:size], self._ahead[size:]
        elif self._problem is not None:
            raise self._problem
        else:
            part = self._stream.read(size)
        self._position += len(part)
        return part

    def tell(self) -> int:
        """The number of bytes read so far."""
        return self._position


class Gunzip:
    """The unpacked bytes of a gzip stream of one or more members.

    Zeros or other bytes after the last member are ignored, as gzip does.
    """

    def __init__(self, stream: Readable, budget: Budget) -> None:
        """Unpack ``stream``, counting against ``budget``."""
        self._stream = stream
        self._budget = budget
        self._member = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._packed = 0
        self._unpacked = 0
        self._of_member = 0
        self._ended = False

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most ``size`` bytes; raises Problem when the stream is damaged, cut off or a bomb."""
        while not self._ended:
            part = self._unpack(size)
            if part:
                self._count(len(part))
                return part
            if self._member.eof:
                self._next_member()
            elif not self._waiting and not self._more():
                self._ended = True
                raise truncated("the gzip data ends before its end")
        return b""

    def _unpack(self, size: int) -> bytes:
        if self._member.eof:
            return b""
        try:
            part = self._member.decompress(self._waiting, size)
        except zlib.error:
            self._ended = True
            raise SourceProblem(
                "unreadable", "the gzip data is damaged", "fetch the file again; gzip -t FILE tests it"
            ) from None
        self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return part

    def _more(self) -> bool:
        part = self._stream.read(CHUNK)
        self._packed += len(part)
        self._waiting += part
        return bool(part)

    def _next_member(self) -> None:
        self._budget.used -= self._of_member
        self._of_member = 0
        while len(self._waiting) < 2 and self._more():
            pass
        self._ended = not self._waiting.startswith(b"\x1f\x8b")
        self._member = zlib.decompressobj(wbits=31)

    def _count(self, size: int) -> None:
        self._unpacked += size
        self._of_member += size
        self._budget.spend(size)
        self._budget.check_ratio(self._packed, self._unpacked)


class Transcoded:
    """The same text in UTF-8, of a stream in another encoding."""

    def __init__(self, stream: Readable, charset: str) -> None:
        """Read ``stream`` as text in ``charset``; bytes that mean nothing become U+FFFD."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(charset)("replace")
        self._waiting = b""
        self._first = True

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        while not self._waiting:
            part = self._stream.read(CHUNK)
            text = self._decoder.decode(part, final=not part)
            if self._first and text:
                text, self._first = text.removeprefix("\ufeff"), False
            self._waiting = text.encode("utf-8", "replace")
            if not part:
                break
        part, self._waiting = self._waiting[:size], self._waiting[size:]
        return part


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One line without its newline: counted from 1; ``data`` is None when it passed the limit."""

    number: int
    data: bytes | None
    size: int


def lines(stream: Readable, limit: int) -> Iterator[StreamLine]:
    r"""The lines of ``stream``, cut at ``\n``; one longer than ``limit`` bytes is skipped, never held."""
    number, size = 1, 0
    parts: list[bytes] = []
    while chunk := stream.read(CHUNK):
        pieces = chunk.split(b"\n")
        for index, piece in enumerate(pieces):
            size += len(piece)
            parts.append(piece)
            if size > limit:
                parts.clear()
            if index < len(pieces) - 1:
                yield StreamLine(number, None if size > limit else b"".join(parts), size)
                number, size = number + 1, 0
                parts.clear()
    if size:
        yield StreamLine(number, None if size > limit else b"".join(parts), size)


def whole(stream: Readable, limit: int, *, size: int | None = None) -> bytes:
    """All bytes of ``stream``; raises Problem "too large" beyond ``limit``, holding no more than that.

    ``size`` is the number of bytes where it is known beforehand: then nothing is read if it is too large.
    """
    if size is not None and size > limit:
        raise too_large(size, limit)
    parts: list[bytes] = []
    length = 0
    while part := stream.read(min(CHUNK, limit + 1 - length)):
        parts.append(part)
        length += len(part)
        if length > limit:
            raise too_large(None, limit)
    return b"".join(parts)


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
class ArchiveMember:
    """One file of a zip: its label, when it was last modified (None: not said), why it cannot be read."""

    label: str
    modified: str | None
    size: int
    problem: SourceProblem | None
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
            raise SourceProblem("binary", what, "save it as text or HTML and give that file")
    return archive


def members(archive: zipfile.ZipFile) -> Iterator[ArchiveMember]:
    """The files of ``archive`` in the order of their names; hidden ones are left out."""
    for info in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
        parts = info.filename.replace("\\", "/").split("/")
        if info.is_dir() or any(_is_hidden(part) for part in parts):
            continue
        label = "/".join(part for part in parts if part)
        yield ArchiveMember(label, _modified(info), info.file_size, _problem(info), info)


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


def _unreadable(error: Exception) -> SourceProblem:
    if isinstance(error, EOFError):
        return truncated("the zip member ends before its end")
    if isinstance(error, NotImplementedError):
        return SourceProblem(
            "unsupported", "the zip packs it in an unknown way", "unpack it and give the folder"
        )
    return SourceProblem(
        "unreadable", "the zip member is damaged", "fetch the archive again; unzip -t FILE tests it"
    )


def _problem(info: zipfile.ZipInfo) -> SourceProblem | None:
    if info.flag_bits & 0x1:
        return SourceProblem(
            "encrypted", "a password protects it", "unpack it with its password and give the folder"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return SourceProblem("link", "the zip member is a link, not a file", "give the file it points to")
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
