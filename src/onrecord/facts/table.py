"""The shipped fact tables, unpacked once and parsed no further than asked for; and names without what
differs between spellings of one name."""

from __future__ import annotations

import gzip
import re
import unicodedata
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


# Letters that do not come apart into a letter and an accent.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
        "ħ": "h", "ə": "a", "ŋ": "n", "ʻ": "", "ʼ": "", "'": "", "’": "", "‘": "", "`": "", "´": "", "ʿ": "",
        "ʾ": "",
        ".": "", "·": "",
    }
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")

# How one sound is written in several ways, in order. Sources: the romanisations of Russian and Ukrainian in
# use in news (BGN/PCGN, GOST, passports, French, German), and of Arabic and Persian.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tsch|tch", "ch"),  # Gorbatschow
        (r"sch", "sh"),  # Lukaschenko
        (r"dzh|dj|zh", "j"),  # Dzhabarov, Ahmadinezhad
        (r"kh", "h"),  # Zakharova, Mikhail
        (r"gh|gu(?=[ei])", "g"),  # Serguei, Afghani
        (r"ph", "f"),
        (r"(?<=[td])h", ""),  # Kadhafi
        (r"x", "ks"),  # Alexei, Aleksei
        (r"q", "k"),
        (r"ck", "k"),
        (r"w|ff$", "v"),  # Wladimir, Lavroff
        (r"ou|oo", "u"),
        (r"^(?:ye|je)", "e"),  # Yevgeny, Evgeny
        (r"(?<=[bcdfgklmnprstvz])j(?=[aeou])", "i"),  # Netanjahu
        (r"(?<=[eiou])[yj]e(?=v)|(?<=[bcdfgklmnprstvz])ye", "e"),  # Medvedyev, Sergeyev
        (r"y|ij", "i"),
        (r"[ae][ij](?=.?$)", "i"),  # Sergei, Sergej, Hussein, Hussain
        (r"(.)\1+", r"\1"),
    )
)
_GIVEN = (
    (re.compile(r"m[ou]ham+[aei]d"), "mohamed"),
    (re.compile(r"ahm[aei]d"), "ahmed"),
    (re.compile(r"abd[aeu]l"), "abdel"),
    (re.compile(r"h[ou]s+[ae][iy]n"), "husin"),
    (re.compile(r"[yj]o?u?s+[eu]f+"), "iusuf"),
    (re.compile(r"d[iy]?m[iy]tr(?:[iy]+|o)"), "dmitri"),
    (re.compile(r"(?:[gqk]h?|qu)add?h?d?h?afi"), "kadafi"),
    (re.compile(r"ale[kx]s?and[e]?r"), "aleksandr"),
)
# Shorter tokens are too often different names: Lai and Li, Wei and Wi.
_SHORTEST = 4


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Lower case, without accents and apostrophes; other punctuation becomes one space.

    >>> fold("Nicolás  Maduro-Moros")
    'nicolas maduro moros'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.lower())
        text = "".join(character for character in text if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", text.lower().translate(_LETTERS)).strip()


@lru_cache(maxsize=1 << 16)
def key(token: str) -> str:
    """One key for the spellings of a folded token.

    >>> key("sergei") == key("sergey") == key("serguei")
    True
    >>> key("zelensky") == key("zelenskyy"), key("lai") == key("li")
    (True, False)
    """
    if len(token) < _SHORTEST or not token.isascii() or not token.isalpha():
        return token
    for pattern, one in _GIVEN:
        if pattern.fullmatch(token):
            return one
    for pattern, replacement in _RULES:
        token = pattern.sub(replacement, token)
    return token
