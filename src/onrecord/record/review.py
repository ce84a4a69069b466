"""What waits for a person: statements and suggestions nobody has decided on, the least sure first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.record import listing_actors
from onrecord.record.database import Connection
from onrecord.record.decided import Decided, decided_on
from onrecord.record.filters import MENTIONED, Where, of_actor
from onrecord.record.listing import SHOWN_ONLY, SPOKEN_FROM, Listing
from onrecord.record.rows import DecisionRow, short_date
from onrecord.record.rows_review import QueuedKind, QueuedRow
from onrecord.record.speaking import SPOKE

_QUOTES = "array_to_string([piece.quote FOR piece IN statement.{}], ' … ')"
_STATEMENT = f"""
SELECT 'statement' AS kind, statement.id, statement.confidence, {_QUOTES.format("speaker")} AS who,
       {_QUOTES.format("content")} AS what, document.id AS document, document.outlet,
       document.published_earliest, document.published_latest, document.published_precision
{SPOKEN_FROM}
"""
_SUGGESTION = """
SELECT 'suggestion' AS kind, suggestion.id, score AS confidence, one.name || ' / ' || other.name AS who,
       reason AS what, NULL, NULL, NULL, NULL, NULL
FROM suggestion JOIN actor AS one ON one.id = suggestion.first
JOIN actor AS other ON other.id = suggestion.second
"""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decides on and decided, of one opened record."""

    connection: Connection

    def queue(
        self, *, kind: QueuedKind | None = None, outlet: str | None = None, actor: str | None = None
    ) -> Listing[QueuedRow]:
        """Statements and suggestions that nobody has decided on, the least sure first; see ``queue``."""
        return queue(self.connection, kind=kind, outlet=outlet, actor=actor)

    def decided(self, rows: Iterable[DecisionRow]) -> list[Decided]:
        """Decisions with what each was about, in the words of the record."""
        return [decided_on(self.connection, row) for row in rows]

    def decision(self, id: str) -> Decided | None:
        """The decision with just this id, with what it was about; None if there is none."""
        where = Where()
        where.equals("id", id)
        return next(iter(self.decided(listing_actors.decisions(self.connection, where))), None)


def queue(
    connection: Connection,
    *,
    kind: QueuedKind | None = None,
    outlet: str | None = None,
    actor: str | None = None,
) -> Listing[QueuedRow]:
    """Statements that are listed and neither confirmed nor rejected, and suggestions; the least sure first.

    Args:
        connection: to the record.
        kind: only these; None: both.
        outlet: contained in the outlet's name; of a suggestion, an outlet that mentions one of the two.
        actor: who speaks, or one of the two: an id, or a name in whole words.
    """
    parts, values = [], []
    if kind != "suggestion":
        where = Where([SHOWN_ONLY, "statement.confirmed IS NULL"])
        where.contains("document.outlet", outlet)
        of_actor(where, actor, None, among=SPOKE)
        parts.append(f"{_STATEMENT} {where}")
        values += where.values
    if kind != "statement":
        where = Where()
        if outlet is not None:
            there = Where()
            there.contains("document.outlet", outlet)
            either = f"one.id IN ({MENTIONED} {there}) OR other.id IN ({MENTIONED} {there})"
            where.add(f"({either})", *there.values, *there.values)
        if actor is not None:
            of_either(where, actor)
        parts.append(f"{_SUGGESTION} {where}")
        values += where.values
    sql = f"{' UNION ALL '.join(parts)} ORDER BY confidence, kind, id"
    return Listing(QueuedRow, connection, sql, values, _queued)


def of_either(where: Where, actor: str) -> None:
    """Only suggestions one side of which is ``actor``."""
    one = Where()
    of_actor(one, actor, None, among="{actors}")
    (among,) = one.conditions
    where.add(f"(one.id IN ({among}) OR other.id IN ({among}))", *one.values, *one.values)


def _queued(row: Sequence[Any]) -> QueuedRow:
    *head, earliest, latest, precision = row
    kind, id, confidence, who, what, document, outlet = head
    published = short_date(earliest, latest, precision)
    return QueuedRow(kind, id, confidence, who, what, document, outlet, published)
