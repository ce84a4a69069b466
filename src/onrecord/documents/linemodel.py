"""The shipped line classifier: how likely each line of a page's bare text belongs to the article.

Boosted trees over :mod:`onrecord.documents.features`; trained by ``training/lines``. Loaded at first use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.documents.features import features
from onrecord.shipped import shipped

_AT_ONCE = 4_000  # lines judged in one go: bounds memory at about T * 4,000 numbers


@dataclass(frozen=True, slots=True)
class LineModel:
    """T trees of at most N nodes, padded; a leaf is its own left and right. All arrays are [T, N]."""

    bias: float
    depth: int
    words: Mapping[str, float]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def chances(self, lines: Sequence[str]) -> list[float]:
        """For each line the probability that it is part of the article; all lines of one page, in order."""
        if not lines:
            return []
        table = features(lines, self.words)
        parts = [self._judge(table[at : at + _AT_ONCE]) for at in range(0, len(lines), _AT_ONCE)]
        return [float(p) for part in parts for p in part]

    def _judge(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """float64 [L] from features [L, columns]."""
        trees = np.arange(self.feature.shape[0])[:, None]
        rows = np.arange(len(table))[None, :]
        node = np.zeros((self.feature.shape[0], len(table)), np.int32)
        for _ in range(self.depth):
            goes_left = table[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        total = self.bias + self.value[trees, node].sum(axis=0)
        return np.asarray(1 / (1 + np.exp(-total.astype(np.float64))), np.float64).round(4)  # exp differs in its last bits


def from_json(text: str) -> LineModel:
    """The model written by ``training.lines.train``."""
    raw = json.loads(text)
    trees = raw["trees"]
    return LineModel(
        bias=raw["bias"],
        depth=raw["depth"],
        words=raw["words"],
        feature=np.array(trees["feature"], np.int32),
        threshold=np.array(trees["threshold"], np.float32),
        left=np.array(trees["left"], np.int32),
        right=np.array(trees["right"], np.int32),
        value=np.array(trees["value"], np.float32),
    )


@cache
def line_model() -> LineModel:
    """The model in the package, read once."""
    return from_json(shipped("lines.json").decode("utf-8"))
