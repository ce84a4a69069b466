"""Streams that are looked at before they are read, unpacked under a limit, and cut into lines.

All memory here is bounded by ``HEAD``, ``CHUNK`` or a limit that the caller gives.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from onrecord.sources.origin import Problem, bomb, human_bytes, too_large, truncated

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
        self._problem: Problem | None = None
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
        except Problem as problem:
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
            raise Problem(
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
class Line:
    """One line without its newline: counted from 1; ``data`` is None when it passed the limit."""

    number: int
    data: bytes | None
    size: int


def lines(stream: Readable, limit: int) -> Iterator[Line]:
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
                yield Line(number, None if size > limit else b"".join(parts), size)
                number, size = number + 1, 0
                parts.clear()
    if size:
        yield Line(number, None if size > limit else b"".join(parts), size)


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
