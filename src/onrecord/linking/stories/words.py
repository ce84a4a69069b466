"""The words that tell what a report is about, and how much each counts.

Counted are the words of the title, three times, and the first 150 of the text. A word counts the more the
fewer reports of news in general have it: ``data/words.gz`` holds a level for common words, made from 5,151
articles by ``training/words``. So a word weighs the same in every record, and adding reports changes no
other report's weights; with one exception. The words that a whole record is about (an eighth of its reports
have them) do not tell its developments apart, and count less.

A word is known by a number, a hash of it, so that what is kept of a report is two short arrays.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from onrecord.shipped import shipped

TABLE = "words.gz"
LEVELS = 4  # levels of rarity in one unit of the natural logarithm

_TITLE, _BODY = 3, 150  # as in the published baselines of story clustering
_WORD = re.compile(r"[^\W_]+")
# What is left of the weight of a word that more than such a share of the reports have. Shares are smoothed
# with _PRIOR reports of news in general: a record of a few reports, all about one event, says little.
_SUBJECT = ((1 / 2, 0.0), (1 / 4, 1 / 3), (1 / 8, 2 / 3))
_PRIOR = 50
_LITTLE = 10.0  # as much as one rare word; a report of 150 words has about 45

Keys = NDArray[np.uint64]
Weights = NDArray[np.float64]


def words(title: str | None, text: str) -> dict[str, int]:
    """The words of a report that count, lower case, and how often.

    >>> words("Talks fail", "Talks failed.")
    {'talks': 4, 'fail': 3, 'failed': 1}
    """
    found = Counter(_WORD.findall((title or "").lower()))
    for word in found:
        found[word] *= _TITLE
    for count, match in enumerate(_WORD.finditer(text)):
        if count == _BODY:
            break
        found[match.group().lower()] += 1
    return dict(found)


def rarity(word: str) -> float:
    """How rare a word is in news: the natural logarithm of one in how many reports has it, in quarters."""
    levels, unknown = _table()
    return levels.get(word, unknown) / LEVELS


def key(word: str) -> int:
    """The 64-bit number of a word in lower case."""
    return _key(word)


@lru_cache(maxsize=1 << 18)
def _key(word: str) -> int:
    raw = word.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, eq=False)
class WeighedWords:
    """The words of one report and what each counts in any record.

    keys: uint64 [n], numbers of words, ascending; weights: float64 [n], above 0.
    """

    keys: Keys
    weights: Weights


def weighed(title: str | None, text: str) -> WeighedWords:
    """The words of a report that tell what it is about: those that every report has weigh nothing."""
    found = sorted(
        (_key(word), weight)
        for word, count in words(title, text).items()
        if (weight := (1 + log(count)) * rarity(word)) > 0
    )
    return WeighedWords(
        np.array([one for one, _ in found], np.uint64), np.array([one for _, one in found], float)
    )


@dataclass(frozen=True, slots=True, eq=False)
class StoryVectors:
    """The words of many reports one after the other.

    keys: uint64 [N]; weights: float64 [N]; report: int64 [N], the number of the report, ascending; size: how
    many reports.
    """

    keys: Keys
    weights: Weights
    report: NDArray[np.int64]
    size: int


def vectors(reports: Sequence[WeighedWords]) -> StoryVectors:
    """The words of ``reports``, numbered in their order."""
    sizes = [len(one.keys) for one in reports]
    keys = np.concatenate([np.empty(0, np.uint64), *(one.keys for one in reports)])
    weights = np.concatenate([np.empty(0), *(one.weights for one in reports)])
    return StoryVectors(keys, weights, np.repeat(np.arange(len(reports)), sizes), len(reports))


def ordered(
    ids: Sequence[str], keys: tuple[Keys, NDArray[np.int32]], weights: tuple[Weights, NDArray[np.int32]]
) -> StoryVectors:
    """The words of reports that are kept in another order, numbered by id.

    Args:
        ids: of the reports, in that order.
        keys: of all of them, one after the other, and where those of each begin and the last end.
        weights: likewise.
    """
    starts = keys[1].astype(np.int64)
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    sizes = np.diff(starts)[order]
    begin = starts[:-1][order] - np.concatenate(([0], np.cumsum(sizes)[:-1]))
    at = np.repeat(begin, sizes) + np.arange(sizes.sum())
    return StoryVectors(keys[0][at], weights[0][at], np.repeat(np.arange(len(ids)), sizes), len(ids))


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Words that a record as a whole is about.

    keys: uint64 [n], ascending; left: float64 [n], what is left of their weights.
    """

    keys: Keys
    left: Weights


