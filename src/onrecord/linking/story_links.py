"""Likeness of reports by their words, and average linkage.

Average linkage joins the two groups whose reports are most alike on average, again and again, as long as
this average is at least a bound. It needs one pair that is as much alike for that, so what is not connected
by such pairs is never joined: each connected piece is a problem of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_DIGITS = 6  # likeness is rounded: sums that differ by the order of their terms must not decide
LARGEST = 6000  # reports of a piece that are compared all with all: 150 MB a copy

Matrix = NDArray[np.float32]


def alike(
    vectors: Sequence[Mapping[str, float]],
    nearness: Callable[[int], NDArray[np.float64]],
    least: float,
    only: Collection[int],
) -> Iterator[tuple[int, int, float]]:
    """Pairs of reports at least so much alike, lower number first.

    Args:
        vectors: weights of the words of each, sorted by word.
        nearness: what the likeness of a report to all is multiplied with: float [reports].
        least: the likeness.
        only: numbers of the reports to compare with all others.
    """
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, weight in vector.items():
            lists[word].append((number, weight))
    having = {
        word: (np.array([n for n, _ in some], np.int32), np.array([w for _, w in some]))
        for word, some in lists.items()
        if len(some) > 1
    }
    chosen = set(only)
    for one in sorted(chosen):
        shared = [(*having[word], weight) for word, weight in vectors[one].items() if word in having]
        if not shared:
            continue
        where = np.concatenate([numbers for numbers, _, _ in shared])
        parts = np.concatenate([weights * weight for _, weights, weight in shared])
        likeness = np.bincount(where, parts, minlength=len(vectors)) * nearness(one)
        for other in np.flatnonzero(np.round(likeness, _DIGITS) >= least):
            if other > one or (other < one and int(other) not in chosen):
                low, high = sorted((one, int(other)))
                yield low, high, float(likeness[other])


def matrix(vectors: Sequence[Mapping[str, float]], nearness: Matrix) -> Matrix:
    """Likeness of all with all: float32 [n, n]."""
    number = {word: n for n, word in enumerate(sorted({word for one in vectors for word in one}))}
    dense = np.zeros((len(vectors), len(number)), np.float32)
    for row, vector in enumerate(vectors):
        for word, weight in vector.items():
            dense[row, number[word]] = weight
    return np.round((dense @ dense.T) * nearness, _DIGITS).astype(np.float32)


def average_linkage(likeness: Matrix, *, least: float) -> list[list[int]]:
    """Groups of rows, each sorted, by their first.

    Follows chains of nearest neighbours, which gives the same groups as joining the nearest two each time. A
    group that has no neighbour near enough is done.

    Args:
        likeness: float32 [n, n], symmetric; changed in place.
        least: the average likeness down to which groups are joined.
    """
    groups = {row: [row] for row in range(len(likeness))}
    np.fill_diagonal(likeness, -1)
    chain: list[int] = []
    left = set(groups)
    while left:
        if not chain:
            chain.append(min(left))
        at = chain[-1]
        before = chain[-2] if len(chain) > 1 else None
        row = likeness[at]
        near = int(row.argmax())
        if before is not None and row[before] >= row[near]:
            near = before
        if row[near] < least:
            left.discard(at)
            chain.pop()
        elif near == before:
            chain = chain[:-2]
            _join(likeness, groups, *sorted((at, near)))
            left.discard(max(at, near))
        else:
            chain.append(near)
    return sorted(map(sorted, groups.values()))


def _join(likeness: Matrix, groups: dict[int, list[int]], keep: int, drop: int) -> None:
    a, b = len(groups[keep]), len(groups[drop])
    joined = (likeness[keep] * a + likeness[drop] * b) / (a + b)
    gone = likeness[keep] < 0
    joined[gone | (likeness[drop] < 0)] = -1
    joined[keep] = -1
    likeness[keep], likeness[:, keep] = joined, joined
    likeness[drop], likeness[:, drop] = -1, -1
    groups[keep] += groups.pop(drop)
