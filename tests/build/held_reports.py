"""Reports that tell of positions, a reader that finds the names in them without the model, and their record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from made import QUICK, file, made
from stub_readers import told

from onrecord.ids import content_id
from onrecord.reading.positions.relations import positions_in
from onrecord.text.doc import Doc
from onrecord.values import ActorKind, Entity, Failure, Mention, RawDocument, Reading

KNOWN: dict[str, tuple[ActorKind, str | None]] = {
    "Peru": ("state", "PER"),
    "Chile": ("state", "CHL"),
    "Bolivia": ("state", "BOL"),
    "Ana Soto": ("person", None),
    "Hana Soltau": ("person", None),
    "Iva Vega": ("person", None),
    "Ira Rey": ("person", "BOL"),
}
WINTER: dict[str, Any] = {
    "text": "Peru recognizes Ana Soto as the president. Ten other countries recognize Ana Soto.\n\n"
    "“Bolivia has soldiers in Chile,” said Iva Vega.",
    "published": "2019-02-01",
    "statements": [
        {"who": "Iva Vega", "speaker": "Iva Vega", "cue": "said", "content": "“Bolivia has soldiers in Chile,”"},
    ],
}
SPRING: dict[str, Any] = {
    "text": "Minister Ira Rey denied that Bolivia has soldiers in Chile. Bolivia supports Ana Soto.",
    "published": "2019-02-03",
    "state": "BOL",
    "offices": {"Ira Rey": "Minister"},
    "statements": [
        {"who": "Ira Rey", "speaker": "Minister Ira Rey", "cue": "denied", "polarity": "denies",
         "content": "that Bolivia has soldiers in Chile", "evidence": "denied"},
    ],
}  # fmt: skip
LATER: dict[str, Any] = {"text": "Peru now opposes Ana Soto.", "published": "2021-05-06", "statements": []}
UNDATED: dict[str, Any] = {"text": "Chile backs Hana Soltau.", "statements": []}
UNSEEN: dict[str, Any] = {  # no mention of Chile: its name alone shows the state
    "text": "Chile supports Iva Vega.", "published": "2019-02-05", "statements": [], "unseen": ["Chile"],
}  # fmt: skip
REPORTS = {"winter": WINTER, "winter-copy": WINTER, "spring": SPRING, "later": LATER, "undated": UNDATED,
           "unseen": UNSEEN}  # fmt: skip


def read(raw: RawDocument, *, settings: Any) -> Reading | Failure:
    """As ``stub_readers.told``, with all names of ``KNOWN`` as mentions, and the positions."""
    found = told(raw, settings=settings)
    if isinstance(found, Failure):
        return found
    unseen = json.loads(raw.data.decode().removeprefix("TOLD ")).get("unseen", ())
    document, text = found.document, found.document.text
    names = [one.name for one in found.entities]
    names += [name for name in KNOWN if name in text and name not in names and name not in unseen]
    entities = [
        replace(found.entities[number], kind=KNOWN[name or ""][0], state=KNOWN[name or ""][1])
        if number < len(found.entities)
        else Entity(number, KNOWN[name or ""][0], name, (name or "",), KNOWN[name or ""][1], ())
        for number, name in enumerate(names)
    ]
    mentions = sorted(_mentions(document.id, text, entities), key=lambda one: one.span)
    held = positions_in(Doc.of(text), mentions, entities, found.statements, (), document_id=document.id, published=document.published
    )
    return replace(found, entities=tuple(entities), mentions=tuple(mentions), positions=tuple(held))


def _mentions(document: str, text: str, entities: list[Entity]) -> list[Mention]:
    found = []
    for one in entities:
        name, at = one.name or "", text.find(one.name or "")
        while at >= 0:
            span = (at, at + len(name))
            id = content_id("m", document, repr(span))
            found.append(Mention(id, document, span, span, one.kind, "name", one.number, "name", 0.9))
            at = text.find(name, at + 1)
    return found


def held_folder(folder: Path, names: list[str]) -> Path:
    """Files of the reports with these names."""
    for name in names:
        file(folder / f"{name}.txt", "TOLD " + json.dumps(REPORTS[name]))
    return folder


HELD = replace(QUICK, reader="held_reports:read")


def held_record(path: Path) -> Path:
    """A record at ``path`` of all the reports, which lie beside it."""
    made(path, held_folder(path.parent / "in", list(REPORTS)), HELD)
    return path
