"""Readers that stand in for the model: quick, and with deaths on demand; workers import them by name."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import Any

from onrecord.documents import DocumentSettings, make_document
from onrecord.ids import document_id, sha256, statement_id
from onrecord.reading.kinds import kind_of
from onrecord.values import Document, Dropped, Failure, Interval, RawDocument, Reading, Statement

SAID = re.compile(r"(?P<one>“[^”]+”) (?P<cue>said) (?P<who>\w+)(?:, (?P<two>“[^”]+”))?")


def plain(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """The text as it stands, and what is written as “…” said Name, “…”."""
    text = raw.body if raw.body is not None else raw.data.decode("utf-8", "replace")
    first = text[:1]
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        return Failure(raw.uri, "document", "empty: no text", "write something")
    return Reading(_document(raw, text, first), raw, tuple(_statements(document_id(raw), text)))


def deadly(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """As ``plain``, but a report can kill its reader, hang it, make it fail or make it print."""
    if b"SEGFAULT" in raw.data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"HANG" in raw.data:
        time.sleep(3600)
    if b"EXIT" in raw.data:
        os._exit(3)
    if b"PRINT" in raw.data:
        print("a library that prints")
        os.write(1, b"straight to the file descriptor")
    return plain(raw, settings=settings)


def as_made(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """The documents layer with no reading."""
    made = make_document(raw, raw.data.decode(), "utf-8", settings=DocumentSettings())
    return made if isinstance(made, Failure) else Reading(made, raw, ())


def _document(raw: RawDocument, text: str, first: str) -> Document:
    given = raw.fields
    published = given.get("published")
    return Document(
        id=document_id(raw),
        uri=raw.uri,
        url=raw.url,
        kind=raw.kind,
        outlet=given.get("outlet"),
        title=given.get("title"),
        byline=None,
        wire=None,
        translator=None,
        language="en",
        published=Interval(published, published, "day", "field published") if published else None,
        candidates=(),
        text=text,
        text_sha256=sha256(text.encode()),
        raw_sha256=sha256(raw.data),
        retrieved_at=raw.retrieved_at,
        charset="utf-8",
        extractor="stub 1",
        words=len(text.split()),
        dropped=(Dropped(0, 1, "stub", first),),
    )


def _statements(document: str, text: str) -> list[Statement]:
    found = []
    for match in SAID.finditer(text):
        content = tuple(match.span(name) for name in ("one", "two") if match[name])
        speaker, cue = (match.span("who"),), (match.span("cue"),)
        id = statement_id(document, speaker, cue, content)
        found.append(Statement(id, document, speaker, cue, content, kind_of(text, content), 0.75))
    return found
