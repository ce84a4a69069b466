"""From the encoder's tag scores to spans: the best path through a linear-chain CRF.

A tag sequence over words says where speakers, cues and contents begin and go on (BIO, 7 tags). PolNeAR's
annotation is such a sequence: no word belongs to two attributions. Dimension letters: B windows, W words,
K tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

TAGS = ("O", "B-speaker", "I-speaker", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("speaker", "cue", "content")


def forbidden_moves(tags: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """1 where a tag cannot follow another: going on is only possible after beginning or going on in the same
    role. Row: from, column: to."""
    return tuple(tuple(float(to.startswith("I") and before[2:] != to[2:]) for to in tags) for before in tags)


FORBIDDEN = forbidden_moves(TAGS)
_NEVER = -10000.0
DIGITS = 6  # of log probabilities

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """The learned scores between tags."""

    begin: Floats  # [K]
    moves: Floats  # [K, K], from row to column
    forbidden: Floats = field(default_factory=lambda: np.array(FORBIDDEN, np.float32))  # [K, K], 1: never


def log_softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Log probabilities over the last axis of ``scores`` [..., K].

    They are rounded, because exponentials differ in their last bits from processor to processor.
    """
    log = scores.astype(np.float64) - scores.max(-1, keepdims=True)
    log -= np.log(np.exp(log).sum(-1, keepdims=True))
    rounded: NDArray[np.float64] = log.round(DIGITS)
    return rounded


def best_paths(
    emissions: Floats, lengths: NDArray[np.int64], breaks: NDArray[np.bool_], chain: Chain
) -> NDArray[np.int8]:
    """Viterbi: the best tags int8 [B, W] for emissions [B, W, K].

    ``breaks`` [B, W] is true where a word begins a paragraph: no span goes on there.
    """
    going_on = np.arange(emissions.shape[2]) % 2 == 0  # tags: outside, then beginning and going on by turns
    going_on[0] = False
    scores = emissions + np.where(breaks[:, :, None] & going_on, _NEVER, 0.0).astype(np.float32)
    batch, most, count = scores.shape
    moves = chain.moves + chain.forbidden * _NEVER
    state = scores[:, 0] + chain.begin
    back = np.zeros((batch, most, count), np.int8)
    for step in range(1, most):
        reached = state[:, :, None] + moves
        back[:, step] = reached.argmax(1)
        new = reached.max(1) + scores[:, step]
        alive = (step < lengths)[:, None]
        state = np.where(alive, new, state)
        back[:, step] = np.where(alive, back[:, step], np.arange(count, dtype=np.int8))
    tags = np.zeros((batch, most), np.int8)
    current = state.argmax(1)
    for step in range(most - 1, -1, -1):
        tags[:, step] = current
        current = back[np.arange(batch), step, current]
    return tags


def runs(tags: NDArray[np.int8]) -> Iterator[tuple[int, int, int]]:
    """``(role, first, last + 1)`` of each span in a row of tags; a span may go on from before the first word.

    >>> list(runs(np.array([2, 0, 3, 4, 5, 6, 5], np.int8)))
    [(0, 0, 1), (1, 2, 4), (2, 4, 6), (2, 6, 7)]
    """
    start, role = 0, -1
    for position, tag in enumerate([*tags.tolist(), 0]):
        kind = (tag - 1) // 2 if tag else -1
        if kind != role or (tag and tag % 2):
            if role >= 0:
                yield role, start, position
            start, role = position, kind
