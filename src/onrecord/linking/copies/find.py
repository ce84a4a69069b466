"""Which reports are copies of one another, in whole or in part, and where a text likely comes from.

Every text is given fingerprints (``shingles``); reports that share some are paired (``copy_pairs``) and
compared word by word (``copy_passages``). What they share decides:

    copy       each has half of its words from the other: a wire report in two papers, a rewritten text
    cut        the shorter one has half of its words from the longer one, which begins with them
    embedded   the same, but the longer one has them further down: it carries the other text, and its own
    passage    twenty words in a row, or more, outside of quotation marks
    quote      twelve words in a row of a quotation, or two pieces of eight

Words that an outlet's reports have in common again and again count nowhere. An outlet repeats its own
background, boxes and galleries, so two of its reports are only paired if what they share is half of one and
begins where one of them begins.
Reports are one group if they are copies or cuts of its fullest text; never because each of them is like a
third one.

All of it is a function of the set of reports, whatever their order. What two reports share depends on these
two and on which of their words are standing text. So when reports are added, only pairs with a new one, or
with one that has words which have become standing text, are compared.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.copies.pairs import candidates, grouped, independent, standing
from onrecord.linking.copies.passages import CopyGroup, CopyPair, Facts, Passage, shared_passages
from onrecord.linking.copies.shingles import SHINGLE, Prints, prints, words_of
from onrecord.values import CopyKind, Span

# Of 180 pairs of news articles of different outlets that share a run of words, read by hand: twelve words of
# a quotation, or twenty of other text, were never chance; runs of 8 to 11 are also idioms ("walk and chew gum
# at the same time") and official names, unquoted ones up to 17 also names with offices.
_QUOTE, _PASSAGE = 12, 20
_HALF = 0.5
_LEAD = 60  # words, in which a text that is another one's begins with it
# The last part of both texts, and words of a passage in it that is about the author or the agency.
_FOOT, _NOTE = 0.1, 80
_NOISE = 8  # words; a passage without a run of these is looked at only if long and much the same
_LONG, _MUCH = 40, 0.6

Key = tuple[str, str]  # ids of two reports, the longer one first


@dataclass(frozen=True, slots=True)
class CopyReport:
    """One report as copies are looked for in it."""

    id: str
    text: str
    outlet: str | None = None  # or its site: whatever shares standing text
    published: str | None = None  # ISO 8601, the earliest it may be
    wire: str | None = None  # the agency it credits


@dataclass(frozen=True, slots=True)
class Copies:
    """Pairs and groups of copies among reports.

    ``pairs`` by ids; ``groups`` of two and more reports, by ids. The rest is for reports that come later.
    """

    pairs: tuple[CopyPair, ...]
    groups: tuple[CopyGroup, ...]
    known: Mapping[str, tuple[Facts, Prints]] = field(repr=False, compare=False)
    standing: Mapping[str, NDArray[np.uint64]] = field(repr=False, compare=False)  # by outlet; counts nowhere
    different: NDArray[np.uint64] = field(repr=False, compare=False)  # numbers of pairs that share nothing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports, reports that are no copy of another one counted, and outlets."""

    reports: int
    independent: int
    outlets: int


def find_copies(reports: Iterable[CopyReport], *, before: Copies | None = None) -> Copies:
    """Copies among reports, and among these and earlier ones.

    Texts are read one at a time and not kept: about 9 kB a report are.

    Args:
        reports: new ones, in any order; an id that is known already is left out.
        before: what was found among earlier reports. The result is the same as of all at once.
    """
    known = dict(before.known) if before else {}
    for one in reports:
        if one.id not in known:
            made = prints(one.text)
            known[one.id] = (Facts(one.id, one.outlet, one.published, one.wire, len(made.words)), made)
    order = sorted(known.values(), key=lambda entry: entry[0].rank)
    facts, every = [entry[0] for entry in order], [entry[1] for entry in order]
    stands = standing(every, [one.outlet for one in facts])
    without = joined(stands)
    live = [~among(one.hashes, without) for one in every]
    settled = _settled(before, without, facts, every)
    pairs, different = [], array("Q")
    for i, j in candidates(every, live):
        key = facts[i].id, facts[j].id
        pair = settled.pairs.get(key)
        if pair is None and not settled.shares_nothing(key):
            pair = compared(facts, every, live, i, j)
        if pair is None:
            different.append(_number(key))
        else:
            pairs.append(pair)
    found = tuple(sorted(pairs, key=lambda pair: (pair.first, pair.second)))
    return Copies(found, grouped(facts, found), known, stands, np.array(different, np.uint64))


def counted(ids: Collection[str], copies: Copies) -> Counts:
    """Some of the reports counted in three ways; an unknown outlet is one of its own.

    Args:
        ids: of reports, each at most once.
        copies: of these and any other reports.
    """
    group = independent(copies.groups)
    outlets = {copies.known[one][0].outlet or (one,) for one in ids}
    return Counts(len(ids), len({group.get(one, one) for one in ids}), len(outlets))


