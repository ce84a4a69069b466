"""What every kind of row needs to be shown in full: finding it by its id, and its paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from onrecord.errors import UsageError
from onrecord.record.database import Connection
from onrecord.record.filters import Where
from onrecord.record.listing import Listing, R
from onrecord.values import Span, Spans


def one_row(
    connection: Connection,
    id: str,
    list_them: Callable[[Connection, Where], Listing[R]],
    column: str,
    *,
    hint: str,
) -> R:
    """The row whose ``column`` is ``id`` or, alone, begins with it; raises UsageError with ``hint``."""
    where = Where()
    where.add(f"starts_with({column}, ?)", id)
    found: list[Any] = [row for row, _ in zip(list_them(connection, where), range(2), strict=False)]
    exact = [row for row in found if row.id == id]
    if len(exact) == 1 or len(found) == 1:
        row: R = (exact or found)[0]
        return row
    if found:
        raise UsageError(f"more than one id begins with {id!r}", hint="give more of its characters")
    raise UsageError(f"no such id: {id!r}", hint=hint)


def paragraphs(text: str, spans: Sequence[Span]) -> Span:
    """The paragraphs of ``text`` that ``spans`` touch."""
    start = text.rfind("\n\n", 0, min(a for a, _ in spans))
    end = text.find("\n\n", max(b for _, b in spans))
    return (0 if start < 0 else start + 2), (len(text) if end < 0 else end)


def moved(spans: Spans, by: int) -> Spans:
    """``spans`` of a text as those of its part that begins at ``by``."""
    return tuple((start - by, end - by) for start, end in spans)
