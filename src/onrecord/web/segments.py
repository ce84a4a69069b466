"""A text with highlights that cross: cut at every boundary, so that nothing has to lie within anything.

    text       The envoy said the ship left on Monday.
    speaker    ~~~~~~~~~
    content                   ~~~~~~~~~~~~~~~~~~~~~~~
    time                                    ~~~~~~~~~
    segments   |speaker |    |content      |content |
                                           |time    |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from onrecord.values import Span


@dataclass(frozen=True, slots=True)
class Cover:
    """One highlight.

    Attributes:
        start: first code point in the text.
        end: code point after the last.
        layer: what kind of highlight: "speaker", "content", "mention" ...
        of: id of what it belongs to.
        goal: address within the app that it leads to; empty: none.
        says: what it is, in words.
    """

    start: int
    end: int
    layer: str
    of: str = ""
    goal: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text with one set of highlights: ``covers``, the widest first."""

    start: int
    end: int
    text: str
    covers: tuple[Cover, ...]

    @property
    def layers(self) -> frozenset[str]:
        """The kinds of its highlights."""
        return frozenset(one.layer for one in self.covers)

    def depth(self, layer: str) -> int:
        """How many highlights of one kind lie over each other here."""
        return sum(one.layer == layer for one in self.covers)


def segments(
    text: str, covers: Iterable[Cover], within: Span | None = None, *, cuts: Iterable[int] = ()
) -> list[Segment]:
    """The text from ``within[0]`` to ``within[1]`` (all of it, if None) in flat pieces, none of them empty.

    Put together again they give the text; each has just the highlights that cover it, and two that touch
    have different ones or one of ``cuts`` between them. Empty highlights show nowhere. Raises ValueError for
    one that is out of the text.

    >>> [(one.text, sorted(one.layers)) for one in segments("abcd", [Cover(0, 3, "x"), Cover(2, 4, "y")])]
    [('ab', ['x']), ('c', ['x', 'y']), ('d', ['y'])]
    """
    first, last = within or (0, len(text))
    if not 0 <= first <= last <= len(text):
        raise ValueError(f"no part of a text of {len(text)} code points: {within}")
    begin: dict[int, list[Cover]] = {}
    ends: set[int] = set()
    for one in covers:
        if not 0 <= one.start <= one.end <= len(text):
            raise ValueError(f"out of a text of {len(text)} code points: {one}")
        start, end = max(one.start, first), min(one.end, last)
        if start < end:
            begin.setdefault(start, []).append(one)
            ends.add(end)
    wanted = {one for one in cuts if first < one < last}
    bounds = sorted({first, last, *begin, *ends, *wanted})
    found: list[Segment] = []
    active: list[Cover] = []
    for start, end in pairwise(bounds):
        active = [one for one in active if one.end > start] + begin.get(start, [])
        covering = tuple(sorted(active, key=_widest_first))
        if found and found[-1].covers == covering and start not in wanted:
            start = found.pop().start
        found.append(Segment(start, end, text[start:end], covering))
    return found


def _widest_first(one: Cover) -> tuple[int, int, str, str, str]:
    return one.start - one.end, one.start, one.layer, one.of, one.goal
