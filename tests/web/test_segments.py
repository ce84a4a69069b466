"""Crossing highlights cut into flat pieces, for any text and any spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.highlight import Cover, segments

# Letters of one and of four bytes, combining marks, joiners, right to left, ends of lines: every one counts one.
LETTERS = st.sampled_from([*"ab<&\"' \n", "é", "\u0301", "\u200d", "👩", "🏽", "𝔄", "ش", "\u202e", "\x00"])
TEXTS = st.text(LETTERS, max_size=40)
LAYERS = st.sampled_from(["speaker", "cue", "content", "mention", "time"])


@st.composite
def covered(draw: st.DrawFn) -> tuple[str, list[Cover]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places, LAYERS, st.sampled_from("123")), max_size=12))
    return text, [Cover(min(a, b), max(a, b), layer, of) for a, b, layer, of in pairs]


@given(covered())
def test_the_pieces_are_the_text_and_lie_side_by_side(case: tuple[str, list[Cover]]) -> None:
    text, covers = case
    found = segments(text, covers)
    assert "".join(one.text for one in found) == text
    assert all(one.text == text[one.start : one.end] and one.text for one in found)
    assert [one.start for one in found[1:]] == [one.end for one in found[:-1]]


@given(covered())
def test_every_character_has_just_the_highlights_that_cover_it(case: tuple[str, list[Cover]]) -> None:
    text, covers = case
    for one in segments(text, covers):
        for place in range(one.start, one.end):
            wanted = [cover for cover in covers if cover.start <= place < cover.end]
            assert sorted(one.covers, key=repr) == sorted(wanted, key=repr)
            assert one.layers == {cover.layer for cover in wanted}


@given(covered())
def test_two_pieces_that_touch_differ(case: tuple[str, list[Cover]]) -> None:
    found = segments(*case)
    assert all(a.covers != b.covers for a, b in pairwise(found))


@given(covered(), st.data())
def test_a_part_of_the_text_is_cut_as_the_whole_is(case: tuple[str, list[Cover]], data: st.DataObject) -> None:
    text, covers = case
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=3))
    found = segments(text, covers, (first, last), cuts=cuts)
    assert "".join(one.text for one in found) == text[first:last]
    whole = {at: one.covers for one in segments(text, covers) for at in range(one.start, one.end)}
    assert all(one.covers == whole[at] for one in found for at in range(one.start, one.end))
    assert {one.start for one in found} >= {cut for cut in cuts if first < cut < last}


def test_the_order_of_the_highlights_does_not_matter() -> None:
    covers = [Cover(0, 4, "content", "2"), Cover(2, 6, "content", "1"), Cover(0, 4, "mention", "3")]
    assert segments("abcdef", covers) == segments("abcdef", covers[::-1])


def test_speech_inside_speech_has_its_depth() -> None:
    found = segments("abcd", [Cover(0, 4, "content", "1"), Cover(1, 3, "content", "2")])
    assert [one.depth("content") for one in found] == [1, 2, 1]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 5), (3, 2)])
def test_a_highlight_out_of_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="out of a text of 4 code points"):
        segments("abcd", [Cover(start, end, "content")])


def test_many_highlights_of_a_long_text_are_cut_in_one_pass() -> None:
    """As many as a long report has; a step for each pair of them would not end."""
    text = "word " * 60_000
    covers = [Cover(at, at + 60, "content", str(at)) for at in range(0, 299_000, 25)]
    found = segments(text, covers)
    assert "".join(one.text for one in found) == text
    assert max(one.depth("content") for one in found) == 3