def passage_spans(passage: Passage, first: str, second: str) -> tuple[Span, Span]:
    """Where a passage stands in the texts of the two reports."""
    return _span(words_of(first), passage.first, passage.length), _span(
        words_of(second), passage.second, passage.length
    )


def _span(words: Sequence[Span], start: int, length: int) -> Span:
    return words[start][0], words[start + length - 1][1]


def joined(standing: Mapping[str, NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """The standing text of all outlets, ascending."""
    return np.unique(np.concatenate([np.empty(0, np.uint64), *standing.values()]))


def among(hashes: NDArray[np.uint64], some: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which hashes are among some sorted ones."""
    if not len(some):
        return np.zeros(len(hashes), np.bool_)
    at = np.minimum(np.searchsorted(some, hashes), len(some) - 1)
    found: NDArray[np.bool_] = some[at] == hashes
    return found


@dataclass(frozen=True, slots=True)
class _Settled:
    """Pairs compared before, of reports in which the same fingerprints count as then."""

    pairs: Mapping[Key, CopyPair]
    different: frozenset[int]
    stale: frozenset[str]  # reports in which others count now

    def shares_nothing(self, key: Key) -> bool:
        return bool(self.different) and _number(key) in self.different and self.stale.isdisjoint(key)


def _number(key: Key) -> int:
    """A 64-bit number of two ids: eight bytes a pair instead of two hundred."""
    raw = "\0".join(key).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "little")


def _settled(
    before: Copies | None, without: NDArray[np.uint64], facts: Sequence[Facts], every: Sequence[Prints]
) -> _Settled:
    if before is None:
        return _Settled({}, frozenset(), frozenset())
    changed = np.setxor1d(joined(before.standing), without, assume_unique=True)
    stale = {one.id for one, made in zip(facts, every, strict=True) if among(made.hashes, changed).any()}
    pairs = {(pair.first, pair.second): pair for pair in before.pairs}
    kept = {key: pair for key, pair in pairs.items() if stale.isdisjoint(key)}
    return _Settled(kept, frozenset(before.different.tolist()), frozenset(stale))


def compared(
    facts: Sequence[Facts],
    every: Sequence[Prints] | Mapping[int, Prints],
    live: Sequence[NDArray[np.bool_]] | Mapping[int, NDArray[np.bool_]],
    i: int,
    j: int,
) -> CopyPair | None:
    """What two reports share, the longer one first; None if nothing that counts.

    Args:
        facts: of all reports, by rank.
        every: their fingerprints, by rank.
        live: of each, the fingerprints that count.
        i: the longer one.
        j: the other.
    """
    passages = shared_passages(every[i], every[j], live[i], live[j])
    passages = [one for one in passages if one.longest >= _NOISE or _rewritten(one)]
    passages = [one for one in passages if not _stands(every[i], live[i], one)]
    if not passages:
        return None
    words = [len(every[n].words) * float(live[n].mean()) for n in (i, j)]
    matched = sum(one.matched for one in passages)
    shares = [min(1.0, round(matched / max(1.0, size), 3)) for size in words]
    one_outlet = facts[i].outlet is not None and facts[i].outlet == facts[j].outlet
    sizes = len(every[i].words), len(every[j].words)
    kind = _kind(passages, shares[0], shares[1], sizes, one_outlet)
    return kind and CopyPair(facts[i].id, facts[j].id, kind, shares[0], shares[1], tuple(passages))


def _kind(
    passages: Sequence[Passage], longer: float, shorter: float, sizes: tuple[int, int], one_outlet: bool
) -> CopyKind | None:
    if one_outlet and min(min(one.first, one.second) for one in passages) > _LEAD:
        return None
    if min(longer, shorter) >= _HALF:
        return "copy"
    if max(longer, shorter) >= _HALF:
        return "cut" if passages[0].first <= _LEAD else "embedded"
    if one_outlet:
        return None
    if any(not one.quoted and one.longest >= _PASSAGE and not _at_foot(one, sizes) for one in passages):
        return "passage"
    quotes = [one.longest for one in passages if one.quoted and one.longest >= _NOISE]
    if quotes and (max(quotes) >= _QUOTE or len(quotes) > 1):
        return "quote"
    return None


def _stands(text: Prints, live: NDArray[np.bool_], passage: Passage) -> bool:
    """Whether a passage is standing text but for the fingerprints at its ends, which reach beyond it."""
    inside = (text.at >= passage.first) & (text.at + SHINGLE <= passage.first + passage.length)
    return bool(inside.any()) and float(live[inside].mean()) < _HALF


def _rewritten(passage: Passage) -> bool:
    return passage.matched >= _LONG and passage.matched >= _MUCH * passage.length


def _at_foot(passage: Passage, sizes: tuple[int, int]) -> bool:
    """Whether a passage is a short one near the end of both texts."""
    ends = passage.first + passage.length, passage.second + passage.length
    near = all(size - end <= _FOOT * size for size, end in zip(sizes, ends, strict=True))
    return near and passage.length < _NOTE
