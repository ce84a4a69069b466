"""About this record: which runs made it, with which models and versions, by what method, with what limits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord import __version__
from onrecord.linking import agreement
from onrecord.reading import encoder
from onrecord.record import Record, RunRow
from onrecord.web.ask import Ask, Page, View
from onrecord.web.made_of import parts
from onrecord.shipped import pinned


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its settings as names and values."""

    row: RunRow
    settings: tuple[tuple[str, str], ...]


def about(record: Record, ask: Ask) -> Page:
    """Runs, models, versions, method and limits, and what the app itself is made of."""
    listing = record.runs()
    values = {
        "status": record.status(),
        "runs": [Run(one, tuple(_settings(one.settings))) for one in listing],
        "parts": parts(),
        "models": [(one.FILE, pinned().get(one.FILE)) for one in (encoder, agreement)],
        "here": __version__,
    }
    return Page("about.html", "About this record", values, rows=listing, styles=("rows.css",))


def _settings(text: str) -> Iterator[tuple[str, str]]:
    """Settings as a run keeps them: each with the names of what it lies in before its own."""
    try:
        found = json.loads(text)
    except ValueError:
        found = {"settings": text}
    return _flat(found, "")


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for key in sorted(value):
            yield from _flat(value[key], f"{name}.{key}" if name else str(key))
    else:
        words = {"None": "none", "{}": "none", "True": "yes", "False": "no"}
        yield name, words.get(str(value), str(value))


VIEWS = (View("about", "/about", about, menu="About"),)
