"""The words of a claim, where one has its place in another text, and whether they may be a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.facts import fold
from onrecord.lang import either, word_list
from onrecord.values import Span

_WORD = re.compile(r"\w+(?:['’.]\w+)*%?")
_NEAR = 4  # content words looked at on each side
_ENDINGS = re.compile(rf"(?:{either('linking', 'endings')}|s|e|ly)$")


STOP = word_list("linking", "stop")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """One word of a text."""

    span: Span
    low: str  # folded: lower case, no accents
    stem: str


def words_in(text: str) -> list[ClaimWord]:
    """The words of ``text`` in order."""
    found = []
    for match in _WORD.finditer(text):
        low = fold(match[0])
        found.append(ClaimWord(match.span(), low, stem(low)))
    return found


def stem(low: str) -> str:
    """A word without the endings that inflect it; crude, and the same for "recognise" and "recognised"."""
    if len(low) < 5 or not low.isalpha():
        return low.removesuffix("s") if len(low) == 4 and low.isalpha() else low
    cut = _ENDINGS.sub("", low)
    return cut.rstrip("e").removesuffix("i") if len(cut) >= 3 else low


def content(words: Sequence[ClaimWord]) -> list[ClaimWord]:
    """The words that carry meaning."""
    return [word for word in words if word.low not in STOP and word.low]


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


_AUXILIARY = re.compile(
    rf"\b(?:{either('linking', 'auxiliary_is')}|(?-i:may)|{either('linking', 'auxiliary_might')})"
    rf"(?:n['’]t)?\b|['’](?:re|ve|ll|d|m)\b(?=\s+\w)|\b(?:{either('linking', 'auxiliary_it')})['’]s\b"
    r"(?=\s+\w)",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\b(?!need\b|seed\b|speed\b|indeed\b|hundred\b)[a-z]{2,}ed\b")
_IRREGULAR = word_list("linking", "irregular")


def has_verb(words: str) -> bool:
    """Whether there is what may be a finite verb: an auxiliary, a past in -ed, one of a list.

    >>> has_verb("the plight of the people"), has_verb("the bridge was mined"), has_verb("Talvik left")
    (False, True, True)
    """
    return bool(_AUXILIARY.search(words) or _REGULAR.search(words)) or any(
        one.low in _IRREGULAR for one in words_in(words)
    )
