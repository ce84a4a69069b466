"""Two wordings of one quotation, laid along one another in pieces that are the same or differ.

We will not leave  | , and we | will | not … be | driven out of | there
We will not leave  | … [the troops] | will | be | driven out of | here
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.linking.wording import Word, along, words


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
    found = (
        Pair(_cut(here, a, *mine), _cut(there, b, *theirs), "" if kind == "same" else kind)
        for kind, mine, theirs in along(here, there)
    )
    return tuple(one for one in found if one.here or one.there)


def _cut(text: str, some: tuple[Word, ...], start: int, end: int) -> str:
    """The words from ``start`` to ``end`` with what stands behind them; before the first, too."""
    if start == end and not (start == 0 and end == len(some)):
        return ""
    first = 0 if start == 0 else some[start].span[0]
    return text[first : some[end].span[0] if end < len(some) else len(text)]
