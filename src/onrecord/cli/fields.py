"""Names and values, one below the other, as ``show`` prints them."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.cli import table
from onrecord.values import Spans

WIDTH = 88  # of texts in a pipe; wider lines are hard to follow


def field(name: str, value: str, width: int) -> Iterator[str]:
    """A name and its value, wrapped beside it."""
    name = name.ljust(12)
    for number, line in enumerate(table.wrap(table.one_line(value), max(20, width - len(name) - 2))):
        yield f"{'' if number else name:{len(name)}}  {line}".rstrip()


def spans_text(spans: Spans) -> str:
    """Offsets in words.

    >>> spans_text(((3, 9), (12, 14)))
    '3-9, 12-14'
    """
    return ", ".join(f"{a}-{b}" for a, b in spans)
