"""Characters and lines: what canonical text is made of.

A line of the original is kept with its offsets; its clean text has no control characters, no invisible
ones that break words apart, and one ordinary space wherever the original has any run of white space.
Everything else in Unicode is left as it is: no case folding, no NFKC, no straightened quotation marks.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# Line breaks in the sense of str.splitlines, without the file, group and record separators, which are
# plain control characters in scraped text.
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_SPACES = re.compile(" {2,}")
# Soft hyphen, zero-width space, word joiner, byte order mark, and the bidirectional embeddings and
# overrides that can make a text read otherwise than it is stored. Joiners (Persian, emoji) and the
# left-to-right and right-to-left marks stay.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class TooManyLines(Exception):
    """A text of so many lines that it is no report."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place in the original, outer white space left out, and its clean text."""

    start: int
    end: int
    text: str
    blank_before: bool = False


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category == "Zs" or chr(code) in "\t\n\r\x0b\x0c\x85\u2028\u2029":
            table[code] = " "
        elif category == "Cc" or chr(code) in _INVISIBLE:
            table[code] = None
        elif category == "Cs":  # half a character: cannot be written as UTF-8
            table[code] = "\ufffd"
        if code == 0xFFFF:  # nothing above needs a change
            break
    return table


def clean(text: str) -> str:
    """``text`` as one line of canonical text.

    >>> clean(" sent\\u00a0to\\tCara\\u00adcas ")
    'sent to Caracas'
    """
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_table())
    return _SPACES.sub(" ", text).strip(" ")


def lines(original: str) -> Iterator[Line]:
    """The lines of ``original`` that hold a visible character, in order, in linear time."""
    end_before = 0
    for match in _LINE.finditer(original):
        raw = match.group()
        text = clean(raw)
        if not text:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        gap = original[end_before : match.start()]
        newlines = gap.replace("\r\n", "\n")
        yield Line(start, match.start() + len(raw.rstrip()), text, len(newlines) > 1)
        end_before = match.end()


def at_most(found: Iterable[T], most: int) -> list[T]:
    """All that is found, lines or blocks; raises TooManyLines if there are more than ``most``."""
    kept = list(islice(found, most + 1))
    if len(kept) > most:
        raise TooManyLines(f"the text has more than {most:,} lines")
    return kept
