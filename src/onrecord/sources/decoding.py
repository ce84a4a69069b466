"""Bytes of a report become characters, and say in which encoding they were.

The order in which evidence is believed: the caller's own word; a byte order mark; what is declared outside
the bytes (HTTP) and in them (``<meta>``, ``<?xml>``); UTF-8 if the bytes are UTF-8; UTF-16 without a mark;
Windows-1252. Two exceptions, both because real pages lie in these two ways: bytes beyond ASCII that are all
UTF-8 are nothing else whatever they declare, and bytes that cannot be what they declare are looked at anew.

Newlines, NUL and other control characters stay as they are: offsets into the result are offsets into the
original. Bytes that mean nothing become U+FFFD; a report is never lost to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.sources.charsets import (
    byte_order_mark,
    charset_in_html,
    check_charset,
    declared_charset,
    guess_charset,
    is_utf8,
)
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
