"""Confidence that can be believed: fitted on scores whose truth is known, and shown in bins.

A *score* is a raw number of the model, any real; a *confidence* is a probability in [0, 1]. Of all
attributions given with confidence .8, eight in ten should be right. Arrays are one-dimensional: float64
scores and confidences, booleans or 0/1 for right; n is their common length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Isotonic:
    """A rising curve through knots; confidence is ``numpy.interp(score, scores, confidences)``."""

    scores: tuple[float, ...]  # ascending
    confidences: tuple[float, ...]  # never falling, in (0, 1)

    def apply(self, scores: ArrayLike) -> Floats:
        """The confidence of each score."""
        return np.interp(np.asarray(scores, np.float64), self.scores, self.confidences)


@dataclass(frozen=True, slots=True)
class Platt:
    """A logistic curve; confidence is ``1 / (1 + exp(-(slope * score + offset)))``."""

    slope: float
    offset: float

    def apply(self, scores: ArrayLike) -> Floats:
        """The confidence of each score."""
        return _logistic(self.slope * np.asarray(scores, np.float64) + self.offset)


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table: confidences in [low, high), the last one in [low, high]."""

    low: float
    high: float
    count: int
    confidence: float  # mean, 0 of an empty bin
    right: float  # share that is right, 0 of an empty bin


def fit_isotonic(scores: ArrayLike, right: ArrayLike) -> Isotonic:
    """The rising curve nearest to the outcomes in squares (pool adjacent violators; Ayer et al. 1955).

    Pools are kept off 0 and 1 by 1 / (n + 2), so that no confidence is ever certain.

    Raises:
        ValueError: no outcomes, or not as many as scores.
    """
    x, y = _checked(scores, right)
    levels, level_of, size = np.unique(x, return_inverse=True, return_counts=True)
    sums = np.bincount(level_of, weights=y)
    pools: list[list[float]] = []  # [sum, count, lowest score, highest score]
    for level, total, count in zip(levels.tolist(), sums.tolist(), size.tolist(), strict=True):
        pools.append([total, count, level, level])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            total_, count_, _, high = pools.pop()
            pools[-1] = [pools[-1][0] + total_, pools[-1][1] + count_, pools[-1][2], high]
    edge = 1 / (len(x) + 2)
    knots: list[tuple[float, float]] = []
    for total, count, low, high in pools:
        value = min(max(total / count, edge), 1 - edge)
        knots += [(low, value)] if low == high else [(low, value), (high, value)]
    return Isotonic(tuple(score for score, _ in knots), tuple(value for _, value in knots))


def fit_platt(scores: ArrayLike, right: ArrayLike, *, steps: int = 100) -> Platt:
    """The likeliest logistic curve, with the targets of Platt (1999), by Newton steps.

    Raises:
        ValueError: no outcomes, or not as many as scores.
    """
    x, y = _checked(scores, right)
    positives = float(y.sum())
    target = np.where(y > 0.5, (positives + 1) / (positives + 2), 1 / (len(y) - positives + 2))
    middle, spread = float(x.mean()), float(x.std()) or 1.0
    design = np.stack([(x - middle) / spread, np.ones_like(x)], axis=1)  # [n, 2]
    weights = np.zeros(2)
    loss = _loss(design @ weights, target)
    for _ in range(steps):
        p = _logistic(design @ weights)
        gradient = design.T @ (p - target)
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while (after := _loss(design @ (weights - step), target)) > loss and np.abs(step).max() > 1e-12:
            step = step / 2
        if loss - after < 1e-12 * len(x):
            break
        weights, loss = weights - step, after
    slope = float(weights[0]) / spread
    return Platt(slope, float(weights[1]) - slope * middle)


def reliability(confidences: ArrayLike, right: ArrayLike, *, bins: int = 10) -> tuple[Bin, ...]:
    """What was promised beside what was right, in ``bins`` bins of equal width over [0, 1].

    Raises:
        ValueError: not as many outcomes as confidences.
    """
    x, y = np.asarray(confidences, np.float64), np.asarray(right, np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"{x.shape} confidences but {y.shape} outcomes")
    number = np.clip((x * bins).astype(np.int64), 0, bins - 1)
    count = np.bincount(number, minlength=bins)
    filled = np.maximum(count, 1)
    mean = np.bincount(number, weights=x, minlength=bins) / filled
    share = np.bincount(number, weights=y, minlength=bins) / filled
    return tuple(
        Bin(i / bins, (i + 1) / bins, int(count[i]), float(mean[i]), float(share[i])) for i in range(bins)
    )


def expected_calibration_error(table: tuple[Bin, ...]) -> float:
    """The mean distance of confidence from the share that is right, each bin by its count; 0 without any."""
    total = sum(row.count for row in table)
    return sum(row.count * abs(row.confidence - row.right) for row in table) / total if total else 0.0


def _checked(scores: ArrayLike, right: ArrayLike) -> tuple[Floats, Floats]:
    x, y = np.asarray(scores, np.float64), np.asarray(right, np.float64)
    if x.shape != y.shape or x.ndim != 1 or not len(x):
        raise ValueError(f"cannot fit on {x.shape} scores and {y.shape} outcomes")
    return x, y


def _logistic(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def _loss(x: Floats, target: Floats) -> float:
    return float(np.sum(np.logaddexp(0, x) - target * x))
