"""Records for the tests of dossiers, built from statements that are written down, and their dossiers read back."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from made import QUICK, file, made

import onrecord
from onrecord.export.dossier.dossier import dossier_of
from onrecord.export.dossier.parts import Dossier

TOLD = replace(QUICK, reader="stub_readers:told")
VOID = {"meta", "br", "rect", "link", "img"}

PIER = {
    "text": "Minister Ada Holm said on Monday that the pier was closed. She denied that a ship had sunk, according to "
    "Nordwire. “We will reopen it,” she told reporters. The harbour master would not say who had paid.",
    "published": "2023-03-07",
    "offices": {"Ada Holm": "Minister"},
    "state": "NOR",
    "statements": [
        {"who": "Ada Holm", "speaker": "Minister Ada Holm", "cue": "said", "content": "that the pier was closed",
         "said": "2023-03-06", "when": "on Monday"},
        {"who": "Ada Holm", "speaker": "She", "cue": "denied", "content": "that a ship had sunk", "polarity": "denies",
         "evidence": "denied", "via": ["Nordwire"], "said": "2023-03-06"},
        {"who": "Ada Holm", "speaker": "she", "cue": "told", "content": "“We will reopen it,”", "polarity": "promises",
         "evidence": "We will", "addressee": "reporters"},
        {"speaker": "The harbour master", "cue": "would not say", "content": "who had paid", "polarity": "declines",
         "evidence": "would not say", "confidence": 0.31},
    ],
}  # fmt: skip
BOAT = {
    "text": "Bo Lind said that Ada Holm had told him the boat was hers.",
    "statements": [
        {"who": "Bo Lind", "speaker": "Bo Lind", "cue": "said", "content": "that Ada Holm had told him the boat was hers"},
        {"who": "Ada Holm", "speaker": "Ada Holm", "cue": "had told", "content": "the boat was hers", "parent": 0},
    ],
}  # fmt: skip


def record_of(folder: Path, *reports: dict[str, Any]) -> Path:
    """A record of reports given as ``stub_readers.told`` reads them."""
    for number, one in enumerate(reports):
        file(folder / "in" / f"{number}.txt", "TOLD " + json.dumps(one))
    made(folder / "a.duckdb", folder / "in", TOLD)
    return folder / "a.duckdb"


def dossier(path: Path, **more: Any) -> Dossier:
    """The dossier of the record at ``path``."""
    with onrecord.open(path) as opened:
        return dossier_of(opened, **more)


def texts_of(path: Path) -> dict[str, str]:
    """The text of every report by its id."""
    with onrecord.open(path) as opened:
        return {row.id: row.text for row in opened.documents()}


def pieces(value: Any) -> list[Any]:
    """Every frozen value and every text within ``value``, in order."""
    if isinstance(value, tuple):
        return [one for each in value for one in pieces(each)]
    if is_dataclass(value):
        return [value, *(one for each in fields(value) for one in pieces(getattr(value, each.name)))]
    return [value]


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text of each quote with its place."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.quotes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "q":
            self.quotes.append((dict(attrs)["data-at"] or "", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} is closed out of turn"

    def handle_data(self, data: str) -> None:
        if "q" in self.open:
            at, text = self.quotes[-1]
            self.quotes[-1] = (at, text + data)
        elif "style" not in self.open:
            self.words.append(data)
