"""Two versions of one quotation as one text, for people who want to see where they part.

    a  We will not leave, and we will not … be driven out of there
    b  We will not leave … [the troops] will be driven out of here
    =  We will not leave{, and we will not … | … [the troops] will} be driven out of {there | here}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.linking.wording import DifferenceKind, Word, differences, words
from onrecord.values import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both have ("same": as the first has them), or what each has in one place; either may be
    empty. The ``first`` of all stretches are the first text, character for character."""

    kind: DifferenceKind | Literal["same"]
    first: str
    second: str


def interleaved(first: str, second: str) -> tuple[Stretch, ...]:
    """The stretches of two versions, in order.

    >>> [(one.kind, one.first, one.second) for one in interleaved("a big red dog", "a red cat")]
    [('same', 'a ', ''), ('cut', 'big', ''), ('same', ' red ', ''), ('changed', 'dog', 'cat')]
    """
    one, other = words(first), words(second)
    made: list[Stretch] = []
    at = i = j = 0  # where the first text is told to, and the words of both that are
    for found in differences(first, second):
        # Between differences the words of both meet one by one, so that one text tells where the other is.
        same = (_index(one, found.first) - i) if found.first else (_index(other, found.second) - j)
        i, j = i + same, j + same
        start = found.first[0] if found.first else (one[i - 1].span[1] if i else 0)
        start = max(start, at)
        if start > at:
            made.append(Stretch("same", first[at:start], ""))
        end = found.first[1] if found.first else start
        made.append(Stretch(found.kind, first[start:end], _cut(second, found.second)))
        at, i, j = end, i + _count(one, found.first), j + _count(other, found.second)
    if at < len(first):
        made.append(Stretch("same", first[at:], ""))
    return tuple(made)


def _index(some: Sequence[Word], span: Span | None) -> int:
    """The number of the first word of a difference."""
    assert span is not None
    return next(number for number, word in enumerate(some) if word.span[0] == span[0])


def _count(some: Sequence[Word], span: Span | None) -> int:
    return sum(1 for word in some if span[0] <= word.span[0] < span[1]) if span else 0


def _cut(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span else ""
