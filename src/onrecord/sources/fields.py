"""Which fields of a record are title, text, date ..., and the report that a record of a JSONL, JSON or CSV
file becomes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from onrecord.sources.decoding import decode_bytes
from onrecord.sources.markup import is_html
from onrecord.sources.origin import Found, Origin, SourceProblem, SourceSettings

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "articlebody", "articletext", "articlecontent", "fulltext", "maintext",
        "bodytext", "storytext", "newstext", "cleantext", "rawtext", "plaintext", "contenttext", "article",
        "story", "document", "message", "contenthtml", "bodyhtml", "html", "rawhtml",
    ),
    "title": ("title", "headline", "articletitle", "headlines", "head", "heading"),
    "byline": ("byline", "author", "authors", "creator", "writer", "by", "reporter", "journalist"),
    "outlet": (
        "outlet", "source", "publisher", "publication", "newspaper", "sitename", "site", "sourcename",
        "medianame", "media", "sourcedomain", "domain", "hostname", "website",
    ),
    "published": (
        "published", "date", "datepublished", "publisheddate", "publisheddatetime", "publishedat",
        "publishdate", "pubdate", "datepublish", "datepub", "publicationdate", "publishedon",
        "datetime", "time", "timestamp", "created", "createdat",
    ),
    "url": ("url", "link", "articleurl", "canonicalurl", "permalink", "sourceurl", "weburl", "uri", "href"),
    "language": ("language", "lang", "inlanguage", "locale"),
    "wire": ("wire", "agency", "newsagency", "wireservice", "newswire"),
    "translator": ("translator", "translatedby"),
}  # fmt: skip
_INSIDE = ("name", "rendered", "value", "text", "title", "url")  # where an object keeps its own words
_NOT_NAME = re.compile(r"[\W_]+")
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?://)?((?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?)", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# What programs write where there is nothing; spelt just so, since Na and None are names too.
_MISSING = frozenset(("NA", "N/A", "n/a", "<NA>", "nan", "NaN", "NaT", "None", "null", "NULL"))
_LONGEST_FIELD = 2000  # characters of a title, byline, outlet: more is not one, and enters every row


@dataclass(frozen=True, slots=True)
class Picked:
    """What a record says of one report. ``body`` is None when no field holds a text."""

    body: str | None
    html: bool
    url: str | None
    fields: Mapping[str, str]


def pick(record: Mapping[str, Any], mapping: Mapping[str, str]) -> Picked:
    """The text of a report and what is said of it, out of one JSON object or row."""
    by_name = _by_name(record)
    values = {key: _value(key, record, by_name, mapping) for key in GUESSES}
    body, url = values.pop("text"), values.pop("url")
    return Picked(
        body=body,
        html=body is not None and is_html(body),
        url=web_address(url) if url else None,
        fields={key: value[:_LONGEST_FIELD] for key, value in values.items() if value},
    )


def has_text_field(names: Iterable[str], mapped: str | None = None) -> bool:
    """Whether one of the field ``names`` is ``mapped``, or by guess, the text of a report."""
    names = list(names)
    if mapped is not None:
        return mapped in names
    return any(plain_name(name) in GUESSES["text"] for name in names)


def header_fields(line: str) -> list[str]:
    """The cells of a header line, cut at whichever delimiter gives the most."""
    cut = max((line.strip("\r\n").split(mark) for mark in DELIMITERS), key=len)
    return [cell.strip().strip('"').strip() for cell in cut]


DELIMITERS = ",\t;|"


@lru_cache(maxsize=1024)
def plain_name(name: str) -> str:
    """A field name without case and punctuation.

    >>> plain_name("Date_Published")
    'datepublished'
    """
    return _NOT_NAME.sub("", name).casefold()


def web_address(text: str) -> str | None:
    """``text`` if it is a web address, with ``http://`` before one that lacks it; None if it is none.

    >>> web_address("www.example.org/a"), web_address("urn:isbn:1")
    ('http://www.example.org/a', None)
    """
    if _WEB_ADDRESS.fullmatch(text):
        return text
    bare = _BARE_ADDRESS.fullmatch(text)
    return f"http://{bare[1]}" if bare else None


def whole_characters(text: str) -> str:
    r"""``text`` without halves of surrogate pairs, which a JSON escape such as ``"\ud83d"`` can leave."""
    if not _LONE_SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _by_name(record: Mapping[str, Any]) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for name in record:
        by_name.setdefault(plain_name(name), name)
    return by_name


def _value(
    key: str, record: Mapping[str, Any], by_name: Mapping[str, str], mapping: Mapping[str, str]
) -> str | None:
    if key in mapping:
        return _words(_down(record, mapping[key]), key)
    for guess in GUESSES[key]:
        if guess in by_name and (words := _words(record[by_name[guess]], key)):
            return words
    return None


def _down(record: Mapping[str, Any], path: str) -> Any:
    """The value at ``path``: a field name, or names joined by dots."""
    if path in record:
        return record[path]
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value


def _words(value: Any, key: str, depth: int = 0) -> str | None:
    """A JSON value as the text of one field: strings, lists of them, objects with a name; else None."""
    if isinstance(value, str):
        text = whole_characters(value)
        if text.strip() in _MISSING:
            return None
        return text if key == "text" and text.strip() else text.strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date(value) if key == "published" else None
    if depth < 2 and isinstance(value, list):
        parts = [words for one in value if (words := _words(one, key, depth + 1))]
        return ("\n\n" if key == "text" else ", ").join(parts) or None
    if depth < 2 and isinstance(value, Mapping):
        return next((words for name in _INSIDE if (words := _words(value.get(name), key, depth + 1))), None)
    return None


def _date(number: float) -> str | None:
    """Seconds or milliseconds since 1970 as ISO 8601; a bare year as it is."""
    if isinstance(number, int) and 1000 <= number <= 9999:
        return str(number)
    if isinstance(number, int) and 19_000_101 <= number <= 21_001_231:
        return str(number)
    try:
        seconds = number / 1000 if abs(number) > 1e11 else number
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return None


_NAMES_SHOWN = 8


def from_json(data: bytes, origin: Origin, settings: SourceSettings) -> Found:
    """The report in one JSON object, given as its bytes."""
    decoded = decode_bytes(data, charset=settings.charset)
    try:
        record = parsed(decoded.text)
    except RecursionError:
        return origin.failure(
            SourceProblem("not json", "it is nested too deeply", "give one flat object per article")
        )
    except ValueError as error:
        hint = "one JSON object on each line; a broken line has to be repaired by hand"
        return origin.failure(SourceProblem("not json", _json_error(error), hint))
    if not isinstance(record, dict):
        hint = 'each article must be an object such as {"title": "...", "text": "..."}'
        return origin.failure(
            SourceProblem("no text", f"this is a JSON {_json_type(record)}, not an object", hint)
        )
    return from_record(record, data, origin, settings, charset=decoded.charset)


def from_record(
    record: Mapping[str, Any], data: bytes, origin: Origin, settings: SourceSettings, *, charset: str
) -> Found:
    """The report in a record of named values, ``data`` being the bytes that are kept of it."""
    picked = pick(record, settings.mapping)
    if picked.body is None:
        return origin.failure(no_text(list(record), settings.mapping))
    return origin.document(
        data,
        "html" if picked.html else "text",
        body=picked.body,
        url=picked.url,
        charset=charset,
        fields=picked.fields,
    )


def no_text(names: list[str], mapping: Mapping[str, str]) -> SourceProblem:
    """No field of a record holds a text: says which fields there are and how to name the right one."""
    shown = ", ".join(names[:_NAMES_SHOWN]) + (", ..." if len(names) > _NAMES_SHOWN else "")
    wanted = f"field {mapping['text']!r} has none" if "text" in mapping else "no field holds the text"
    fields = f"fields: {shown}" if names else "there are no fields"
    return SourceProblem("no text", f"{wanted} ({fields})", "name the field that does: --field text=NAME")


def _json_error(error: ValueError) -> str:
    """What the parser says, and the column: its line numbers count within what is a line already."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return str(error)


def _json_type(value: object) -> str:
    names = {list: "list", str: "string", int: "number", float: "number", bool: "truth value"}
    return names.get(type(value), "null")


def parsed(text: str) -> Any:
    """The value that ``text`` is in JSON; a whole number of more digits than Python reads stays text.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, parse_int=_whole)


def _whole(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # more than sys.get_int_max_str_digits()
        return digits
