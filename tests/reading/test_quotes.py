"""What the shipped model finds in texts of our own; that nothing makes it fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.reading.network import encoder
from onrecord.reading.statements.quotes import Attribution, find_attributions
from onrecord.shipped import pinned, shipped

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "quotes.jsonl").read_text("utf-8").splitlines()
]


def _words(text: str, one: Attribution) -> dict[str, list[str]]:
    roles = {"speaker": one.speaker, "cue": one.cue, "content": one.content}
    return {role: [text[a:b] for a, b in spans] for role, spans in roles.items()}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=pytest.mark.xfail(strict=True, reason=case["comment"]) if case.get("fails") else (),
        )
        for case in CASES
    ],
)
def test_attributions_of_plain_sentences(case: dict) -> None:
    """Clear cases, each with exactly the attributions listed."""
    found = [_words(case["input"], one) for one in find_attributions(case["input"])]
    assert found == case["expected"], case["comment"]


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(max_size=400)
    | st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "said",
                "Orlova",
                "he",
                ",",
                ".",
                "\n\n",
                "\r\n",
                "\u00a0",
                "🙂",
                "שלום",
                "ﬁ",
                "that",
                "not",
            ]
        ),
        max_size=120,
    ).map(" ".join)
)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    """Unbalanced marks, odd spaces, emoji, other scripts: spans are ordered, not empty, inside the text."""
    for one in find_attributions(text):
        assert one.cue or one.content
        assert 0 <= one.confidence <= 1
        for spans in (one.speaker, one.cue, one.content):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert all(spans[n][1] < spans[n + 1][0] for n in range(len(spans) - 1))


@pytest.mark.long
def test_the_same_text_later_in_a_long_one_is_read_alike() -> None:
    """What stands far away does not change what is found; offsets move with the text."""
    piece = "“We will not leave the bridge,” said Mira Talvik, the mayor of Oster.\n"
    before = "The river was quiet on Monday and the boats stayed in the harbour all day long.\n" * 2000
    alone = [_words(piece, one) for one in find_attributions(piece)]
    text = before + piece
    late = [_words(text, one) for one in find_attributions(text) if one.content[0][0] >= len(before)]
    assert alone and late == alone


def test_a_model_that_is_not_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash decides, not the name of the file."""
    monkeypatch.setitem(pinned(), encoder.FILE, "0" * 64)
    with pytest.raises(ModelError, match="hash"):
        shipped(encoder.FILE)
    with pytest.raises(ModelError, match="missing"):
        shipped("none.onnx")


def test_a_file_that_is_no_model_is_refused() -> None:
    """Damage is a clear error."""
    with pytest.raises(ModelError, match="cannot be loaded"):
        encoder.load(b"not a model")
