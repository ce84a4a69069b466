"""Calibration of confidence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import expected_calibration_error, fit_isotonic, fit_platt, reliability

outcomes = st.lists(st.tuples(st.floats(-20, 20), st.booleans()), min_size=1, max_size=60)


def drawn(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores and outcomes whose true curve is 1 / (1 + exp(-(2 score - 1)))."""
    source = np.random.default_rng(7)
    scores = source.normal(size=size)
    return scores, source.random(size) < 1 / (1 + np.exp(-(2 * scores - 1)))


def test_platt_finds_the_curve_the_outcomes_came_from() -> None:
    """With many outcomes slope and offset are those of the true curve."""
    curve = fit_platt(*drawn(20_000))
    assert curve.slope == pytest.approx(2, abs=0.1) and curve.offset == pytest.approx(-1, abs=0.1)


@pytest.mark.parametrize("fit", [fit_isotonic, fit_platt])
def test_fitted_confidences_are_calibrated(fit) -> None:
    """On new outcomes of the same source, confidence is the share that is right."""
    scores, right = drawn(20_000)
    curve = fit(scores[:10_000], right[:10_000])
    assert expected_calibration_error(reliability(curve.apply(scores[10_000:]), right[10_000:])) < 0.02


@given(outcomes)
def test_confidence_never_falls_and_is_never_certain(pairs: list[tuple[float, bool]]) -> None:
    """A higher score never gets a lower confidence, and none is 0 or 1."""
    scores, right = zip(*pairs, strict=True)
    curve = fit_isotonic(scores, right)
    confidences = curve.apply(sorted([*scores, -100, 100]))
    assert np.all(np.diff(confidences) >= 0) and np.all((confidences > 0) & (confidences < 1))


@given(outcomes)
def test_isotonic_keeps_the_mean(pairs: list[tuple[float, bool]]) -> None:
    """The mean confidence is the share that is right, but for what keeps it off 0 and 1."""
    scores, right = zip(*pairs, strict=True)
    mean = fit_isotonic(scores, right).apply(scores).mean()
    assert abs(mean - np.mean(right)) <= 1 / (len(pairs) + 2) + 1e-9


@given(outcomes)
def test_platt_ends_on_any_outcomes(pairs: list[tuple[float, bool]]) -> None:
    """Scores all equal, outcomes all alike or perfectly separated give finite parameters."""
    curve = fit_platt(*zip(*pairs, strict=True))
    assert np.isfinite([curve.slope, curve.offset]).all()


def test_one_group_of_equal_scores_gets_its_share() -> None:
    """Three of four right is a confidence of three quarters."""
    assert fit_isotonic([1, 1, 1, 1], [1, 1, 1, 0]).apply([1]).tolist() == [0.75]


def test_reliability_counts_every_outcome_once() -> None:
    """The ends of [0, 1] and the edges of bins fall in one bin each."""
    table = reliability([0.0, 0.1, 0.55, 0.99, 1.0], [False, True, True, True, False])
    assert [row.count for row in table] == [1, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert table[9].right == 0.5 and table[9].confidence == pytest.approx(0.995)


def test_the_error_is_the_weighted_distance() -> None:
    """Two bins, each a quarter off, are a quarter off together."""
    table = reliability([0.25, 0.25, 0.75, 0.75], [False, False, True, True])
    assert expected_calibration_error(table) == 0.25


def test_no_outcome_is_no_error() -> None:
    """An empty table is not off, and nothing can be fitted on it."""
    assert expected_calibration_error(reliability([], [])) == 0
    for fit in (fit_isotonic, fit_platt):
        with pytest.raises(ValueError, match="cannot fit on"):
            fit([], [])
