"""States by what reports call them: names, demonyms and adjectives, and capitals that stand for governments.

Codes are ISO 3166-1 alpha-3; XKX is Kosovo, and states that are no more have the code they had (SUN, YUG,
DDR, CSK, SCG). Of names shared by several states the one meant most often in news is taken (Korea is South
Korea, Congo the Democratic Republic, Georgia the state and not the one of the United States, Guinea that of
Conakry); a given name or surname such as Jordan or Chad is a state only when it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from onrecord.facts import table
from onrecord.facts.spelling import fold
from onrecord.lang import word_list

StateKind = Literal["name", "demonym", "capital"]

# Abbreviations that are other words when they are not in capitals, and words that are names only with one.
_CAPITALS = re.compile(r"(?:[A-Z]\.?){2,}")
_SMALL = word_list("facts", "small")
_LEAD = re.compile(r"[Tt]he\s+")
_ARTICLE = re.compile(
    r"(?:United|Democratic|Dominican|Central|Soviet|Republic) .*|(?:.* )?Islands"
    r"|Netherlands|Philippines|Bahamas|Maldives|Comoros|Gambia|Seychelles"
)
_GENITIVE = re.compile(r"['’]s?$")
_NO_PLURAL = re.compile(r"(?:ese|sh|ch|ss|men|woman|man|é|è|[A-Z.])$")
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
