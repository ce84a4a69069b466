"""Where a word of a claim has its place in another text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reading.claimed import ClaimWord
from onrecord.values import Span

_NEAR = 4  # content words looked at on each side


@dataclass(frozen=True, slots=True)
class WordPlace:
    """The content words around a span: their stems, the nearest first."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def place(words: Sequence[ClaimWord], span: Span) -> WordPlace:
    """Where ``span`` stands among the content ``words`` of its text."""
    # Both ends by halving: texts may be long.
    left, right = _before(words, span[0]), _from(words, span[1])
    before = [word.stem for word in words[max(0, left - _NEAR) : left]]
    return WordPlace(tuple(reversed(before)), tuple(word.stem for word in words[right : right + _NEAR]))


def likeness(one: WordPlace, other: WordPlace) -> float:
    """How much two places are alike, 0 to about 4: nearer words count more, on the same side double."""
    near_one = {**_weights(one.before), **_weights(one.after)}
    near_other = {**_weights(other.before), **_weights(other.after)}
    shared = sum(min(weight, near_other[word]) for word, weight in near_one.items() if word in near_other)
    same_head = bool(one.after and other.after and one.after[0] == other.after[0])
    return shared + same_head


def same_role(one: WordPlace, other: WordPlace) -> bool:
    """Whether the nearest content word on one side is the same and on the same side."""
    return any(
        bool(mine and theirs) and mine[0] == theirs[0]
        for mine, theirs in ((one.before, other.before), (one.after, other.after))
    )


def _weights(side: tuple[str, ...]) -> dict[str, float]:
    return {word: 1 / (1 + distance / 2) for distance, word in reversed(list(enumerate(side)))}


def _before(words: Sequence[ClaimWord], at: int) -> int:
    """How many words end at or before ``at``."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].span[1] <= at:
            low = middle + 1
        else:
            high = middle
    return low


def _from(words: Sequence[ClaimWord], at: int) -> int:
    """The first word that begins at or behind ``at``."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].span[0] < at:
            low = middle + 1
        else:
            high = middle
    return low
