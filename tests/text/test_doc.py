"""What rules ask of an annotated text."""

from hypothesis import given
from hypothesis import strategies as st
from texts_made import TEXTS

from onrecord.text.doc import Doc

TEXT = "Bridge closed\n\n“We won't go,” Lt. Ash said.  He left.\n"


def test_tokens_of_a_span() -> None:
    """Those that share a character with it, and none of an empty span or of white space."""
    doc = Doc.of(TEXT)
    start = TEXT.index("won't")
    assert [doc.words[token] for token in doc.tokens_in(start, start + 5)] == ["wo", "n't"]
    assert [doc.words[token] for token in doc.tokens_in(start + 3, start + 7)] == ["n't", "go"]
    assert not doc.tokens_in(start, start)
    assert not doc.tokens_in(13, 15)


def test_sentence_of_a_character() -> None:
    """A character has the sentence it stands in, the space behind a sentence that one, what is before none."""
    doc = Doc.of("  " + TEXT)
    said = doc.text.index("said")
    assert doc.text[slice(*doc.sentences[doc.sentence_at(said) or 0])] == "“We won't go,” Lt. Ash said."
    assert doc.sentence_at(doc.text.index("  He")) == doc.sentence_at(said)
    assert doc.sentence_at(0) is None
    assert doc.token_at(0) is None


def test_lines_are_what_breaks_part() -> None:
    """Lines without their white space; a blank one is none."""
    doc = Doc.of(TEXT)
    assert [TEXT[a:b] for a, b in doc.lines] == ["Bridge closed", "“We won't go,” Lt. Ash said.  He left."]


def test_small_letters_and_straight_apostrophes() -> None:
    """Words as tables have them, whatever the text writes."""
    assert Doc.of("It’S").lower == ("it", "'s")


def test_glued_tokens() -> None:
    """Tokens with nothing between them, as written."""
    doc = Doc.of("I won't go.")
    assert [doc.words[token] for token in range(len(doc.words)) if doc.glued(token)] == ["n't", "."]


def test_what_is_worked_out_once() -> None:
    """A function of the text is asked once, and each text has its own answer."""
    asked: list[str] = []

    def length(doc: Doc) -> int:
        asked.append(doc.text)
        return len(doc.text)

    one, other = Doc.of("abc"), Doc.of("de")
    assert [one.once(length), one.once(length), other.once(length)] == [3, 3, 2]
    assert asked == ["abc", "de"]


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_spans_and_tokens_agree(text: str, start: int, end: int) -> None:
    """The tokens of a span are those that overlap it, of a sentence those within it."""
    doc = Doc.of(text)
    spans = list(zip(doc.starts, doc.ends, strict=True))
    assert list(doc.tokens_in(start, end)) == [
        token for token, (a, b) in enumerate(spans) if max(a, start) < min(b, end)
    ]
    for number, span in enumerate(doc.sentences):
        assert list(doc.tokens_in(*span)) == list(doc.tokens_of(number))
        assert {doc.sentence_of(token) for token in doc.tokens_of(number)} == {number}
    assert [token for token in range(len(spans)) if doc.token_at(doc.starts[token]) != token] == []


@given(TEXTS)
def test_the_same_text_is_read_the_same(text: str) -> None:
    """Nothing of what was read before has a part in it."""
    one, other = Doc.of(text), Doc.of(text)
    assert (one.starts, one.words, one.firsts) == (other.starts, other.words, other.firsts)
