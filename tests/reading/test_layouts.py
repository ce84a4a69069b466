"""Attributions told by layout."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.statements.layouts import LayoutAttribution, layout_attributions, merge
from onrecord.values import Spans

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/layouts.jsonl").read_text(encoding="utf-8").splitlines()
]


@dataclass(frozen=True)
class Found:
    """What a model gives: the three roles and a confidence."""

    speaker: Spans
    cue: Spans
    content: Spans
    confidence: float = 0.9


def quoted(text: str, found: list[LayoutAttribution]) -> list[list[str]]:
    return [[text[a:b] for ((a, b),) in (one.speaker, one.cue, one.content)] for one in found]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    """Each case gives exactly its speakers, marks and contents; the negative ones give none."""
    assert quoted(case["input"], layout_attributions(case["input"])) == case["expected"]


def test_as_many_texts_without_an_attribution_as_with_one() -> None:
    """Most colons do not attribute, so most cases must not either."""
    assert sum(not case["expected"] for case in CASES) * 2 >= len(CASES)


lines = st.lists(
    st.sampled_from(
        [
            "Q: Why?",
            "A: No.",
            "VENN: I go.",
            "Ada Venn: “We go now.”",
            "“We all go now.” — Ada Venn",
            "- Ada",
            ":",
            "—",
        ]
    )
    | st.text(alphabet=st.sampled_from('“”":—- \tAVbe.()@?'), max_size=30),
    max_size=8,
)


@given(lines, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_spans_are_sound(parts: list[str], gap: str) -> None:
    """Whatever the text: spans lie in it, none is empty or begins or ends with a space, none overlap."""
    text = gap.join(parts)
    taken: set[int] = set()
    for one in layout_attributions(text):
        for ((start, end),) in (one.speaker, one.cue, one.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert not taken & set(range(start, end))
            taken |= set(range(start, end))


@pytest.mark.long
def test_long_lines_are_read_in_time() -> None:
    """A line of a million characters, or of dashes, ends."""
    for unit in ("a: ", "— A", "“a ", "A-", ": — (@a)", "A b "):
        layout_attributions(unit * 100_000)
        layout_attributions("x\n" + unit * 100_000)
        layout_attributions((unit + "\n") * 100_000)


LAYOUT = LayoutAttribution(((0, 5),), ((5, 6),), ((7, 27),), "headline")


@pytest.mark.parametrize(
    ("model", "added"),
    [
        ([], True),
        ([Found(((0, 5),), (), ((40, 50),))], True),  # another content
        ([Found(((30, 35),), (), ((7, 12),))], True),  # a speech inside the turn
        ([Found(((30, 35),), (), ((7, 20),))], False),  # most of the content
        ([Found(((0, 5),), (), ((7, 9),))], False),  # the same speaker, a part of the content
        ([Found(((0, 5),), (), ((7, 27),))], False),  # the same
    ],
)
def test_merge_adds_what_the_model_has_not_found(model: list[Found], added: bool) -> None:
    """A layout's attribution is added unless the model has its content."""
    merged = merge(model, [LAYOUT])
    assert (LAYOUT in merged) == added
    assert [one for one in merged if isinstance(one, Found)] == model


def test_merge_keeps_the_order_of_the_text() -> None:
    """Attributions come by their first character."""
    late, early = Found(((90, 95),), (), ((80, 85),)), Found(((30, 35),), (), ((40, 50),))
    assert merge([late, early], [LAYOUT]) == [LAYOUT, early, late]
