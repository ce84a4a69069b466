"""Pairs and groups of reports that share wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.copies.passages import CopyGroup, CopyPair, Facts
from onrecord.linking.copies.shingles import Prints

# Two texts this much alike stand for one another; less likeness must not be passed on from one to the next.
_ALIKE = 0.8


def grouped(facts: Sequence[Facts], pairs: Sequence[CopyPair]) -> tuple[CopyGroup, ...]:
    """Groups of two and more, by their first member.

    The fullest texts lead. Each report in turn joins the leader it shares most with, or the group of a report
    that is nearly the same; one that has neither leads a group of its own.

    Args:
        facts: of all reports, by rank.
        pairs: all of them.
    """
    near: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for pair in pairs:
        if pair.kind in ("copy", "cut"):
            least = min(pair.first_share, pair.second_share)
            near[pair.second].append((pair.second_share, least, pair.first))
    place = {one.id: number for number, one in enumerate(facts)}
    leader: dict[str, str] = {}
    for one in facts:
        ways = [
            (-share, place[leader[other]], leader[other])
            for share, least, other in near.get(one.id, ())
            if leader[other] == other or least >= _ALIKE
        ]
        leader[one.id] = min(ways)[2] if ways else one.id
    members: dict[str, list[Facts]] = defaultdict(list)
    for one in facts:
        members[leader[one.id]].append(one)
    groups = [_group(some) for some in members.values() if len(some) > 1]
    return tuple(sorted(groups, key=lambda group: group.members))


def _group(some: Sequence[Facts]) -> CopyGroup:
    origin, reason = likely_origin(some)
    credits = Counter(one.wire for one in some if one.wire)
    source = min(credits, key=lambda name: (-credits[name], name)) if credits else None
    return CopyGroup(tuple(sorted(one.id for one in some)), origin.id, source, reason)


def likely_origin(some: Sequence[Facts]) -> tuple[Facts, str]:
    """The report that the others likely come from, and why, in words.

    The agency's own report first; then the earliest day, if all are dated; then who credits an agency, as a
    paper that does so prints it as it came; then the fullest text; then the first id.
    """
    names = {_plain(one.wire) for one in some if one.wire}
    own = [one for one in some if one.outlet and _plain(one.outlet) in names]
    reasons = []
    left = list(some)
    if own:
        left = own
        reasons.append(f"{own[0].outlet} is the agency that is credited")
    days = [one.published[:10] if one.published else "" for one in left]
    if len(left) > 1 and all(days) and len(set(days)) > 1:
        left = [one for one, day in zip(left, days, strict=True) if day == min(days)]
        reasons.append(f"earliest, {min(days)}")
    credited = [one for one in left if one.wire]
    if len(left) > 1 and credited and len(credited) < len(left):
        left = credited
        reasons.append(f"credits {min(one.wire or '' for one in left)}")
    best = min(left, key=lambda one: one.rank)
    if len(left) > 1:
        fuller = all(one.words < best.words for one in left if one is not best)
        reasons.append(f"fullest text, {best.words} words" if fuller else "first of equals")
    return best, "; ".join(reasons)


def independent(groups: Sequence[CopyGroup]) -> Mapping[str, str]:
    """The origin of each report that is in a group."""
    return {member: group.origin for group in groups for member in group.members}


def _plain(name: str | None) -> str:
    return "".join(filter(str.isalnum, (name or "").casefold())).removeprefix("the")


# Partners of a text in one list: the fullest, and those before it. More cost time and memory only.
FIRST, BEFORE = 12, 4
# As for repeated lines (documents.repeated.MIN_DOCUMENTS).
STANDING = 5
# Versions share this much of a sketch, the smallest fingerprints of each.
SKETCH, _VERSION = 24, 0.8
_BITS, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)
_BATCH = 4096  # texts whose pairs are counted at a time; bounds memory

Numbers = NDArray[np.uint64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Which texts have a fingerprint, in lists one after the other.

    numbers: uint64 [P]; text: int32 [P]; first: int64 [P], where the list of each begins; quoted: bool [P].
    """

    numbers: Numbers
    text: Places
    first: NDArray[np.int64]
    quoted: NDArray[np.bool_]

    def in_long_ones(self) -> Places:
        """Texts in lists in which not every two are paired: ascending."""
        starts = np.unique(self.first)
        sizes = np.diff(np.append(starts, len(self.text)))
        found: Places = np.unique(self.text[np.repeat(sizes > FIRST, sizes)])
        return found


def standing(every: Sequence[Prints], outlets: Sequence[str | None]) -> dict[str, Numbers]:
    """Fingerprints of the standing text of each outlet that has any, ascending.

    Args:
        every: texts, longest first.
        outlets: of each; None is nobody's.
    """
    names = sorted({one for one in outlets if one})
    number_of = {name: number for number, name in enumerate(names)}
    outlet = np.array([number_of[one] if one else -1 for one in outlets], np.int64)
    lists = _lists([one.hashes for one in every], None)
    counted = outlet[lists.text] >= 0
    counted &= ~versions([sketch(one) for one in every], outlet)[lists.text]
    key = lists.first[counted] * max(1, len(names)) + outlet[lists.text[counted]]
    found, number = np.unique(key, return_counts=True)
    at, of = np.divmod(found[number >= STANDING], max(1, len(names)))
    return {names[one]: np.sort(lists.numbers[at[of == one]]) for one in np.unique(of).tolist()}


