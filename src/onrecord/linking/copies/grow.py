"""Copies among reports to which some came: only what these touch is compared.

What two reports share depends on these two, on which of their words are standing text, and on which other
reports have the same fingerprints, since in long lists only some are paired (``copy_pairs``). Reports that
come can therefore do three things: pair with others; make words standing text, or no longer, in which case
all pairs of reports that have these words are looked at again; and push two others apart in a list. All of
it is found from the lists of the fingerprints that they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.copies.find import among, compared, joined
from onrecord.linking.copies.pairs import SKETCH, STANDING, Lists, listed, paired, versions
from onrecord.linking.copies.passages import CopyPair, Facts
from onrecord.linking.copies.shingles import Prints

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Standing = Mapping[str, Hashes]  # standing text by outlet, ascending


class Kept(Protocol):
    """What is kept of all reports, the new ones too; they are numbered by rank, fullest first."""

    def having(self, hashes: Hashes) -> tuple[Hashes, Numbers, Flags]:
        """Which reports have some fingerprints: hash, number and whether it is quoted, in any order."""

    def hashes(self, numbers: Sequence[int]) -> Sequence[Hashes]:
        """The fingerprints of some reports, each once, ascending."""

    def prints(self, number: int) -> Prints:
        """The words and fingerprints of one report."""


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """What reports that came have changed.

    fresh: numbers of the new reports and of those in which others of their words count now; pairs: with one
    of these, that take the place of all former pairs with one of these; apart: former pairs of others,
    by number, that are none any more; outlets: standing text of those outlets in which it may have changed.
    """

    fresh: Collection[int]
    pairs: tuple[CopyPair, ...]
    apart: Collection[tuple[int, int]]
    outlets: Standing


def added(
    facts: Sequence[Facts],
    new: Collection[int],
    pairs: Iterable[tuple[int, int]],
    standing: Standing,
    kept: Kept,
) -> Added:
    """What new reports change in the copies of a record.

    Args:
        facts: of all reports, by rank.
        new: numbers of those that came.
        pairs: former pairs, by number.
        standing: standing text of each outlet as it was.
        kept: of all reports.
    """
    outlets = _standing(facts, new, standing, kept)
    was, now = joined(standing), joined({**standing, **outlets})
    flipped = np.setxor1d(was, now, assume_unique=True)
    fresh = np.zeros(len(facts), np.bool_)
    fresh[sorted(new)] = True
    if len(flipped):
        fresh[kept.having(flipped)[1]] = True
    numbers = np.flatnonzero(fresh).tolist()
    own = kept.hashes(numbers)
    wanted = np.unique(np.concatenate([np.empty(0, np.uint64), *own]))
    lists = _lists(kept, wanted[~among(wanted, now)])
    near = [pair for pair in paired(lists, len(facts)) if fresh[list(pair)].any()]
    found = _compare(facts, near, kept, now)
    apart = _apart(facts, new, fresh, pairs, kept, now)
    return Added(numbers, found, apart, outlets)


def _compare(
    facts: Sequence[Facts], near: Sequence[tuple[int, int]], kept: Kept, now: Hashes
) -> tuple[CopyPair, ...]:
    texts = {number: kept.prints(number) for number in sorted({one for pair in near for one in pair})}
    live = {number: ~among(one.hashes, now) for number, one in texts.items()}
    found = (compared(facts, texts, live, first, second) for first, second in near)
    return tuple(one for one in found if one is not None)


def _standing(facts: Sequence[Facts], new: Collection[int], before: Standing, kept: Kept) -> Standing:
    """The standing text of the outlets of new reports, as it is now."""
    changed: dict[str, set[int]] = {}
    versions_now: set[int] = set()
    for outlet in sorted({one for number in new if (one := facts[number].outlet)}):
        own = [number for number, one in enumerate(facts) if one.outlet == outlet]
        old = [number for number in own if number not in new]
        then = _versions(old, kept)
        now = _versions(own, kept)
        versions_now |= now
        changed[outlet] = (set(own) - set(old)) | (then ^ now)
    if not changed:
        return {}
    hashes = {
        outlet: np.unique(np.concatenate(kept.hashes(sorted(some)))) for outlet, some in changed.items()
    }
    hash, number, _ = kept.having(np.unique(np.concatenate(list(hashes.values()))))
    found = {}
    for outlet, some in hashes.items():
        counted = (facts[one].outlet == outlet and one not in versions_now for one in number.tolist())
        present, count = np.unique(hash[np.fromiter(counted, np.bool_, len(hash))], return_counts=True)
        stands = present[count >= STANDING]
        stays = before.get(outlet, np.empty(0, np.uint64))
        found[outlet] = np.union1d(stays[~among(stays, some)], stands[among(stands, some)])
    return found


def _versions(numbers: Sequence[int], kept: Kept) -> set[int]:
    """Which reports of one outlet are versions of a fuller one."""
    found = versions([one[:SKETCH] for one in kept.hashes(numbers)], np.zeros(len(numbers), np.int64))
    return {number for number, one in zip(numbers, found.tolist(), strict=True) if one}


def _apart(
    facts: Sequence[Facts],
    new: Collection[int],
    fresh: Flags,
    pairs: Iterable[tuple[int, int]],
    kept: Kept,
    now: Hashes,
) -> list[tuple[int, int]]:
    """Pairs of other reports that are not paired any more, because new ones stand between them in lists."""
    own = np.unique(np.concatenate([np.empty(0, np.uint64), *kept.hashes(sorted(new))]))
    lists = _lists(kept, own[~among(own, now)])
    looked = {number for number in lists.in_long_ones().tolist() if not fresh[number]}
    some = [pair for pair in pairs if pair[0] in looked and pair[1] in looked]
    if not some:
        return []
    inside = sorted({number for pair in some for number in pair})
    hashes = dict(zip(inside, kept.hashes(inside), strict=True))
    shared = [np.intersect1d(hashes[first], hashes[second]) for first, second in some]
    wanted = np.unique(np.concatenate(shared))
    still = set(paired(_lists(kept, wanted[~among(wanted, now)]), len(facts)))
    return [pair for pair in some if pair not in still]


def _lists(kept: Kept, hashes: Hashes) -> Lists:
    hash, number, quoted = kept.having(hashes)
    order = np.lexsort((number, hash))
    return listed(hash[order], number[order].astype(np.int32), quoted[order])
