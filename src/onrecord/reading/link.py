"""Which content belongs to which cue, and which cue to which speaker.

Each content asks all cues of its window, each cue all speakers; "nobody" is always among the answers. A
score is the product of two pooled vectors from the encoder, plus what the distance and the number of other
candidates in between are worth. In PolNeAR every attribution has exactly one cue, so attributions are built
around cues: a cue, its speaker if it has one, and every content that chose it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.decode import log_softmax

DISTANCE_BUCKETS = 24
OTHERS_BETWEEN = 5
CUE_OF_CONTENT, SPEAKER_OF_CUE = 0, 1  # the two relations
Runs = Sequence[tuple[int, int]]  # half-open runs of positions in a window
Floats = NDArray[np.float32]
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
