"""When a statement was made: the time around its cue, a sentence about it, the report's date."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.statements.said import said_in_report, said_of
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval, Span, Speaker, Statement

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "said.jsonl").read_text(encoding="utf-8").splitlines()
]
DAY = Interval("2022-01-29", "2022-01-29", "day", "line 'date'")


def parts(text: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its marks: {cue}, <speaker>, [content]."""
    spans: dict[str, list[Span]] = {"[": [], "{": [], "<": []}
    plain, starts = "", {}
    for piece in re.split(r"([\[\]{}<>])", text):
        if piece in spans:
            starts[piece] = len(plain)
        elif piece in ("]", "}", ">"):
            opened = {"]": "[", "}": "{", ">": "<"}[piece]
            spans[opened].append((starts[opened], len(plain)))
        else:
            plain += piece
    return plain, spans


def statement(spans: dict[str, list[Span]], **more: Any) -> Statement:
    return Statement(
        id=more.pop("id", "s_1"), document_id="d_1", speaker=tuple(spans["<"]), cue=tuple(spans["{"]),
        content=tuple(spans["["]), kind="indirect", confidence=1.0, **more,
    )  # fmt: skip


def interval(value: str | None) -> Interval | None:
    if value is None:
        return None
    first, _, last = value.partition("/")
    return Interval(first, last or first, "interval" if last else "day", "given")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    """The interval, the characters that show it, and a basis that says so."""
    text, spans = parts(case["input"])
    published = interval(case["published"])
    said = said_of(Doc.of(text), statement(spans), find_times(Doc.of(text), anchor=published), published=published)
    if case["expected"] is None:
        assert said is None
        return
    assert said is not None
    earliest, latest, evidence, basis = case["expected"]
    assert (said.interval.earliest, said.interval.latest) == (earliest, latest)
    assert [text[slice(*span)] for span in said.evidence] == evidence
    assert basis in said.interval.basis


def two(text: str, **second: Any) -> tuple[str, list[Statement]]:
    """The two statements of a text whose second one stands after a bar."""
    head, tail = text.split("|")
    plain, first = parts(head)
    rest, later = parts(tail)
    moved = {mark: [(a + len(plain), b + len(plain)) for a, b in spans] for mark, spans in later.items()}
    speakers = (Speaker(0, "name", (), 1.0),)
    return plain + rest, [statement(first, speakers=speakers), statement(moved, id="s_2", **second)]


def test_a_speaker_goes_on_speaking_then() -> None:
    """An undated statement of a speaker who was dated before is of that time, and says why."""
    text, statements = two(
        "<Orlova> {said} [they would stay] in an interview on Tuesday.\n\n|<She> also {noted} [the cost].",
        speakers=(Speaker(0, "pronoun", (), 1.0),),
    )
    said = said_in_report(Doc.of(text), statements, find_times(Doc.of(text), anchor=DAY), published=DAY)
    assert [one and one.interval.earliest for one in said] == ["2022-01-25", "2022-01-25"]
    assert said[1] and "words before" in said[1].interval.basis and said[1].evidence


def test_another_speaker_does_not() -> None:
    """Somebody else's time is no evidence."""
    text, statements = two(
        "<Orlova> {said} [they would stay] in an interview on Tuesday.\n\n|<Petrov> {noted} [the cost].",
        speakers=(Speaker(1, "name", (), 1.0),),
    )
    said = said_in_report(Doc.of(text), statements, find_times(Doc.of(text), anchor=DAY), published=DAY)
    assert said[1] and (said[1].interval.earliest, said[1].evidence) == ("2022-01-22", ())


def test_speech_inside_speech_counts_from_the_outer_one() -> None:
    """Two days before Tuesday, not two days before the report."""
    text = "“As Karim said two days ago, they must go,” Orlova said on Tuesday."
    end = text.index(",” Orlova")
    outer = Statement(
        "s_1", "d_1", ((end + 3, end + 9),), ((end + 10, end + 14),), ((1, end),), "direct", 1.0
    )
    cue = text.index("said")
    inner = Statement(
        "s_2",
        "d_1",
        ((4, 9),),
        ((cue, cue + 4),),
        ((text.index("they"), end),),
        "indirect",
        1.0,
        parent="s_1",
    )
    said = said_in_report(Doc.of(text), [outer, inner], find_times(Doc.of(text), anchor=DAY), published=DAY)
    assert [one and one.interval.earliest for one in said] == ["2022-01-25", "2022-01-23"]


@given(st.text(max_size=300), st.data())
def test_evidence_stands_in_any_text(text: str, data: st.DataObject) -> None:
    """Never an error; spans in range and outside what is said; never later than the report."""
    size = len(text)
    spans = [
        tuple(sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))) for _ in range(2)
    ]
    cue, content = (((a, b),) if a < b else () for a, b in spans)
    if not cue and not content:
        return
    made = Statement("s", "d", (), cue, content, "direct", 1.0)
    said = said_of(Doc.of(text), made, find_times(Doc.of(text), anchor=DAY), published=DAY)
    assert said is not None
    assert said.interval.earliest <= said.interval.latest and said.interval.latest[:10] <= DAY.latest
    for a, b in said.evidence:
        assert 0 <= a < b <= size
        assert not any(min(b, end) > max(a, start) for start, end in content)
