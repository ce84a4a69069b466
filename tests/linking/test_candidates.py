"""How like two texts are: by the words, concepts and actors that they share, whatever else there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.claims.candidates import LEAST, likeness, likenesses, near, vectors, weighed, weight
from onrecord.values import Interval

WORDS = ["harbour", "boats", "Talvik", "treaty", "missile", "bridge", "the", "of", "54", "Orlen", "vetoed", "مرحبا"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    """To the last bit, between 0 and 1, and nothing without words."""
    one, other = weighed(first), weighed(second)
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, weighed("")) == 0


@given(st.lists(TEXTS, min_size=2, max_size=8))
def test_likeness_depends_on_the_two_texts_alone(texts: list[str]) -> None:
    """Whichever others are compared beside them."""
    made = [weighed(text) for text in texts]
    pairs = [(a, b) for a in range(len(made)) for b in range(len(made))]
    first, second = (np.array([pair[at] for pair in pairs]) for at in range(2))
    found = likenesses(vectors(made), first, second)
    assert found.tolist() == [likeness(made[a], made[b]) for a, b in pairs]


def test_a_text_is_like_itself() -> None:
    """And not like one that shares but one middling word with it."""
    one, other = weighed("Talvik opened the bridge."), weighed("The bridge of Orlen is closed.")
    assert likeness(one, one) == pytest.approx(1.0)
    assert likeness(one, other) == 0


def test_words_come_by_their_weight() -> None:
    """Each once, the weightiest first, in an order that depends on nothing else."""
    made = weighed("Boats of Talvik: the boats of the treaty.", ["a_2", "a_1"], ["=vessel"])
    assert list(made.weights) == sorted(made.weights, reverse=True)
    assert len(set(made.words)) == len(made.words) == 6
    assert made == weighed("Treaty boats Talvik", ["a_1", "a_2"], ["=vessel"])


def test_a_shared_actor_brings_texts_nearer() -> None:
    """He and Talvik are one to the record."""
    texts = ("He vetoed the treaty.", "Talvik blocked the treaty on Monday.")
    plain, known = (likeness(*(weighed(text, actors) for text in texts)) for actors in ((), ("a_1",)))
    assert LEAST > plain < known


def test_far_apart_in_time() -> None:
    """Only where both times are known, and further apart than was asked for."""
    spring, summer = (Interval(day, day, "day", "given") for day in ("2021-03-01", "2021-08-01"))
    assert not near(spring, summer, 30) and near(spring, summer, 200) and near(spring, None, 30)


def test_rare_words_weigh_more() -> None:
    """By their rank in the vocabulary."""
    assert weight("the") < weight("said") < weight("harbour") < weight("treaties") < weight("talvikova")
