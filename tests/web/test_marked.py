"""Marks that cross are cut flat, and nothing of the text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.highlight import cut, pieces

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.integers(1, 4)), max_size=6)


@given(st.text(max_size=30), st.integers(0, 12), SPANS)
def test_parts_are_the_text_with_its_marks(text: str, start: int, given: list[tuple[int, int, int]]) -> None:
    marks = [((a, a + length), number) for a, length, number in given]
    at = start
    for part in cut(text, start, marks):
        assert part.text
        for here in range(at, at + len(part.text)):
            assert set(part.marks) == {number for (a, b), number in marks if a <= here < b}
        at += len(part.text)
    assert "".join(part.text for part in cut(text, start, marks)) == text


def test_a_mark_ends_once() -> None:
    """So that its number is shown once, behind its last character."""
    found = cut("fourteen people", 0, [((0, 8), 1), ((4, 15), 2)])
    assert [(part.text, part.ends) for part in found] == [("four", ()), ("teen", (1,)), (" people", (2,))]


def test_pieces_are_cut_by_code_points_of_the_report() -> None:
    found = pieces(("𝔸 ship", "left"), ((10, 16), (30, 34)), [((12, 16), 1), ((31, 60), 2)])
    assert [[(part.text, part.marks) for part in piece] for piece in found] == [
        [("𝔸 ", ()), ("ship", (1,))],
        [("l", ()), ("eft", (2,))],
    ]
