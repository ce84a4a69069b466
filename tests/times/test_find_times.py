"""Times in a text: the cases, and what must hold for any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
WORDS = st.sampled_from(
    [
        "on",
        "in",
        "the",
        "of",
        "to",
        "from",
        "and",
        "3",
        "5",
        "12",
        "1941",
        "2022",
        "May",
        "March",
        "June",
        "Friday",
        "last",
        "next",
        "this",
        "week",
        "two",
        "days",
        "ago",
        "later",
        "early",
        "mid",
        "-",
        "–",
        ",",
        ".",
        "(",
        ")",
        "'",
        "1980s",
        "20th",
        "century",
        "spring",
        "winter",
        "morning",
        "at",
        "5:30",
        "pm",
        "BC",
        "year",
        "years",
        "every",
        "half",
        "past",
        "Christmas",
        "same",
        "following",
        "day",
        "99",
        "000",
        ":",
        "/",
        "said",
        "will",
        "noon",
        "a",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
ANCHORS = st.one_of(
    st.none(),
    st.dates().map(lambda day: Interval(day.isoformat(), day.isoformat(), "day", "")),
    st.just(Interval("2022-01-10", "2022-01-29", "interval", "")),
)


def anchor_of(case: dict[str, Any]) -> Interval | None:
    if case["anchor"] is None:
        return None
    first, _, last = case["anchor"].partition("/")
    return Interval(first, last or first, "day" if not last else "interval", "")


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and the spans they stood around."""
    plain, spans, start = "", [], 0
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            start = len(plain)
        elif piece == "]":
            spans.append((start, len(plain)))
        else:
            plain += piece
    return plain, spans


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    """Each expression stands where it is marked, with its value and, where given, its days."""
    if case.get("xfail"):
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["xfail"]))
    text, spans = marked(case["input"])
    found = find_times(Doc.of(text), anchor=anchor_of(case))
    assert [text[slice(*one.span)] for one in found] == [text[slice(*span)] for span in spans]
    assert [one.span for one in found] == spans
    for one, (value, *days) in zip(found, case["expected"], strict=True):
        assert one.value == value
        if days:
            assert one.interval is not None
            assert [one.interval.earliest, one.interval.latest] == days
        elif "X" in value or value.startswith(("P", "BC")):
            assert one.interval is None


def test_there_are_as_many_cases_as_promised() -> None:
    """Cases of every kind, a good part of them of texts without any time."""
    assert len(CASES) >= 180 and sum(not case["expected"] for case in CASES) >= 35


@given(TEXTS, ANCHORS)
@example("\u202e3 May 2020\u202c 🕰️ 5 o'clock", None)
@example("from 30 to 31 February 0000, 9999 years later and 99999999 days ago", None)
@example(
    "5-9-5-9 March - to 1999-98 BC's end, last last last", Interval("0001-01-01", "0001-01-01", "day", "")
)
@example("next century, 300 decades later", Interval("9999-12-31", "9999-12-31", "day", ""))
def test_spans_hold_for_any_text(text: str, anchor: Interval | None) -> None:
    """Sorted, apart, in range, never empty; intervals run forward; never an error."""
    end = 0
    for one in find_times(Doc.of(text), anchor=anchor, document_id="d"):
        assert end <= one.span[0] < one.span[1] <= len(text)
        assert text[slice(*one.span)] == text[slice(*one.span)].strip() != ""
        assert one.value and one.rule and one.id.startswith("t_")
        if one.interval is not None:
            assert one.interval.earliest <= one.interval.latest
            assert one.interval.basis
        end = one.span[1]


@pytest.mark.parametrize("digits", ["7" * 5000, "0" * 5000, "7" * 25])
def test_a_number_longer_than_python_reads_is_no_time(digits: str) -> None:
    """Wherever a time has a figure."""
    anchor = Interval("2024-05-05", "2024-05-05", "day", "given")
    for text in ("in {} days", "May {}", "5/{}/2024", "5.{}", "the {}s", "the {}0s BC", "{}:30", "{}th century"):
        for one in find_times(Doc.of(text.format(digits)), anchor=anchor, document_id="d"):
            assert one.interval is None or len(one.interval.latest) <= 32


@given(TEXTS)
def test_the_same_text_gives_the_same(text: str) -> None:
    """Nothing is remembered between texts, and ids depend on the document."""
    first, second = (
        find_times(Doc.of(text), anchor=None, document_id="a"),
        find_times(Doc.of(text), anchor=None, document_id="a"),
    )
    other = find_times(Doc.of(text), anchor=None, document_id="b")
    assert first == second
    assert not {one.id for one in first} & {one.id for one in other}


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    ["the ", "5 ", "twenty ", "last week ", "1941-", "May ", "at 5:", "early ", "a few days later ", "'"],
)
def test_long_repetitions_end(piece: str) -> None:
    """A text of one thing over and over is read like any other."""
    text = piece * (60_000 // len(piece))
    assert all(one.span[1] <= len(text) for one in find_times(Doc.of(text), anchor=None))
