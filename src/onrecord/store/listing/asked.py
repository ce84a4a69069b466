"""Which actors and positions are asked for, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from onrecord.store.file.database import Connection
from onrecord.store.listing.filters import MENTIONED, Where, of_actor
from onrecord.values import ActorKind, PositionRelation, PositionStatus


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


POSITIONS_FROM = """FROM position LEFT JOIN actor AS holder ON holder.id = position.holder
JOIN actor AS target ON target.id = position.target"""
"""What conditions on positions are about."""
_SHOWN = "holder.rejected IS NULL AND target.rejected IS NULL"
_EITHER = "list_has_any([position.holder, position.target], (SELECT list(id) FROM ({actors})))"
_TOLD = "SELECT position_id FROM position_evidence JOIN document ON document.id = document_id"


class PositionFilters(TypedDict, total=False):
    """What positions to list; what is not given, or None, leaves nothing out.

    Attributes:
        actor: holder or target: the id of an actor, or a name of it or a part of one in whole words.
        state: holder or target is of this state: ISO 3166 alpha-3 code or name.
        holder: who holds it, as ``actor``.
        target: whom it is towards, as ``actor``.
        relation: recognizes, supports, opposes, sanctions, denies, allied_with, has_forces_in, present_in.
        status: asserted, claimed, denied or planned.
        outlet: contained in the name of an outlet that tells of it.
        since: 2023, 2023-03 or 2023-03-06: some evidence may be of then or later. With ``since`` or
            ``until``, undated ones are left out.
        until: of then or earlier.
        min_confidence: at least this.
        document: the id or the place of a report that tells of it.
        story: the id of a story: a report of it tells of it.
        all: also those of actors that a person has rejected.
    """

    actor: str | None
    state: str | None
    holder: str | None
    target: str | None
    relation: PositionRelation | None
    status: PositionStatus | None
    outlet: str | None
    since: str | None
    until: str | None
    min_confidence: float | None
    document: str | None
    story: str | None
    all: bool


@dataclass(frozen=True, slots=True)
class PositionChoices:
    """Relations that actors of a record hold, and outlets that tell of positions, by name."""

    relations: tuple[PositionRelation, ...]
    outlets: tuple[str, ...]


def asked(filters: PositionFilters) -> Where:
    """Conditions on positions as ``filters`` mean them; raises UsageError for a date or state it is not."""
    where, there = Where(), Where()
    given: Callable[..., Any] = filters.get
    of_actor(where, given("actor"), given("state"), among=_EITHER)
    of_actor(where, given("holder"), None, among="position.holder IN ({actors})")
    of_actor(where, given("target"), None, among="position.target IN ({actors})")
    where.equals("position.relation", given("relation"))
    where.equals("position.status", given("status"))
    where.overlaps("position.first", "position.last", given("since"), given("until"))
    where.least("position.confidence", given("min_confidence"))
    there.contains("document.outlet", given("outlet"))
    there.document(given("document"))
    there.story(given("story"))
    if there.conditions:
        where.add(f"position.id IN ({_TOLD} {there})", *there.values)
    if not given("all", False):
        where.add(_SHOWN)
    return where


def choices(connection: Connection) -> PositionChoices:
    """What positions may be filtered by, so that something is found."""
    relations, outlets = (
        tuple(value for (value,) in connection.execute(f"{sql} ORDER BY 1").fetchall())
        for sql in (
            f"SELECT DISTINCT position.relation {POSITIONS_FROM} WHERE {_SHOWN}",
            f"SELECT DISTINCT document.outlet {POSITIONS_FROM} "
            "JOIN position_evidence AS evidence ON evidence.position_id = position.id "
            "JOIN document ON document.id = evidence.document_id "
            f"WHERE document.outlet IS NOT NULL AND {_SHOWN}",
        )
    )
    return PositionChoices(relations, outlets)
