"""How a text is laid out in paragraphs and parts, and where in it that stood which was left out."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.highlight import paragraphs, part_of, parts, places, without_tags

TEXTS = st.text(st.sampled_from([*"abc.  \n\n", "👩", "\u0301"]), max_size=80)


@given(TEXTS, st.integers(1, 20))
def test_paragraphs_hold_every_letter_once_and_in_order(text: str, longest: int) -> None:
    found = paragraphs(text, longest=longest)
    assert all(0 <= start < end <= len(text) and end - start <= longest for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    assert all("\n\n" not in text[start : end - 1] for start, end in found)


@given(TEXTS, st.lists(st.integers(0, 80)), st.integers(1, 30), st.integers(1, 4))
def test_parts_hold_every_paragraph_once(text: str, starts: list[int], length: int, statements: int) -> None:
    found = paragraphs(text)
    made = parts(found, sorted(starts), length=length, statements=statements)
    assert made[0][0] == 0 and made[-1][1] == len(found)
    assert all(a[1] == b[0] and a[0] < a[1] for a, b in pairwise(made))
    for first, last in made:
        if last - first > 1:
            begin, end = found[first][0], found[last - 1][1]
            assert end - begin <= length
            assert sum(begin <= one < end for one in starts) <= statements


@given(TEXTS, st.integers(1, 30))
def test_each_paragraph_is_found_in_its_part(text: str, length: int) -> None:
    found = paragraphs(text)
    made = parts(found, [], length=length)
    for number, (first, last) in enumerate(made):
        for start, end in found[first:last]:
            assert part_of(found, made, start) == part_of(found, made, end - 1) == number


TEXT = "A ship was held.\n\nThe envoy called it plain piracy.\n\nNobody else said a word that day."
HTML = """<html><head><title>A ship was held.</title><script>var x = "The envoy called it plain piracy."</script></head>
<body><nav>Home News</nav><h1>A ship was held.</h1><p>The <b>envoy</b> called it
plain&nbsp;piracy.</p><aside>Sign up here</aside><p>Nobody else said a word that day.</p><footer>© 2023</footer></body>"""


@pytest.mark.parametrize(
    ("piece", "place"),
    [("Home News", 1), ("Sign up here", 2), ("© 2023", 3), ("<title>", 0)],
)
def test_what_was_left_out_of_a_page_has_its_place(piece: str, place: int) -> None:
    """The headline is met in the head of the page first, so what comes after that stands below it."""
    at = HTML.index(piece)
    assert places(TEXT, paragraphs(TEXT), HTML, "html", [(at, at + len(piece))]) == [place]


def test_a_paragraph_that_a_teaser_repeats_does_not_upset_the_others() -> None:
    original = "Nobody else said a word that day.\n\nTEASERS\n\n" + TEXT + "\n\nEND"
    spans = [(original.index(one), original.index(one) + 3) for one in ("TEASERS", "END")]
    assert places(TEXT, paragraphs(TEXT), original, "text", spans) == [0, 3]


def test_no_place_is_told_where_nothing_of_the_text_is_found() -> None:
    assert places(TEXT, paragraphs(TEXT), "wholly other words stand here", "text", [(0, 3), (4, 9)]) == [None, None]


BITS = st.sampled_from([*"<>/!- abs&;", "<script", "</script>", "<!--", "-->", "&amp;", "İ"])


@given(st.lists(BITS, max_size=20).map("".join))
def test_without_tags_every_character_keeps_its_place(source: str) -> None:
    found = without_tags(source)
    assert len(found) == len(source)
    assert all(a == b or a == " " for a, b in zip(found, source, strict=True))
    assert "<" not in found


def test_a_broken_page_costs_one_pass() -> None:
    """Scripts without an end: a search to the end of the page for each of them would not end."""
    source = "<script" * 200_000
    assert without_tags(source).strip() == ""
