"""Whether a speaker asserts, denies, declines, asks, promises or calls for a content."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lang import word_set
from onrecord.reading.stance.polarity import stance_of
from onrecord.reading.stance.words import VERBS, forms
from onrecord.text.doc import Doc
from onrecord.values import Spans, Stance

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/stance.jsonl").read_text(encoding="utf-8").splitlines()
]
BRACKETS = {"{": "}", "<": ">", "[": "]"}
WORDS = word_set(
    "He did not n't say said denied that nobody refused to asked whether “ ” ? . , we will must call for "
    "claimed may ruled out never yet without 😀 שלום no comment"
) | {"\r\n", "\u00a0"}


def unbracket(marked: str) -> tuple[str, dict[str, Spans]]:
    """The text without brackets, and the spans of {speaker}, <cue> and [content]."""
    text = ""
    spans: dict[str, list[tuple[int, int]]] = {opening: [] for opening in BRACKETS}
    begun: dict[str, int] = {}
    for character in marked:
        if character in BRACKETS:
            begun[BRACKETS[character]] = len(text)
        elif character in begun:
            opening = next(key for key, closing in BRACKETS.items() if closing == character)
            spans[opening].append((begun.pop(character), len(text)))
        else:
            text += character
    return text, {opening: tuple(found) for opening, found in spans.items()}


def read(marked: str) -> tuple[str, Stance]:
    """The text of a marked case and its stance."""
    text, spans = unbracket(marked)
    return text, stance_of(Doc.of(text), speaker=spans["{"], cue=spans["<"], content=spans["["])


def parameter(case: dict[str, Any]) -> Any:
    """A case as a parameter; one that is known to fail must go on failing until its note is taken away."""
    marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case, marks=marks, id=case["label"])


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each case has its polarity, and where given the very words that show it."""
    text, stance = read(case["input"])
    expected = case["expected"]
    assert stance.polarity == expected["polarity"]
    for name in ("evidence", "hedges", "distances"):
        if name in expected:
            assert [text[a:b] for a, b in getattr(stance, name)] == expected[name]


def test_every_polarity_but_assertion_has_evidence() -> None:
    """What is not plainly asserted says by which words."""
    for case in CASES:
        _, stance = read(case["input"])
        assert stance.evidence or stance.polarity == "asserts", case["label"]


def test_as_many_cases_that_only_look_like_one() -> None:
    """At least a third of the cases are plain assertions in which other words tempt."""
    plain = [case for case in CASES if case["expected"]["polarity"] == "asserts"]
    assert 3 * len(plain) >= len(CASES) >= 150


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=40).map(" ".join), st.data())
def test_spans_are_in_range_sorted_and_disjoint(text: str, data: st.DataObject) -> None:
    """Any text and any spans give evidence that is in the text, and never an exception."""

    def draw() -> Spans:
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
        return tuple(zip(cuts[::2], cuts[1::2], strict=False))

    stance = stance_of(Doc.of(text), speaker=draw(), cue=draw(), content=draw())
    for spans in (stance.evidence, stance.hedges, stance.distances):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)


def test_a_cue_that_ends_within_a_word_gives_no_overlap() -> None:
    """Spans from elsewhere may cut a word; the evidence is still disjoint."""
    text = "never nobody nobody"
    stance = stance_of(Doc.of(text), speaker=(), cue=((15, 16),), content=())
    assert all(before[1] < after[0] for before, after in pairwise(stance.evidence))


@given(st.text(max_size=80), st.data())
def test_any_text_has_a_stance(text: str, data: st.DataObject) -> None:
    """No text raises, with the whole of it as cue, content or speaker."""
    whole: Spans = ((0, len(text)),) if text else ()
    roles = {name: whole if data.draw(st.booleans()) else () for name in ("speaker", "cue", "content")}
    stance_of(Doc.of(text), speaker=roles["speaker"], cue=roles["cue"], content=roles["content"])


def test_a_huge_content_changes_nothing() -> None:
    """What stands far from the cue does not decide."""
    text = "He denied that " + "the ship sank and was not " * 12_000
    stance = stance_of(Doc.of(text), speaker=((0, 2),), cue=((3, 9),), content=((10, len(text)),))
    assert (stance.polarity, stance.evidence) == ("denies", ((3, 9),))


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("refuse", {"refuse", "refuses", "refused", "refusing"}),
        ("rebut", {"rebut", "rebuts", "rebutted", "rebutting"}),
        ("say", {"say", "says", "said", "saying"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("reply", {"reply", "replies", "replied", "replying"}),
        ("dismiss", {"dismiss", "dismisses", "dismissed", "dismissing"}),
    ],
)
def test_forms(lemma: str, expected: set[str]) -> None:
    """The forms of a verb are made by rule, and all of them lead back to it."""
    assert set(forms(lemma)) == expected
    assert {VERBS[form].lemma for form in expected} == {lemma}
