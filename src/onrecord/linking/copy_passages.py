"""The passages that two texts share, word by word.

Fingerprints in common that stand at the same distance in both texts are one passage, if no more than a few
words lie between them; at its ends it grows while the words are the same. Hence a passage may hold
changed words, but none that are only in one of the texts: there another one begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.shingles import SHINGLE, WINDOW, Prints

# Words between two fingerprints of one passage. With every seventh word changed, as in a text rewritten
# throughout, the longest stretch without a fingerprint is about that.
_GAP = 30
# No more of the same words can lie beyond the last fingerprint, unless they are standing text.
_GROW = SHINGLE + WINDOW - 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the same length in two texts; all numbers are of words."""

    first: int  # where it begins in the first text
    second: int  # and in the second
    length: int
    matched: int  # of these, words that are the same
    longest: int  # the longest run of the same words
    quoted: bool  # it stands in quotation marks in both, most of it


def shared_passages(
    one: Prints, other: Prints, live: NDArray[np.bool_], live_other: NDArray[np.bool_]
) -> list[Passage]:
    """Passages by their place in the first text.

    Args:
        one: the first text.
        other: the second text.
        live: bool, which fingerprints of the first count.
        live_other: those of the second.
    """
    mine, theirs = np.flatnonzero(live), np.flatnonzero(live_other)
    _, i, j = np.intersect1d(one.hashes[mine], other.hashes[theirs], return_indices=True)
    i, j = mine[i], theirs[j]
    at, there = one.at[i].astype(np.int64), other.at[j].astype(np.int64)
    quoted = one.quoted[i] & other.quoted[j]
    order = np.lexsort((at, there - at))
    at, there, quoted = at[order], there[order], quoted[order]
    ends = (np.diff(there - at) != 0) | (np.diff(at) > _GAP + SHINGLE)
    found = []
    for piece in np.split(np.arange(len(at)), np.flatnonzero(ends) + 1):
        if len(piece):
            start, stop = int(at[piece[0]]), int(at[piece[-1]]) + SHINGLE
            shift = int(there[piece[0]]) - start
            found.append(_passage(one, other, start, stop, shift, bool(quoted[piece].mean() > 0.5)))
    return sorted(found, key=lambda passage: (passage.first, passage.second))


def _passage(one: Prints, other: Prints, start: int, stop: int, shift: int, quoted: bool) -> Passage:
    a, b = one.words, other.words
    least, most = max(0, -shift, start - _GROW), min(len(a), len(b) - shift, stop + _GROW)
    while start > least and a[start - 1] == b[start + shift - 1]:
        start -= 1
    while stop < most and a[stop] == b[stop + shift]:
        stop += 1
    same = a[start:stop] == b[start + shift : stop + shift]
    changed = np.flatnonzero(np.concatenate(([True], ~same, [True])))
    longest = int(np.diff(changed).max()) - 1
    return Passage(start, start + shift, stop - start, int(same.sum()), longest, quoted)
