"""The two shipped fact tables, unpacked once and parsed no further than asked for.

Both are gzipped text (``training/facts`` makes them): sections parted by a form feed, rows by line breaks,
cells by tabs, names within a cell by ``;``.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from onrecord.shipped import shipped

NAMES = "facts.names.gz"
OFFICES = "facts.offices.gz"


@dataclass(frozen=True, slots=True)
class Names:
    """Rows of states, organisations and outlets, each a list of cells."""

    states: tuple[tuple[str, ...], ...]
    organisations: tuple[tuple[str, ...], ...]
    outlets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """Office holders: unparsed lines, and where the lines of each kind and state begin and end."""

    sources: list[str]
    persons: list[str]
    ranges: dict[tuple[str, str], tuple[int, int]]
    terms: list[str]


@lru_cache(maxsize=1)
def names() -> Names:
    """States, organisations and outlets."""
    return Names(*(tuple(_cells(line) for line in part) for part in _sections(NAMES)))


@lru_cache(maxsize=1)
def offices() -> Offices:
    """All terms of office."""
    sources, persons, directory, terms = _sections(OFFICES)
    ranges: dict[tuple[str, str], tuple[int, int]] = {}
    at = 0
    for kind, state, count in map(_cells, directory):
        ranges[kind, state] = (at, at + int(count))
        at += int(count)
    return Offices(sources=sources, persons=persons, ranges=ranges, terms=terms)


def _sections(name: str) -> list[list[str]]:
    """The lines of each section of a shipped table."""
    text = gzip.decompress(shipped(name)).decode("utf-8")
    return [part.split("\n")[:-1] for part in text.split("\f\n")]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(line.split("\t"))
