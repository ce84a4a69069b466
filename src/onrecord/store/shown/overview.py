"""What stands out in a record: who says most, who is named most, who reported when, what came last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing.counting import KEYS
from onrecord.store.listing.filters import Where
from onrecord.store.listing.listing import SHOWN_ONLY, SPOKEN_FROM, Listing, statements
from onrecord.store.listing.periods import Binned, Extent, Steps, binned, extent
from onrecord.store.listing.speaking import speakers
from onrecord.store.rows.linked import OutletDayRow
from onrecord.store.rows.rows import StatementRow
from onrecord.values import ActorKind, PositionRelation, PositionStatus

_PUBLISHED = (
    "SELECT document.outlet AS lane, document.published_earliest AS first, "
    "document.published_latest AS last FROM document"
)
_DAYS = f"""
SELECT document.outlet, left(document.published_earliest, 10), left(document.published_latest, 10), count(*),
       count(DISTINCT {KEYS["independent"]})
FROM document GROUP BY 1, 2, 3 ORDER BY 2 NULLS LAST, 3 NULLS LAST, 1 NULLS LAST"""
_LAST = """
SELECT id FROM document WHERE duplicate_of IS NULL AND published_earliest IS NOT NULL
ORDER BY published_earliest DESC, uri, id LIMIT 3"""
_COUNTED: Mapping[str, str] = {
    "said": f"""
SELECT member.actor_id, count(DISTINCT (said.document_id, said.id)) AS number
FROM {speakers(f"{SPOKEN_FROM} WHERE {SHOWN_ONLY}", keep="statement.document_id, statement.id")}
GROUP BY member.actor_id""",
    "named": """
SELECT member.actor_id, sum(entity.mentions)::BIGINT AS number
FROM actor_member AS member
JOIN entity ON entity.document_id = member.document_id AND entity.number = member.entity
JOIN document ON document.id = member.document_id WHERE document.duplicate_of IS NULL
GROUP BY member.actor_id""",
}


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor and a number of it."""

    id: str
    name: str
    kind: ActorKind
    state: str | None
    number: int


@dataclass(frozen=True, slots=True)
class PositionInShort:
    """A position without its evidence; see ``PositionRow``."""

    id: str
    holder: str | None
    unnamed: tuple[str, ...]
    relation: PositionRelation
    target: str
    status: PositionStatus
    disputed: bool
    reports: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands out, asked of the database a question at a time."""

    connection: Connection

    def stories(self) -> int:
        """How many developments several reports tell of."""
        found = first_row(self.connection, "SELECT count(*) FROM story WHERE reports > 1")
        return int(found[0]) if found else 0

    def actors(self, by: Literal["said", "named"], most: int) -> list[ActorCount]:
        """Those who make most statements, or those other than places whom reports mention most."""
        some = "AND actor.kind <> 'place'" if by == "named" else ""
        sql = f"""SELECT actor.id, actor.name, actor.kind, actor.state, counted.number
        FROM ({_COUNTED[by]}) AS counted JOIN actor ON actor.id = counted.actor_id
        WHERE actor.rejected IS NULL {some} ORDER BY 5 DESC, actor.name, actor.id LIMIT {most:d}"""
        return [ActorCount(*row) for row in self.connection.execute(sql).fetchall()]

    def name(self, id: str) -> str | None:
        """What an actor is called; None if there is none with this id."""
        found = first_row(self.connection, "SELECT name FROM actor WHERE id = ?", [id])
        return found[0] if found else None

    def days(self) -> Listing[OutletDayRow]:
        """Reports by the day and the outlet they were published by."""
        return Listing(OutletDayRow, self.connection, _DAYS, (), lambda row: OutletDayRow(*row))

    def extent(self) -> Extent:
        """How many reports there are, and from when to when they were published."""
        return extent(self.connection, _PUBLISHED)

    def binned(self, steps: Steps, outlets: Sequence[str]) -> list[Binned]:
        """How many reports there are in each stretch of time, of each of ``outlets`` and of all others."""
        some = f"{_PUBLISHED} WHERE document.published_earliest IS NOT NULL"
        return binned(self.connection, some, (), steps, outlets)

    def positions(self, most: int) -> tuple[int, list[PositionInShort]]:
        """How many positions there are, and those that most reports tell of."""
        sql = f"""SELECT count(*) OVER (), position.id, holder.name, position.unnamed, position.relation,
               target.name, position.status, position.disputed, position.reports
        FROM position LEFT JOIN actor AS holder ON holder.id = position.holder
        JOIN actor AS target ON target.id = position.target
        WHERE holder.rejected IS NULL AND target.rejected IS NULL
        ORDER BY position.reports DESC, holder.name NULLS LAST, target.name, position.id LIMIT {most:d}"""
        found = self.connection.execute(sql).fetchall()
        made = [PositionInShort(id, holder, tuple(unnamed), *rest) for _, id, holder, unnamed, *rest in found]
        return (int(found[0][0]) if found else 0), made

    def latest(self) -> Listing[StatementRow]:
        """Statements of the few reports published last, the surest first."""
        where = Where([SHOWN_ONLY, f"document.id IN ({_LAST})"])
        return statements(self.connection, where, order="confidence")
