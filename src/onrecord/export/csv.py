"""Cells of CSV and TSV: no cell is ever a formula, and what was there can be had back.

A spreadsheet takes a cell that begins with one of ``= + - @`` or with a tab or line end for a formula. Such a
cell gets an apostrophe in front, which spreadsheets know as "this is text". A cell that looks as if it had
got one already gets another, so that taking one away always gives the original.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.record import Shape

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def encode_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes.

    >>> encode_cell("=1+1"), encode_cell("'tis so")
    ("'=1+1", "'tis so")
    """
    return "'" + text if _DANGEROUS.match(text) else text


def decode_cell(cell: str) -> str:
    """What ``encode_cell`` made ``cell`` from.

    >>> decode_cell("'=1+1"), decode_cell("'tis so")
    ('=1+1', "'tis so")
    """
    return cell[1:] if _ESCAPED.match(cell) else cell


def write_csv(stream: TextIO, shape: Shape, rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and ``rows``: UTF-8 with CRLF, as RFC 4180 has it; ``stream`` is opened with newline=""."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(shape)
    for row in rows:
        writer.writerow([encode_cell(_cell(row[name], kind)) for name, kind in shape.items()])


def _cell(value: Any, kind: str) -> str:
    """Spans as "120:145 150:160", lists of texts and of rows as JSON, what is not known as nothing."""
    if value is None:
        return ""
    if kind == "spans":
        return " ".join(f"{start}:{end}" for start, end in value)
    if kind in ("texts", "objects"):
        return json.dumps(value, ensure_ascii=False)
    if kind == "flag":
        return "yes" if value else "no"
    return str(value)
