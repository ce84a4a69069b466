"""CSV and TSV of articles, streamed row by row.

An own reader because the standard one keeps its limit on the size of a field in a global, and cannot skip a
row that passes it. Rows are cut as bytes, then decoded one by one, so that one wrong byte costs one
character. The dialect is that of RFC 4180: quotes only at the start of a cell, doubled inside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from onrecord.sources.decoding import decode_bytes
from onrecord.sources.fields import DELIMITERS, from_record, has_text_field, no_text
from onrecord.sources.jsonl import ascii_compatible
from onrecord.sources.origin import Found, Origin, Problem, too_large
from onrecord.sources.settings import SourceSettings
from onrecord.sources.streams import Peeked, Readable, lines

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


def _never_closed(row: Row) -> Problem:
    detail = f"a quotation mark opened in the row that starts on line {row.line} is never closed"
    return Problem("truncated", detail, "close or double the quotation mark, or fetch the file again")
