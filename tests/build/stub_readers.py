"""Readers that stand in for the model: quick, and with deaths on demand; workers import them by name."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import Any

from onrecord.documents import DocumentSettings, make_document
from onrecord.ids import content_id, document_id, sha256, statement_id
from onrecord.reading.kinds import kind_of
from onrecord.values import (
    Document,
    Dropped,
    Entity,
    Failure,
    Interval,
    Mention,
    Office,
    RawDocument,
    Reading,
    Said,
    Span,
    Speaker,
    Statement,
    TimeExpression,
)

LATER = re.compile(r" later")
FEBRUARY = Interval("2023-02-01", "2023-02-28", "month", "stub")
SAID = re.compile(r"(?P<one>“[^”]+”) (?P<cue>said) (?P<who>\w+(?: [A-Z]\w+)?)(?:, (?P<two>“[^”]+”))?")


def plain(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """The text as it stands, and what is written as “…” said Name, “…”."""
    text = raw.body if raw.body is not None else raw.data.decode("utf-8", "replace")
    first = text[:1]
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        return Failure(raw.uri, "document", "empty: no text", "write something")
    id = document_id(raw)
    entities, mentions = _actors(id, text)
    statements = tuple(_statements(id, text, {one.name: one.number for one in entities}))
    return Reading(_document(raw, text, first), raw, statements, mentions, entities, tuple(_times(id, text)))


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


def _actors(document: str, text: str) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Everybody who speaks, held to be a witness."""
    spans: dict[str, list[Span]] = {}
    for match in SAID.finditer(text):
        spans.setdefault(match["who"], []).append(match.span("who"))
    entities, mentions = [], []
    for number, (name, found) in enumerate(spans.items()):
        office = Office("witness", "other", None, None, False, found[0])
        entities.append(Entity(number, "person", name, (name,), "NOR", (office,)))
        for span in found:
            id = content_id("m", document, repr(span))
            mentions.append(Mention(id, document, span, span, "person", "name", number, "name", 0.9))
    return tuple(entities), tuple(sorted(mentions, key=lambda one: one.span))


def _times(document: str, text: str) -> list[TimeExpression]:
    found = []
    for match in LATER.finditer(text):
        id = content_id("t", document, repr(match.span()))
        found.append(TimeExpression(id, document, match.span(), "date", "FUTURE_REF", None, "stub"))
    return found


def _statements(document: str, text: str, numbers: dict[str | None, int]) -> list[Statement]:
    found = []
    for match in SAID.finditer(text):
        content = tuple(match.span(name) for name in ("one", "two") if match[name])
        speaker, cue = (match.span("who"),), (match.span("cue"),)
        id = statement_id(document, speaker, cue, content)
        who = Speaker(numbers[match["who"]], "name", speaker, 0.9)
        later = LATER.match(text, match.end())
        said = Said(FEBRUARY, (later.span(),)) if later else None
        kind = kind_of(text, content)
        found.append(
            Statement(id, document, speaker, cue, content, kind, 0.75, speakers=(who,), said=said)
        )
    return found
