"""States by name, demonym and capital."""

from __future__ import annotations

from typing import Any

import pytest
from facts_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts import state_kind, state_of, states, states_in


@pytest.mark.parametrize("case", cases("states"), ids=lambda case: case["label"])
def test_a_state_is_known_by_its_names(case: dict[str, Any]) -> None:
    """Code and kind of what is nothing but a state's name; None for everything else."""
    assert [state_of(case["input"]), state_kind(case["input"])] == case["expected"]


def test_every_state_is_found_by_its_own_name() -> None:
    """No name of a state is taken by another."""
    for code, state in states().items():
        assert state_of(state.name) == code, state.name


def test_states_in_running_text() -> None:
    """The longest name counts, a full stop is not part of it, given names are no states."""
    text = "South Korea's army met U.S. troops and Russians. Jordan said so in Bosnia-Herzegovina."
    found = [(text[one.start : one.end], one.code) for one in states_in(text)]
    assert found == [
        ("South Korea", "KOR"), ("U.S.", "USA"), ("Russians", "RUS"), ("Bosnia-Herzegovina", "BIH"),
    ]  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(["US", "the", "Korea", "'s", "Rép.", "."])).map(" ".join))
def test_any_text_gives_spans_in_order(text: str) -> None:
    """Spans are in range, sorted and apart, and each is the state it says."""
    last = 0
    for one in states_in(text):
        assert last <= one.start < one.end <= len(text)
        assert state_of(text[one.start : one.end]) == one.code
        last = one.end
