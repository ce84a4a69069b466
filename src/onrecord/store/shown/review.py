"""What waits for a person; and what a decision was about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing import actors
from onrecord.store.listing.filters import MENTIONED, Where, of_actor
from onrecord.store.listing.listing import SHOWN_ONLY, SPOKEN_FROM, Listing
from onrecord.store.listing.speaking import SPOKE
from onrecord.store.schema.rows import DecisionRow, short_date
from onrecord.store.schema.rows_linked import QueuedKind, QueuedRow

_MOST = 200  # names of one decision
_NAMES = """
SELECT entity.names, entity.name, actor.id, actor.name
FROM (SELECT unnest(anchors) AS one, generate_subscripts(anchors, 1) AS n FROM decision WHERE id = ?) AS made
JOIN entity ON entity.document_id = one.document_id AND entity.number = one.entity
LEFT JOIN actor_member AS member
     ON member.document_id = one.document_id AND member.entity = one.entity
LEFT JOIN actor ON actor.id = member.actor_id
ORDER BY n LIMIT ?
"""
_SAID = """
SELECT array_to_string([piece.quote FOR piece IN speaker], ' … '),
       array_to_string([piece.quote FOR piece IN content], ' … ')
FROM statement WHERE id = ?
"""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what it was about.

    Attributes:
        row: the decision.
        about: "statement", "actor", "suggestion" or, of an undo, "decision".
        names: of the actors, as reports name them.
        actors: who holds now what it was made for: ids and names.
        speaker, content: of a statement, in the report's words.
        of: of an undo, the decision it took back.
    """

    row: DecisionRow
    about: str
    names: tuple[str, ...] = ()
    actors: tuple[tuple[str, str], ...] = ()
    speaker: str = ""
    content: str = ""
    of: Decided | None = None

    @property
    def root(self) -> Decided:
        """What is done or taken back in the end: of undos, the decision behind all of them."""
        return self.of.root if self.of else self

    @property
    def holds(self) -> bool:
        """Whether, with this one done, the decision behind it holds."""
        return self.of is None or not self.of.holds


def decided_on(connection: Connection, row: DecisionRow) -> Decided:
    """``row`` with what it was about."""
    target = row.targets[0]
    if row.verb == "undo":
        where = Where()
        where.equals("id", target)
        of = next(iter(actors.decisions(connection, where)), None)
        return Decided(row, "decision", of=decided_on(connection, of) if of else None)
    if target.startswith("s_"):
        said = first_row(connection, _SAID, [target])
        return replace(
            Decided(row, "statement"), speaker=said[0] if said else "", content=said[1] if said else ""
        )
    found = connection.execute(_NAMES, [row.id, _MOST]).fetchall()
    names = dict.fromkeys(name or (names[0] if names else "") for names, name, _, _ in found)
    now = dict.fromkeys((id, name) for _, _, id, name in found if id)
    about = "actor" if target.startswith("a_") else "suggestion"
    return Decided(row, about, tuple(filter(None, names)), tuple(now))


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
        return next(iter(self.decided(actors.decisions(self.connection, where))), None)


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
