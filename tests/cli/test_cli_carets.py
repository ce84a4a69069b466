"""Carets stand under the characters of the spans, at any width."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.terminal import MARKS, in_context, quoted, width_of

TEXT = "First paragraph.\n\n“There is no second ship,” Strezin told a news conference. He left.\n\nLast."


def span(part: str) -> tuple[tuple[int, int], ...]:
    at = TEXT.index(part)
    return ((at, at + len(part)),)


PARTS = {"speaker": span("Strezin"), "cue": span("told"), "content": span("“There is no second ship,”")}


def test_marks_stand_under_their_characters() -> None:
    """The paragraph is shown, content, speaker and cue each under its own mark."""
    assert list(in_context(TEXT, PARTS, width=100)) == [
        "“There is no second ship,” Strezin told a news conference. He left.",
        "^^^^^^^^^^^^^^^^^^^^^^^^^^ ======= ~~~~",
    ]


def marked(lines: list[str], mark: str) -> str:
    """The characters above ``mark`` in pairs of a line and its marks."""
    out = []
    for line, under in pairwise(lines):
        if under.strip() and set(under) <= {" ", *MARKS.values()}:
            out.append("".join(char for char, sign in zip(line, under, strict=False) if sign == mark))
    return "".join(out)


@given(st.integers(12, 120))
def test_any_width(width: int) -> None:
    """However narrow, each mark is under its own characters and no line is too wide."""
    lines = list(in_context(TEXT, PARTS, width=width))
    assert max(map(width_of, lines)) <= width
    for name, ((a, b),) in PARTS.items():
        assert marked(lines, MARKS[name]).replace(" ", "") == TEXT[a:b].replace(" ", "")


def test_far_spans_leave_out_the_middle() -> None:
    """Between spans far apart the middle is left out, and that is shown."""
    text = "Strezin spoke. " + "x " * 600 + "It was late."
    parts = {"speaker": ((0, 7),), "content": ((len(text) - 12, len(text)),)}
    lines = list(in_context(text, parts, width=80))
    assert "[…]" in lines
    assert len(lines) < 20
    assert marked(lines, "^") == "It was late."


def test_wide_characters() -> None:
    """A character two columns wide has two marks."""
    assert list(in_context("東京 said", {"speaker": ((0, 2),)}, width=40)) == ["東京 said", "===="]


def test_quoted_pieces() -> None:
    """Pieces of one content are set apart."""
    assert quoted("A, he said. B", ((0, 2), (12, 13))) == "A, … B"
