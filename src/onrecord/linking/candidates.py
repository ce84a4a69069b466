"""Which statements and sentences may speak about the same matter, although worded differently.

Two texts are likened by the words they share, rare words counting most: the shared weight over the weight of
the two texts, nearer to that of the shorter. How rare a word is comes from its rank in the encoder's
vocabulary, so the likeness of two texts does not depend on what else is in the record, and adding reports
changes no pair that was there. Actors known to be shared count as further words. Vectors of the encoder were
measured beside this and found fewer pairs; see docs/decisions/pairs.md.

Only texts that share at least two of their weightiest words are likened at all, which keeps the work near
linear; a word that is among the weightiest of very many texts brings nobody together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import log

from onrecord.linking.aligned import content, word_set, words_in
from onrecord.reading.windows import tokenizer
from onrecord.values import Interval

LEAST = 0.3  # likeness: nine in ten claims are as like the text they were made from
_KEYS = 20  # weightiest words of a text by which others are found
_SHARED = 2  # of them that a pair must share
_MOST = 300  # texts that may have a word as key
_LONGEST = 1500  # characters of a text that are looked at
_UNKNOWN = 1.15  # weight of a word that the vocabulary does not have; its rarest word weighs 1
_CONCEPT = 0.4  # weight of a shared concept: it stands for common words
_ACTOR = 0.6  # weight of a shared actor: its name is often among the words already
_UNLIKE = 0.25  # how much the longer text's weight counts against a pair
_ENOUGH = 1.0  # weight that must be shared: more than one middling word
_TURNS = word_set("not no never none nothing nobody nor neither cannot only even just very much many")
_FIRST_WORD = 1995  # id in the vocabulary before its most frequent word


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement or sentence that is to be compared with others.

    The same quote in several reports should come once, or it fills the places of everything else.
    """

    id: str
    text: str
    actors: frozenset[str] = field(default_factory=frozenset)  # ids of those it speaks of or who speak
    when: Interval | None = None
    also: frozenset[str] = field(default_factory=frozenset)  # what else it speaks of: see ``concepts``


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two pieces that may speak about the same matter."""

    first: str  # ids, in their order
    second: str
    likeness: float  # 0 to 1
    shared: tuple[str, ...]  # the words, as stems, and actors that both have; the weightiest first


def candidates(
    pieces: Iterable[Piece],
    *,
    per_piece: int = 10,
    least: float = LEAST,
    days: int | None = None,
    may: Callable[[Piece, Piece], bool] | None = None,
) -> list[Candidate]:
    """Pairs of pieces that may speak about the same matter, likest first.

    Args:
        pieces: in any order, which changes nothing; of two with one id only one counts.
        per_piece: a pair is kept if it is among the likest so many of either piece.
        least: the least likeness.
        days: pairs whose times are known and further apart are left out.
        may: says of two pieces whether they may be a pair, whichever comes first; None: all may.

    Returns:
        Each pair once, in an order that depends on nothing but the pieces.

    >>> texts = {"a": "54 states recognise Orlo Venn.", "b": "60 states recognised Venn.", "c": "It rained."}
    >>> [(one.first, one.second) for one in candidates(Piece(*item) for item in texts.items())]
    [('a', 'b')]
    """
    ordered = [one for _, one in sorted({one.id: one for one in pieces}.items())]
    vectors = [features(one) for one in ordered]
    totals = [sum(vector.values()) for vector in vectors]
    kept: list[list[tuple[float, int]]] = [[] for _ in ordered]
    for a, b in _meeting(vectors):
        if days is None or near(ordered[a].when, ordered[b].when, days):
            like = _likeness(vectors[a], vectors[b], totals[a], totals[b])
            if like >= least and (may is None or may(ordered[a], ordered[b])):
                kept[a].append((-like, b))
                kept[b].append((-like, a))
    pairs = {
        (-like, min(a, b), max(a, b))
        for a, some in enumerate(kept)
        for like, b in sorted(some)[:per_piece]
    }
    return [
        Candidate(ordered[a].id, ordered[b].id, round(like, 4), _shared(vectors[a], vectors[b]))
        for like, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))
    ]


def features(piece: Piece) -> dict[str, float]:
    """The weight of each content word (by its stem) and actor of a piece."""
    found: dict[str, float] = {}
    for word in content(words_in(piece.text[:_LONGEST])):
        if (len(word.low) > 1 or word.low.isdigit()) and word.low not in _TURNS:
            found[word.stem] = max(found.get(word.stem, 0.0), weight(word.low))
    for actor in piece.actors:
        found["@" + actor] = _ACTOR
    for concept in piece.also:
        found[concept] = _CONCEPT
    return found


@lru_cache(maxsize=1 << 16)
def weight(word: str) -> float:
    """How rare a word is: about 0 for the vocabulary's most frequent one, 1 for its rarest, more outside."""
    number = tokenizer().token_to_id(word)
    if number is None:
        return _UNKNOWN
    size = tokenizer().get_vocab_size()
    return log(1 + max(1, number - _FIRST_WORD)) / log(size)


def likeness(one: Piece, other: Piece) -> float:
    """How much two pieces share, 0 to 1; 0 if it is next to nothing."""
    mine, theirs = features(one), features(other)
    return _likeness(mine, theirs, sum(mine.values()), sum(theirs.values()))


def _likeness(
    one: Mapping[str, float], other: Mapping[str, float], weight_one: float, weight_other: float
) -> float:
    if len(other) < len(one):
        one, other = other, one
    shared = sum(min(value, other[word]) for word, value in one.items() if word in other)
    low, high = sorted((weight_one, weight_other))
    return float(shared / (low ** (1 - _UNLIKE) * high**_UNLIKE)) if shared >= _ENOUGH else 0.0


def _meeting(vectors: Sequence[Mapping[str, float]]) -> Iterable[tuple[int, int]]:
    """Numbers of the pairs that share enough of their weightiest words, the lower first."""
    where: dict[str, list[int]] = defaultdict(list)
    keys = []
    for number, vector in enumerate(vectors):
        mine = sorted(vector, key=lambda word: (-vector[word], word))[:_KEYS]
        keys.append(mine)
        for word in mine:
            where[word].append(number)
    for number, mine in enumerate(keys):
        votes: dict[int, int] = defaultdict(int)
        for word in mine:
            others = where[word]
            if len(others) <= _MOST:
                for other in others:
                    if other >= number:
                        break
                    votes[other] += 1
        # A very short text has not so many words to share.
        for other, count in votes.items():
            if count >= min(_SHARED, len(mine), len(keys[other])):
                yield other, number


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


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[str, ...]:
    both = [word for word in one if word in other]
    return tuple(sorted(both, key=lambda word: (-min(one[word], other[word]), word))[:8])
