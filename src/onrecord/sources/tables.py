"""Files with a report a line or row: JSONL, JSON, CSV and TSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from onrecord.sources.decoding import byte_order_mark, decode_bytes, guess_charset
from onrecord.sources.fields import DELIMITERS, from_json, from_record, has_text_field, no_text, parsed
from onrecord.sources.origin import Found, Origin, SourceProblem, SourceSettings, too_large, truncated
from onrecord.sources.streams import CHUNK, Peeked, Readable, StreamLine, Transcoded, lines, whole

_TOP = re.compile(rb'["{}\[\],]')
_NESTED = re.compile(rb'"|[{\[]+|[}\]]+')
_IN_STRING = re.compile(rb'["\\]')
_LISTS = ("articles", "items", "results", "documents", "docs", "data", "news", "posts", "stories", "entries")


def read_lines(stream: Peeked, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """A report or failure for each line of a JSONL file that is not blank."""
    text, settings = ascii_compatible(stream, settings)
    for line in lines(text, settings.max_document_bytes):
        found = _one(line, origin.item(line.number), settings, what="a line of")
        if found is not None:
            yield found


def read_json(stream: Peeked, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """Reports of a JSON file: an array of articles, an object that holds one, or one article."""
    readable, settings = ascii_compatible(stream, settings)
    text = Peeked(readable)
    if text.head.lstrip().startswith(b"["):
        for line in array_items(text, settings.max_document_bytes):
            found = _one(line, origin.item(line.number), settings, what="an article of")
            if found is not None:
                yield found
        return
    data = whole(text, settings.max_document_bytes, size=origin.size)
    articles = _inner_list(data, settings)
    if articles is None:
        yield from_json(data.strip(), origin, settings)
        return
    for number, article in enumerate(articles, 1):
        kept = json.dumps(article, ensure_ascii=False).encode("utf-8", "replace")
        yield from_record(article, kept, origin.item(number), settings, charset="utf-8")


def ascii_compatible(stream: Peeked, settings: SourceSettings) -> tuple[Readable, SourceSettings]:
    """``stream`` in an encoding in which marks of ASCII are single bytes, and without byte order mark.

    The settings returned fit it: an encoding that the caller named is not applied twice.
    """
    charset = settings.charset or guess_charset(stream.head)
    if charset is not None and charset.replace("_", "-").lower().startswith(("utf-16", "utf-32")):
        return Transcoded(stream, charset), replace(settings, charset="utf-8")
    mark = byte_order_mark(stream.head)
    if mark is not None:
        stream.read(mark[1])
    return stream, settings


def _one(line: StreamLine, origin: Origin, settings: SourceSettings, *, what: str) -> Found | None:
    if line.data is None:
        return origin.failure(too_large(line.size, settings.max_document_bytes, what=what.rstrip(" of")))
    data = line.data.removesuffix(b"\r")
    return from_json(data, origin, settings) if data.strip(b" \t\r\n\x00") else None


def _inner_list(data: bytes, settings: SourceSettings) -> list[dict[str, Any]] | None:
    """The articles of an object such as ``{"status": "ok", "articles": [...]}``."""
    try:
        record = parsed(decode_bytes(data, charset=settings.charset).text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or has_text_field(record, settings.mapping.get("text")):
        return None
    for name in _LISTS:
        articles = record.get(name)
        if isinstance(articles, list) and articles and all(isinstance(one, dict) for one in articles):
            return articles
    return None


def array_items(stream: Readable, limit: int) -> Iterator[StreamLine]:
    """The elements of a JSON array as bytes, in order, counted from 1; none is held beyond ``limit``.

    Raises:
        Problem: "truncated" when the array does not end.
    """
    depth, number, size, in_string, escaped = 0, 1, 0, False, False
    parts: list[bytes] = []
    while chunk := stream.read(CHUNK):
        at = kept = 0
        if escaped:
            at, escaped = 1, False
        while mark := (_IN_STRING if in_string else _NESTED if depth > 1 else _TOP).search(chunk, at):
            at = mark.end()
            sign = mark[0]
            if sign == b"\\":
                escaped = at >= len(chunk)
                at += 1
            elif sign == b'"':
                in_string = not in_string
            elif sign[0] in b"{[":
                kept = at if depth == 0 else kept
                depth += len(sign)
            elif depth == 1:
                size += at - 1 - kept
                parts.append(chunk[kept : at - 1])
                data = b"".join(parts).strip()
                if size > limit or data:
                    yield StreamLine(number, None if size > limit else data, size)
                number, size, kept = number + 1, 0, at
                parts.clear()
                if sign == b"]":
                    return
            elif depth > 1:
                closed = min(len(sign), depth - 1)
                depth, at = depth - closed, mark.start() + closed
        size += len(chunk) - kept
        parts.append(chunk[kept:])
        if size > limit:
            parts.clear()
    raise truncated("the JSON array ends before its closing bracket")


_SURPLUS = "cells without a name"
_MOST_COLUMNS = 10_000  # over what spreadsheets of articles have by far; bounds the memory of a row


@dataclass(frozen=True, slots=True)
class Row:
    """One row: counted from 1 as a spreadsheet does, the header being row 1.

    ``data`` is None when it passed the limit; ``open`` says that the file ended inside its quotation marks.
    """

    number: int
    line: int
    data: bytes | None
    size: int
    open: bool = False


def read_table(stream: Peeked, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """A report or failure for each row under the header."""
    readable, settings = ascii_compatible(stream, settings)
    text = Peeked(readable)
    delimiter = sniff_delimiter(text.head, settings.mapping.get("text"))
    header: list[str] | None = None
    for row in rows(text, delimiter, settings.max_document_bytes):
        if row.data is not None and not row.data.strip():
            continue
        if header is None:
            header = _header(row, delimiter, settings)
            continue
        yield _report(row, header, delimiter, origin.item(row.number), settings)


def sniff_delimiter(head: bytes, mapped: str | None = None) -> bytes:
    """The delimiter at which the header gives a column for the text, else the one it has most of."""
    header = next(rows(BytesIO(head), b"\x00", len(head) + 1)).data or b""
    cuts = {mark: cells(header.decode("utf-8", "replace"), mark) for mark in DELIMITERS}
    fitting = [mark for mark, names in cuts.items() if has_text_field(names, mapped)]
    return max(fitting or DELIMITERS, key=lambda mark: len(cuts[mark])).encode()


def rows(stream: Readable, delimiter: bytes, limit: int) -> Iterator[Row]:
    """The rows of ``stream`` as bytes; one longer than ``limit`` bytes is skipped, never held."""
    number, first, size, is_open = 1, 1, 0, False
    parts: list[bytes] | None = []
    for line in lines(stream, limit):
        size += line.size + (1 if is_open else 0)
        if line.data is None or size > limit:
            parts = None
        if line.data is not None:
            is_open = ends_open(line.data, is_open, delimiter)
            if parts is not None:
                parts.append(line.data)
        if not is_open:
            yield Row(number, first, None if parts is None else b"\n".join(parts).removesuffix(b"\r"), size)
            number, first, size, parts = number + 1, line.number + 1, 0, []
    if is_open:
        yield Row(number, first, None if parts is None else b"\n".join(parts), size, open=True)


def ends_open(line: bytes, is_open: bool, delimiter: bytes) -> bool:
    """Whether ``line``, begun inside quotation marks or not, ends inside them.

    >>> ends_open(b'a,"b', False, b","), ends_open(b'c "" d",e', True, b",")
    (True, False)
    >>> ends_open(b'5" gun,x', False, b",")
    False
    """
    at = 0
    while True:
        if not is_open and line[at : at + 1] == b'"':
            is_open, at = True, at + 1
        while is_open:
            at = line.find(b'"', at)
            if at < 0:
                return True
            is_open = line[at + 1 : at + 2] == b'"'
            at += 2 if is_open else 1
        at = line.find(delimiter, at) + 1
        if at == 0:
            return False


def cells(row: str, delimiter: str, most: int = _MOST_COLUMNS) -> list[str]:
    r"""The cells of one row, without their quotation marks; what comes after ``most`` of them is one more.

    >>> cells('a;"b; ""c"" d";', ";")
    ['a', 'b; "c" d', '']
    """
    found: list[str] = []
    at = 0
    while True:
        if len(found) == most:
            return [*found, row[at:]]
        quoted = ""
        if row.startswith('"', at):
            end = at + 1
            while (end := row.find('"', end)) >= 0 and row.startswith('"', end + 1):
                end += 2
            end = len(row) if end < 0 else end
            quoted, at = row[at + 1 : end].replace('""', '"'), end + 1
        stop = row.find(delimiter, at)
        found.append(quoted + row[at : len(row) if stop < 0 else stop])
        if stop < 0:
            return found
        at = stop + 1


def _header(row: Row, delimiter: bytes, settings: SourceSettings) -> list[str]:
    if row.data is None:
        raise too_large(row.size, settings.max_document_bytes, what="the header row")
    if row.open:
        raise _never_closed(row)
    text = decode_bytes(row.data, charset=settings.charset).text
    header = [cell.strip() for cell in cells(text, delimiter.decode())]
    mapped = settings.mapping.get("text")
    if not has_text_field(header, mapped):
        raise no_text(header, settings.mapping)
    return header


def _report(row: Row, header: list[str], delimiter: bytes, origin: Origin, settings: SourceSettings) -> Found:
    if row.open:
        return origin.failure(_never_closed(row))
    if row.data is None:
        return origin.failure(too_large(row.size, settings.max_document_bytes, what="a row"))
    decoded = decode_bytes(row.data, charset=settings.charset)
    values = cells(decoded.text, delimiter.decode(), len(header))
    record: dict[str, str] = {}
    for name, value in zip([*header, _SURPLUS], values, strict=False):
        record.setdefault(name, value)
    kept = json.dumps(record, ensure_ascii=False).encode("utf-8")
    return from_record(record, kept, origin, settings, charset=decoded.charset)


def _never_closed(row: Row) -> SourceProblem:
    detail = f"a quotation mark opened in the row that starts on line {row.line} is never closed"
    return SourceProblem("truncated", detail, "close or double the quotation mark, or fetch the file again")
