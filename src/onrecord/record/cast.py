"""The actors of a record side by side: how many there are of what, who speaks of whom, where one appears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from onrecord.record import listing_actors, ties
from onrecord.record.asked_actors import ActorFacets, AskedActors, actor_facets
from onrecord.record.database import Connection
from onrecord.record.filters import Where, of_actor
from onrecord.record.listing import Listing
from onrecord.record.rows import ActorRow, DecisionRow, OfficeRow, StatementRow, SuggestionRow
from onrecord.record.rows_actors import AppearanceRow, TieRelation, TieRow
from onrecord.values import ActorKind, Spans

SPOKEN: tuple[TieRelation, ...] = get_args(TieRelation)


class Cast:
    """What may be asked of the actors of an opened record beyond their rows; ``Record.cast`` makes it."""

    def __init__(self, connection: Connection) -> None:
        """Of the record that ``connection`` has open."""
        self._connection = connection

    def facets(self, asked: AskedActors) -> ActorFacets:
        """How many of the actors that are asked for are of each kind, state and outlet."""
        return actor_facets(self._connection, asked)

    def one(self, id: str) -> ActorRow | None:
        """The actor with exactly this id, a rejected one too."""
        return next(iter(listing_actors.actors(self._connection, _of(id))), None)

    def offices(self, actor: str) -> Listing[OfficeRow]:
        """The offices of the actor with this id, each with every place that says so."""
        return listing_actors.offices(self._connection, _of(actor))

    def suggestions(self, actor: str) -> Listing[SuggestionRow]:
        """Whom else the actor with this id may be, the likeliest first."""
        where = Where()
        where.add("? IN (suggestion.first, suggestion.second)", actor)
        return listing_actors.suggestions(self._connection, where)

    def decisions(self, actor: str) -> Listing[DecisionRow]:
        """What persons decided on the actor with this id."""
        return listing_actors.decisions_on(self._connection, actor)

    def kinds(self, actors: Sequence[str]) -> dict[str, ActorKind]:
        """What the actors with these ids are."""
        found = self._connection.execute(
            "SELECT id, kind FROM actor WHERE id IN (SELECT unnest(?))", [list(actors)]
        ).fetchall()
        return dict(found)

    def ties(
        self,
        *,
        actor: str | None = None,
        kind: ActorKind | None = None,
        among: Sequence[str] | None = None,
        relations: Sequence[TieRelation] = SPOKEN,
        least: int = 1,
    ) -> Listing[TieRow]:
        """Who speaks of whom and who addresses whom, those with most statements first.

        Args:
            actor: of either side: id, or a name or a part of one in whole words.
            kind: both are of it.
            among: both are of these: ids.
            relations: which of these.
            least: only those with so many statements.
        """
        who, either = Where(), Where()
        who.equals("actor.kind", kind)
        if among is not None:
            who.add("actor.id IN (SELECT unnest(?))", list(among))
        of_actor(either, actor, None, among="actor.id IN ({actors})")
        return ties.ties(self._connection, who, either, relations, least=least)

    def said_of(
        self, target: str, *, by: str | None = None, relations: Sequence[TieRelation] = ("speaks_of",)
    ) -> Listing[StatementRow]:
        """Statements whose content mentions an actor, by when they were said.

        Args:
            target: the id of the actor.
            by: the id of the one who speaks; None: anybody but ``target``.
            relations: with "addresses" also, or only, those that are made to it.
        """
        return ties.shown_by(self._connection, target, by, relations)

    def mentioned_at(self, actor: str, documents: Sequence[str]) -> dict[str, Spans]:
        """Where these documents (ids) mention the actor with this id: spans by document."""
        return ties.mentioned_at(self._connection, actor, documents)

    def appearances(self, actor: str) -> Listing[AppearanceRow]:
        """The reports that mention the actor with this id, by date."""
        return ties.appearances(self._connection, actor)


def _of(actor: str) -> Where:
    where = Where()
    where.equals("actor.id", actor)
    return where
