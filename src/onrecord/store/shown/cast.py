"""What stands out in a record, and its actors side by side: who says most, who is named most, who speaks
of whom, where one appears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.store.file.database import Connection, first_row
from onrecord.store.listing import actors, listing
from onrecord.store.listing.actors import ActorFacets, AskedActors, actor_facets
from onrecord.store.listing.counting import KEYS
from onrecord.store.listing.filters import Where, of_actor
from onrecord.store.listing.listing import (
    DOCUMENT_ORDER,
    SHOWN_ONLY,
    SPOKEN_FROM,
    Keys,
    Listing,
    spans_of,
    statements,
    text_of,
)
from onrecord.store.listing.periods import Binned, Extent, Steps, binned, extent
from onrecord.store.listing.speaking import SPOKE, speakers
from onrecord.store.schema.rows import (
    ActorRow,
    DecisionRow,
    OfficeRow,
    StatementRow,
    SuggestionRow,
    short_date,
)
from onrecord.store.schema.rows_linked import AppearanceRow, OutletDayRow, TieRelation, TieRow
from onrecord.values import ActorKind, PositionRelation, PositionStatus, Spans

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
        return next(iter(actors.actors(self._connection, _of(id))), None)

    def offices(self, actor: str) -> Listing[OfficeRow]:
        """The offices of the actor with this id, each with every place that says so."""
        return actors.offices(self._connection, _of(actor))

    def suggestions(self, actor: str) -> Listing[SuggestionRow]:
        """Whom else the actor with this id may be, the likeliest first."""
        where = Where()
        where.add("? IN (suggestion.first, suggestion.second)", actor)
        return actors.suggestions(self._connection, where)

    def decisions(self, actor: str) -> Listing[DecisionRow]:
        """What persons decided on the actor with this id."""
        return actors.decisions_on(self._connection, actor)

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
        return ties(self._connection, who, either, relations, least=least)

    def said_of(
        self, target: str, *, by: str | None = None, relations: Sequence[TieRelation] = ("speaks_of",)
    ) -> Listing[StatementRow]:
        """Statements whose content mentions an actor, by when they were said.

        Args:
            target: the id of the actor.
            by: the id of the one who speaks; None: anybody but ``target``.
            relations: with "addresses" also, or only, those that are made to it.
        """
        return shown_by(self._connection, target, by, relations)

    def mentioned_at(self, actor: str, documents: Sequence[str]) -> dict[str, Spans]:
        """Where these documents (ids) mention the actor with this id: spans by document."""
        return mentioned_at(self._connection, actor, documents)

    def appearances(self, actor: str) -> Listing[AppearanceRow]:
        """The reports that mention the actor with this id, by date."""
        return appearances(self._connection, actor)


def _of(actor: str) -> Where:
    where = Where()
    where.equals("actor.id", actor)
    return where


_PIECES: dict[TieRelation, str] = {"speaks_of": "content", "addresses": "addressee"}
_MEANT = """
SELECT piece.n
FROM (SELECT document_id, rowid AS n, unnest({column}) AS at
      FROM statement WHERE document_id IN (SELECT document_id FROM met)) AS piece
JOIN met ON met.document_id = piece.document_id
     AND met.start >= piece.at.start AND met."end" <= piece.at."end"
"""
_SHOWN_BY = """statement.rowid IN (
WITH mine AS (SELECT document_id, entity FROM actor_member WHERE actor_id = ?),
met AS (SELECT mention.document_id, mention.start, mention."end"
        FROM mention JOIN mine ON mine.document_id = mention.document_id AND mine.entity = mention.entity)
{meant})"""
# Rows are joined and grouped by their numbers in the file, which is twice as quick as by ids.
_TIE = f"""
WITH who AS (
    SELECT member.document_id, member.entity, actor.rowid AS actor
    FROM actor_member AS member JOIN actor ON actor.id = member.actor_id {{who}}),
said AS (
    SELECT statement.rowid AS n, document.rowid AS report, statement.document_id, speakers, content, addressee
    FROM statement JOIN document ON document.id = statement.document_id WHERE {SHOWN_ONLY}),
speaker AS (
    SELECT DISTINCT said.n, said.report, member.actor
    FROM {speakers("FROM said", keep="n, report, document_id", members="who")}),
met AS (
    SELECT mention.document_id, mention.start, mention."end", who.actor
    FROM mention JOIN who ON who.document_id = mention.document_id AND who.entity = mention.entity),
meant AS ({{meant}})
SELECT one.name, one.id, one.kind, one.state, tie.relation, NULL AS status, other.name, other.id, other.kind,
       other.state, tie.number, tie.reports, tie.independent, NULL AS position
FROM (
    SELECT one, other, relation, sum(number)::BIGINT AS number, count(*) AS reports,
           count(DISTINCT {KEYS["independent"]}) AS independent
    FROM (
        SELECT speaker.actor AS one, meant.actor AS other, meant.relation, speaker.report, count(*) AS number
        FROM speaker JOIN meant ON meant.n = speaker.n AND meant.actor <> speaker.actor {{either}}
        GROUP BY ALL) AS counted
    JOIN document ON document.rowid = counted.report
    GROUP BY one, other, relation HAVING number >= {{least:d}}) AS tie
