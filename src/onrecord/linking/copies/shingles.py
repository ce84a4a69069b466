"""The fingerprints of a text: few numbers that two texts share where they share words.

A text is its words in lower case, without punctuation. Five words in a row are a shingle, with a number made
from nothing but these words. Of any four neighbouring shingles the one with the smallest number is kept
("winnowing", Schleimer, Wilkerson and Aiken 2003), so about two in five are. Hence two texts that have eight
words in a row in common have a fingerprint in common, wherever the words stand in either.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.text.quotation import OUT, quotation_state
from onrecord.values import Span

SHINGLE = 5  # words; four are a common phrase too often, six lose texts with many words changed
WINDOW = 4  # shingles; SHINGLE + WINDOW - 1 = 8 words in common are never missed

_WORD = re.compile(r"[^\W_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: odd, its bits look random
_SHIFT = np.uint64(29)


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """The words of one text as numbers, and its fingerprints in their order.

    words: uint32 [W]; hashes: uint64 [F]; at: int32 [F], the number of the first word of each; quoted: bool
    [F], whether all its words stand in quotation marks.
    """

    words: NDArray[np.uint32]
    hashes: NDArray[np.uint64]
    at: NDArray[np.int32]
    quoted: NDArray[np.bool_]


def words_of(text: str) -> list[Span]:
    """Where the words of a text are: runs of letters and digits.

    >>> words_of("It's 5 %")
    [(0, 2), (3, 4), (5, 6)]
    """
    return [found.span() for found in _WORD.finditer(text)]


def prints(text: str) -> Prints:
    """The fingerprints of a text; of one shorter than a shingle, none."""
    found = _WORD.findall(text)
    long = np.fromiter(map(_number, found), np.uint64, len(found))
    words = (long >> np.uint64(32)).astype(np.uint32)
    if len(found) < SHINGLE:
        none = np.empty(0, np.int32)
        return Prints(words, none.astype(np.uint64), none, none.astype(np.bool_))
    every = _shingles(long)
    at = np.flatnonzero(_kept(every)).astype(np.int32)
    return Prints(words, every[at], at, _quoted(text, len(found))[at])


def each_once(text: Prints) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """The fingerprints of a text, each once, ascending; and whether each is quoted where it stands first."""
    found, first = np.unique(text.hashes, return_index=True)
    return found, text.quoted[first]


def number_of(text: str) -> int:
    """The 32-bit number of one word, the same however it is capitalised."""
    return _number(text) >> 32


@lru_cache(maxsize=1 << 19)
def _number(word: str) -> int:
    raw = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "little")


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers of all shingles of the words: uint64 [W - SHINGLE + 1]."""
    size = len(words) - SHINGLE + 1
    total = np.zeros(size, np.uint64)
    for i in range(SHINGLE):
        total = (total ^ (total >> _SHIFT)) * _FACTOR + words[i : i + size]
    total = (total ^ (total >> _SHIFT)) * _FACTOR
    return total ^ (total >> _SHIFT)


def _kept(every: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which shingles are the smallest of some window; of fewer than a window, the smallest."""
    width = min(WINDOW, len(every))
    windows = np.lib.stride_tricks.sliding_window_view(every, width)
    least = windows.min(axis=1)
    kept = np.zeros(len(every), np.bool_)
    for i in range(width):
        kept[i : i + len(least)] |= every[i : i + len(least)] == least
    return kept


def _quoted(text: str, size: int) -> NDArray[np.bool_]:
    """For each word whether a shingle that begins with it stands in quotation marks: bool [size]."""
    state = quotation_state(text)
    if not state.any():
        return np.zeros(size, np.bool_)
    starts = np.fromiter((found.start() for found in _WORD.finditer(text)), np.int64, size)
    inside = state[starts] != OUT
    last = np.minimum(np.arange(size) + SHINGLE - 1, size - 1)
    both: NDArray[np.bool_] = inside & inside[last]
    return both
