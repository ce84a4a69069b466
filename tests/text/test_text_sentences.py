"""Where sentences begin, over tokens."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from texts_made import TEXTS

from onrecord.text.doc import Doc
from onrecord.text.sentences import sentence_starts
from onrecord.text.tokens import tokens

HERE = Path(__file__).parent
CASES = [
    json.loads(line)
    for path in (HERE / "cases/sentences.jsonl", HERE.parent / "reading/cases/sentences.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each case is cut as it says."""
    text = case["input"]
    assert [text[start:end] for start, end in Doc.of(text).sentences] == case["expected"]


@given(TEXTS)
def test_sentences_part_the_tokens(text: str) -> None:
    """Each token is in one sentence, none is empty, and a line break is in none."""
    found = tokens(text)
    starts = sentence_starts(text, found)
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(found.texts) for start in starts)
    assert bool(starts) == bool(found.texts)
    assert not starts or starts[0] == 0
    assert not any("\n" in text[start:end] for start, end in Doc.of(text).sentences)


@pytest.mark.parametrize(
    "piece", [".", ". ", '."', "A. ", "\n", "a", "?” A ", "[1] ", "www.", "-", "<a", "Thanks, "]
)
def test_a_huge_text_is_cut(piece: str) -> None:
    """Many repetitions of a piece that looks like an end come to an end themselves."""
    text = piece * (60_000 // len(piece))
    spans = Doc.of(text).sentences
    assert all(start < end for start, end in spans)
    assert sum(end - start for start, end in spans) <= len(text)