def candidates(every: Sequence[Prints], live: Sequence[NDArray[np.bool_]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that share two fingerprints, or one in quotation marks, by number.

    Args:
        every: texts, longest first.
        live: of each the fingerprints that count.
    """
    hashes = [one.hashes[which] for one, which in zip(every, live, strict=True)]
    quoted = [one.quoted[which] for one, which in zip(every, live, strict=True)]
    return paired(_lists(hashes, quoted), len(every))


def paired(lists: Lists, size: int) -> Iterator[tuple[int, int]]:
    """Pairs of texts that meet in two lists, or once in quotation marks; ``size``: how many there are."""
    for start in range(0, size, _BATCH):
        pairs, count, said = _counted(lists, start, start + _BATCH)
        for key in pairs[(count >= 2) | (said >= 1)]:
            yield int(key) & 0xFFFFFFFF, int(key) >> 32


def sketch(text: Prints) -> Numbers:
    """The smallest fingerprints of a text."""
    found: Numbers = np.unique(text.hashes)[:SKETCH]
    return found


def versions(sketches: Sequence[Numbers], outlet: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which texts are versions of one before them of the same outlet: bool [texts].

    Args:
        sketches: of texts, longest first.
        outlet: int64 [texts], their numbers; -1 is nobody's.
    """
    apart = (outlet + 1).astype(np.uint64) << np.uint64(40)  # other outlets, other numbers
    mixed = [one ^ number for one, number in zip(sketches, apart, strict=True)]
    sizes = np.array([len(one) for one in sketches])
    found = np.zeros(len(sketches), np.bool_)
    lists = _lists(mixed, None)
    for start in range(0, len(sketches), _BATCH):
        pairs, count, _ = _counted(lists, start, start + _BATCH)
        one, other = (pairs & _LOWER).astype(np.int64), (pairs >> _BITS).astype(np.int64)
        alike = (count >= _VERSION * np.maximum(sizes[one], sizes[other])) & (outlet[one] == outlet[other])
        found[other[alike]] = True
    return found


def _lists(hashes: Sequence[Numbers], quoted: Sequence[NDArray[np.bool_]] | None) -> Lists:
    """The lists of all fingerprints that two texts have."""
    total = sum(map(len, hashes))
    numbers, text = np.empty(total, np.uint64), np.empty(total, np.int32)
    said = np.zeros(total, np.bool_)
    end = 0
    for number, one in enumerate(hashes):
        start, end = end, end + len(one)
        numbers[start:end], text[start:end] = one, number
        if quoted is not None:
            said[start:end] = quoted[number]
    order = np.argsort(numbers, kind="stable")  # stable: texts stay in their order
    numbers, text, said = numbers[order], text[order], said[order]
    del order
    return listed(numbers, text, said)


def listed(numbers: Numbers, text: Places, said: NDArray[np.bool_]) -> Lists:
    """The lists of fingerprints that two texts have.

    Args:
        numbers: fingerprints, ascending.
        text: of each, the number of a text that has it; ascending for one fingerprint.
        said: whether it stands in quotation marks there.
    """
    total = len(numbers)
    fresh = np.ones(total, np.bool_)  # the same fingerprint twice in a text counts once
    fresh[1:] = (numbers[1:] != numbers[:-1]) | (text[1:] != text[:-1])
    numbers, text, said = numbers[fresh], text[fresh], said[fresh]
    shared = np.zeros(len(numbers), np.bool_)
    same = numbers[1:] == numbers[:-1]
    shared[1:] |= same
    shared[:-1] |= same
    numbers, text, said = numbers[shared], text[shared], said[shared]
    begins = np.ones(len(numbers), np.bool_)
    begins[1:] = numbers[1:] != numbers[:-1]
    first = np.maximum.accumulate(np.where(begins, np.arange(len(numbers)), 0))
    return Lists(numbers, text, first.astype(np.int64), said)


def _counted(lists: Lists, start: int, end: int) -> tuple[Numbers, NDArray[np.int64], NDArray[np.float64]]:
    """Pairs whose later text is one of start to end: numbers of both in one (the later one in the upper 32
    bits), in how many lists they meet, and in how many of these both are quoted."""
    at = np.flatnonzero((lists.text >= start) & (lists.text < end))
    rank = at - lists.first[at]
    keys, said = [], []
    for step in range(1, FIRST + BEFORE + 1):
        ours = at[rank >= step]
        partner = lists.first[ours] + step - 1 if step <= FIRST else ours - (step - FIRST)
        keys.append(lists.text[ours].astype(np.uint64) << _BITS | lists.text[partner].astype(np.uint64))
        said.append(lists.quoted[ours] & lists.quoted[partner])
    found, where, count = np.unique(np.concatenate(keys), return_inverse=True, return_counts=True)
    quoted = np.bincount(where, np.concatenate(said), minlength=len(found)).astype(np.float64)
    return found, count.astype(np.int64), quoted
