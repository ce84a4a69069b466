"""What was read from one report, as rows of the record's tables."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from onrecord.documents import line_keys
from onrecord.text.doc import Doc
from onrecord.values import (
    Document,
    Entity,
    Mention,
    Office,
    Party,
    PositionSeen,
    RawDocument,
    Reading,
    Span,
    Spans,
    Statement,
    TimeExpression,
)

Row = dict[str, Any]
_LEVEL = 6  # zlib's own balance: news pages shrink to a fifth; 9 takes twice the time for 1 % more
ORDER = (
    "document", "raw", "date_candidate", "dropped", "entity", "mention", "time", "statement", "position_seen",
    "line",
)  # fmt: skip


def storable(text: str) -> str:
    r"""``text`` with what UTF-8 cannot hold (half a pair, as in a badly named file) spelt out.

    >>> storable("caf\udce9.txt")
    'caf\\udce9.txt'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def rows_of(reading: Reading, reader: str, run: int) -> dict[str, list[Row]]:
    """The rows of every table in ``ORDER`` that ``reading`` gives; ``reader``: name and hash of the model."""
    document, text = reading.document, reading.document.text
    return {
        "document": [_document(document, reading.raw.name, reader)],
        "raw": [_raw(reading, run)],
        "date_candidate": _candidates(document),
        "dropped": [
            {**asdict(one), "document_id": document.id, "n": n, "text": storable(one.text)}
            for n, one in enumerate(document.dropped)
        ],
        "entity": _entities(reading),
        "mention": [_mention(n, one, text) for n, one in enumerate(reading.mentions)],
        "time": [_time(n, one, text) for n, one in enumerate(reading.times)],
        "statement": [_statement(n, one, text) for n, one in enumerate(reading.statements)],
        "position_seen": [_position_seen(n, one, text) for n, one in enumerate(reading.positions)],
        "line": [
            {"document_id": document.id, "start": start, "end": end, "key": int(key, 16)}
            for start, end, key in line_keys(text)
        ],
    }


def pieces(spans: Spans, text: str) -> list[Row]:
    """``spans`` of ``text`` with their characters."""
    return [{"start": start, "end": end, "quote": text[start:end]} for start, end in spans]


def _document(document: Document, name: str, reader: str) -> Row:
    names = ("url", "outlet", "title", "byline", "wire", "translator", "language")
    optional = {one: getattr(document, one) for one in names}
    same = (
        "id",
        "kind",
        "text",
        "text_sha256",
        "raw_sha256",
        "retrieved_at",
        "charset",
        "extractor",
        "words",
    )
    published = document.published
    return {
        **{one: getattr(document, one) for one in same},
        **{one: value and storable(value) for one, value in optional.items()},
        "uri": storable(document.uri),
        "published_earliest": published and published.earliest,
        "published_latest": published and published.latest,
        "published_precision": published and published.precision,
        "published_basis": published and published.basis,
        "reader": reader,
    }


def declared(raw: RawDocument) -> str:
    """JSON of what a report's container says of it: what its reading depends on beside its bytes."""
    given = {
        "name": raw.name,
        "kind": raw.kind,
        "url": raw.url,
        "charset": raw.charset,
        "fields": dict(sorted(raw.fields.items())),
    }
    return json.dumps(given, sort_keys=True)  # ASCII: half a pair survives as an escape


def _raw(reading: Reading, run: int) -> Row:
    raw = reading.raw
    body = raw.body
    return {
        "document_id": reading.document.id,
        "sha256": reading.document.raw_sha256,
        "size": len(raw.data),
        "data": zlib.compress(raw.data, _LEVEL),
        "body": None if body is None else zlib.compress(body.encode("utf-8", "surrogatepass"), _LEVEL),
        "declared": declared(raw),
        "run": run,
    }


def _candidates(document: Document) -> list[Row]:
    return [
        {
            "document_id": document.id,
            "rank": rank,
            "earliest": one.interval.earliest,
            "latest": one.interval.latest,
            "precision": one.interval.precision,
            "basis": storable(one.interval.basis),
            "quoted": storable(one.quoted),
            "chosen": one.chosen,
        }
        for rank, one in enumerate(document.candidates)
    ]


def _entities(reading: Reading) -> list[Row]:
    if not reading.entities:
        return []
    counts = Counter(one.entity for one in reading.mentions)
    first: dict[int | None, Span] = {}
    for one in reading.mentions:
        first[one.entity] = min(first.get(one.entity, one.span), one.span)
    bounds = Doc.of(reading.document.text).sentences
    found = []
    for entity in reading.entities:
        at = first.get(entity.number)
        context = (_sentence(bounds, at),) if at else ()
        found.append(_entity(entity, counts[entity.number], context, reading.document))
    return found


