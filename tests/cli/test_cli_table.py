"""Tables: nothing is ever cut off, whatever the width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli import terminal

ROWS = [
    {"speaker": "Darya Velinova", "content": "“We get many letters. Some of them are even addressed to us.”"},
    {"speaker": "she", "content": "nothing had been given in return"},
]


def test_pipe_keeps_every_cell_whole_on_one_line() -> None:
    """In a pipe there is one line a row, the full text, and nothing drawn."""
    out = "".join(terminal.lines(ROWS, ("speaker", "content"), width=None))
    assert out.splitlines() == [
        "SPEAKER         CONTENT",
        "Darya Velinova  “We get many letters. Some of them are even addressed to us.”",
        "she             nothing had been given in return",
    ]


def test_terminal_wraps_to_its_width() -> None:
    """On a terminal long cells are wrapped, not cut."""
    out = "".join(terminal.lines(ROWS, ("speaker", "content"), width=40)).splitlines()
    assert max(map(terminal.width_of, out)) <= 40
    assert out[1].startswith("──────────────  ──")
    shown = " ".join(line[16:].strip() for line in out[2:])
    assert ROWS[0]["content"] in shown


@given(st.text(max_size=200), st.integers(8, 60))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Wrapped lines hold every character and fit the width."""
    line = terminal.one_line(text)
    wrapped = terminal.wrap(line, width)
    assert "".join(wrapped).replace(" ", "") == line.replace(" ", "")
    assert all(terminal.width_of(one) <= width for one in wrapped)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9), st.integers(20, 200))
def test_fitted_widths(widths: list[int], room: int) -> None:
    """Widths fit the room unless every column is at its least; none grows."""
    fitted = terminal.fit(widths, room)
    assert all(new <= old for new, old in zip(fitted, widths, strict=True))
    assert sum(fitted) <= room or max(fitted) <= terminal.LEAST


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\nb\tc", "a\u202eb\x07", "a\x9bb"])
def test_no_control_reaches_the_terminal(text: str) -> None:
    """A report cannot colour, clear or reverse the terminal of its reader."""
    assert terminal.one_line(text).isprintable()


def test_an_id_is_never_broken_over_two_lines() -> None:
    """It is there to be copied; what was said is wrapped instead."""
    row = {"id": "s_0123456789abcdef", "speaker": "somebody " * 6, "content": "said a lot " * 30}
    out = list(terminal.lines([row], list(row), width=80))
    assert out[2].startswith("s_0123456789abcdef  ") and all(len(line) <= 81 for line in out)
