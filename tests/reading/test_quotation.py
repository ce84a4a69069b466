"""The quotation state of each character."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotation import IN_DOUBLE, IN_SINGLE, MARK_CLOSE, MARK_OPEN, OUT, quotation_state

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/quotation.jsonl").read_text(encoding="utf-8").splitlines()
]
MARKS = "\"“”„«»「」‘’'`‹›″"
messy = st.text(alphabet=st.sampled_from(MARKS + " ab5s.,\n\r\u2029—("), max_size=60) | st.text(max_size=60)
plain = st.text(alphabet=st.sampled_from(MARKS + " ab5s.,—("), min_size=1, max_size=60)


def states(text: str) -> str:
    return "".join(map(str, quotation_state(text)))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    """Each case gives exactly its states."""
    assert states(case["input"]) == case["expected"]


@given(messy)
def test_one_state_for_each_character(text: str) -> None:
    """Any text gives one state per code point and never an error."""
    state = quotation_state(text)
    assert state.dtype == np.uint8 and state.shape == (len(text),)
    assert set(state.tolist()) <= {OUT, IN_DOUBLE, IN_SINGLE, MARK_OPEN, MARK_CLOSE}


@given(messy)
def test_only_marks_are_marks(text: str) -> None:
    """The states MARK_OPEN and MARK_CLOSE stand on quotation marks only."""
    state = quotation_state(text)
    assert all(text[i] in MARKS + "‟‚‛『』＂" for i in np.flatnonzero(state >= MARK_OPEN))


@given(messy)
def test_inside_begins_with_an_opening_mark(text: str) -> None:
    """A character that follows one outside, and is no mark, is outside too."""
    state = quotation_state(text)
    for before, here in pairwise(state.tolist()):
        if before in (OUT, MARK_CLOSE):
            assert here in (OUT, MARK_OPEN, MARK_CLOSE)


@given(messy, plain)
def test_a_paragraph_without_a_lone_mark_is_read_alone(before: str, after: str) -> None:
    """What precedes never changes a paragraph that begins with an opening mark."""
    after = "“" + after
    assert states(before + "\n\n" + after).endswith(states(after))


@pytest.mark.long
def test_a_text_of_marks_takes_no_longer_than_its_length() -> None:
    """A million marks end, whatever their order."""
    for unit in ("“", '"a ', "' a", "«»", "'a\n", "\n", '5" '):
        assert len(quotation_state(unit * 100_000)) == len(unit) * 100_000
