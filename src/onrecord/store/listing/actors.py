"""Actors listed and asked for, with their mentions and offices, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from onrecord.linking.decisions import undone
from onrecord.store.file.database import Connection
from onrecord.store.listing.counting import DOCUMENTS, KEYS, STATEMENTS, TOTAL, Count
from onrecord.store.listing.filters import MENTIONED, Where, of_actor
from onrecord.store.listing.listing import (
    DOCUMENT_ORDER,
    SPOKEN_FROM,
    Keys,
    Listing,
    by_id,
    spans_of,
    text_of,
)
from onrecord.store.listing.marks import load
from onrecord.store.listing.speaking import NAME, speakers
from onrecord.store.schema.rows import (
    ActorRow,
    DecisionRow,
    EntityRow,
    MentionRow,
    OfficeRow,
    SuggestionRow,
    TimeRow,
    short_date,
)
from onrecord.values import ActorKind, PositionRelation, PositionStatus

_MEMBER = """
LEFT JOIN actor_member AS member ON member.document_id = {0}.document_id AND member.entity = {0}.{1}
LEFT JOIN actor ON actor.id = member.actor_id AND actor.rejected IS NULL
"""
_MENTION = f"""
SELECT mention.id, document.id, document.uri, document.outlet, document.published_earliest,
       document.published_latest, document.published_precision, mention.start, mention."end", mention.quote,
       mention.name_quote, mention.name_start, mention.name_end, mention.kind, mention.form, {NAME},
       actor.id, coalesce(actor.state, entity.state), mention.entity, mention.rule, mention.confidence
FROM mention JOIN document ON document.id = mention.document_id
LEFT JOIN entity ON entity.document_id = mention.document_id AND entity.number = mention.entity
{_MEMBER.format("mention", "entity")}
"""
_ENTITY = f"""
SELECT document.id, entity.number, entity.kind, entity.name, entity.names, entity.state, entity.mentions,
       actor.name, actor.id, entity.context
FROM entity JOIN document ON document.id = entity.document_id {_MEMBER.format("entity", "number")}
"""
_TIME = """
SELECT time.id, document.id, document.uri, document.outlet, time.start, time."end", time.quote, time.type,
       time.value, time.earliest, time.latest, time.precision, time.basis, time.rule
FROM time JOIN document ON document.id = time.document_id
"""
_OFFICE = """
SELECT actor.id, actor.name, title, office.kind, office.state, since, until, source, seen.document_id,
       seen.start, seen."end", seen.quote
FROM (SELECT actor_id, n, title, kind, state, since, until, source,
             unnest(CASE WHEN len(seen) > 0 THEN seen ELSE [NULL] END) AS seen FROM actor_office) AS office
JOIN actor ON actor.id = office.actor_id
"""
# How many documents and mentions an actor has, and how many statements. "{members}": of whom.
_THERE = """
LEFT JOIN (
    SELECT actor_id, count(*) AS documents, {total}(most) AS mentions FROM (
        SELECT actor_id, key, max(number) AS most FROM (
            SELECT member.actor_id, document.id, {key} AS key, sum(entity.mentions) AS number
            FROM {members} AS member
            JOIN entity ON entity.document_id = member.document_id AND entity.number = member.entity
            JOIN document ON document.id = member.document_id WHERE {documents} GROUP BY ALL)
        GROUP BY ALL)
    GROUP BY actor_id) AS there ON there.actor_id = actor.id
LEFT JOIN (
    SELECT actor_id, {total}(most) AS statements FROM (
        SELECT actor_id, key, max(number) AS most FROM (
            SELECT member.actor_id, said.document_id, said.key, count(DISTINCT said.id) AS number
            FROM {said}
            GROUP BY ALL)
        GROUP BY ALL)
    GROUP BY actor_id) AS spoken ON spoken.actor_id = actor.id
"""
_ACTOR = """
WITH picked AS (SELECT * FROM actor {where}),
held AS (SELECT * FROM actor_member WHERE actor_id IN (SELECT id FROM picked))
SELECT actor.id, actor.name, actor.kind, actor.state, offices.titles, actor.aliases,
       coalesce(there.documents, 0), coalesce(there.mentions, 0), coalesce(spoken.statements, 0),
       met.first.document_id, met.first.context, actor.basis, actor.confirmed,
       CASE WHEN actor.rejected IS NOT NULL THEN 'rejected by ' || actor.rejected END
FROM picked AS actor
LEFT JOIN (
    SELECT actor_id, list({{'title': title, 'state': state, 'since': since, 'until': until, 'source': source}}
                          ORDER BY n) AS titles
    FROM actor_office GROUP BY actor_id) AS offices ON offices.actor_id = actor.id
