"""Searching in what was said, and how many statements there are of each speaker, outlet, kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import UsageError
from onrecord.store.file.database import Connection
from onrecord.store.listing.filters import Where
from onrecord.store.listing.listing import SHOWN_ONLY, SPOKEN_FROM
from onrecord.store.listing.speaking import speakers
from onrecord.values import Span, Spans

_ASKED = re.compile(r"""[“”„«»"]([^“”„«»"]*)[“”„«»"]?|([^\s“”„«»"]+)""")
_PLAIN = "strip_accents(lower(array_to_string([piece.quote FOR piece IN {0}], ' ')))"
_SIGN = r"[^\p{L}\p{N}]"


@dataclass(frozen=True, slots=True)
class Term:
    """Words one after the other, as plain letters and digits; ``begins``: the last one may go on."""

    words: str
    begins: bool = False


def terms(text: str) -> tuple[Term, ...]:
    """What ``text`` asks for; raises UsageError if it has neither a letter nor a digit.

    >>> [(term.words, term.begins) for term in terms('Grain "not a single" inspect*')]
    [('grain', False), ('not a single', False), ('inspect', True)]
    """
    found = []
    for phrase, word in _ASKED.findall(text):
        plain = "".join(char for char, _ in _plain(phrase or word)).strip()
        if plain:
            found.append(Term(plain, word.endswith("*")))
    if not found:
        raise UsageError(
            f"nothing to search for: {text!r}", hint='write words, or "a phrase" in quotation marks'
        )
    return tuple(dict.fromkeys(found))


def search(where: Where, pieces: str, text: str | None) -> None:
    """Only rows where all that ``text`` asks for stands in the quotes of the column ``pieces``."""
    if text is None:
        return
    plain = _PLAIN.format(pieces)
    for term in terms(text):
        words = term.words.split(" ")
        # One word alone, wherever it stands, is found much quicker, and is seldom there.
        where.add(f"contains({plain}, ?)", max(words, key=len))
        ends = "" if term.begins else f"(?:{_SIGN}|$)"
        where.add(f"regexp_matches({plain}, ?)", f"(?:^|{_SIGN}){f'{_SIGN}+'.join(words)}{ends}")


def marks(text: str, asked: Sequence[Term]) -> Spans:
    """Where the words asked for stand in ``text``, in code points; what overlaps is one span.

    >>> marks("No Éclair, no éclairs", terms("eclair"))
    ((3, 9),)
    """
    plain = [(" ", -1), *_plain(text), (" ", len(text))]
    line = "".join(char for char, _ in plain)
    spans = sorted(span for term in asked for span in _found(line, term))
    merged: list[Span] = []
    for start, end in spans:
        first, last = plain[start][1], plain[end - 1][1] + 1
        while last < len(text) and unicodedata.category(text[last])[0] == "M":
            last += 1
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _found(line: str, term: Term) -> Iterator[Span]:
    """Where ``term`` stands in a plain line; the rest of a word that it only begins belongs to it."""
    wanted = f" {term.words}" + ("" if term.begins else " ")
    at = line.find(wanted)
    while at >= 0:
        end = line.index(" ", at + 1 + len(term.words))
        yield at + 1, end
        at = line.find(wanted, at + 1)


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """Letters and digits without case and accents, each with its place; what lies between is one space."""
    apart = False
    for at, char in enumerate(text):
        for one in _bare(char):
            if one.isalpha() or unicodedata.category(one)[0] == "N":
                yield one, at
                apart = False
            elif not apart:
                yield " ", at
                apart = True


def _bare(char: str) -> str:
    if char.isascii():
        return char.lower()
    parts = unicodedata.normalize("NFD", char.lower())
    kept = "".join(one for one in parts if unicodedata.category(one)[0] != "M")
    return unicodedata.normalize("NFC", kept)


LEVELS = (0.9, 0.8, 0.7, 0.5)
"""Confidences that are counted from."""
MOST = 15  # speakers
_COUNT = "SELECT '{0}', {1}, {2}, count(*) FROM {3} GROUP BY ALL"
# One speaker of a statement counts once, also where two of its entities are the same actor.
_WHO = f"""
SELECT DISTINCT said.id, actor.id AS actor, actor.name, actor.state
FROM {speakers("FROM picked")}
JOIN actor ON actor.id = member.actor_id AND actor.rejected IS NULL"""
_STATES = "(SELECT DISTINCT id, state FROM who WHERE state IS NOT NULL)"
_NUMBERS = "shown"
_PARTS: Mapping[str, str] = {
    "actor": f"SELECT * FROM ({_COUNT.format('actor', 'actor', 'name', 'who')} ORDER BY 4 DESC, 3, 2 "
    f"LIMIT {MOST})",
    "state": _COUNT.format("state", "state", "state", _STATES),
    "outlet": _COUNT.format("outlet", "outlet", "outlet", "picked WHERE outlet IS NOT NULL"),
    "kind": _COUNT.format("kind", "kind", "kind", "picked"),
    "polarity": _COUNT.format("polarity", "polarity", "polarity", "picked"),
    "via": _COUNT.format("via", "via", "via", "picked WHERE via <> ''"),
    "min_confidence": " UNION ALL ".join(
        f"SELECT 'min_confidence', '{level}', '{level}', count(*) FROM picked WHERE confidence >= {level}"
        for level in LEVELS
    ),
}
_ALL_PARTS = {**_PARTS, _NUMBERS: _COUNT.format("shown", "shown::VARCHAR", "''", "told")}


@dataclass(frozen=True, slots=True)
class Counted:
    """One value of a facet: what to filter by, what it is called, how many statements have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Values by the name of their filter, those of most statements first; ``total``: how many statements fit
    all filters; ``hidden``: how many more would, but are duplicates, in repeated lines or rejected."""

    by: Mapping[str, tuple[Counted, ...]]
    total: int
    hidden: int


def statement_facets(
    connection: Connection, filters: Mapping[str, Any], asked: Callable[[Any], Where]
) -> Facets:
    """Counts for all facets under ``filters``, which ``asked`` makes conditions of."""
    every = bool(filters.get("all"))
    own = [name for name in _PARTS if filters.get(name) is not None]
    rest = [_NUMBERS, *(name for name in _PARTS if name not in own)]
    found = _count(connection, asked({**filters, "all": True}), rest, every=every)
    for name in own:
        without = {key: value for key, value in filters.items() if key != name}
        found |= _count(connection, asked({**without, "all": True}), [name], every=every)
    for name in ("outlet", "via"):  # filters by these take every name that contains the one asked for
        found[name] = _contained(found[name])
    numbers = {one.value: one.count for one in found[_NUMBERS]}
    shown, hidden = numbers.get("true", 0), numbers.get("false", 0)
    by = {name: found[name] for name in _PARTS}
    return Facets(by, shown + hidden if every else shown, 0 if every else hidden)


def _count(
    connection: Connection, where: Where, names: Sequence[str], *, every: bool
) -> dict[str, tuple[Counted, ...]]:
    sql = f"""
    WITH told AS MATERIALIZED (
        SELECT statement.document_id, statement.id, statement.speakers, statement.kind, statement.polarity,
               statement.confidence, array_to_string([one.name FOR one IN statement.via], '; ') AS via,
               document.outlet, ({SHOWN_ONLY}) AS shown
        {SPOKEN_FROM} {where}),
    picked AS (SELECT * FROM told {"" if every else "WHERE shown"}),
    who AS MATERIALIZED ({_WHO})
    {" UNION ALL ".join(_ALL_PARTS[name] for name in names)}"""
    rows = connection.execute(sql, where.values).fetchall()
    return {name: tuple(_ordered(row[1:] for row in rows if row[0] == name)) for name in names}


def _ordered(rows: Iterable[Sequence[Any]]) -> Iterable[Counted]:
    found = (Counted(*row) for row in rows if row[2])
    return sorted(found, key=lambda one: (-one.count, one.label, one.value))


def _contained(found: Sequence[Counted]) -> tuple[Counted, ...]:
    """Each name with the statements of all names that contain it; lists of names taken apart."""
    names = dict.fromkeys(name for one in found for name in one.value.split("; "))
    lowered = [(one.value.lower(), one.count) for one in found]
    rows = ((name, name, sum(n for text, n in lowered if name.lower() in text)) for name in names)
    return tuple(_ordered(rows))
