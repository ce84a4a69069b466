"""Offices as reports word them."""

from __future__ import annotations

from typing import Any

import pytest
from facts_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts import office_in
from onrecord.facts.titles import HEADS, PORTFOLIOS, QUALIFIERS

WORDS = st.sampled_from(
    [*HEADS, *PORTFOLIOS, *sorted(QUALIFIERS), "of", "the", "and", "for", "to", "Russia", "US", "Ministry", "UN", "’s",
     ".", ",", "\n", "Smith", "former", "🙂", "وزير"]
)  # fmt: skip


@pytest.mark.parametrize("case", cases("offices"), ids=lambda case: case["label"])
def test_offices_are_read_as_worded(case: dict[str, Any]) -> None:
    """Title, kind, state, body and whether it is a former one."""
    found = office_in(case["input"])
    assert [[one.title, one.kind, one.state, one.organisation, one.former] for one in found] == case["expected"]


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_offices_lie_in_the_text_in_order(text: str) -> None:
    """Spans are in range, not empty, sorted and apart; the title stands in its span."""
    last = 0
    for one in office_in(text):
        assert last <= one.start < one.end <= len(text)
        assert one.title and one.title in text[one.start : one.end]
        last = one.end


def test_an_ambassador_has_a_host() -> None:
    """The state an ambassador is sent to is kept beside the one that sends."""
    (one,) = office_in("Cuba's ambassador to Bolivia")
    assert (one.state, one.host) == ("CUB", "BOL")


def test_what_is_not_said_is_marked() -> None:
    """A state that only goes with the title is told apart from one that is said."""
    assert office_in("Secretary of State Bell")[0].assumed
    assert not office_in("US Secretary of State Bell")[0].assumed
