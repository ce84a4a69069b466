"""Where sentences end."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.doc import Doc

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each case is cut as it says."""
    text = case["input"]
    assert [text[start:end] for start, end in Doc.of(text).sentences] == case["expected"]


@given(st.text(st.sampled_from("aB.!?…”\"' \n\u00a0。1")) | st.text())
def test_sentences_hold_all_but_white_space(text: str) -> None:
    """In order, in range, none empty or padded, and no word is lost between them."""
    last = 0
    for start, end in Doc.of(text).sentences:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize("piece", [".", ". ", '."', "A. ", "\n", "a", "?” A "])
def test_a_huge_text_is_cut(piece: str) -> None:
    """Many repetitions of a piece that looks like an end come to an end themselves."""
    text = piece * (300_000 // len(piece))
    found = Doc.of(text).sentences
    assert all(start < end for start, end in found)
    assert sum(end - start for start, end in found) <= len(text)
