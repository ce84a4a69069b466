"""Which content belongs to which cue, and which cue to which speaker.

Each content asks all cues of its window, each cue all speakers; "nobody" is always among the answers. A
score is the product of two pooled vectors from the encoder, plus what the distance and the number of other
candidates in between are worth. In PolNeAR every attribution has exactly one cue, so attributions are built
around cues: a cue, its speaker if it has one, and every content that chose it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DISTANCE_BUCKETS = 24
OTHERS_BETWEEN = 5
Runs = Sequence[tuple[int, int]]  # half-open runs of positions in a window
# Gaps in positions between two spans: fine where they touch, coarse far away.
_EDGES = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])


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
