"""Stories of a record to which reports came: only pieces that these are alike to are grouped anew.

What is kept from before is which pairs of reports are alike, the pieces that such pairs connect, and the
stories of each piece. All of it is a function of the set of reports, so what is kept and what is found anew
fit together as if all had come at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.clusters import Union
from onrecord.linking.story_links import LARGEST, Numbers, alike, average_linkage, matrix
from onrecord.linking.story_words import Vectors, Weights, among, changed, shares, subject

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
class Before:
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


def nothing_before(size: int) -> Before:
    """Where all reports are new."""
    none = np.zeros(size, np.bool_)
    return Before(none, none, NONE, np.full(size, -1), np.full(size, -1))


def regroup(some: Vectors, days: Days, before: Before) -> Regrouped:
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


def _linked(piece: Sequence[int], some: Vectors, counts: Weights, days: Days) -> tuple[tuple[int, ...], ...]:
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
