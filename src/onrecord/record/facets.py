"""Facets: how many statements of those that filters leave have which speaker, outlet, kind ...

A facet that is itself filtered by is counted without that filter, so that one sees what else there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.record.database import Connection
from onrecord.record.filters import Where
from onrecord.record.listing import SHOWN_ONLY, SPOKEN_FROM
from onrecord.record.speaking import speakers

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
