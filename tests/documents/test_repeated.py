"""Lines an outlet repeats: keys by words, classes by count and wording."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents import classify_repeated, line_keys


def test_same_words_same_key() -> None:
    """Marks, case and spaces do not tell lines apart; words do."""
    (first, second, third) = line_keys(
        "— Read the Tribune daily! —\n\nread the  tribune daily\n\nRead the Times daily"
    )
    assert first[2] == second[2] != third[2]
    assert len(first[2]) == 16


@given(st.text(max_size=200))
def test_keys_cover_lines(text: str) -> None:
    """Each key comes with the span of one line."""
    for start, end, key in line_keys(text):
        assert "\n" not in text[start:end] and start < end
        assert int(key, 16) >= 0


def test_classes() -> None:
    """A line seen in few reports is article; credits are told from leftovers."""
    assert classify_repeated("Read the Tribune daily", 2) == "article"
    assert classify_repeated("Read the Tribune daily", 40) == "boilerplate"
    assert classify_repeated("The Tessaly Press contributed to this report.", 40) == "credit"
    assert classify_repeated("Ana Ruiz", 9) == "credit"
    assert classify_repeated("What’s next", 9) == "boilerplate"
