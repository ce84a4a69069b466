"""Windows: every piece is read once, nothing is longer than the encoder takes, offsets fit the text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.network.windows import (
    CLS,
    SEP,
    SHAPES,
    pieces_of,
    spans_of_windows,
    window_of,
    word_shape,
)
from onrecord.reading.statements.quotes import segments

WORDS = st.sampled_from(
    [
        "said",
        "“We",
        "go,”",
        "Orlova",
        "US",
        "2019",
        "ﬁnal",
        "naïve",
        "שלום",
        "🙂",
        "don’t",
        "\u00a0",
        "e\u0301",
        "x" * 300,
    ]
)
TEXTS = st.lists(st.lists(WORDS, max_size=30).map(" ".join), max_size=12).map("\r\n\n".join) | st.text(
    max_size=200
)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, length=st.integers(24, 64), context=st.integers(0, 8), shift=st.integers(0, 40))
def test_each_piece_is_read_for_good_in_exactly_one_window(
    text: str, length: int, context: int, shift: int
) -> None:
    """The cores of the windows are all pieces in order; no window is longer than asked."""
    pieces = pieces_of(text)
    spans = spans_of_windows(pieces, length=length, context=context, shift=shift)
    windows = [window_of(pieces, span) for span in spans]
    read = [int(piece) for window in windows for piece in window.piece[window.core]]
    assert read == list(range(len(pieces.ids)))
    assert all(len(window.ids) <= length for window in windows)
    assert all(window.ids[0] == CLS and window.ids[-1] == SEP for window in windows)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_pieces_cover_words_of_the_text(text: str) -> None:
    """Offsets are half-open, in order, inside the text, never on white space alone."""
    pieces = pieces_of(text)
    assert np.all(pieces.start < pieces.end) and np.all(pieces.end <= len(text))
    assert np.all(np.diff(pieces.start) >= 0)
    assert all(text[a:b].strip() for a, b in zip(pieces.start, pieces.end, strict=True))


def test_a_paragraph_is_kept_whole_where_it_fits() -> None:
    """A window ends where a paragraph ends if it can."""
    text = "\n".join("word " * 20 for _ in range(9))
    pieces = pieces_of(text)
    for _, start, end in spans_of_windows(pieces, length=64, context=8):
        assert start % 20 == 0 and end % 20 == 0


def test_context_is_shown_again_but_not_read_again() -> None:
    """The second window begins with the tail of the first."""
    pieces = pieces_of("word " * 120)
    first, second = (window_of(pieces, span) for span in spans_of_windows(pieces, length=64, context=8)[:2])
    assert second.piece[1] == first.piece[first.core][-8]
    assert not second.core[1:9].any()


def test_less_is_shown_again_where_a_paragraph_begins() -> None:
    """Links stay in their paragraph: a quarter of the context is enough there."""
    pieces = pieces_of("\n".join("word " * 40 for _ in range(3)))
    assert [start - begin for begin, start, _ in spans_of_windows(pieces, length=64, context=8)] == [0, 2, 2]


def test_a_long_line_of_spaces_takes_no_time() -> None:
    """White space alone gives no window, however long."""
    assert spans_of_windows(pieces_of(" " * 300_000 + "\n" + "\t" * 300_000)) == []


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", "lower"),
        ("Moscow", "capital"),
        ("A", "capital"),
        ("US", "upper"),
        ("McCain", "mixed"),
        ("54", "digits"),
        ("…", "mark"),
        ("שלום", "lower"),
    ],
)
def test_letter_shapes(word: str, shape: str) -> None:
    """What the uncased vocabulary loses is given back as a shape."""
    assert SHAPES[word_shape(word)] == shape


@given(text=st.text(alphabet="ab \n", max_size=300), size=st.integers(1, 50))
def test_segments_cover_the_text_once(text: str, size: int) -> None:
    """Put together, the segments are the text; none is longer than asked."""
    spans = list(segments(text, size=size))
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(0 < b - a <= size for a, b in spans)
