"""Cells of CSV and TSV: no cell is ever a formula, and what was there can be had back.

A spreadsheet takes a cell that begins with one of ``= + - @``, in the wide form of East Asian type too, or
with a tab or line end for a formula. Such a cell gets an apostrophe in front, which spreadsheets know as
"this is text". So does what stands behind a separator inside a cell: where lists are cut at semicolons,
``a;=1`` in a file cut at commas becomes two cells. What looks as if it had got an apostrophe already gets
another, so that taking one away always gives the original.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.record import Shape

_SIGN = r'"*[=+\-@＝＋－＠﹦﹢﹣﹫]'
_FIRST = r"(?<![^;,|\t\r\n])"  # at the beginning, or behind a separator
_DANGEROUS = re.compile(rf"{_FIRST}(?='*{_SIGN})|\A(?='*(?:[\t\r\n]|\s+'*{_SIGN}))")
_ESCAPED = re.compile(rf"{_FIRST}'(?='*{_SIGN})|\A'(?='*(?:[\t\r\n]|\s+'*{_SIGN}))")


def encode_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes.

    >>> encode_cell("=1+1"), encode_cell("a;=1"), encode_cell("'tis so")
    ("'=1+1", "a;'=1", "'tis so")
    """
    return _DANGEROUS.sub("'", text)


def decode_cell(cell: str) -> str:
    """What ``encode_cell`` made ``cell`` from.

    >>> decode_cell("'=1+1"), decode_cell("a;'=1"), decode_cell("'tis so")
    ('=1+1', 'a;=1', "'tis so")
    """
    return _ESCAPED.sub("", cell)


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
