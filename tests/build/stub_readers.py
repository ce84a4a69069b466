"""Readers that stand in for the model: quick, and with deaths on demand; workers import them by name."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from dataclasses import replace
from typing import Any

from onrecord.documents import DocumentSettings, make_document
from onrecord.ids import content_id, document_id, sha256, statement_id
from onrecord.reading.statements.kinds import kind_of
from onrecord.text.doc import Doc
from onrecord.values import (
    Circumstances,
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
    Stance,
    Statement,
    TimeExpression,
    Via,
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
        kind = kind_of(Doc.of(text), content)
        found.append(
            Statement(id, document, speaker, cue, content, kind, 0.75, speakers=(who,), said=said)
        )
    return found


def told(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """What is written down after TOLD as JSON: a text, and what stands in it, each part by its characters.

    Statements have speaker, cue, content, and if need be who (a name), polarity and its evidence, hedges,
    distances, via, venue, addressee, said and its evidence, parent (number of another statement).
    """
    given = json.loads(raw.data.decode().removeprefix("TOLD "))
    id, text = document_id(raw), given["text"]
    offices = given.get("offices", {})
    names = list(dict.fromkeys(one["who"] for one in given["statements"] if one.get("who")))
    entities = tuple(
        Entity(number, "person", name, (name,), given.get("state"), _offices(text, offices.get(name)))
        for number, name in enumerate(names)
    )
    mentions = tuple(
        Mention(content_id("m", id, repr(span)), id, span, span, "person", "name", number, "name", 0.9)
        for number, name in enumerate(names)
        for span in _spans(text, name)
    )
    statements: list[Statement] = []
    for one in given["statements"]:
        statements.append(_as_told(id, text, one, names, statements))
    document = replace(_document(raw, text, "T"), published=_day(given.get("published")))
    return Reading(document, raw, tuple(statements), mentions, entities)


def _as_told(
    document: str, text: str, one: dict[str, Any], names: list[str], before: list[Statement]
) -> Statement:
    speaker, cue, content = (_spans(text, one.get(name)) for name in ("speaker", "cue", "content"))
    who = one.get("who")
    via = tuple(Via(name, "according to", _spans(text, name)) for name in one.get("via", ()))
    said = _day(one.get("said"))
    return Statement(
        statement_id(document, speaker, cue, content),
        document,
        speaker,
        cue,
        content,
        kind_of(Doc.of(text), content),
        one.get("confidence", 0.75),
        speakers=(Speaker(names.index(who), "surname", _spans(text, who), 0.8),) if who else (),
        stance=Stance(
            one.get("polarity", "asserts"),
            _spans(text, one.get("evidence")),
            _spans(text, one.get("hedges")),
            _spans(text, one.get("distances")),
        ),
        circumstances=Circumstances(via, _spans(text, one.get("venue")), _spans(text, one.get("addressee"))),
        said=Said(said, _spans(text, one.get("when"))) if said else None,
        parent=before[one["parent"]].id if "parent" in one else None,
    )


def _offices(text: str, title: str | None) -> tuple[Office, ...]:
    return tuple(Office(title or "", "other", None, None, False, span) for span in _spans(text, title))


def _spans(text: str, part: str | None) -> tuple[Span, ...]:
    """Where ``part`` stands first, if it is given."""
    if not part:
        return ()
    start = text.index(part)
    return ((start, start + len(part)),)


def _day(day: str | None) -> Interval | None:
    return Interval(day, day, "day", "written down") if day else None
