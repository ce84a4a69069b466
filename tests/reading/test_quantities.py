"""Sums of money and quantities: cases as data, and spans that always fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.actors.entities import actor_kind
from onrecord.reading.quantities import quantities

CASES = Path(__file__).parent / "cases"


def _cases(name: str) -> list[object]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [pytest.param(case, id=case["label"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", _cases("quantities.jsonl"))
def test_quantities_of_a_sentence(case: dict) -> None:
    """Each sum and quantity with all its words, and nothing else."""
    text = case["input"]
    assert [[kind, text[a:b]] for kind, (a, b) in quantities(text)] == case["expected"]


@given(st.text(alphabet="0123456789.,-–%$£€ abmtwo\u00a0\n", max_size=80))
def test_spans_are_in_order_and_never_overlap(text: str) -> None:
    """Whatever the text."""
    last = 0
    for _, (start, end) in quantities(text):
        assert last <= start < end <= len(text)
        last = end


def test_what_is_taken_is_left_alone() -> None:
    """A date is no quantity."""
    text = "On 3 May 12 men met."
    assert [text[a:b] for _, (a, b) in quantities(text, taken=((3, 8),))] == ["12"]


@pytest.mark.parametrize("case", _cases("actor_kinds.jsonl"))
def test_kind_of_actor(case: dict) -> None:
    """States, forces and outlets are told apart among organisations and places."""
    assert actor_kind(case["input"], case["kind"], name=case["name"]) == case["expected"]
