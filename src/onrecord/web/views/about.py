"""About: what the record holds, how it was made, and of which packages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import Any

from onrecord import __version__
from onrecord.linking import agreement
from onrecord.reading.network import encoder
from onrecord.record import Record, RunRow
from onrecord.shipped import pinned
from onrecord.web.ask import Ask, Page, View

_NAME = re.compile(r"[\w.-]+")
_LONG = 60  # characters; what is longer is the text of a licence, not its name


@dataclass(frozen=True, slots=True)
class Part:
    """A package that is needed to run: its name, version and licence, as it says itself."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """Packages that Onrecord asks for, by name; those that are not installed left out."""
    wanted = [one for one in requires("onrecord") or () if "extra ==" not in one]
    names = sorted({found[0].lower() for one in wanted if (found := _NAME.match(one))})
    return tuple(part for name in names if (part := _part(name)))


def _part(name: str) -> Part | None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    fields = told.get_all("Classifier") or []
    classes = [one.rsplit(" :: ", 1)[-1] for one in fields if one.startswith("License ::")]
    said = (told.get_all("License-Expression") or told.get_all("License") or [""])[0].strip()
    named = said if said and len(said) <= _LONG and "\n" not in said else "; ".join(classes)
    return Part(name, told["Version"], named or "not stated")


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
