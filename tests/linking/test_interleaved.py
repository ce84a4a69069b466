"""Two versions of a quotation as one text: nothing lost of either, and parted only where they part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.wording import interleaved, words

SOME = st.lists(st.sampled_from(["we", "will", "not", "leave", "…", "[he]", "it’s", ",", ".", "go"]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        ("We will go", "we will go.", [("same", "We will go", "")]),
        ("We will never go", "We will go", [("same", "We will ", ""), ("cut", "never", ""), ("same", " go", "")]),
        ("We will go", "We will go home", [("same", "We will go", ""), ("cut", "", "home")]),
        ("We go", "Today we go", [("cut", "", "Today"), ("same", "We go", "")]),
        ("We saw it all, and go", "We … go", [("same", "We ", ""), ("ellipsis", "saw it all, and", "…"), ("same", " go", "")]),
        ("He will go", "[Faro] will go", [("bracket", "He", "[Faro]"), ("same", " will go", "")]),
        ("", "We go", [("cut", "", "We go")]),
    ],
)
def test_cases(first: str, second: str, parts: list[tuple[str, str, str]]) -> None:
    assert [(one.kind, one.first, one.second) for one in interleaved(first, second)] == parts


@given(SOME, SOME)
def test_nothing_is_lost(first: str, second: str) -> None:
    """The first text is there character for character; of the second every word, in its order."""
    found = interleaved(first, second)
    assert "".join(one.first for one in found) == first
    told = " ".join(one.first if one.kind == "same" else one.second for one in found)
    assert [word.key for word in words(told)] == [word.key for word in words(second)]


@given(SOME)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(one.kind == "same" for one in interleaved(text, text))
