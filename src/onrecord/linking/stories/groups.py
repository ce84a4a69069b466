"""Reports grouped into stories, by links between those that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.actors.suggest import Union
from onrecord.linking.stories.words import StoryVectors, Weights, among, changed, shares, subject

_DIGITS = 6  # likeness is rounded: sums that differ by the order of their terms must not decide
LARGEST = 6000  # reports of a piece that are compared all with all: 150 MB a copy

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int64]


def alike(
    some: StoryVectors, shares: Weights, nearness: Callable[[int], Weights], least: float, only: Numbers
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
    some: StoryVectors, shares: Weights, piece: Sequence[int], nearness: Callable[[int], Weights]
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
    within = StoryVectors(some.keys[own], some.weights[own], report, len(piece))
    found = np.zeros((len(piece), len(piece)), np.float32)
    for one, likeness in _rows(within, shares[own], np.arange(len(piece))):
        found[one] = np.round(likeness * nearness(one), _DIGITS)
    return found


def _rows(some: StoryVectors, shares: Weights, only: Numbers) -> Iterator[tuple[int, Weights]]:
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


# Of 1,500 news articles half have one among 5,151, more than 90 days away, that is as much alike as this: so
# much alike are reports of like events that are not the same one. Of articles paired at random, four in ten
# thousand are. How it was chosen: docs/decisions/stories.md.
LEAST = 0.16
# Reports of one development mostly follow within weeks; months later it is likely another one, of the same
# affair.
_DAYS, _FAR = 60.0, 0.5
_STEP = 0.02  # a piece too large to be compared all with all is cut at a higher likeness

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Between which days reports may have been published: float64 [reports] each, open ends infinite."""

    first: Weights
    last: Weights


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Pairs of reports alike enough: numbers of both, int64 [P], the lower one first, and the likeness."""

    first: Numbers
    second: Numbers
    likeness: Weights


NONE = Alike(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class StoriesBefore:
    """What was found when some of the reports were not there yet, or others had no date.

    known: bool [reports], which were there; moved: those that had other days; pairs: of those that were
    there; piece, story: int64 [reports], labels, the same for those that were together.
    """

    known: Flags
    moved: Flags
    pairs: Alike
    piece: Numbers
    story: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Regrouped:
    """What has become of it.

    fresh: reports that were compared with all others; pairs: with one of these, that take the place of
    all former pairs with one of these; pieces: all pieces that are not as they were, each with its stories.
    """

    fresh: Flags
    pairs: Alike
    pieces: tuple[tuple[tuple[int, ...], ...], ...]


def nothing_before(size: int) -> StoriesBefore:
    """Where all reports are new."""
    none = np.zeros(size, np.bool_)
    return StoriesBefore(none, none, NONE, np.full(size, -1), np.full(size, -1))


def regroup(some: StoryVectors, days: Days, before: StoriesBefore) -> Regrouped:
    """Stories of all reports, as far as they are not as before.

    Args:
        some: words of all reports, numbered by id.
        days: of all reports.
        before: what was found among some of them.
    """
    about, was = subject(some, ~before.known)
    fresh = ~before.known | before.moved
    fresh[some.report[among(some.keys, changed(about, was))]] = True
    counts = shares(some, about)
    found = list(alike(some, counts, lambda one: _near(days, one), LEAST, np.flatnonzero(fresh)))
    pairs = _pairs(found)
    kept = ~(fresh[before.pairs.first] | fresh[before.pairs.second])
    reached = _reached(fresh, (before.pairs, pairs))
    inside = kept & reached[before.pairs.first]
    near = [
        *zip(pairs.first.tolist(), pairs.second.tolist(), pairs.likeness.tolist(), strict=True),
        *zip(
            before.pairs.first[inside].tolist(),
            before.pairs.second[inside].tolist(),
            before.pairs.likeness[inside].tolist(),
            strict=True,
        ),
    ]
    size = np.bincount(before.piece + 1, minlength=1)
    pieces = []
    for piece in _pieces(np.flatnonzero(reached).tolist(), near, LEAST):
        label = set(before.piece[list(piece)].tolist())
        same = len(label) == 1 and -1 not in label and size[min(label) + 1] == len(piece)
        if same and not fresh[list(piece)].any():
            continue
        pieces.append(_linked(piece, some, counts, days))
    return Regrouped(fresh, pairs, tuple(pieces))


def _pairs(found: Sequence[tuple[int, int, float]]) -> Alike:
    if not found:
        return NONE
    first, second, likeness = zip(*sorted(found), strict=True)
    return Alike(np.array(first), np.array(second), np.array(likeness))


def _reached(fresh: Flags, pairs: Sequence[Alike]) -> Flags:
    """Reports that pairs connect to a fresh one."""
    reached = fresh.copy()
    first = np.concatenate([one.first for one in pairs])
    second = np.concatenate([one.second for one in pairs])
    while (ends := reached[first] ^ reached[second]).any():
        reached[first[ends]] = True
        reached[second[ends]] = True
    return reached


def _pieces(
    numbers: Sequence[int], pairs: Sequence[tuple[int, int, float]], least: float
) -> list[tuple[int, ...]]:
    """Reports that are connected, each piece ascending; one that is too large is cut at a higher likeness."""
    sets = Union()
    for one, other, value in pairs:
        if value >= least:
            sets.join(one, other)
    found: list[tuple[int, ...]] = []
    for piece in sets.sets(numbers):
        if len(piece) <= LARGEST:
            found.append(tuple(piece))
        else:
            inside = set(piece)
            found += _pieces(piece, [pair for pair in pairs if pair[0] in inside], least + _STEP)
    return found


def _linked(
    piece: Sequence[int], some: StoryVectors, counts: Weights, days: Days
) -> tuple[tuple[int, ...], ...]:
    if len(piece) == 1:
        return (tuple(piece),)
    inside = list(piece)
    own = Days(days.first[inside], days.last[inside])
    groups = average_linkage(matrix(some, counts, piece, lambda at: _near(own, at)), least=LEAST)
    return tuple(tuple(piece[number] for number in group) for group in groups)


def _near(days: Days, one: int) -> Weights:
    """What likeness of a report to all others is multiplied with, by the days that at least lie between."""
    gaps = np.maximum(0, np.maximum(days.first - days.last[one], days.first[one] - days.last))
    factors: Weights = _FAR + (1 - _FAR) * np.exp(-gaps / _DAYS)
    return factors


def labels(groups: Sequence[Sequence[int]], size: int) -> Numbers:
    """For each report the number of its group; -1 for one that is in none: int64 [size]."""
    found = np.full(size, -1)
    for number, group in enumerate(groups):
        found[list(group)] = number
    return found


def by_label(some: Numbers) -> list[tuple[int, ...]]:
    """The reports that have each label."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(some.tolist()):
        if label >= 0:
            found[label].append(number)
    return [tuple(group) for group in found.values()]
