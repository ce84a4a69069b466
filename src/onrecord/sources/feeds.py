"""RSS and Atom files. The only module that imports feedparser, which is given bytes and never an address."""

from __future__ import annotations

import html
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.parsers import expat

from onrecord.sources.decoding import decode_bytes
from onrecord.sources.fields import from_record
from onrecord.sources.origin import Found, Origin, SourceProblem, SourceSettings
from onrecord.sources.streams import Peeked, whole

_TAG = re.compile(r"<[^<>]*>")
_MALFORMED_LIMIT = 1_000_000  # bytes: feedparser reads broken XML in time that grows with its square
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_feed(stream: Peeked, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """A report or failure for each entry. The whole file is held, so it may be as large as one report."""
    data = whole(stream, settings.max_document_bytes, size=origin.size)
    feed = _parse(data, settings)
    entries = feed.get("entries") or []
    about = feed.get("feed") or {}
    for number, entry in enumerate(entries, 1):
        yield _report(_record(entry, about), origin.item(number), settings)


def _parse(data: bytes, settings: SourceSettings) -> Mapping[str, Any]:
    import feedparser  # type: ignore[import-untyped]  # 60 ms, and few inputs are feeds

    text = decode_bytes(data, html=True, charset=settings.charset).text
    xml = _XML_DECLARATION.sub("", text).encode("utf-8", "replace")
    if len(xml) > _MALFORMED_LIMIT and not _is_well_formed(xml):
        hint = "repair it (xmllint --recover FILE), or save the pages it links to"
        raise SourceProblem("unreadable", "the feed is large and not well-formed XML", hint)
    stream = BytesIO(xml)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser warns of its own renamed fields
        parsed: Mapping[str, Any] = feedparser.parse(
            stream,
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    return parsed


def _is_well_formed(xml: bytes) -> bool:
    try:
        expat.ParserCreate("utf-8").Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def _report(record: dict[str, str], origin: Origin, settings: SourceSettings) -> Found:
    kept = json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    if not record.get("text"):
        link = record.get("url", "the page it links to")
        return origin.failure(
            SourceProblem("no text", "the entry has only a title", f"save {link} and give that file")
        )
    return from_record(record, kept, origin, replace(settings, mapping={}), charset="utf-8")


def _record(entry: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, str]:
    """The parts of an entry that are kept, under our own names."""
    source = entry.get("source") or {}
    record = {
        "text": _longest(entry),
        "title": _plain(entry.get("title")),
        "byline": _plain(entry.get("author")),
        "outlet": _plain(source.get("title") or about.get("title")),
        "published": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "language": entry.get("language") or about.get("language"),
    }
    return {key: value for key, value in record.items() if isinstance(value, str) and value.strip()}


def _longest(entry: Mapping[str, Any]) -> str:
    """The fullest text of an entry: its content, or its summary where that says more."""
    texts = [part.get("value") for part in entry.get("content") or ()] + [entry.get("summary")]
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


def _plain(text: object) -> str | None:
    """A title as characters: feeds write them as HTML, escaped once or twice."""
    if not isinstance(text, str):
        return None
    return html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
