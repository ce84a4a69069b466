"""From the encoder's tag scores to spans: the best path through a linear-chain CRF.

A tag sequence over words says where speakers, cues and contents begin and go on (BIO, 7 tags). PolNeAR's
annotation is such a sequence: no word belongs to two attributions. Dimension letters: B windows, W words,
K tags.

Which content belongs to which cue, and which cue to which speaker.

Each content asks all cues of its window, each cue all speakers; "nobody" is always among the answers. A
score is the product of two pooled vectors from the encoder, plus what the distance and the number of other
candidates in between are worth. In PolNeAR every attribution has exactly one cue, so attributions are built
around cues: a cue, its speaker if it has one, and every content that chose it."""

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
class TagChain:
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
    emissions: Floats, lengths: NDArray[np.int64], breaks: NDArray[np.bool_], chain: TagChain
) -> NDArray[np.int8]:
    """Viterbi: the best tags int8 [B, W] for emissions [B, W, K].

    ``breaks`` [B, W] is true where a word begins a paragraph: no span goes on there.
    """
    going_on = np.arange(emissions.shape[2]) % 2 == 0  # tags: outside, then beginning and going on by turns
    going_on[0] = False
    scores = emissions + np.where(breaks[:, :, None] & going_on, _NEVER, 0.0).astype(np.float32)
    batch, most, count = scores.shape
    moves = np.ascontiguousarray((chain.moves + chain.forbidden * _NEVER).T)  # to each tag, from each
    reached = np.empty((most, batch, count), np.float32)  # the best score of a path to each tag
    reached[0] = scores[:, 0] + chain.begin
    back = np.zeros((most, batch, count), np.int8)
    for step in range(1, most):
        paths = reached[step - 1][:, None, :] + moves
        back[step] = paths.argmax(2)
        np.add(paths.max(2), scores[:, step], out=reached[step])
    tags = np.zeros((batch, most), np.int8)
    for row, length in enumerate(lengths.tolist()):
        current = int(reached[max(length, 1) - 1, row].argmax())
        behind = back[:, row].tolist()
        for step in range(max(length, 1) - 1, -1, -1):
            tags[row, step] = current
            current = behind[step][current]
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


DISTANCE_BUCKETS = 24
OTHERS_BETWEEN = 5
CUE_OF_CONTENT, SPEAKER_OF_CUE = 0, 1  # the two relations
Runs = Sequence[tuple[int, int]]  # half-open runs of positions in a window
# Gaps in positions between two spans: fine where they touch, coarse far away.
_EDGES = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])


@dataclass(frozen=True, slots=True)
class Linker:
    """The learned scores beside the vectors, one row for each relation."""

    nobody: Floats  # [2]
    distance: Floats  # [2, DISTANCE_BUCKETS]
    between: Floats  # [2, OTHERS_BETWEEN]


def pair_features(askers: Runs, heads: Runs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distance bucket and number of other heads in between, each int64 [askers, heads].

    Buckets 0-11: the head stands after the asker; 12-23: before it.
    """
    ask = np.asarray(askers, np.int64).reshape(-1, 2)
    head = np.asarray(heads, np.int64).reshape(-1, 2)
    after = head[None, :, 0] - ask[:, None, 1]
    before = ask[:, None, 0] - head[None, :, 1]
    gap = np.maximum(after, before)
    bucket = np.searchsorted(_EDGES, gap, side="right") + np.where(before > after, 12, 0)
    middle = (head[None, :, 0] + head[None, :, 1]) / 2
    low, high = np.minimum(ask[:, None, 1], head[None, :, 1]), np.maximum(ask[:, None, 0], head[None, :, 0])
    inside = (middle[:, None, :] > low[:, :, None]) & (middle[:, None, :] < high[:, :, None])
    own = np.eye(len(head), dtype=bool)[None]
    return bucket, np.minimum((inside & ~own).sum(2), OTHERS_BETWEEN - 1)


def choices(
    linker: Linker, ask: Floats, answer: Floats, relation: int, askers: Runs, heads: Runs
) -> NDArray[np.float64]:
    """Log probabilities [askers, heads + 1] of each head; the last column is "nobody".

    ``ask`` and ``answer`` [T, 2D] are the vectors of one window.
    """
    size = ask.shape[1] // 2
    part = slice(relation * size, (relation + 1) * size)
    scores = np.full((len(askers), len(heads) + 1), linker.nobody[relation], np.float64)
    if len(askers) and len(heads):
        left, right = _sums(ask[:, part], askers), _sums(answer[:, part], heads)
        words = np.outer([end - begin for begin, end in askers], [end - begin for begin, end in heads])
        distance, between = pair_features(askers, heads)
        bias = linker.distance[relation][distance] + linker.between[relation][between]
        # The product of means as one of sums: sums of scores on a grid are exact.
        scores[:, :-1] = left @ right.T / words / size**0.5 + bias
    return log_softmax(scores)


def _sums(vectors: Floats, runs: Runs) -> NDArray[np.float64]:
    """The sum of the vectors [T, D] of each run: [runs, D]."""
    return np.stack([vectors[begin:end].sum(0, dtype=np.float64) for begin, end in runs])
