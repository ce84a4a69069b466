"""Quotations gathered into utterances, and how two versions of one differ."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.utterances import Occurrence, utterances
from onrecord.linking.wording import differences, words

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    lines = (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("case", cases("wording"), ids=lambda case: case["label"])
def test_differences(case: dict) -> None:
    """What differs, of which kind, with the characters of both."""
    first, second = case["input"]
    got = [
        [one.kind, first[slice(*one.first)] if one.first else None, second[slice(*one.second)] if one.second else None]
        for one in differences(first, second)
    ]
    assert got == case["expected"]


@pytest.mark.parametrize("case", cases("utterances"), ids=lambda case: case["label"])
def test_utterances(case: dict) -> None:
    """Which quotations are one utterance."""
    given = [Occurrence(one, f"d_{one}", text, speaker) for one, text, speaker in case["input"]]
    assert [list(one.occurrences) for one in utterances(given)] == case["expected"]


def test_an_utterance_knows_its_fullest_version_and_its_reports() -> None:
    """The most words lead; a report that has it twice is named once."""
    text = "The dam held through the night and the village below it is safe again"
    whole = Occurrence("z", "d1", text + ".", None)
    cut = Occurrence("a", "d1", text.removesuffix(" safe again"), None)
    other = Occurrence("b", "d0", text, "p1")
    (found,) = utterances([cut, other, whole])
    assert (found.fullest, found.documents, found.speaker) == ("b", ("d0", "d1"), "p1")


PIECES = st.sampled_from(
    ["we", "will", "not", "leave", "the", "harbour", "…", "[they]", "...", "20", "never", "’t", "\u202bשלום", "🌊", "\n"]
)
TEXTS = st.lists(PIECES, max_size=30).map(" ".join)


@given(TEXTS, TEXTS)
def test_differences_are_spans_in_order(first: str, second: str) -> None:
    """Spans are never empty, lie in their text, rise, and together with what is the same cover all words."""
    for text, spans in (
        (first, [one.first for one in differences(first, second) if one.first]),
        (second, [one.second for one in differences(first, second) if one.second]),
    ):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    """No differences between equals."""
    assert differences(text, text) == []


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """Words are spans of their text, sorted, not empty."""
    spans = [one.span for one in words(text)]
    assert spans == sorted(spans) and all(start < end <= len(text) for start, end in spans)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["p1", "p2", None])), max_size=8), st.randoms())
def test_the_order_of_quotations_does_not_matter(quotes: list, draw) -> None:
    """The same utterances, and every quotation with words in exactly one of them."""
    given = [Occurrence(f"s{n}", f"d{n}", text, speaker) for n, (text, speaker) in enumerate(quotes)]
    shuffled = draw.sample(given, len(given))
    found = utterances(given)
    assert utterances(shuffled) == found
    ids = sorted(one for utterance in found for one in utterance.occurrences)
    assert ids == sorted(one.id for one in given if any(word.kind != "ellipsis" for word in words(one.text)))


def test_long_texts_are_laid_along_one_another() -> None:
    """Fifty thousand words with one changed: that one is found."""
    first = " ".join(f"w{n}" for n in range(50_000))
    (one,) = differences(first, first.replace(" w25000 ", " other "))
    assert (one.kind, first[slice(*one.first)]) == ("changed", "w25000")


def test_a_long_text_without_any_pattern_comes_to_an_end() -> None:
    """Two long texts of the same few words, over and over, are no trap."""
    assert differences("a b " * 20_000, "b a a " * 20_000)
