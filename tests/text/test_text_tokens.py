"""How a text is cut into tokens."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts_made import TEXTS

from onrecord.lang import language
from onrecord.text.tokens import Cutter, shape, tokens

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/tokens.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each case is cut as it says."""
    assert tokens(case["input"]).texts == case["expected"]


@given(TEXTS)
def test_tokens_hold_every_character_but_white_space_once(text: str) -> None:
    """They ascend, do not overlap, are what stands there, and leave nothing but white space out."""
    found = tokens(text)
    last = 0
    for start, end, word in zip(*found, strict=True):
        assert last <= start < end
        assert text[start:end] == word
        assert not any(character.isspace() for character in word)
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()


@given(TEXTS)
def test_a_shape_has_the_length_of_its_text(text: str) -> None:
    """One ASCII character for each, so offsets are those of the text."""
    form = shape(text)
    assert len(form) == len(text)
    assert form.isascii()
    assert [one.isspace() for one in form] == [one.isspace() for one in text]


@given(st.text(st.characters(exclude_categories=["Z", "Cc"]), min_size=1, max_size=30))
def test_what_is_cut_alone_is_cut_so_in_a_text(piece: str) -> None:
    """What stands between spaces is cut without regard to what stands around it."""
    alone = list(Cutter(language("en")).cut(piece))
    assert tokens(f"so {piece} so").texts == ["so", *alone, "so"]


@pytest.mark.parametrize(
    "piece", [".", "a.", "-", "a-", "'", "1,", "http://", "@", "a@", "www.", "(:", "x" * 9]
)
def test_a_huge_piece_without_a_space_is_cut(piece: str) -> None:
    """Many repetitions of what a rule looks at come to an end, and nothing is lost."""
    text = piece * (60_000 // len(piece))
    assert "".join(tokens(text).texts) == text
