"""Two texts as one input of the pair model: [CLS] first [SEP] second [SEP].

Beside the word pieces the network is told of each word its letter shape, which the uncased vocabulary loses,
and its side: in which text it stands and whether the other text has the same word, or for numbers and times
how they stand to those of the other text (``amounts``). So a number, a name or a "not" that only one of two
almost equal sentences has is seen at once. Dimension letters: B pairs, T positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.amounts import STANDINGS, standings
from onrecord.reading.network.windows import CLS, PAD, SEP, pieces_of
from onrecord.values import Span

Relation = Literal["supports", "contradicts", "unrelated"]
RELATIONS: tuple[Relation, ...] = ("supports", "contradicts", "unrelated")

# Positions of one pair: 98 of 100 pairs of the training sets are shorter.
LENGTH = 128
# Sides: 0 is for [CLS], [SEP] and padding.
FIRST_SHARED, FIRST_OWN, SECOND_SHARED, SECOND_OWN = 1, 2, 3, 4
# And of numbers and times: these plus an index into STANDINGS.
FIRST_AMOUNT = 5
SECOND_AMOUNT = FIRST_AMOUNT + len(STANDINGS)
SIDES = SECOND_AMOUNT + len(STANDINGS)
_TURNED = np.r_[0, 3, 4, 1, 2, SECOND_AMOUNT:SIDES, FIRST_AMOUNT:SECOND_AMOUNT].astype(np.int32)
_LONGEST = 4000  # characters of a text that are looked at: more than LENGTH pieces have

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PairInput:
    """One pair for the network; int32 [T] each."""

    ids: Ints
    shape: Ints
    side: Ints


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the network takes it."""

    pieces: tuple[int, ...]
    letters: int  # index into SHAPES
    span: Span


Words = tuple[Word, ...]


def pair_input(first: str, second: str, *, length: int = LENGTH) -> PairInput:
    """The input for two texts; what does not fit is cut from the end of the longer one."""
    first, second = (" ".join(text[:_LONGEST].split()) for text in (first, second))
    left, right = words_of(first), words_of(second)
    room = length - 3
    left, right = _fitted(left, right, room)
    in_left, in_right = standings(first, second)
    ids, shape, side = [CLS], [0], [0]
    for words, others, found, shared, amount in (
        (left, right, in_left, FIRST_SHARED, FIRST_AMOUNT),
        (right, left, in_right, SECOND_SHARED, SECOND_AMOUNT),
    ):
        known = {word.pieces for word in others}
        for word in words:
            ids += word.pieces
            shape += [word.letters] * len(word.pieces)
            begin, end = word.span
            where = shared if word.pieces in known else shared + 1
            where = next((amount + n for (a, b), n in found if a < end and begin < b), where)
            side += [where] * len(word.pieces)
        ids.append(SEP)
        shape.append(0)
        side.append(0)
    return PairInput(*(np.asarray(column, np.int32) for column in (ids, shape, side)))


def turned_pair(pair: PairInput) -> PairInput:
    """The input of the same two texts in the other order."""
    middle = int(np.flatnonzero(pair.ids == SEP)[0])
    order = np.r_[0, middle + 1 : len(pair.ids) - 1, middle, 1:middle, len(pair.ids) - 1]
    side = _TURNED[pair.side[order]]
    return PairInput(pair.ids[order], pair.shape[order], side)


@lru_cache(maxsize=50_000)
def words_of(text: str) -> Words:
    """The words of a text."""
    pieces = pieces_of(text)
    begins = np.flatnonzero(pieces.first).tolist()
    ids, shapes = pieces.ids.tolist(), pieces.shape.tolist()
    start, end = pieces.start.tolist(), pieces.end.tolist()
    return tuple(
        Word(tuple(ids[a:b]), shapes[a], (start[a], end[b - 1]))
        for a, b in zip(begins, [*begins[1:], len(ids)], strict=False)
    )


def _fitted(left: Words, right: Words, room: int) -> tuple[Words, Words]:
    """Both cut to ``room`` pieces: the shorter one keeps at least half of it."""
    sizes = [sum(len(word.pieces) for word in words) for words in (left, right)]
    if sum(sizes) <= room:
        return left, right
    half = room // 2
    first = max(half, room - sizes[1]) if sizes[0] > half else sizes[0]
    return _cut(left, first), _cut(right, room - min(first, sizes[0]))


def _cut(words: Words, room: int) -> Words:
    kept = 0
    for word in words:
        if room < len(word.pieces):
            break
        room -= len(word.pieces)
        kept += 1
    return words[:kept]


def padded(inputs: Sequence[PairInput]) -> tuple[Ints, Ints, Ints]:
    """A batch: int32 [B, T] each, as long as the longest."""
    longest = max(len(one.ids) for one in inputs)
    ids = np.full((len(inputs), longest), PAD, np.int32)
    shape, side = np.zeros_like(ids), np.zeros_like(ids)
    for row, one in enumerate(inputs):
        size = len(one.ids)
        ids[row, :size], shape[row, :size], side[row, :size] = one.ids, one.shape, one.side
    return ids, shape, side
