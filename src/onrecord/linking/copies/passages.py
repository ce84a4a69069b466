"""Passages that two reports share, and the values that say which reports share wording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.copies.shingles import SHINGLE, WINDOW, Prints
from onrecord.values import CopyKind

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


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a report beside its text."""

    id: str
    outlet: str | None
    published: str | None  # ISO 8601, the earliest it may be
    wire: str | None  # the agency it credits
    words: int

    @property
    def rank(self) -> tuple[int, str, str]:
        """Fullest first, then earliest; unique."""
        return -self.words, self.published or "~", self.id


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two reports that share wording, the longer one first."""

    first: str  # ids
    second: str
    kind: CopyKind
    first_share: float  # of the words of each, how many the other has too; standing text left out
    second_share: float
    passages: tuple[Passage, ...]  # by their place in the first


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Reports that are one text: counted as one independent report."""

    members: tuple[str, ...]  # ids, sorted
    origin: str  # id of the report that the others likely come from
    source: str | None  # the agency that members credit, or None
    reason: str  # why this is the origin, in words