def subject(some: StoryVectors, without: NDArray[np.bool_] | None = None) -> tuple[Subject, Subject]:
    """Words that the record is about, and those that it was about without some reports.

    Args:
        some: the words of all reports.
        without: bool [reports], those that were not there before; None: all.
    """
    fresh = np.ones(some.size, np.bool_) if without is None else without
    found, count = np.unique(some.keys, return_counts=True)
    gone, less = np.unique(some.keys[fresh[some.report]], return_counts=True)
    before = count.copy()
    before[np.searchsorted(found, gone)] -= less
    return _subject(found, count, some.size), _subject(found, before, int(some.size - fresh.sum()))


def _subject(found: Keys, count: NDArray[np.int64], size: int) -> Subject:
    # What no word can miss that has an eighth of all reports, however usual it is.
    some = np.flatnonzero((count > 0) & ((count + _PRIOR) / (size + _PRIOR) >= _SUBJECT[-1][0]))
    share = (count[some] + _PRIOR * np.exp(-rarities(found[some]))) / (size + _PRIOR)
    left = np.ones(len(some))
    for least, factor in reversed(_SUBJECT):
        left[share >= least] = factor
    return Subject(found[some[left < 1]], left[left < 1])


def changed(one: Subject, other: Subject) -> Keys:
    """Words that do not count the same in both, ascending."""
    left = dict(zip(one.keys.tolist(), one.left.tolist(), strict=True))
    right = dict(zip(other.keys.tolist(), other.left.tolist(), strict=True))
    differ = sorted(word for word in left.keys() | right.keys() if left.get(word) != right.get(word))
    return np.array(differ, np.uint64)


def among(keys: Keys, some: Keys) -> NDArray[np.bool_]:
    """Which keys are among some ascending ones."""
    if not len(some):
        return np.zeros(len(keys), np.bool_)
    found: NDArray[np.bool_] = some[np.minimum(np.searchsorted(some, keys), len(some) - 1)] == keys
    return found


def shares(some: StoryVectors, about: Subject) -> Weights:
    """What each word of each report counts in a record that is about something: float64 [N].

    Their squares sum to 1 in each report; to less in one that has too little to tell what it is about.
    """
    weights = some.weights.copy()
    where = np.flatnonzero(among(some.keys, about.keys))
    weights[where] *= about.left[np.searchsorted(about.keys, some.keys[where])]
    length = np.sqrt(np.bincount(some.report, weights * weights, minlength=some.size))
    result: Weights = weights / np.maximum(_LITTLE, length)[some.report]
    return result


def rarities(keys: Keys) -> Weights:
    """As ``rarity``, of words known by their numbers."""
    known, levels = _numbered()
    _, unknown = _table()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, levels[at], unknown) / LEVELS


@lru_cache(maxsize=1)
def _numbered() -> tuple[Keys, Weights]:
    levels, _ = _table()
    rows = sorted((_key(word), level) for word, level in levels.items())
    return np.array([one for one, _ in rows], np.uint64), np.array([one for _, one in rows], float)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], int]:
    """The levels of the shipped table, and that of a word it does not have."""
    text = gzip.decompress(shipped(TABLE)).decode("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return {word: int(level) for level, some in rows[1:] for word in some.split(" ")}, int(rows[0][0])
