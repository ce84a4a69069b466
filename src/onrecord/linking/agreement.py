"""What one text says of another: supports it, contradicts it, or neither.

A shipped network reads both texts at once (see ``pair_input``). Whether two texts contradict each other does
not depend on which comes first, so both orders are read and their probabilities averaged; support has a
direction, and the better one counts. A relation is only told where its probability reaches a threshold that
was chosen for precision on pairs kept from training (see docs/decisions/pairs.md); below it a pair is
"unrelated": nothing is shown.

Pairs are read one at a time: an int8 network scales what it reads by the largest value of the batch, so in a
batch a pair would be told by its neighbours, too (measured: by up to .09), and it is not quicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.ids import sha256
from onrecord.linking.pair_input import RELATIONS, PairInput, Relation, padded, pair_input
from onrecord.reading.network.runtime import on_grid, session
from onrecord.shipped import HEAD, pinned, shipped

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
