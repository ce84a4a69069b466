"""Web archives: their records, and the pages among them as reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from onrecord.sources.decoding import guess_charset
from onrecord.sources.markup import is_html
from onrecord.sources.origin import (
    Found,
    Origin,
    SourceProblem,
    SourceSettings,
    human_bytes,
    too_large,
    truncated,
)
from onrecord.sources.streams import CHUNK, Peeked, Readable

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord as HttpMessage

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain", "text/markdown")
_WANTED = ("response", "resource")
_LOOKED_AT = 1 << 16  # bytes of a payload that tell what it is
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_NO_REPORT = re.compile(r"/(?:robots|ads|security|humans|llms)\.txt$", re.IGNORECASE)


def read_warc(stream: Peeked, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """A report or failure for each record with a page or a text; ``#n`` counts all records from 1."""
    for record in read_records(stream, settings.max_document_bytes):
        place = origin.item(record.number)
        try:
            found = _report(record, place, settings)
        except SourceProblem as problem:
            if problem.word == "bomb":
                raise
            found = place.failure(problem)
        if found is not None:
            yield found


def _report(record: WarcRecord, origin: Origin, settings: SourceSettings) -> Found | None:
    large = record.problem is not None and record.problem.word == "too large"
    if record.type not in _WANTED and (record.problem is None or large):
        return None
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    if url and _NO_REPORT.search(url):
        return None
    if record.problem is not None:
        raise record.problem
    payload = _payload(record, settings.max_document_bytes)
    if payload is None:
        return None
    data, kind, charset = payload
    if not data.strip():
        raise SourceProblem("empty", "the page has no bytes", "nothing to do unless it should have text")
    if guess_charset(data[:_LOOKED_AT]) is None:
        raise SourceProblem(
            "binary", "these bytes are not text", "the archive declares them as text by mistake"
        )
    date = _date(record.headers.get("warc-date"))
    return origin.document(data, kind, url=url, charset=charset, retrieved_at=date)


def _payload(record: WarcRecord, limit: int) -> tuple[bytes, Literal["html", "text"], str | None] | None:
    """The content of a record, its kind and declared encoding; None if it is no report."""
    if not record.headers.get("content-type", "").lower().startswith("application/http"):
        declared = record.headers.get("content-type", "")
        data = record.block
    else:
        http = _http(record.block)
        if http.http_headers is None or http.http_headers.status_code != 200:
            return None
        declared = http.http_headers.get("Content-Type") or ""
        data = b"" if _kind(declared, b"") is None else _read(http, limit)
    kind = _kind(declared, data)
    if kind is not None and len(data) > limit:
        raise too_large(None, limit)
    return None if kind is None else (data, kind, _charset(declared))


def _http(block: bytes) -> HttpMessage:
    """The HTTP message in ``block``: its headers parsed, its transfer and content encodings taken off."""
    from fastwarc.warc import WarcRecord, WarcRecordType  # 20 ms, and few inputs are WARCs

    message = WarcRecord()
    message.init_headers(WarcRecordType.response)
    message.is_http = True
    message.set_bytes_content(block)
    try:
        message.parse_http(auto_decode="all")
    except (OSError, ValueError):
        raise _packed() from None
    return message


def _read(http: HttpMessage, limit: int) -> bytes:
    """The payload, one byte beyond ``limit`` at most: what a small block unpacks to is not known before."""
    try:
        return http.reader.read(limit + 1)
    except (OSError, ValueError):
        raise _packed() from None


def _packed() -> SourceProblem:
    hint = "the page was packed in a way that is broken or not known here; fetch it again"
    return SourceProblem("unreadable", "the content cannot be unpacked", hint)


def _kind(declared: str, data: bytes) -> Literal["html", "text"] | None:
    media = declared.partition(";")[0].strip().lower()
    if media in _HTML_TYPES:
        return "html"
    if media in _TEXT_TYPES or not media:
        return "html" if is_html(data[:_LOOKED_AT].decode("latin-1")) else "text"
    return None


def _charset(declared: str) -> str | None:
    found = _CHARSET.search(declared)
    return found[1] if found else None


