"""Single lines: which are left over from a page by their wording, and which only look so."""

import json
from pathlib import Path

import pytest

from onrecord.documents.characters import Line
from onrecord.documents.lines import judge, unwrapped
from onrecord.documents.phrases import drop_reason

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "lines.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["input"][:40])
def test_line(case: dict[str, str | None]) -> None:
    """A line is dropped for its stated reason, or kept."""
    assert drop_reason(str(case["input"])) == case["expected"], case["comment"]


def test_as_many_lines_must_stay_as_must_go() -> None:
    """The cases hold at least as many negative ones as positive ones."""
    kept = sum(case["expected"] is None for case in CASES)
    assert kept >= len(CASES) - kept


PROSE = [
    f"The envoy told reporters on day {n} that the talks over the harbour would go on, and that nobody had left."
    for n in range(12)
]
MENU = ["Home", "World", "Business", "Opinion", "Sport", "Weather", "Video", "Jobs", "Log in", "Contact us"]
FOOT = [
    "About us",
    "Careers",
    "Terms of use",
    "Privacy policy",
    "Newsletter",
    "Mobile apps",
    "RSS",
    "Facebook",
]


def test_whole_page_keeps_the_article_only() -> None:
    """Of a page given as text, menu and footer go and every paragraph stays."""
    texts = [*MENU, "Talks over harbour go on", *PROSE, *FOOT]
    reasons = judge(texts, mode="auto")
    assert [
        text for text, reason in zip(texts, reasons, strict=True) if reason is None and text in PROSE
    ] == PROSE
    kept = [text for text, reason in zip(texts, reasons, strict=True) if reason is None]
    assert sum(text in MENU + FOOT for text in kept) <= 6  # of 18


def test_clean_article_keeps_its_headings() -> None:
    """In a text that is an article, short lines that say nothing of a page stay."""
    texts = [PROSE[0], "The harbour", PROSE[1], "No.", PROSE[2], "Why now?", PROSE[3]]
    assert judge(texts, mode="auto") == [None] * len(texts)


def test_wrapped_text_becomes_paragraphs() -> None:
    """Lines broken at a fixed width are joined, paragraphs stay apart."""
    wrapped = [
        Line(0, 62, "The envoy told reporters on Monday that the talks over the new", True),
        Line(63, 120, "harbour would go on for as long as both of the sides were", False),
        Line(121, 135, "ready to talk.", False),
        Line(137, 200, "A spokesman for the other side, reached by telephone, said that", True),
        Line(201, 220, "he knew of no talks.", False),
    ]
    assert [line.text.count(" ") for line in unwrapped(wrapped)] == [27, 15]
    assert unwrapped(wrapped)[0].end == 135


def test_paragraphs_on_single_lines_are_not_joined() -> None:
    """One paragraph a line, without blank lines between, stays as it is."""
    lines = [Line(i * 200, i * 200 + 120, text, False) for i, text in enumerate(PROSE)]
    assert unwrapped(lines) == lines


def test_from_the_comments_on_everything_is_readers() -> None:
    """A heading of comments far down ends the article; the same words near its top or in a sentence do not."""
    article = ["A headline", "The mayor spoke for an hour.", "Nobody answered.", "The bridge is closed."]
    comments = [
        "2 thoughts on “A headline”",
        "gull says:",
        "March 10, 2023 at 7:14 am",
        "There were no boots.",
    ]
    reasons = judge([*article, *comments], mode="clean")
    assert reasons[:4] == [None] * 4 and all(reasons[4:])
    assert judge(["2 thoughts on “A headline”", *article], mode="clean")[1:] == [None] * 4
    assert judge([*article, "There were 2 thoughts on “A headline” at the meeting."], mode="clean")[4] is None
