"""Records of invented reports: what is written between ⟦ and ⟧ is taken for what it says, whatever it is.

    ⟦speaker⟧ cue ⟦content⟧        a statement, of an actor named as the speaker is
    2023-03-04                     a time

So a test says what stands in every column of a record, which no model would find in such texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.building import BuildSettings, build
from onrecord.ids import content_id, document_id, sha256, statement_id
from onrecord.store import Tuning
from onrecord.values import (
    Circumstances,
    DateCandidate,
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

SAID = re.compile(r"⟦(?P<who>.+?)⟧ (?P<cue>[^\s⟦]+) ⟦(?P<what>.+?)⟧", re.DOTALL)
_FIELDS = ("outlet", "title", "byline", "url", "wire", "translator")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def record_of(
    path: Path,
    reports: Iterable[Mapping[str, Any]],
    *,
    name: str = "invented.jsonl",
    empty: Iterable[str] = (),
) -> Path:
    """A record at ``path`` of ``reports``, given as lines of JSON in a file with this name.

    A report has ``text``, and may have title, byline, outlet, url, published, wire, translator, dropped (a
    list of texts), polarity. ``empty``: names of files with nothing in them, which become failures.
    """
    given = path.parent / "given"
    given.mkdir()
    (given / name).write_text("".join(json.dumps(one) + "\n" for one in reports), "utf-8")
    for one in empty:
        (given / one).write_bytes(b"")
    settings = BuildSettings(workers=0, reader="invented:read", tuning=Tuning(threads=1))
    build(path, [str(given)], settings=settings)
    return path


def read(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """What ``raw``, one line of JSON, says that it is."""
    given = json.loads(raw.data)
    text, id = _whole(given["text"]), document_id(raw)
    entities, mentions, numbers = _actors(id, text)
    statements = tuple(_statements(id, text, given, numbers))
    return Reading(_document(raw, id, text, given), raw, statements, mentions, entities, tuple(_times(id, text)))


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _document(raw: RawDocument, id: str, text: str, given: Mapping[str, Any]) -> Document:
    day = given.get("published")
    interval = Interval(day, day, "day", "field published") if day else None
    told = {key: _whole(given[key]) if given.get(key) else None for key in _FIELDS}
    dropped = tuple(Dropped(0, 1, "other", _whole(one)) for one in given.get("dropped", ()))
    return Document(
        id=id,
        uri=raw.uri,
        kind=raw.kind,
        language="en",
        published=interval,
        candidates=(DateCandidate(interval, told["title"] or day, True),) if interval else (),
        text=text,
        text_sha256=sha256(text.encode()),
        raw_sha256=sha256(raw.data),
        retrieved_at=raw.retrieved_at,
        charset="utf-8",
        extractor="invented 1",
        words=len(text.split()),
        dropped=dropped,
        **told,
    )


def _actors(document: str, text: str) -> tuple[tuple[Entity, ...], tuple[Mention, ...], dict[str, int]]:
    spans: dict[str, list[Span]] = {}
    for match in SAID.finditer(text):
        spans.setdefault(match["who"], []).append(match.span("who"))
    numbers = {name: number for number, name in enumerate(spans)}
    entities = tuple(
        Entity(numbers[name], "person", name, (name,), None, (Office(name, "other", None, None, False, found[0]),))
        for name, found in spans.items()
    )
    mentions = tuple(
        Mention(content_id("m", document, repr(span)), document, span, span, "person", "name", numbers[name], "name", 0.9)
        for name, found in spans.items()
        for span in found
    )
    return entities, tuple(sorted(mentions, key=lambda one: one.span)), numbers


def _times(document: str, text: str) -> Iterable[TimeExpression]:
    for match in DAY.finditer(text):
        interval = Interval(match[0], match[0], "day", "the words")
        id = content_id("t", document, repr(match.span()))
        yield TimeExpression(id, document, match.span(), "date", match[0], interval, "iso")


def _statements(
    document: str, text: str, given: Mapping[str, Any], numbers: Mapping[str, int]
) -> Iterable[Statement]:
    for match in SAID.finditer(text):
        who, cue, what = ((match.span(name),) for name in ("who", "cue", "what"))
        made = Statement(
            statement_id(document, who, cue, what),
            document,
            who,
            cue,
            what,
            "direct",
            0.8,
            speakers=(Speaker(numbers[match["who"]], "name", who, 0.9),),
            stance=Stance(given.get("polarity", "asserts"), cue, what, what),
            circumstances=Circumstances((Via(match["who"], "quoted by", who),), what, who),
        )
        day = given.get("published")
        yield replace(made, said=Said(Interval(day, day, "day", match["what"]), what)) if day else made