def _sentence(bounds: Sequence[Span], span: Span) -> Span:
    """The sentence of ``bounds`` that ``span`` begins in, or ``span`` itself if it begins in none."""
    place = bisect_right(bounds, span[0], key=lambda one: one[0]) - 1
    if place >= 0 and bounds[place][0] <= span[0] < bounds[place][1]:
        return bounds[place][0], max(bounds[place][1], span[1])
    return span


def _entity(entity: Entity, mentions: int, context: Spans, document: Document) -> Row:
    return {
        "document_id": document.id,
        "number": entity.number,
        "kind": entity.kind,
        "name": entity.name,
        "names": list(entity.names),
        "state": entity.state,
        "offices": [_office(one, document.text) for one in entity.offices],
        "mentions": mentions,
        "context": pieces(context, document.text),
    }


def _office(office: Office, text: str) -> Row:
    start, end = office.span
    names = ("title", "kind", "state", "organisation", "former")
    return {**{name: getattr(office, name) for name in names}, **_piece(text, start, end)}


def _piece(text: str, start: int, end: int) -> Row:
    return {"start": start, "end": end, "quote": text[start:end]}


def _mention(n: int, mention: Mention, text: str) -> Row:
    name = mention.name
    return {
        "id": mention.id,
        "document_id": mention.document_id,
        "n": n,
        **_piece(text, *mention.span),
        "name_start": name and name[0],
        "name_end": name and name[1],
        "name_quote": name and text[name[0] : name[1]],
        "kind": mention.kind,
        "form": mention.form,
        "entity": mention.entity,
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _time(n: int, time: TimeExpression, text: str) -> Row:
    meant = time.interval
    return {
        "id": time.id,
        "document_id": time.document_id,
        "n": n,
        **_piece(text, *time.span),
        "type": time.type,
        "value": time.value,
        "earliest": meant and meant.earliest,
        "latest": meant and meant.latest,
        "precision": meant and meant.precision,
        "basis": meant and meant.basis,
        "rule": time.rule,
    }


def _statement(n: int, statement: Statement, text: str) -> Row:
    stance, around = statement.stance, statement.circumstances
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "n": n,
        "speaker": pieces(statement.speaker, text),
        "cue": pieces(statement.cue, text),
        "content": pieces(statement.content, text),
        "kind": statement.kind,
        "confidence": statement.confidence,
        "boilerplate": False,
        "speakers": [{**asdict(one), "evidence": pieces(one.evidence, text)} for one in statement.speakers],
        "polarity": stance.polarity,
        "polarity_evidence": pieces(stance.evidence, text),
        "hedges": pieces(stance.hedges, text),
        "distances": pieces(stance.distances, text),
        "via": [{"name": one.name, "how": one.how, "pieces": pieces(one.spans, text)} for one in around.via],
        "venue": pieces(around.venue, text),
        "addressee": pieces(around.addressee, text),
        "parent": statement.parent,
        **_said(statement, text),
    }


def _said(statement: Statement, text: str) -> Row:
    said = statement.said
    return {
        "said_earliest": said and said.interval.earliest,
        "said_latest": said and said.interval.latest,
        "said_precision": said and said.interval.precision,
        "said_basis": said and said.interval.basis,
        "said_evidence": pieces(said.evidence, text) if said else [],
    }


def _position_seen(n: int, seen: PositionSeen, text: str) -> Row:
    held = seen.interval
    return {
        "id": seen.id,
        "document_id": seen.document_id,
        "n": n,
        **_piece(text, *seen.sentence),
        "evidence": pieces(seen.evidence, text),
        "relation": seen.relation,
        **_party("holder", seen.holder, text),
        "holder_least": seen.holder.least,
        "holder_most": seen.holder.most,
        "holder_others": seen.holder.others,
        **_party("target", seen.target, text),
        "capacity": pieces(seen.capacity, text),
        "status": seen.status,
        "statement": seen.statement,
        "own": seen.own,
        "earliest": held and held.earliest,
        "latest": held and held.latest,
        "precision": held and held.precision,
        "basis": held and held.basis,
        "since": seen.since,
        "rule": seen.rule,
        "confidence": seen.confidence,
    }


def _party(name: str, party: Party, text: str) -> Row:
    entity = {f"{name}_entity": party.entity, f"{name}_state": party.state}
    return {name: pieces(party.spans, text), **entity}
