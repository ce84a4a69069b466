"""Organisations, armed forces and groups, and outlets, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from onrecord.facts import table
from onrecord.facts.spelling import fold
from onrecord.lang import word_list

T = TypeVar("T")

_LEAD = re.compile(r"the\s+", re.IGNORECASE)
_GENITIVE = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w\-]+\.)+[a-z]{2,}(?:[/:?#].*)?", re.IGNORECASE)
FORCES = frozenset({"armed_forces", "armed_group", "paramilitary", "criminal_group"})
# Papers of many towns have these names: one word of them alone names none.
_PAPERS = word_list("facts", "papers")
# Folded names that are ordinary words, given names or parts of other names when they stand alone.
_ORDINARY = word_list("facts", "ordinary")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, armed force or armed group."""

    name: str
    acronym: str | None
    kind: str  # igo, alliance, government, legislature, court, armed_forces, armed_group, ...
    state: str | None  # ISO 3166 alpha-3
    aliases: tuple[str, ...]
    source: str = "own knowledge"

    @property
    def is_force(self) -> bool:
        """Whether it is an armed force or group."""
        return self.kind in FORCES


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news agency, newspaper, broadcaster or site."""

    name: str
    kind: str  # news_agency, newspaper, broadcaster, news_site, magazine, fact_checker
    domain: str | None
    state: str | None
    state_funded: bool | None  # None where it is not known
    aliases: tuple[str, ...]
    source: str = "own knowledge"


def organisation_of(text: str) -> Organisation | None:
    """The organisation that ``text`` names by its name, an alias or its acronym.

    >>> organisation_of("the North Atlantic Treaty Organization").acronym
    'NATO'
    """
    return _organisations().get(_asked(text))


def outlet_of(text: str) -> Outlet | None:
    """The outlet that ``text`` names, or whose domain (or address) it is.

    >>> outlet_of("https://www.reuters.com/world/x").name
    'Reuters'
    """
    text = text.strip()
    if _ADDRESS.fullmatch(text) and len(text) < 2_000:
        found = _by_domain(text)
        if found:
            return found
    return _outlets().get(_asked(text))


def _by_domain(address: str) -> Outlet | None:
    host = re.split(r"[/:?#]", address.split("://")[-1], maxsplit=1)[0].lower()
    parts = host.split(".")
    for at in range(len(parts) - 1):
        found = _domains().get(".".join(parts[at:]))
        if found:
            return found
    return None


@lru_cache(maxsize=1 << 14)
def _asked(text: str) -> str:
    """What a name is looked up by. Acronyms keep their capitals: WHO is not who, but Nato is NATO."""
    text = _GENITIVE.sub("", _LEAD.sub("", text.strip(), count=1)) if len(text) < 100 else ""
    if not any(character.isupper() for character in text):
        return ""
    bare = text.replace(".", "")
    if _ACRONYM.fullmatch(text):
        return bare
    folded = fold(text)
    return "" if folded in _ORDINARY else folded


@lru_cache(maxsize=1)
def _organisations() -> Mapping[str, Organisation]:
    found: dict[str, Organisation] = {}
    for row in table.names().organisations:
        name, acronym, kind, state, aliases = (*row, "", "", "", "")[:5]
        one = Organisation(name, acronym or None, kind, state or None, tuple(_split(aliases)))
        _enter(found, one, (name, *_split(aliases), acronym))
    return found


@lru_cache(maxsize=1)
def _every_outlet() -> tuple[Outlet, ...]:
    rows = ((*row, "")[:6] for row in table.names().outlets)
    funded = {"yes": True, "no": False}
    return tuple(
        Outlet(name, kind, address.split(";")[0] or None, state or None, funded.get(paid), _names(aliases))
        for name, address, kind, state, paid, aliases in rows
    )


@lru_cache(maxsize=1)
def _outlets() -> Mapping[str, Outlet]:
    found: dict[str, Outlet] = {}
    for one in _every_outlet():
        _enter(found, one, (one.name, *one.aliases))
    return {name: one for name, one in found.items() if name not in _PAPERS}


@lru_cache(maxsize=1)
def _domains() -> Mapping[str, Outlet]:
    rows = zip(table.names().outlets, _every_outlet(), strict=True)
    return {domain: one for row, one in reversed(list(rows)) for domain in _split(row[1])}


def _enter(found: dict[str, T], one: T, names: tuple[str, ...]) -> None:
    """Enters a value under each of its names; a name taken before stays with the first."""
    for name in names:
        name = _LEAD.sub("", name, count=1)
        bare = name.replace(".", "")
        if _ACRONYM.fullmatch(name):
            found.setdefault(bare, one)
        if name and fold(name) not in _ORDINARY:
            found.setdefault(fold(name), one)


def _names(names: str) -> tuple[str, ...]:
    return tuple(_split(names))


def _split(names: str) -> list[str]:
    return [name for name in names.split(";") if name]
