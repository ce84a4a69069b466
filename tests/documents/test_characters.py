"""Canonical characters: what is stripped, what becomes a space, what stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents.characters import clean, lines


def test_unicode_stays_as_it_is() -> None:
    """Ligatures, accents, quotation marks, emoji with joiners and right-to-left text are not touched."""
    for text in (
        "ﬁnd",
        "e\u0301",
        "“No,” he said – ‘no’",
        "👩\u200d👩\u200d👧",
        "שלום",
        "می\u200cخواهم",
        "½",
    ):
        assert clean(text) == text


def test_odd_spaces_become_ordinary_ones() -> None:
    """Any run of white space is one space; invisible characters within words go."""
    assert clean("\u00a0a\u2009\u202fb\t c\u00ad\u200bd\ufeff ") == "a b cd"


@given(st.text(max_size=200))
def test_lines_stand_in_the_original(original: str) -> None:
    """Each line is what its span covers, cleaned; spans are in order and begin and end with something."""
    end = 0
    for line in lines(original):
        assert end <= line.start < line.end <= len(original)
        assert clean(original[line.start : line.end]) == line.text
        end = line.end
