"""Text with marks, cut flat: marks may cross, and no piece of a page stands half inside another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.values import Span, Spans


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
    inside = [((max(a, start), min(b, end)), n) for (a, b), n in marks if a < end and b > start and a < b]
    edges = sorted({start, end, *(edge for span, _ in inside for edge in span)})
    made = []
    for a, b in pairwise(edges):
        on = sorted({n for (first, last), n in inside if first <= a and b <= last})
        ends = sorted({n for (_, last), n in inside if last == b})
        made.append(Part(text[a - start : b - start], tuple(on), tuple(ends)))
    return tuple(made)


def pieces(texts: Sequence[str], spans: Spans, marks: Marks) -> tuple[tuple[Part, ...], ...]:
    """Each piece of a quotation, cut by marks that are code points of its report.

    Args:
        texts: the characters of each piece.
        spans: where each stands in the text of its report.
        marks: spans in the same text, each with its number.
    """
    kept = tuple(marks)
    return tuple(cut(text, start, kept) for text, (start, _) in zip(texts, spans, strict=True))