JOIN actor AS one ON one.rowid = tie.one JOIN actor AS other ON other.rowid = tie.other
ORDER BY tie.number DESC, one.name, one.id, other.name, other.id, tie.relation
"""
_MET = """
SELECT DISTINCT piece.n, '{relation}' AS relation, met.actor
FROM (SELECT n, document_id, unnest({column}) AS at FROM said) AS piece
JOIN met ON met.document_id = piece.document_id
     AND met.start >= piece.at.start AND met."end" <= piece.at."end"
"""
_EITHER = "AND list_has_any([speaker.actor, meant.actor], (SELECT list(rowid) FROM actor {0}))"
_OF_MINE = """FROM statement WHERE rejected IS NULL AND NOT boilerplate
AND document_id IN (SELECT document_id FROM mine)"""
_APPEARANCE = f"""
WITH mine AS (SELECT document_id, entity FROM actor_member {{where}}),
spoken AS (
    SELECT said.document_id, count(DISTINCT said.id) AS number
    FROM {speakers(_OF_MINE, members="mine")}
    GROUP BY said.document_id),
met AS (
    SELECT mine.document_id, flatten(list(entity.names ORDER BY entity.number)) AS names,
           sum(entity.mentions) AS number,
           first(entity.context ORDER BY entity.context[1].start, entity.number) AS context
    FROM mine JOIN entity ON entity.document_id = mine.document_id AND entity.number = mine.entity
    GROUP BY mine.document_id)
SELECT document.id, document.uri, document.outlet, document.title, document.published_earliest,
       document.published_latest, document.published_precision, document.origin, met.names, met.number,
       coalesce(spoken.number, 0), met.context
FROM met JOIN document ON document.id = met.document_id
LEFT JOIN spoken ON spoken.document_id = met.document_id
ORDER BY {DOCUMENT_ORDER}
"""


def ties(
    connection: Connection,
    who: Where,
    either: Where,
    relations: Sequence[TieRelation],
    *,
    least: int = 1,
) -> Listing[TieRow]:
    """Ties of these kinds, those shown by most statements first.

    ``who``: conditions on ``actor`` that both fulfil; ``either``: that at least one of them does.
    """
    asked = Where([*who.conditions, "actor.rejected IS NULL"])
    sql = _TIE.format(
        who=asked,
        meant=" UNION ALL ".join(_MET.format(relation=one, column=_PIECES[one]) for one in relations),
        either=_EITHER.format(either) if either.conditions else "",
        least=least,
    )
    return Listing(TieRow, connection, sql, [*who.values, *either.values], lambda row: TieRow(*row))


def shown_by(
    connection: Connection, target: str, by: str | None, relations: Sequence[TieRelation]
) -> Listing[StatementRow]:
    """The statements that tie ``by`` (None: anybody but ``target``) to ``target``, by when they were said."""
    meant = " UNION ALL ".join(_MEANT.format(column=_PIECES[one]) for one in relations)
    spoke = SPOKE.format(actors="?")
    where = Where()
    where.add(_SHOWN_BY.format(meant=meant), target)
    if by is None:
        where.add(f"NOT {spoke}", target)
    else:
        where.add(spoke, by)
    where.add(SHOWN_ONLY)
    return listing.statements(connection, where, order="said")


def mentioned_at(connection: Connection, actor: str, documents: Sequence[str]) -> dict[str, Spans]:
    """Where these documents mention ``actor``, by document."""
    rows = connection.execute(
        "SELECT document_id, list({'start': start, 'end': \"end\"} ORDER BY n) FROM mention "
        "WHERE document_id IN (SELECT unnest(?)) AND (document_id, entity) IN "
        "(SELECT (document_id, entity) FROM actor_member WHERE actor_id = ?) GROUP BY document_id",
        [list(documents), actor],
    ).fetchall()
    return {document: spans_of(spans) for document, spans in rows}


def appearances(connection: Connection, actor: str) -> Listing[AppearanceRow]:
    """The reports that mention an actor, by date."""

    def sql(where: Where) -> str:
        return _APPEARANCE.format(where=where)

    def rows(ids: Sequence[str]) -> tuple[str, Sequence[Any]]:
        here = Where([*of.conditions], [*of.values])
        here.add("document_id IN (SELECT unnest(?))", list(ids))
        return sql(here), here.values

    of = Where()
    of.equals("actor_id", actor)
    every = f"FROM document WHERE id IN (SELECT document_id FROM actor_member {of})"
    quick = Keys("document.id", every, f"{every} ORDER BY {DOCUMENT_ORDER}", rows)
    return Listing(AppearanceRow, connection, sql(of), of.values, _appearance, quick)


def _appearance(row: Sequence[Any]) -> AppearanceRow:
    document, uri, outlet, title, *date, origin, names, mentions, statements, context = row
    return AppearanceRow(
        document, uri, outlet, title, short_date(*date), origin, tuple(dict.fromkeys(names)), int(mentions),
        statements, text_of(context), spans_of(context),
    )  # fmt: skip
