"""Likeness of reports by their words, and average linkage.

Average linkage joins the two groups whose reports are most alike on average, again and again, as long as
this average is at least a bound. It needs one pair that is as much alike for that, so what is not connected
by such pairs is never joined: each connected piece is a problem of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.story_words import Vectors, Weights, among

_DIGITS = 6  # likeness is rounded: sums that differ by the order of their terms must not decide
LARGEST = 6000  # reports of a piece that are compared all with all: 150 MB a copy

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int64]


def alike(
    some: Vectors, shares: Weights, nearness: Callable[[int], Weights], least: float, only: Numbers
) -> Iterator[tuple[int, int, float]]:
    """Pairs of reports at least so much alike, lower number first.

    Args:
        some: the words of all reports.
        shares: what each of them counts.
        nearness: what the likeness of a report to all is multiplied with: float [reports].
        least: the likeness.
        only: ascending numbers of the reports to compare with all others.
    """
    chosen = np.zeros(some.size, np.bool_)
    chosen[only] = True
    for one, likeness in _rows(some, shares, only):
        likeness *= nearness(one)
        for other in np.flatnonzero(np.round(likeness, _DIGITS) >= least).tolist():
            if other > one or (other < one and not chosen[other]):
                yield min(one, other), max(one, other), float(likeness[other])


def matrix(
    some: Vectors, shares: Weights, piece: Sequence[int], nearness: Callable[[int], Weights]
) -> Matrix:
    """Likeness of some reports, all with all: float32 [n, n].

    Args:
        some: the words of all reports.
        shares: what each of them counts.
        piece: ascending numbers of the reports.
        nearness: what the likeness of one of them, by its place, to all is multiplied with: float [n].
    """
    starts = np.searchsorted(some.report, np.concatenate((piece, np.add(piece, 1))))
    first, last = starts[: len(piece)], starts[len(piece) :]
    own = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
    report = np.repeat(np.arange(len(piece)), last - first)
    within = Vectors(some.keys[own], some.weights[own], report, len(piece))
    found = np.zeros((len(piece), len(piece)), np.float32)
    for one, likeness in _rows(within, shares[own], np.arange(len(piece))):
        found[one] = np.round(likeness * nearness(one), _DIGITS)
    return found


def _rows(some: Vectors, shares: Weights, only: Numbers) -> Iterator[tuple[int, Weights]]:
    """The likeness of each of ``only`` to all reports; of one without words, none.

    It is summed word by word in the order of keys, so it is the same to the last digit from both sides.
    """
    chosen = np.zeros(some.size, np.bool_)
    chosen[only] = True
    wanted = np.unique(some.keys[chosen[some.report]])
    having = np.flatnonzero(among(some.keys, wanted))
    having = having[np.argsort(some.keys[having], kind="stable")]
    keys, report, weights = some.keys[having], some.report[having], shares[having]
    starts = np.searchsorted(some.report, np.arange(some.size + 1))
    for one in only.tolist():
        own = slice(starts[one], starts[one + 1])
        first = np.searchsorted(keys, some.keys[own])
        last = np.searchsorted(keys, some.keys[own], side="right")
        if len(first):
            sizes = last - first
            begin = np.concatenate(([0], np.cumsum(sizes)[:-1]))
            where = np.repeat(first - begin, sizes) + np.arange(sizes.sum())
            parts = weights[where] * np.repeat(shares[own], sizes)
            likeness: Weights = np.bincount(report[where], parts, minlength=some.size).astype(np.float64)
            yield one, likeness


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
