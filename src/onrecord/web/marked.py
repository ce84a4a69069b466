"""Text with numbered marks: quotations whose words are marked, as their reports have them.

What is cut where is for ``segments`` to say; here marks have numbers, and are code points of a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.values import Span, Spans
from onrecord.web.segments import Cover, segments


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text with the numbers of the marks that lie on it; ``ends``: of those that end with it."""

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


Marks = Iterable[tuple[Span, int]]


def cut(text: str, start: int, marks: Marks) -> tuple[Part, ...]:
    """``text``, which begins at ``start``, cut wherever a mark begins or ends.

    What of a mark lies outside is left away. The parts together are the text.

    >>> [(part.text, part.marks) for part in cut("fourteen people", 10, [((10, 18), 1), ((14, 25), 2)])]
    [('four', (1,)), ('teen', (1, 2)), (' people', (2,))]
    """
    end = start + len(text)
    covers = [
        Cover(max(a, start) - start, min(b, end) - start, "mark", str(number))
        for (a, b), number in marks
        if a < end and b > start
    ]
    return tuple(
        Part(one.text, _numbers(one.covers), _numbers(cover for cover in one.covers if cover.end == one.end))
        for one in segments(text, covers)
    )


def _numbers(covers: Iterable[Cover]) -> tuple[int, ...]:
    return tuple(sorted({int(one.of) for one in covers}))


def pieces(texts: Sequence[str], spans: Spans, marks: Marks) -> tuple[tuple[Part, ...], ...]:
    """Each piece of a quotation, cut by marks that are code points of its report.

    Args:
        texts: the characters of each piece.
        spans: where each stands in the text of its report.
        marks: spans in the same text, each with its number.
    """
    kept = tuple(marks)
    return tuple(cut(text, start, kept) for text, (start, _) in zip(texts, spans, strict=True))
