"""States, organisations, armed forces and groups, and outlets, by what reports call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeVar

from onrecord.facts import table
from onrecord.facts.table import fold
from onrecord.lang import either, word_list

StateKind = Literal["name", "demonym", "capital"]

# Abbreviations that are other words when they are not in capitals, and words that are names only with one.
_CAPITALS = re.compile(r"(?:[A-Z]\.?){2,}")
_SMALL = word_list("facts", "small")
_LEAD = re.compile(r"[Tt]he\s+")
_ARTICLE = re.compile(
    rf"(?:{either('facts', 'article_united')}) .*|(?:.* )?Islands|"
    rf"{either('facts', 'article_netherlands')}"
)
_GENITIVE = re.compile(r"['’]s?$")
_NO_PLURAL = re.compile(rf"(?:{either('facts', 'no_plural')}|é|è|[A-Z.])$")
_WORD = re.compile(r"\w+(?:[.'’\-]\w+)*\.?")
_LONGEST = 6  # words of a name that running text is searched for
# Names that are more often a person's, a place's or another word in running text; alone they are states.
_DOUBTFUL = word_list("facts", "doubtful")


# "Latin American" and "African American" say nothing of the state.
NOT_OF_THE_STATE = word_list("facts", "not_of_the_state")


@dataclass(frozen=True, slots=True)
class State:
    """One state."""

    code: str
    name: str
    names: tuple[str, ...]  # with the first one
    demonyms: tuple[str, ...]  # and adjectives
    capitals: tuple[str, ...]  # and seats of government


@dataclass(frozen=True, slots=True)
class StateFound:
    """A state named in a text."""

    start: int
    end: int
    code: str
    kind: StateKind


@lru_cache(maxsize=1)
def states() -> Mapping[str, State]:
    """Every state by its code."""
    found = {}
    for row in table.names().states:
        code, name, others, demonyms, capitals = (*row, "", "", "")[:5]
        found[code] = State(
            code, name, (name, *_split(others)), tuple(_split(demonyms)), tuple(_split(capitals))
        )
    return MappingProxyType(found)


def state_name(code: str) -> str:
    """The name of a state as it stands in a sentence; the code itself if there is no such state.

    >>> state_name("USA"), state_name("PER"), state_name("QQQ")
    ('the United States', 'Peru', 'QQQ')
    """
    state = states().get(code)
    if state is None:
        return code
    return f"the {state.name}" if _ARTICLE.fullmatch(state.name) else state.name


def state_of(text: str) -> str | None:
    """The state that a name, demonym, adjective or capital stands for, if ``text`` is nothing else.

    >>> state_of("the U.S."), state_of("Venezuelans"), state_of("Moscow"), state_of("us")
    ('USA', 'VEN', 'RUS', None)
    """
    found = _look_up(text)
    return found[0] if found else None


def state_kind(text: str) -> StateKind | None:
    """How ``text`` stands for a state: by its name, by a demonym or adjective, or by a capital.

    What is both a name and an adjective ("US") is a name.
    """
    found = _look_up(text)
    return found[1] if found else None


@lru_cache(maxsize=1 << 13)
def states_in(text: str) -> tuple[StateFound, ...]:
    """States named in running text, longest names first at each place, in order, without overlaps."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    found: list[StateFound] = []
    at = 0
    while at < len(words):
        length = 1
        before = fold(text[words[at - 1][0] : words[at - 1][1]]) if at else ""
        for one, size in _from(text, words, at) if before not in NOT_OF_THE_STATE else ():
            found.append(one)
            length = size
        at += length
    return tuple(found)


def _from(text: str, words: list[tuple[int, int]], at: int) -> Iterator[tuple[StateFound, int]]:
    """The longest name that begins with word ``at``, with the number of its words."""
    start = words[at][0]
    first = _first(text[start : words[at][1]])
    for size in range(min(_firsts().get(first, 0), len(words) - at), 0, -1):
        end = words[at + size - 1][1]
        piece = text[start:end]
        if piece[-2:-1] in "'’" or piece[-1:] in "'’":
            piece = _GENITIVE.sub("", piece)
            end = start + len(piece)
        if piece.find(".") == len(piece) - 1:  # the end of a sentence, not of "U.S."
            piece, end = piece[:-1], end - 1
        entry = _look_up(piece)
        if entry and "\n" not in piece and not (size == 1 and fold(piece) in _DOUBTFUL):
            yield StateFound(start, end, entry[0], entry[1]), size
            return


@lru_cache(maxsize=1)
def _firsts() -> dict[str, int]:
    """First word of every name, and the number of words of the longest name with it."""
    found: dict[str, int] = {}
    for name in _lexicon():
        first = _first(name)
        found[first] = min(_LONGEST, max(found.get(first, 0), len(_WORD.findall(name))))
    return found


@lru_cache(maxsize=1 << 14)
def _first(word: str) -> str:
    return re.split(r"[\s\-]", fold(_GENITIVE.sub("", word)), maxsplit=1)[0]


@lru_cache(maxsize=1 << 14)
def _look_up(text: str) -> tuple[str, StateKind] | None:
    """Code and kind of a name, if its capitals are those of a name."""
    text = _GENITIVE.sub("", _LEAD.sub("", text.strip(), count=1))
    if not text or len(text) > 60:
        return None
    entry = _lexicon().get(fold(text))
    if entry is None or not any(character.isupper() for character in text):
        return None
    code, kind, abbreviation = entry
    if abbreviation:
        return (code, kind) if _CAPITALS.fullmatch(text.replace(" ", "")) else None
    words = text.replace("-", " ").split()
    if any(word[0].islower() and word not in _SMALL and word[1:2] not in "'’" for word in words):
        return None
    return code, kind


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, StateKind, bool]]:
    """Folded name to code, kind, whether it is an abbreviation. What stands first wins: names before all."""
    found: dict[str, tuple[str, StateKind, bool]] = {}
    everything = states().values()
    for state in everything:
        for name in state.names:
            _add(found, name, state.code, "name")
    for state in everything:
        for demonym in state.demonyms:
            _add(found, demonym, state.code, "demonym")
            if not _NO_PLURAL.search(demonym):
                _add(found, f"{demonym}s", state.code, "demonym")
    for state in everything:
        for capital in state.capitals:
            _add(found, capital, state.code, "capital")
    return found


def _add(found: dict[str, tuple[str, StateKind, bool]], name: str, code: str, kind: StateKind) -> None:
    name = _LEAD.sub("", name, count=1)
    found.setdefault(fold(name), (code, kind, bool(_CAPITALS.fullmatch(name.replace(" ", "")))))


def _split(names: str) -> list[str]:
    return [name for name in names.split(";") if name]


T = TypeVar("T")

_THE = re.compile(r"the\s+", re.IGNORECASE)
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
    text = _GENITIVE.sub("", _THE.sub("", text.strip(), count=1)) if len(text) < 100 else ""
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
        name = _THE.sub("", name, count=1)
        bare = name.replace(".", "")
        if _ACRONYM.fullmatch(name):
            found.setdefault(bare, one)
        if name and fold(name) not in _ORDINARY:
            found.setdefault(fold(name), one)


def _names(names: str) -> tuple[str, ...]:
    return tuple(_split(names))
