"""Which actors are asked for, and how many there are of each kind, state and outlet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.record.database import Connection
from onrecord.record.filters import MENTIONED, Where, of_actor
from onrecord.values import ActorKind


@dataclass(frozen=True, slots=True)
class AskedActors:
    """What actors to list; see ``Record.actors``."""

    actor: str | None = None
    state: str | None = None
    kind: ActorKind | None = None
    outlet: str | None = None
    document: str | None = None
    all: bool = False

    def where(self) -> Where:
        """The conditions on ``actor``; raises UsageError for a state that is none."""
        where = Where()
        of_actor(where, self.actor, self.state, among="actor.id IN ({actors})")
        where.equals("actor.kind", self.kind)
        if self.outlet is not None or self.document is not None:
            there = Where()
            there.contains("document.outlet", self.outlet)
            there.document(self.document)
            where.add(f"actor.id IN ({MENTIONED} {there})", *there.values)
        if not self.all:
            where.add("actor.rejected IS NULL")
        return where


@dataclass(frozen=True, slots=True)
class ActorFacets:
    """How many actors there are of each kind, state and outlet (that mentions them), most first.

    Each is counted among those that fit all other filters, so that it says what choosing it would show.
    Actors of no known state, and reports of no known outlet, are left out.
    """

    kinds: Mapping[str, int]
    states: Mapping[str, int]
    outlets: Mapping[str, int]


def actor_facets(connection: Connection, asked: AskedActors) -> ActorFacets:
    """Counts of the actors that are asked for."""

    def counted(what: str, where: Where, more: str = "") -> dict[str, int]:
        sql = f"""SELECT {what} AS what, count(DISTINCT actor.id) FROM actor {more} {where}
        GROUP BY what HAVING what IS NOT NULL ORDER BY 2 DESC, 1"""
        return dict(connection.execute(sql, where.values).fetchall())

    there = """JOIN actor_member AS member ON member.actor_id = actor.id
    JOIN document ON document.id = member.document_id"""
    return ActorFacets(
        counted("actor.kind", replace(asked, kind=None).where()),
        counted("actor.state", replace(asked, state=None).where()),
        counted("document.outlet", replace(asked, outlet=None).where(), there),
    )
