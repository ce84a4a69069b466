"""What a decision was about, in the words of the record: for those who read the log of decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.record import listing_actors
from onrecord.record.database import Connection, first_row
from onrecord.record.filters import Where
from onrecord.record.rows import DecisionRow

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
        of = next(iter(listing_actors.decisions(connection, where)), None)
        return Decided(row, "decision", of=decided_on(connection, of) if of else None)
    if target.startswith("s_"):
        said = first_row(connection, _SAID, [target])
        return replace(
            Decided(row, "statement"), speaker=said[0] if said else "", content=said[1] if said else ""
        )
    found = connection.execute(_NAMES, [row.id, _MOST]).fetchall()
    names = dict.fromkeys(name or (names[0] if names else "") for names, name, _, _ in found)
    actors = dict.fromkeys((id, name) for _, _, id, name in found if id)
    about = "actor" if target.startswith("a_") else "suggestion"
    return Decided(row, about, tuple(filter(None, names)), tuple(actors))
