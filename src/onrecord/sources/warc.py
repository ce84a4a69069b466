"""WARC files of web archives. The only module that imports fastwarc.

Taken are records of type response (HTTP status 200) and resource whose content is HTML or plain text.
Requests, metadata, revisits, redirects, images and the like are passed over in silence: they are no reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from onrecord.sources.charsets import guess_charset
from onrecord.sources.markup import is_html
from onrecord.sources.origin import Found, Origin
from onrecord.sources.problems import Problem, too_large
from onrecord.sources.settings import SourceSettings
from onrecord.sources.streams import Peeked
from onrecord.sources.warc_records import WarcRecord, read_records

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
        except Problem as problem:
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
        raise Problem("empty", "the page has no bytes", "nothing to do unless it should have text")
    if guess_charset(data[:_LOOKED_AT]) is None:
        raise Problem("binary", "these bytes are not text", "the archive declares them as text by mistake")
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


def _packed() -> Problem:
    hint = "the page was packed in a way that is broken or not known here; fetch it again"
    return Problem("unreadable", "the content cannot be unpacked", hint)


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
