"""What one text says of another: agrees, contradicts or neither, by the pair model; and the input it
reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.ids import sha256
from onrecord.linking.claims.quantities import STANDINGS, standings
from onrecord.reading.network.runtime import on_grid, session
from onrecord.reading.network.windows import CLS, PAD, SEP, pieces_of
from onrecord.shipped import HEAD, pinned, shipped
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
class PairWord:
    """A word as the network takes it."""

    pieces: tuple[int, ...]
    letters: int  # index into SHAPES
    span: Span


Words = tuple[PairWord, ...]


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
        PairWord(tuple(ids[a:b]), shapes[a], (start[a], end[b - 1]))
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


FILE = "pairs.onnx"
DIGITS = 3  # of probabilities: what lies behind differs from machine to machine

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two texts say of each other."""

    relation: Relation  # "unrelated" where nothing is sure enough to be told
    confidence: float  # calibrated probability of ``relation``
    supports: float  # the same of each relation; they sum to 1
    contradicts: float
    unrelated: float
    forward: float  # probability that the first text implies the second
    back: float  # and the second the first


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probabilities at which a relation is told."""

    supports: float
    contradicts: float


class Judge(Protocol):
    """Whatever judges pairs: the shipped network; a seam for tests."""

    @property
    def name(self) -> str:
        """Its name; what two judges of one name say of a pair is the same."""

    @property
    def told(self) -> Thresholds:
        """The probabilities from which it is taken at its word."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """What the texts of each pair say of each other."""


@dataclass(frozen=True, slots=True)
class PairNetwork:
    """A loaded model: R relations, T positions, B pairs."""

    session: Any
    name: str
    temperature: float  # scores are divided by it
    supports: float  # least probability at which support is told
    contradicts: float  # and contradiction

    @property
    def told(self) -> Thresholds:
        """The probabilities from which it is taken at its word."""
        return Thresholds(self.supports, self.contradicts)

    def scores(self, inputs: Sequence[PairInput]) -> NDArray[np.float32]:
        """Scores [B, R] of the network, on a grid, in the order of ``inputs``."""
        found = np.zeros((len(inputs), len(RELATIONS)), np.float32)
        for number, one in enumerate(inputs):
            ids, shape, side = padded([one])
            found[number] = on_grid(self.session.run(None, {"ids": ids, "shape": shape, "side": side})[0][0])
        return found

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Calibrated probabilities [B, R] of what the first text of each pair says of the second."""
        return softmax(self.scores([pair_input(*pair) for pair in pairs]) / self.temperature)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """What the texts of each pair say of each other."""
        both = [*pairs, *((second, first) for first, second in pairs)]
        read = self.probabilities(both)
        return [
            judgement(float(there[0]), float(back[0]), float(there[1] + back[1]) / 2, self.told)
            for there, back in zip(read[: len(pairs)], read[len(pairs) :], strict=True)
        ]


def judgement(forward: float, back: float, contradicts: float, told: Thresholds) -> Judgement:
    """What follows from three probabilities: the first text implies the second, the second the first, and
    they contradict each other, as the mean of both orders. All are rounded."""
    forward, back, contradicts = (round(one, DIGITS) for one in (forward, back, contradicts))
    supports = min(max(forward, back), 1.0 - contradicts)
    unrelated = max(0.0, 1.0 - contradicts - supports)
    relation: Relation = "unrelated"
    confidence = unrelated
    if contradicts >= told.contradicts and contradicts > supports:
        relation, confidence = "contradicts", contradicts
    elif supports >= told.supports and supports > contradicts:
        relation, confidence = "supports", supports
    return Judgement(relation, confidence, supports, contradicts, unrelated, forward, back)


def softmax(scores: NDArray[np.floating[Any]]) -> Floats:
    """Rows of probabilities from rows of scores."""
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True, initial=-np.inf))
    made: Floats = raised / raised.sum(axis=1, keepdims=True)
    return made


def load(data: bytes, *, threads: int = 1) -> PairNetwork:
    """A network from the bytes of its file.

    Raises:
        ModelError: onnxruntime cannot run it.
    """
    made, learned = session(data, threads=threads)
    name = f"{learned['name']} {sha256(data)[:HEAD]}"
    return PairNetwork(made, name, learned["temperature"], learned["supports"], learned["contradicts"])


def is_carried() -> bool:
    """Whether this version comes with a network."""
    return FILE in pinned()


@lru_cache(maxsize=1)
def network() -> PairNetwork:
    """The shipped network, loaded once in each process.

    Raises:
        ModelError: none has been adopted yet, or the file is missing or another one.
    """
    if not is_carried():
        raise ModelError(
            "this version comes without a model of pairs", hint="python -m training.pairs makes one"
        )
    return load(shipped(FILE))


def judge(pairs: Iterable[tuple[str, str]]) -> list[Judgement]:
    """What the texts of each pair say of each other, in the order of ``pairs``, by the shipped network.

    Raises:
        ModelError: the model is missing or is not the one of this version.
    """
    asked = list(pairs)
    return network().judge(asked) if asked else []