def _date(declared: str | None) -> str | None:
    """A WARC-Date, which may have fractions of a second, as our own dates are written."""
    try:
        date = datetime.fromisoformat((declared or "").strip())
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_HEAD = 1 << 16  # bytes that the headers of a record may have
_HTTP_HEADER = 1 << 16  # bytes: room for the headers of a response beside its payload
_FIRST_LINE = re.compile(rb"WARC/\d\.\d\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BEHIND = re.compile(rb"[\r\n]*(?:WARC/\d|\Z)")
_BEGINS = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d\r?\n[\w-]+:)")
_ROUND_A_RECORD = 256  # bytes: more than _BEHIND and _BEGINS ever need


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record: headers by name in lower case, and its block; or the problem that it is given up for.

    ``number`` counts all records from 1.
    """

    number: int
    headers: Mapping[str, str]
    block: bytes = b""
    problem: SourceProblem | None = None

    @property
    def type(self) -> str:
        """Its WARC-Type in lower case."""
        return self.headers.get("warc-type", "").strip().lower()


def read_records(stream: Readable, limit: int) -> Iterator[WarcRecord]:
    """Every record of ``stream``; of blocks no more than ``limit`` bytes and some headers are held.

    Raises:
        Problem: "truncated" at a record that is cut off, and what reading ``stream`` raises, once all that
            stands before it was given.
    """
    window = _Window(stream)
    number = 0
    while window.skip_lines():
        number += 1
        yield _next(window, number, limit)
    if window.problem is not None:
        raise window.problem


class _Window:
    """The part of a stream that is looked at. A problem met while looking ahead is kept for the end."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._ended = stream, False
        self.data = bytearray()
        self.problem: SourceProblem | None = None

    def fill(self, size: int) -> bool:
        """Look at ``size`` bytes; whether there are so many."""
        while len(self.data) < size and not self._ended:
            try:
                part = self._stream.read(CHUNK)
            except SourceProblem as problem:
                self.problem, part = problem, b""
            self._ended = not part
            self.data += part
        return len(self.data) >= size

    def drop(self, size: int) -> None:
        """Go on by ``size`` bytes."""
        del self.data[:size]

    def skip_lines(self) -> bool:
        """Go on to what is no line end; whether there is anything."""
        while self.fill(1) and self.data[0] in b"\r\n":
            self.drop(1)
        return bool(self.data)

    def skip_to_record(self, most: int | None = None) -> bool:
        """Go on to where a record begins, or by ``most`` bytes; whether one begins here."""
        left = most
        while left is None or left > 0:
            more = self.fill(CHUNK)
            found = _BEGINS.search(self.data)
            if found and (left is None or found.end() <= left):
                self.drop(found.end())
                return True
            passed = max(len(self.data) - _ROUND_A_RECORD, 0) if more else len(self.data)
            passed = passed if left is None else min(passed, left)
            self.drop(passed)
            left = left if left is None else left - passed
            if not more and not self.data:
                return False
        return False


def _next(window: _Window, number: int, limit: int) -> WarcRecord:
    window.fill(_HEAD)
    end = _BLANK_LINE.search(window.data)
    if end is None and len(window.data) < _HEAD and window.data.isascii():
        raise window.problem or truncated("the headers of the last record of the WARC are cut off")
    headers = _headers(bytes(window.data[: end.start()])) if end and _FIRST_LINE.match(window.data) else {}
    length = headers.get("content-length", "").strip()
    if end is None or not headers.get("warc-type") or not (length.isascii() and length.isdigit()):
        window.skip_to_record()
        return WarcRecord(number, headers, problem=damaged("it has no headers, type or length"))
    window.drop(end.end())
    size = int(length) if len(length) < 20 else 10**20
    if size > limit + _HTTP_HEADER:
        return _passed_over(window, WarcRecord(number, headers), size, limit)
    whole = window.fill(size)
    window.fill(size + _ROUND_A_RECORD)
    if whole and _BEHIND.match(window.data[size : size + _ROUND_A_RECORD]):
        block = bytes(window.data[:size])
        window.drop(size)
        return WarcRecord(number, headers, block)
    if not whole and _BEGINS.search(window.data) is None:
        raise window.problem or truncated("the last record of the WARC is cut off")
    window.skip_to_record()
    return WarcRecord(number, headers, problem=_wrong_length(size))


def _passed_over(window: _Window, record: WarcRecord, size: int, limit: int) -> WarcRecord:
    """A record too large to be held: one that begins within it shows that it is not so long."""
    if window.skip_to_record(size):
        return WarcRecord(record.number, record.headers, problem=_wrong_length(size))
    return WarcRecord(record.number, record.headers, problem=too_large(size, limit))


def _headers(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        if line[:1] in (" ", "\t") and name:
            found[name] += " " + line.strip()
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return found


def _wrong_length(size: int) -> SourceProblem:
    return damaged(f"its length is given as {human_bytes(size)}, but no record begins behind them")


def damaged(what: str) -> SourceProblem:
    """A record of a WARC that is not as records are."""
    hint = "fetch the file again; fastwarc check FILE or warcio check FILE tests it"
    return SourceProblem("unreadable", f"the WARC is damaged here: {what}", hint)
