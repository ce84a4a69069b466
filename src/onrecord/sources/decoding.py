"""Bytes as text: the character set that is declared, or the one that the letters speak for."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.values import RawDocument

_BROKEN_SHARE = 0.01  # of the characters: above it a declared encoding is not believed
_SAMPLE = 100_000  # characters looked at one by one
_FOREIGN_SHARE = 0.3  # of the letters: Windows-1252 text has at most 0.15 (Vietnamese apart)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a report, without a byte order mark; the codec; what was odd about it, if anything."""

    text: str
    charset: str
    note: str | None = None


def decode(raw: RawDocument, *, charset: str | None = None) -> Decoded:
    """The characters of ``raw``: its ``body`` where it has one, else its ``data`` decoded.

    Args:
        raw: a report as found.
        charset: believe this encoding and nothing else.

    Raises:
        UnknownCharset: (a ValueError and a UsageError) ``charset`` is not the name of an encoding.
    """
    if charset is not None:
        charset = check_charset(charset)
    if raw.body is not None:
        return Decoded(raw.body, raw.charset or "utf-8", _note(raw.body))
    return decode_bytes(raw.data, declared=raw.charset, html=raw.kind == "html", charset=charset)


def decode_bytes(
    data: bytes, *, declared: str | None = None, html: bool = False, charset: str | None = None
) -> Decoded:
    """``data`` as characters; see the head of this module for how the encoding is found.

    Args:
        data: the bytes of one text.
        declared: the label of an encoding given outside the bytes, believed with reserve.
        html: look for declarations inside the bytes too.
        charset: a codec to be believed without looking.
    """
    if charset is not None:
        return _decoded(data, charset)
    mark = byte_order_mark(data)
    if mark:
        return _decoded(data, mark[0])
    for label in (declared_charset(declared), charset_in_html(data) if html else None):
        if label is not None and not _is_lie(data, label):
            return _decoded(data, label)
    return _guessed(data)


def _is_lie(data: bytes, charset: str) -> bool:
    if charset == "utf-8":
        return not is_utf8(data)
    if not charset.startswith("utf-") and not data.isascii() and _is_strict_utf8(data):
        return True
    text = data.decode(charset, "replace")
    return text.count("\ufffd") > len(text) * _BROKEN_SHARE


def _is_strict_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> Decoded:
    decoded = _decoded(data, guess_charset(data) or "cp1252")
    if decoded.charset != "cp1252" or decoded.note is not None:
        return decoded
    sample = decoded.text[:_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    foreign = sum(c.isalpha() and c > "\x7f" for c in sample)
    if foreign > letters * _FOREIGN_SHARE:
        return Decoded(
            decoded.text, "cp1252", "the encoding is a guess that fits badly: name it with --charset"
        )
    return decoded


def _decoded(data: bytes, charset: str) -> Decoded:
    text = data.decode(charset, "replace").removeprefix("\ufeff")
    before = data.count(b"\xef\xbf\xbd") if charset == "utf-8" else 0
    return Decoded(text, charset, _note(text, before))


def _note(text: str, expected: int = 0) -> str | None:
    broken = text.count("\ufffd") - expected
    if broken <= 0:
        return None
    return f"{broken} undecodable {'place' if broken == 1 else 'places'}, shown as U+FFFD"


_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROWSERS_MEAN = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_WEB = re.compile(
    r"utf-8|utf-16-[lb]e|cp125[0-8]|cp866|cp874|cp932|cp949|koi8-[ru]|mac-(roman|cyrillic)|gb18030|big5hkscs"
    r"|euc_jp|iso2022_jp|iso8859-([2-8]|1[03-6])"
)
_DECLARED = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\x0b\x0c\r\x1a\x1b")
_DECLARATION_WITHIN = 4096  # browsers look at 1024; real pages put long comments first
_ONE_BY_ONE = 100_000  # characters looked at one by one
_NUL_EVEN_SHARE = 0.3  # of one byte in each pair: Latin text in UTF-16 has over 0.9, Cyrillic about 0.15
_CONTROL_SHARE = 0.03  # random bytes have 0.1, text none but for slips


class UnknownCharset(UsageError, ValueError):
    """The name given is not that of a text encoding Python can decode."""


def check_charset(name: str) -> str:
    """The canonical name of the encoding ``name``.

    Raises:
        UnknownCharset: there is none of that name.
    """
    try:
        b"aaaa".decode(name, "replace")
        return codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        hint = "such as utf-8, utf-16, windows-1252, windows-1251, gb18030"
        raise UnknownCharset(f"unknown encoding: {name!r}", hint=hint) from None


def declared_charset(label: str | None) -> str | None:
    """The codec that the ``label`` of a page or header stands for, or None if it stands for none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _BROWSERS_MEAN.get(name, name)
    return name if _WEB.fullmatch(name) else None


def charset_in_html(data: bytes) -> str | None:
    """What the first bytes of a page declare in ``<meta charset>`` or ``<?xml encoding>``."""
    head = data[:_DECLARATION_WITHIN]
    found = _XML_DECLARED.search(head) or _DECLARED.search(head)
    if found is None:
        return None
    name = declared_charset(found[1].decode("ascii"))
    # A declaration that can be read as ASCII cannot stand in UTF-16 text.
    return "utf-8" if name is not None and name.startswith("utf-16") else name


def byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """The encoding named by a byte order mark, and the length of the mark."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def guess_charset(data: bytes) -> str | None:
    """The encoding of ``data`` from its bytes alone; None: these are not text.

    utf-8, utf-16-le, utf-16-be or cp1252. The bytes may be cut anywhere.
    """
    mark = byte_order_mark(data)
    if mark:
        return mark[0]
    if 0 in data:
        return _guess_with_nuls(data)
    if _mostly_controls(data):
        return None
    return "utf-8" if is_utf8(data) else "cp1252"


def is_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8, a few broken sequences allowed.

    Broken ones are allowed where whole ones of two bytes or more are in the majority: in Windows-1252 text
    nearly every byte above 127 is a broken one. A sequence cut off at the very end is no evidence against.
    """
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        cut = error.start
        if error.reason == "unexpected end of data" and len(data) - cut >= 2:
            return True
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    ascii_count = len(data) - len(data.translate(None, bytes(range(128))))
    return len(text) - ascii_count - text.count("\ufffd") > broken


def _guess_with_nuls(data: bytes) -> str | None:
    half = max(1, len(data) // 2)
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    if max(even, odd) > _NUL_EVEN_SHARE and min(even, odd) < _CONTROL_SHARE:
        name = "utf-16-be" if even > odd else "utf-16-le"
        return name if _is_utf16(data, name) else None
    rest = data.replace(b"\x00", b"")
    if len(data) - len(rest) <= len(data) * 0.2 and not _mostly_controls(rest) and is_utf8(rest):
        return "utf-8"
    return next((name for name in ("utf-16-le", "utf-16-be") if _is_utf16(data, name)), None)


def _is_utf16(data: bytes, name: str) -> bool:
    """Whether ``data`` reads as words with spaces in UTF-16 of this byte order."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(data)[:_ONE_BY_ONE]
    except UnicodeDecodeError:
        return False
    spaces = sum(text.count(mark) for mark in " \n\r")
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\x0c\r" for c in text)
    return spaces > 0 and strange <= len(text) * 0.005


def _mostly_controls(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > 1 + len(data) * _CONTROL_SHARE
