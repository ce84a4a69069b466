"""What two texts say of each other: both orders are read, and only what is sure is told."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.claims.entailment import (
    FIRST_OWN,
    FIRST_SHARED,
    LENGTH,
    SECOND_OWN,
    SECOND_SHARED,
    SIDES,
    PairNetwork,
    judge,
    pair_input,
    softmax,
    turned_pair,
    words_of,
)
from onrecord.reading.network.windows import CLS, SEP

STEP = 0.01  # scores are taken in steps: so far a probability may be from what was written down


@dataclass
class Scripted:
    """A session that gives the pair (first word, second word) the probabilities written down for it."""

    says: dict[tuple[str, str], tuple[float, float, float]]

    def run(self, names: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        rows = []
        for ids, side in zip(inputs["ids"], inputs["side"], strict=True):
            first = ids[np.isin(side, (FIRST_SHARED, FIRST_OWN))][0]
            second = ids[np.isin(side, (SECOND_SHARED, SECOND_OWN))][0]
            rows.append([log(p) for p in self.by_ids[first, second]])
        return [np.array(rows, np.float32)]

    @property
    def by_ids(self) -> dict[tuple[int, int], tuple[float, float, float]]:
        return {(piece(a), piece(b)): p for (a, b), p in self.says.items()}


def piece(word: str) -> int:
    return words_of(word)[0].pieces[0]


def network(says: dict[tuple[str, str], tuple[float, float, float]]) -> PairNetwork:
    return PairNetwork(Scripted(says), "scripted", temperature=1.0, supports=0.7, contradicts=0.8)


def test_a_contradiction_must_be_seen_from_both_sides() -> None:
    """The two orders are averaged, and the order of the pair changes nothing."""
    says = {
        ("red", "blue"): (0.02, 0.96, 0.02), ("blue", "red"): (0.1, 0.8, 0.1),
        ("red", "green"): (0.02, 0.96, 0.02), ("green", "red"): (0.1, 0.4, 0.5),
    }  # fmt: skip
    told = network(says).judge([("red", "blue"), ("blue", "red"), ("red", "green")])
    assert [one.relation for one in told] == ["contradicts", "contradicts", "unrelated"]
    assert told[0].confidence == pytest.approx(0.88, abs=STEP) == told[1].confidence
    assert told[2].contradicts == pytest.approx(0.68, abs=STEP)


def test_support_has_a_direction() -> None:
    """The better direction counts and is told."""
    says = {("red", "blue"): (0.2, 0.1, 0.7), ("blue", "red"): (0.8, 0.1, 0.1)}
    there, back = network(says).judge([("red", "blue"), ("blue", "red")])
    assert there.relation == back.relation == "supports"
    assert (there.forward, there.back) == (0.2, 0.8) == (back.back, back.forward)


def test_what_is_not_sure_is_not_told() -> None:
    """Below its threshold a relation is "unrelated", with the probability of that."""
    says = {("red", "blue"): (0.1, 0.6, 0.3), ("blue", "red"): (0.1, 0.6, 0.3)}
    (one,) = network(says).judge([("red", "blue")])
    assert one.relation == "unrelated" and one.confidence == pytest.approx(0.3, abs=STEP)


def test_nothing_to_judge() -> None:
    """No pairs, no model needed to say so."""
    assert network({}).judge([]) == []
    assert judge([]) == []


def test_shared_words_and_own_words_are_told_apart() -> None:
    """The one word in which two sentences differ has its own side."""
    made = pair_input("He counted red boats.", "He counted blue boats.")
    assert made.ids[0] == CLS and list(made.ids).count(SEP) == 2
    own = made.ids[np.isin(made.side, (FIRST_OWN, SECOND_OWN))]
    assert own.tolist() == [piece("red"), piece("blue")]


TEXTS = st.lists(
    st.sampled_from(["more", "than", "50", "boats", "54", "in", "March", "2020", ",", "on", "3", "no", "Nő", "🙂", "\xad"]),
    max_size=20,
).map(" ".join)


@given(TEXTS | st.text(max_size=200), TEXTS | st.text(max_size=200))
def test_turned_round_it_is_the_input_of_the_texts_in_the_other_order(first: str, second: str) -> None:
    """Pieces, shapes and sides all."""
    there, back = turned_pair(pair_input(first, second)), pair_input(second, first)
    if len(there.ids) < LENGTH:
        assert there.ids.tolist() == back.ids.tolist()
        assert there.shape.tolist() == back.shape.tolist()
        assert there.side.tolist() == back.side.tolist()


@given(st.text(max_size=300), st.text(max_size=300), st.integers(8, 64))
def test_any_two_texts_fit(first: str, second: str, length: int) -> None:
    """The columns are of one length, within bounds, and always closed by two marks."""
    made = pair_input(first, second, length=length)
    assert len(made.ids) == len(made.shape) == len(made.side) <= length
    assert made.ids[0] == CLS and made.ids[-1] == SEP
    assert made.side.min() >= 0 and made.side.max() < SIDES


def test_a_long_text_leaves_room_for_a_short_one() -> None:
    """The end of the longer text is cut, never the short one."""
    made = pair_input("boats " * 300_000, "red ships left")
    assert len(made.ids) == LENGTH
    assert np.isin(made.side, (SECOND_SHARED, SECOND_OWN)).sum() == 3
    made = pair_input("red ships left", "boats " * 1000)
    assert len(made.ids) == LENGTH
    assert np.isin(made.side, (FIRST_SHARED, FIRST_OWN)).sum() == 3


def test_probabilities_sum_to_one() -> None:
    """Also for very large scores, and for none."""
    assert np.allclose(softmax(np.array([[1000.0, 0.0, -1000.0]])), [[1.0, 0.0, 0.0]])
    assert softmax(np.zeros((0, 3))).shape == (0, 3)
