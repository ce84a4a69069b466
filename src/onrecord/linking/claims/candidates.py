"""Which statements and sentences may speak about the same matter, although worded differently.

Two texts are likened by the words they share, rare words counting most: the shared weight over the weight of
the two texts, nearer to that of the shorter. How rare a word is comes from its rank in the encoder's
vocabulary, so the likeness of two texts does not depend on what else is in the record, and adding reports
changes no pair that was there. Actors known to be shared count as further words. Vectors of the encoder were
measured beside this and found fewer pairs; see docs/decisions/pairs.md.

Only texts that share at least two of their weightiest words are likened at all, which keeps the work near
linear; a word that is among the weightiest of very many texts brings nobody together. Which texts meet so
is found where the words are kept (``record.claim_pairs``). Dimension letters: V texts, W words, N pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import word_list
from onrecord.linking.stories.words import key
from onrecord.reading.claimed import claimed
from onrecord.reading.network.windows import tokenizer
from onrecord.values import Interval

LEAST = 0.25  # least likeness of a pair that is judged; nine in ten claims are .3 like their evidence
PER_CLAIM = 8  # likest texts that each is judged with
KEYS = 20  # weightiest words of a text by which others are found
SHARED = 2  # of them that a pair must share; a text of one word has not so many
MOST = 300  # texts that may have a word as key
_LONGEST = 1500  # characters of a text that are looked at
_UNKNOWN = 1.15  # weight of a word that the vocabulary does not have; its rarest word weighs 1
_CONCEPT = 0.4  # weight of a shared concept: it stands for common words
_ACTOR = 0.6  # weight of a shared actor: its name is often among the words already
_ENOUGH = 1.0  # weight that must be shared: more than one middling word
_TURNS = word_list("linking", "turns")
_FIRST_WORD = 1995  # id in the vocabulary before its most frequent word
_MILLION = 1_000_000  # weights are kept as whole numbers: their sums are the same in any order

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a text is likened by: hashes of words, concepts and actors, weightiest first; their weights."""

    words: tuple[int, ...]
    weights: tuple[int, ...]  # in millionths


def weighed(text: str, actors: Iterable[str] = (), also: Iterable[str] = ()) -> Weighed:
    """What a text is likened by.

    Args:
        text: a statement or sentence.
        actors: ids of those it speaks of or who speak.
        also: what else it speaks of: see ``concepts``.
    """
    found: dict[str, float] = {}
    for word in claimed(text[:_LONGEST]).content:
        if (len(word.low) > 1 or word.low.isdigit()) and word.low not in _TURNS:
            found[word.stem] = max(found.get(word.stem, 0.0), weight(word.low))
    for actor in actors:
        found["@" + actor] = _ACTOR
    for concept in also:
        found[concept] = _CONCEPT
    ordered = sorted(found, key=lambda word: (-found[word], word))
    return Weighed(tuple(map(key, ordered)), tuple(round(found[word] * _MILLION) for word in ordered))


@lru_cache(maxsize=1 << 16)
def weight(word: str) -> float:
    """How rare a word is: about 0 for the vocabulary's most frequent one, 1 for its rarest, more outside."""
    number = tokenizer().token_to_id(word)
    if number is None:
        return _UNKNOWN
    size = tokenizer().get_vocab_size()
    return log(1 + max(1, number - _FIRST_WORD)) / log(size)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """What V texts are likened by, one after the other."""

    words: Keys  # [W]
    weights: Keys  # [W]
    starts: Ints  # [V + 1]: where those of each begin, and the last end


def vectors(texts: Iterable[Weighed]) -> Vectors:
    """Of some texts, in their order."""
    some = list(texts)
    ends = np.cumsum([0, *(len(one.words) for one in some)], dtype=np.int64)
    words = np.array([word for one in some for word in one.words], np.uint64)
    weights = np.array([number for one in some for number in one.weights], np.uint64)
    return Vectors(words, weights, ends)


def likeness(one: Weighed, other: Weighed) -> float:
    """How much two texts share, 0 to 1; 0 if it is next to nothing."""
    return float(likenesses(vectors([one, other]), np.array([0]), np.array([1]))[0])


def likenesses(there: Vectors, first: Ints, second: Ints) -> Floats:
    """How much the texts of each pair share, 0 to 1: float64 [N]; 0 if it is next to nothing.

    Args:
        there: all texts.
        first: the number of one text of each pair, int [N]; the same ones are best given one after the other.
        second: the number of the other, int [N].
    """
    shared = np.zeros(len(first), np.int64)
    begins = np.flatnonzero(np.diff(first, prepend=-1)).tolist()
    for a, b in pairwise([*begins, len(first)]):
        shared[a:b] = _shared(there, int(first[a]), second[a:b])
    sums = np.concatenate([[0], np.cumsum(there.weights, dtype=np.int64)])
    totals = sums[there.starts[1:]] - sums[there.starts[:-1]]
    low, high = (some(totals[first], totals[second]) / _MILLION for some in (np.minimum, np.maximum))
    # The longer text counts a quarter. Roots of roots are the same on all machines, other powers are not.
    weight_of_both = np.sqrt(low * np.sqrt(low * high))
    enough = shared >= _ENOUGH * _MILLION
    found: Floats = np.divide(shared / _MILLION, weight_of_both, out=np.zeros(len(first)), where=enough)
    return found


def _shared(there: Vectors, one: int, others: Ints) -> Ints:
    """The weight that one text shares with each of some others, in millionths."""
    mine = slice(there.starts[one], there.starts[one + 1])
    order = np.argsort(there.words[mine])
    words, weights = there.words[mine][order], there.weights[mine][order]
    sizes = there.starts[others + 1] - there.starts[others]
    whose = np.repeat(np.arange(len(others)), sizes)
    ends = np.cumsum(sizes)
    at = np.arange(len(whose)) + np.repeat(there.starts[others] - ends + sizes, sizes)
    if not len(words) or not len(at):
        return np.zeros(len(others), np.int64)
    place = np.searchsorted(words, there.words[at]).clip(max=len(words) - 1)
    both = np.where(words[place] == there.words[at], np.minimum(weights[place], there.weights[at]), 0)
    sums: Any = np.bincount(whose, both, minlength=len(others))
    return np.asarray(sums.round(), np.int64)


def near(one: Interval | None, other: Interval | None, days: int) -> bool:
    """Whether the times may be within so many days of each other; unknown ones may."""
    if one is None or other is None:
        return True
    try:
        bounds = [
            date.fromisoformat(text[:10]) for text in (one.earliest, one.latest, other.earliest, other.latest)
        ]
    except ValueError:
        return True
    gap = max(bounds[0], bounds[2]) - min(bounds[1], bounds[3])
    return gap.days <= days
