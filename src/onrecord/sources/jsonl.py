"""JSON lines, JSON arrays of articles, and single JSON objects, streamed item by item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.sources.decoding import byte_order_mark, decode_bytes, guess_charset
from onrecord.sources.fields import from_json, from_record, has_text_field, parsed
from onrecord.sources.origin import Found, Origin, too_large, truncated
from onrecord.sources.settings import SourceSettings
from onrecord.sources.streams import CHUNK, Line, Peeked, Readable, Transcoded, lines, whole

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


def _one(line: Line, origin: Origin, settings: SourceSettings, *, what: str) -> Found | None:
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


def array_items(stream: Readable, limit: int) -> Iterator[Line]:
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
                    yield Line(number, None if size > limit else data, size)
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