LEFT JOIN (
    SELECT member.actor_id,
           first({{'document_id': document.id, 'context': entity.context}}
                 ORDER BY {order}, entity.context[1].start, entity.number) AS first
    FROM held AS member
    JOIN entity ON entity.document_id = member.document_id AND entity.number = member.entity
    JOIN document ON document.id = member.document_id
    WHERE document.duplicate_of IS NULL
    GROUP BY member.actor_id) AS met ON met.actor_id = actor.id
{there}
ORDER BY 9 DESC, 8 DESC, actor.name, actor.id"""
_MOST = "coalesce(spoken.statements, 0) DESC, coalesce(there.mentions, 0) DESC, actor.name, actor.id"


def mentions(connection: Connection, where: Where) -> Listing[MentionRow]:
    """Mentions by report, and by their place in it."""
    sql = f"{_MENTION} {where} ORDER BY {DOCUMENT_ORDER}, mention.n"
    return Listing(MentionRow, connection, sql, where.values, _mention)


def entities(connection: Connection, where: Where) -> Listing[EntityRow]:
    """Entities by report and number."""
    sql = f"{_ENTITY} {where} ORDER BY {DOCUMENT_ORDER}, entity.number"
    return Listing(EntityRow, connection, sql, where.values, _entity)


def times(connection: Connection, where: Where) -> Listing[TimeRow]:
    """Expressions of time by report, and by their place in it."""
    sql = f"{_TIME} {where} ORDER BY {DOCUMENT_ORDER}, time.n"
    return Listing(TimeRow, connection, sql, where.values, lambda row: TimeRow(*row))


def actors(connection: Connection, where: Where, *, count: Count = "report") -> Listing[ActorRow]:
    """Actors, those who say most first, then those who are mentioned most."""

    def there(members: str) -> str:
        return _THERE.format(
            key=KEYS[count],
            documents=DOCUMENTS[count],
            total=TOTAL[count],
            members=members,
            said=speakers(
                f"{SPOKEN_FROM} WHERE {STATEMENTS[count]}",
                keep=f"statement.document_id, statement.id, {KEYS[count]} AS key",
                members=members,
            ),
        )

    def sql(where: Where) -> str:
        return _ACTOR.format(where=where, order=DOCUMENT_ORDER, there=there("held"))

    ordered = f"FROM actor {there('actor_member')} {where} ORDER BY {_MOST}"
    quick = Keys("actor.id", f"FROM actor {where}", ordered, by_id("actor.id IN ({ids})", sql))
    return Listing(ActorRow, connection, sql(where), where.values, _actor, quick)


def offices(connection: Connection, where: Where) -> Listing[OfficeRow]:
    """Offices by actor, each with every place that says so."""
    sql = f"{_OFFICE} {where} ORDER BY actor.name, actor.id, office.n, seen.document_id, seen.start"
    return Listing(OfficeRow, connection, sql, where.values, lambda row: OfficeRow(*row))


def suggestions(connection: Connection, where: Where) -> Listing[SuggestionRow]:
    """Actors that may be one, the likeliest first."""
    sql = f"""SELECT suggestion.id, one.id, one.name, other.id, other.name, reason, score
    FROM suggestion JOIN actor AS one ON one.id = suggestion.first
    JOIN actor AS other ON other.id = suggestion.second {where} ORDER BY score DESC, suggestion.id"""
    return Listing(SuggestionRow, connection, sql, where.values, lambda row: SuggestionRow(*row))


def decisions(connection: Connection, where: Where) -> Listing[DecisionRow]:
    """Decisions in the order they were made."""
    gone = undone(load(connection))
    sql = f"""SELECT id, made_at, verb, targets, value, note, named.anchors FROM decision LEFT JOIN (
        SELECT made.id AS of, list(one.document_id || ' ' || one.entity || ' ' || coalesce(entity.name, '')
                                   ORDER BY one.document_id, one.entity) AS anchors
        FROM (SELECT id, unnest(anchors) AS one FROM decision) AS made
        LEFT JOIN entity ON entity.document_id = one.document_id AND entity.number = one.entity
        GROUP BY made.id) AS named ON named.of = decision.id {where} ORDER BY n"""
    return Listing(DecisionRow, connection, sql, where.values, lambda row: _decision(row, gone.get(row[0])))


def decisions_on(connection: Connection, id: str) -> Listing[DecisionRow]:
    """The decisions on a statement or an actor: those that name it, or entities it stands for now."""
    where = Where()
    where.add(
        "(list_contains(targets, ?) OR id IN (SELECT id FROM "
        "(SELECT id, unnest(anchors) AS one FROM decision) WHERE (one.document_id, one.entity) IN "
        "(SELECT (document_id, entity) FROM actor_member WHERE actor_id = ?)))",
        id,
        id,
    )
    return decisions(connection, where)


def office_text(office: dict[str, Any]) -> str:
    """An office in words, its source in short: "foreign minister (RUS, since 2004-03-09; wikidata)"."""
    since, until = office["since"], office["until"]
    when = f"{since or '?'} to {until or '?'}" if until else f"since {since}" if since else None
    source = None if office["source"] == "report" else office["source"].split(":")[0]
    about = ", ".join(filter(None, (office["state"], when)))
    about = "; ".join(filter(None, (about, source)))
    return f"{office['title']} ({about})" if about else str(office["title"])


def _mention(row: Sequence[Any]) -> MentionRow:
    head, date, (start, end, quote, name, name_start, name_end), rest = row[:4], row[4:7], row[7:13], row[13:]
    spans = () if name_start is None else ((name_start, name_end),)
    values = [*head, short_date(*date), start, end, quote, name, spans, *rest]
    return MentionRow(*values)


def _entity(row: Sequence[Any]) -> EntityRow:
    document, number, kind, name, names, *rest, context = row
    values = [document, number, kind, name, tuple(names), *rest, text_of(context), spans_of(context)]
    return EntityRow(*values)


def _actor(row: Sequence[Any]) -> ActorRow:
    id, name, kind, state, offices, aliases, documents, mentions, statements, first, context, *rest = row
    titles = tuple(dict.fromkeys(map(office_text, offices or ())))
    where, said = spans_of(context or ()), text_of(context or ())
    counts = (documents, int(mentions), int(statements))
    return ActorRow(id, name, kind, state, titles, tuple(aliases), *counts, first, said, where, *rest)


def _decision(row: Sequence[Any], gone: str | None) -> DecisionRow:
    id, at, verb, targets, value, note, anchors = row
    return DecisionRow(id, at, verb, tuple(targets), value, note, gone, tuple(anchors or ()))


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
