"""Two wordings of one quotation, laid along one another in pieces that are the same or differ.

    We will not leave  | , and we | will | not … be | driven out of | there
    We will not leave  | … [the troops] | will | be | driven out of | here
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.linking.wording import Difference, Word, differences, words
from onrecord.values import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch of both wordings: the same words (``kind`` is empty), or others; one of them may be empty."""

    here: str
    there: str
    kind: str


def aligned(here: str, there: str) -> tuple[Pair, ...]:
    """Both wordings, whole: put together again the pieces give each.

    >>> [(one.here, one.there, one.kind) for one in aligned("We will go", "We must go")]
    [('We ', 'We ', ''), ('will ', 'must ', 'changed'), ('go', 'go', '')]
    """
    a, b = words(here), words(there)
    found: list[Pair] = []
    i = j = 0
    for one in differences(here, there):
        same = _before(one, a, b, i, j)
        found.append(Pair(_cut(here, a, i, i + same), _cut(there, b, j, j + same), ""))
        i, j = i + same, j + same
        to, end = i + _number(a, i, one.first), j + _number(b, j, one.second)
        found.append(Pair(_cut(here, a, i, to), _cut(there, b, j, end), one.kind))
        i, j = to, end
    found.append(Pair(_cut(here, a, i, len(a)), _cut(there, b, j, len(b)), ""))
    return tuple(one for one in found if one.here or one.there)


def _before(one: Difference, a: tuple[Word, ...], b: tuple[Word, ...], i: int, j: int) -> int:
    """How many words are the same before a difference."""
    some, at, span = (a, i, one.first) if one.first is not None else (b, j, one.second)
    assert span is not None
    return next(n for n, word in enumerate(some[at:]) if word.span[0] == span[0])


def _number(some: tuple[Word, ...], at: int, span: Span | None) -> int:
    return 0 if span is None else sum(word.span[1] <= span[1] for word in some[at:])


def _cut(text: str, some: tuple[Word, ...], start: int, end: int) -> str:
    """The words from ``start`` to ``end`` with what stands behind them; before the first, too."""
    if start == end and not (start == 0 and end == len(some)):
        return ""
    first = 0 if start == 0 else some[start].span[0]
    return text[first : some[end].span[0] if end < len(some) else len(text)]
