"""In what two sentences differ, and that every reason points to the characters that show it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.claims.differences import LONGEST, Told, differences
from onrecord.reading.quantities import measures
from onrecord.values import Interval

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "differences.jsonl").read_text("utf-8").splitlines()
]
TEXTS = st.lists(
    st.sampled_from(
        [
            "not", "no", "54", "60", "countries", "more than", "Russia", "China", "in", "on", "January 28",
            "Mira Talvik", "rose", "fell", "3.5 million", "%", ".", ",", "\n", "🙂", "مرحبا", "\r\n", "is false",
        ]
    ),
    max_size=30,
).map(" ".join)


def marked() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", marked())
def test_cases(case: dict) -> None:
    """Kind, the words in each text, and the reason for people."""
    first, second = case["input"]
    found = [
        [
            one.kind,
            " ".join(first[a:b] for a, b in one.first),
            " ".join(second[a:b] for a, b in one.second),
            one.words,
        ]
        for one in differences(first, second)
    ]
    assert found == case["expected"]


@pytest.mark.parametrize("case", marked())
def test_turned_round_the_same_things_differ(case: dict) -> None:
    """What differs does not depend on which text comes first."""
    first, second = case["input"]
    there = {(one.kind, one.first, one.second) for one in differences(first, second)}
    back = {(one.kind, one.second, one.first) for one in differences(second, first)}
    assert there == back
    assert bool(there) == bool(case["expected"])


@given(TEXTS, TEXTS)
def test_spans_lie_in_their_texts(first: str, second: str) -> None:
    """Sorted, in range, never empty, on any text."""
    for one in differences(first, second):
        assert one.words and one.first and one.second
        for text, spans in ((first, one.first), (second, one.second)):
            assert list(spans) == sorted(spans)
            assert all(0 <= a < b <= len(text) for a, b in spans)


@given(st.one_of(TEXTS, st.text(max_size=200)))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    """No reasons where there are none, on any text."""
    assert differences(text, text) == ()


def test_relative_days_count_from_their_own_report() -> None:
    """The same word can be two days, and two words one."""
    monday, tuesday = (Interval(day, day, "day", "given") for day in ("2022-01-24", "2022-01-25"))
    here = Told("The ship sailed on Monday.", monday)
    assert differences(here, Told("The ship sailed yesterday.", tuesday)) == ()
    found = differences(here, Told("The ship sailed yesterday.", monday))
    assert [one.words for one in found] == ["Monday against yesterday"]


def test_known_actors_are_compared_by_who_they_are() -> None:
    """Two words for one actor are no difference; one word for two is."""
    text = "The minister opened the bridge."
    first = Told(text, actors=(((0, 12), "a_1"),))
    assert differences(first, Told("Talvik opened the bridge.", actors=(((0, 6), "a_1"),))) == ()
    found = differences(first, Told(text, actors=(((0, 12), "a_2"),)))
    assert [(one.kind, one.first, one.second) for one in found] == [("actor", ((0, 12),), ((0, 12),))]


def test_only_the_beginning_of_a_huge_text_is_read() -> None:
    """The work stays small whatever is given."""
    huge = "54 countries and not one Mira Talvik in Cuba on May 2. " * 6000
    for one in differences(huge, "60 countries recognise Orlo Venn."):
        assert all(b <= LONGEST for _, b in one.first)
    assert differences("9" * 300_000, "no " * 100_000) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 50", [(50.0, float("inf"))]),
        ("no more than 50", [(0.0, 50.0)]),
        ("no fewer than 50", [(50.0, float("inf"))]),
        ("nearly 200", [(180.0, 200.0)]),
        ("twenty-three ships", [(23.0, 23.0)]),
        ("two hundred thousand", [(200_000.0, 200_000.0)]),
        ("a dozen eggs", [(12.0, 12.0)]),
        ("hundreds of men", [(200.0, 999.0)]),
        ("10,000 men", [(9_500.0, 10_500.0)]),
        ("394 054 tons", [(394_053.5, 394_054.5)]),
        ("COVID-19 at 12:30, version 2.5.1, 3-1", []),
    ],
)
def test_numbers_as_ranges(text: str, expected: list[tuple[float, float]]) -> None:
    """Bounds, rounding, words and scales."""
    found = [(one.low, one.high) for one in measures(text)]
    assert [pytest.approx(one, abs=1) for one in expected] == found
