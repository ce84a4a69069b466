"""Bytes to characters: the right encoding, no report lost, offsets true to the original."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.sources import UnknownCharset, decode
from onrecord.values import RawDocument, RawKind


def raw(
    data: bytes, *, kind: RawKind = "text", charset: str | None = None, body: str | None = None
) -> RawDocument:
    return RawDocument("a", "a", data, kind, "1970-01-01T00:00:00Z", body=body, charset=charset)


ENGLISH = "“The harbour stays closed,” she said – the café’s owner agreed.\r\n"
RUSSIAN = "Гавань закрыта, сказал министр.\r\nОн добавил: «Мы ждём».\n"
PLAIN = "Гавань закрыта, сказал министр.\n"
ARABIC = "قال الوزير إن الميناء مغلق يوم الثلاثاء.\n"
CHINESE = "港口仍然关闭，部长星期二说。\n他 2019 年又说。\n"

# label, bytes, declared, kind, expected text, expected encoding
CASES: list[tuple[str, bytes, str | None, RawKind, str, str]] = [
    ("UTF-8", ENGLISH.encode(), None, "text", ENGLISH, "utf-8"),
    ("UTF-8 with mark", b"\xef\xbb\xbf" + ENGLISH.encode(), None, "text", ENGLISH, "utf-8"),
    ("UTF-16 with mark", ENGLISH.encode("utf-16"), None, "text", ENGLISH, "utf-16-le"),
    ("UTF-16 BE with mark", b"\xfe\xff" + ENGLISH.encode("utf-16-be"), None, "text", ENGLISH, "utf-16-be"),
    ("UTF-32 with mark", ENGLISH.encode("utf-32"), None, "text", ENGLISH, "utf-32-le"),
    ("UTF-16 LE bare", ENGLISH.encode("utf-16-le"), None, "text", ENGLISH, "utf-16-le"),
    ("UTF-16 BE bare", ENGLISH.encode("utf-16-be"), None, "text", ENGLISH, "utf-16-be"),
    ("UTF-16 LE bare, Russian", RUSSIAN.encode("utf-16-le"), None, "text", RUSSIAN, "utf-16-le"),
    ("UTF-16 BE bare, Russian", RUSSIAN.encode("utf-16-be"), None, "text", RUSSIAN, "utf-16-be"),
    ("UTF-16 LE bare, Arabic", ARABIC.encode("utf-16-le"), None, "text", ARABIC, "utf-16-le"),
    ("UTF-16 LE bare, Chinese", CHINESE.encode("utf-16-le"), None, "text", CHINESE, "utf-16-le"),
    ("Windows-1252", ENGLISH.encode("cp1252"), None, "text", ENGLISH, "cp1252"),
    ("HTTP says 1251", RUSSIAN.encode("cp1251"), "windows-1251", "text", RUSSIAN, "cp1251"),
    ("HTTP says Latin-1", ENGLISH.encode("cp1252"), "ISO-8859-1", "text", ENGLISH, "cp1252"),
    ("HTTP says GB 2312", CHINESE.encode("gb18030"), "gb2312", "text", CHINESE, "gb18030"),
    ("HTTP says nonsense", ENGLISH.encode(), "klingon-7", "text", ENGLISH, "utf-8"),
    ("HTTP says a codec that is none", ENGLISH.encode(), "base64", "text", ENGLISH, "utf-8"),
    ("HTTP says UTF-7, which is refused", b"a +AGI- c", "utf-7", "text", "a +AGI- c", "utf-8"),
    ("HTTP says Latin-1 of UTF-8", RUSSIAN.encode(), "latin-1", "text", RUSSIAN, "utf-8"),
    ("meta says Big5 of UTF-8", b"<meta charset=big5>" + ENGLISH.encode(), None, "html",
     "<meta charset=big5>" + ENGLISH, "utf-8"),
    *((f"HTTP says {name} of UTF-8", ENGLISH.encode(), name, "text", ENGLISH, "utf-8")
      for name in ("gbk", "iso-8859-2", "shift_jis", "koi8-r", "windows-1250")),
    ("HTTP says UTF-8 of 1252", ENGLISH.encode("cp1252"), "utf-8", "text", ENGLISH, "cp1252"),
    ("a mark before what HTTP says", b"\xef\xbb\xbf" + RUSSIAN.encode(), "koi8-r", "text", RUSSIAN, "utf-8"),
    ("meta", b"<meta charset='koi8-r'>" + PLAIN.encode("koi8-r"), None, "html",
     "<meta charset='koi8-r'>" + PLAIN, "koi8-r"),
    ("meta, old", b'<META content="text/html; charset=windows-1251">' + RUSSIAN.encode("cp1251"), None,
     "html", '<META content="text/html; charset=windows-1251">' + RUSSIAN, "cp1251"),
    ("meta in plain text is text", b"<meta charset=koi8-r> \xe9", None, "text", "<meta charset=koi8-r> é",
     "cp1252"),
    ("meta says UTF-16, which it cannot", b"<meta charset=utf-16>\xc3\xa9", None, "html",
     "<meta charset=utf-16>é", "utf-8"),
    ("XML", b"<?xml version='1.0' encoding='windows-1251'?><html>" + RUSSIAN.encode("cp1251"), None, "html",
     "<?xml version='1.0' encoding='windows-1251'?><html>" + RUSSIAN, "cp1251"),
    ("HTTP before meta", b"<meta charset=koi8-r>" + RUSSIAN.encode("cp1251"), "cp1251", "html",
     "<meta charset=koi8-r>" + RUSSIAN, "cp1251"),
    ("UTF-8, two broken places", "é–é".encode() + b"\xe2\x80 x \xff" + RUSSIAN.encode(), None, "text",
     "é–é\ufffd x \ufffd" + RUSSIAN, "utf-8"),
    ("UTF-8 cut in a character", b"said \xe2\x80", None, "text", "said \ufffd", "utf-8"),
    ("1252 ends in an accent", b"caf\xe9", None, "text", "café", "cp1252"),
    ("1252, one apostrophe", b"the minister\x92s word", None, "text", "the minister’s word", "cp1252"),
    ("1252, a byte that means nothing", b"caf\xe9 \x81 x", None, "text", "café \ufffd x", "cp1252"),
    ("NULs stay", b"The har\0bour is closed.\0", None, "text", "The har\0bour is closed.\0", "utf-8"),
    ("all newlines stay", b"a\r\nb\rc\nd\x0ce\xe2\x80\xa8f", None, "text",
     "a\r\nb\rc\nd\x0ce\u2028f", "utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "declared", "kind", "text", "charset"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_encoding_is_found(
    data: bytes, declared: str | None, kind: RawKind, text: str, charset: str
) -> None:
    """Marks, declarations and the bytes themselves are believed in this order, lies excepted."""
    decoded = decode(raw(data, kind=kind, charset=declared))
    assert (decoded.text, decoded.charset) == (text, charset)


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_survives_utf(text: str, charset: str) -> None:
    """UTF-8 without a mark, and every UTF with one, give back any text."""
    # A mark of UTF-16 before a NUL is the mark of UTF-32.
    assume(not text.startswith(("\ufeff", "\x00")))
    assume(charset != "utf-8" or not text.encode().startswith((b"\xff\xfe", b"\xfe\xff")))
    assume(charset != "utf-8" or sum(c < " " for c in text) == 0)
    assert decode(raw(text.encode(charset))).text == text


@given(st.text(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]))
def test_any_text_survives_when_the_caller_names_the_encoding(text: str, charset: str) -> None:
    """The caller's word is believed without looking."""
    # A mark of UTF-16 before a NUL is the mark of UTF-32.
    assume(not text.startswith(("\ufeff", "\x00")))
    assert decode(raw(text.encode(charset)), charset=charset).text == text


WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8),
    min_size=4,
    max_size=40,
)
ACCENTED = "éèüößñçåøÉ“”‘’–—…€"


@given(WORDS, st.text(ACCENTED, min_size=1, max_size=5))
def test_undeclared_windows_1252(words: list[str], accents: str) -> None:
    """Words of Western Europe in Windows-1252 are found out without a declaration."""
    text = " ".join([*words, *(f"x{accent}y" for accent in accents)])
    decoded = decode(raw(text.encode("cp1252")))
    assert (decoded.text, decoded.charset) == (text, "cp1252")


@given(
    WORDS,
    st.sampled_from(["utf-16-le", "utf-16-be"]),
    st.sampled_from(["abc", "где это", "أين هو", "היכן זה"]),
)
def test_undeclared_utf_16(words: list[str], charset: str, other: str) -> None:
    """Words in any script in UTF-16 are found out without a mark."""
    text = f"{other} {' '.join(words)}\n{other}"
    decoded = decode(raw(text.encode(charset)))
    assert (decoded.text, decoded.charset) == (text, charset)


@given(st.text("абвгдежзиклмнопрстуфхц “”", min_size=20), st.lists(st.integers(0, 1000), max_size=3))
def test_a_few_broken_bytes_stay_utf_8(text: str, places: list[int]) -> None:
    """A few invalid bytes cost themselves, not the encoding of all the rest."""
    assume(sum(c > "\x7f" for c in text) > 8)
    data = bytearray(text.encode())
    for place in places:
        data.insert(place % (len(data) + 1), 0xFF)
    decoded = decode(raw(bytes(data)))
    assert decoded.charset == "utf-8"
    assert decoded.text.count("\ufffd") >= len(places)


@given(st.binary(), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16", "x"]), st.booleans())
def test_no_bytes_are_too_broken(data: bytes, declared: str | None, html: bool) -> None:
    """Decoding never raises, and its result can always be written down."""
    decoded = decode(raw(data, kind="html" if html else "text", charset=declared))
    decoded.text.encode("utf-8")


def test_what_is_odd_is_noted() -> None:
    """Undecodable places are counted, and a guess that fits badly says so; good text has no note."""
    assert decode(raw("é".encode() * 9 + b"\xff")).note == "1 undecodable place, shown as U+FFFD"
    assert "--charset" in (decode(raw(RUSSIAN.encode("cp1251"))).note or "")
    assert decode(raw(ENGLISH.encode("cp1252"))).note is None
    assert decode(raw("a \ufffd b".encode())).note is None


def test_a_body_is_already_characters() -> None:
    """An item of a container brings its characters along."""
    decoded = decode(raw(b'{"text": "x"}', body="x\r\ny", charset="cp1252"))
    assert (decoded.text, decoded.charset) == ("x\r\ny", "cp1252")


@pytest.mark.parametrize("name", ["klingon", "", "base64", "a\0b"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    """The caller's slip is an error that says what would do."""
    with pytest.raises(UnknownCharset, match="unknown encoding") as caught:
        decode(raw(b"x"), charset=name)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, UsageError)
    assert "windows-1252" in caught.value.hint
