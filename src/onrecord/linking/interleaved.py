"""Two versions of one quotation as one text, for people who want to see where they part.

a  We will not leave, and we will not … be driven out of there
b  We will not leave … [the troops] will be driven out of here
=  We will not leave{, and we will not … | … [the troops] will} be driven out of {there | here}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.linking.wording import DifferenceKind, Word, differences, words
from onrecord.values import Span

Kind = DifferenceKind | Literal["same"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both have ("same": as the first has them), or what each has in one place; either may be
    empty. The ``first`` of all stretches are the first text, character for character."""

    kind: Kind
    first: str
    second: str


def interleaved(first: str, second: str) -> tuple[Stretch, ...]:
    """The stretches of two versions, in order.

    >>> [(one.kind, one.first, one.second) for one in interleaved("a big red dog", "a red cat")]
    [('same', 'a ', ''), ('cut', 'big', ''), ('same', ' red ', ''), ('changed', 'dog', 'cat')]
    """
    one, other = words(first), words(second)
    made: list[Stretch] = []
    at = 0  # where the first text is told to
    for kind, (i, to), (j, end) in along(first, second):
        if kind == "same":
            continue
        span = _span(one, i, to)
        start = max(span[0], at)
        if start > at:
            made.append(Stretch("same", first[at:start], ""))
        at = max(span[1], start)
        made.append(Stretch(kind, first[start:at], second[slice(*_span(other, j, end))]))
    if at < len(first):
        made.append(Stretch("same", first[at:], ""))
    return tuple(made)


def along(first: str, second: str) -> Iterator[tuple[Kind, Span, Span]]:
    """Both versions from beginning to end: what kind of stretch it is, and which of its words (numbers,
    half-open) each has in it. Those of kind "same" have as many in both, and stand between all others."""
    one, other = words(first), words(second)
    i = j = 0
    for found in differences(first, second):
        # Between differences the words of both meet one by one, so that one text tells where the other is.
        same = (_index(one, found.first) - i) if found.first else (_index(other, found.second) - j)
        yield "same", (i, i + same), (j, j + same)
        i, j = i + same, j + same
        to, end = i + _count(one, found.first), j + _count(other, found.second)
        yield found.kind, (i, to), (j, end)
        i, j = to, end
    yield "same", (i, len(one)), (j, len(other))


def _index(some: Sequence[Word], span: Span | None) -> int:
    """The number of the first word of a difference."""
    assert span is not None
    return next(number for number, word in enumerate(some) if word.span[0] == span[0])


def _count(some: Sequence[Word], span: Span | None) -> int:
    return sum(1 for word in some if span[0] <= word.span[0] < span[1]) if span else 0


def _span(some: Sequence[Word], start: int, end: int) -> Span:
    """Where words stand; if there are none, the place behind the word before them."""
    if start == end:
        return (some[start - 1].span[1],) * 2 if start else (0, 0)
    return some[start].span[0], some[end - 1].span[1]
