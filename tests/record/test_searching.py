"""Words that are searched for: the database and the marks in a text agree on where they stand."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.store.listing.filters import Where
from onrecord.store.listing.searching import Term, marks, search, terms

CASES = [
    # asked, text, what is marked (None: it does not fit)
    ("vessel", "The vessel left.", ["vessel"]),
    ("vessel", "The vessels left.", None),
    ("vessel*", "The vessels left the vessel.", ["vessels", "vessel"]),
    ("VESSEL", "The Vessel left.", ["Vessel"]),
    ("left vessel", "The vessel left.", ["vessel", "left"]),
    ("left harbour", "The vessel left.", None),
    ('"vessel left"', "The vessel left.", ["vessel left"]),
    ('"left vessel"', "The vessel left.", None),
    ("“vessel, left”", "The vessel – left.", ["vessel – left"]),
    ('"vessel left', "The vessel left.", ["vessel left"]),
    ("eclair", "No ÉCLAIR, no e\u0301clair", ["ÉCLAIR", "e\u0301clair"]),
    ("éclair", "No eclair", ["eclair"]),
    ("can't", "They can’t go.", ["can’t"]),
    ("well-known", "A well known man.", ["well known"]),
    ("19", "19 sailors, not 190", ["19"]),
    ("no no", "no and no", ["no", "no"]),
    ('"a b" "b c"', "a b c", ["a b c"]),
    ("порт", "Порт закрыт", ["Порт"]),
    ("<b>", "it is <b>bold</b>", ["b", "b"]),
    ("%", "100 %", UsageError),
    ("  ", "anything", UsageError),
]


def fits(text: str, asked: str) -> bool:
    """Whether the database finds ``text``, its pieces cut anywhere."""
    where = Where()
    search(where, "pieces", asked)
    connection = duckdb.connect()
    with connection:
        sql = f"SELECT count(*) FROM (SELECT [{{'quote': ?}}] AS pieces) {where}"
        row = connection.execute(sql, [text, *where.values]).fetchone()
    return row == (1,)


@pytest.mark.parametrize(("asked", "text", "marked"), CASES)
def test_words_are_found_and_marked(asked: str, text: str, marked: list[str] | type[UsageError] | None) -> None:
    if marked is UsageError:
        with pytest.raises(UsageError, match="nothing to search for"):
            terms(asked)
        return
    assert fits(text, asked) is (marked is not None)
    found = [text[start:end] for start, end in marks(text, terms(asked))]
    if isinstance(marked, list):
        assert found == marked


LETTERS = st.text(alphabet="abÀéßñÖøİж 9'-–“\u0301\n…", max_size=14)


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(text=LETTERS, words=st.text(alphabet="aBàÉßnøж9", min_size=1, max_size=4), begins=st.booleans())
def test_the_database_finds_just_what_is_marked(text: str, words: str, begins: bool) -> None:
    """A statement that is found has something to mark, and only such a one."""
    asked = words + ("*" if begins else "")
    assert fits(text, asked) == bool(marks(text, terms(asked)))


@settings(max_examples=200, deadline=None)
@given(text=LETTERS, words=st.lists(st.text(alphabet="aàb9ж", min_size=1, max_size=3), min_size=1, max_size=3))
def test_marks_are_sorted_whole_words(text: str, words: list[str]) -> None:
    """Marks lie in the text, in order, apart, none empty, and no letter goes on behind one."""
    spans = marks(text, [Term(word) for term in words for word in [terms(term)[0].words]])
    ends = [at for span in spans for at in span]
    assert ends == sorted(ends) and len(set(ends)) == len(ends)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end == len(text) or not text[end].isalnum() for _, end in spans)


def test_pieces_are_searched_as_one() -> None:
    """A quotation that the report interrupts is one."""
    where = Where()
    search(where, "pieces", '"never again"')
    with duckdb.connect() as connection:
        sql = f"SELECT count(*) FROM (SELECT [{{'quote': 'We never,'}}, {{'quote': 'again'}}] AS pieces) {where}"
        assert connection.execute(sql, where.values).fetchone() == (1,)
