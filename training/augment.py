"""Texts of a name corpus with other names put in: people, places and bodies from the fact tables.

The name corpora are American web text; reports are about the world. Of each text a copy is made in which
about half of its names are other ones of the same kind, the same name always by the same other.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluation.corpora import GoldMention, GoldText
from onrecord.facts import table

SHARE = 0.5  # of the names of a text
PEOPLE = ("PER", "person", "politician")
PLACES = ("LOC", "location", "country")
BODIES = ("ORG", "organisation")


@dataclass(frozen=True, slots=True)
class Stock:
    """Names to put in."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]


def stock() -> Stock:
    """All names of the shipped fact tables."""
    known = table.names()
    people = [line.split("\t", 1)[0] for line in table.offices().persons]
    cells = [cell for row in known.states for cell in (row[1:2] + row[4:5])]
    places = [name for cell in cells for name in cell.split(";") if name]
    bodies = [row[0] for row in (*known.organisations, *known.outlets)]
    bodies += [row[4].split(";")[0] for row in known.organisations if len(row) > 4 and row[4]]
    return Stock(tuple(people), tuple(places), tuple(bodies))


def renamed(gold: GoldText, names: Stock, *, seed: int) -> GoldText:
    """``gold`` with about half of its names replaced; spans fit the new text."""
    chance = random.Random(f"{seed} {gold.name}")
    chosen: dict[tuple[str, str], str | None] = {}
    parts: list[str] = []
    mentions: list[GoldMention] = []
    at = size = 0
    for one in sorted(gold.mentions, key=lambda mention: mention.span):
        start, end = one.span
        if start < at:
            continue
        old = gold.text[start:end]
        key = (one.kind, old)
        if key not in chosen:
            chosen[key] = _other(one.kind, old, names, chance) if chance.random() < SHARE else None
        new = chosen[key] or old
        parts += [gold.text[at:start], new]
        size += start - at
        mentions.append(replace(one, span=(size, size + len(new)), head=(size, size + len(new))))
        size += len(new)
        at = end
    parts.append(gold.text[at:])
    return GoldText(f"{gold.name} renamed", "".join(parts), tuple(mentions))


def _other(kind: str, old: str, names: Stock, chance: random.Random) -> str | None:
    if kind in PEOPLE:
        full = chance.choice(names.people)
        return full if " " in old else chance.choice(full.split())
    if kind in PLACES:
        return chance.choice(names.places)
    return chance.choice(names.bodies) if kind in BODIES else None


def with_renamed(texts: Sequence[GoldText], *, seed: int) -> list[GoldText]:
    """``texts`` and a renamed copy of each that has names."""
    names = stock()
    return [*texts, *(renamed(one, names, seed=seed) for one in texts if one.mentions)]
