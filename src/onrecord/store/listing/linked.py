"""Listings of stories, copies, positions and what else is worked out across reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from onrecord.store.file.database import Connection
from onrecord.store.listing.actors import POSITIONS_FROM
from onrecord.store.listing.counting import KEYS
from onrecord.store.listing.filters import IN_DOCUMENT, Where, joined
from onrecord.store.listing.listing import DOCUMENT_ORDER, Keys, Listing, by_id, spans_of, text_of
from onrecord.store.listing.speaking import names_of
from onrecord.store.schema.rows import short_date
from onrecord.store.schema.rows_linked import CopyRow, PositionRow, PositionSeenRow, StoryRow, UtteranceRow
from onrecord.values import PositionRelation

_SIDES = "(SELECT id FROM document WHERE {0})"
_COPY = """
SELECT pair.first, pair.second, one.outlet, other.outlet, pair.kind, pair.first_share, pair.second_share,
       copy_group.id, copy_group.origin, copy_group.reason, shared.passages
FROM copy_pair AS pair
JOIN document AS one ON one.id = pair.first JOIN document AS other ON other.id = pair.second
LEFT JOIN copy_group ON copy_group.id = one.copy_group AND copy_group.id = other.copy_group
JOIN (SELECT first, second,
             list({'first': (first_start, first_end), 'second': (second_start, second_end),
                   'first_quote': first_quote, 'second_quote': second_quote} ORDER BY n) AS passages
      FROM copy_passage GROUP BY first, second) AS shared
     ON shared.first = pair.first AND shared.second = pair.second
"""
_UTTERANCE = """
SELECT utterance.id, utterance.statement_id, document.id, document.uri, document.outlet,
       document.published_earliest, document.published_latest, document.published_precision,
       utterance.fullest
FROM utterance JOIN document ON document.id = utterance.document_id
"""

_STORY = f"""
SELECT story.id, story.first, story.last, story.title, story.reports, told.independent, told.outlets,
       told.names, told.ids
FROM story JOIN (
    SELECT document.story, count(DISTINCT {KEYS["independent"]}) AS independent,
           count(DISTINCT {KEYS["outlet"]}) AS outlets,
           list_sort(list(DISTINCT document.outlet) FILTER (document.outlet IS NOT NULL)) AS names,
           list(document.id ORDER BY document.published_earliest NULLS LAST, document.id) AS ids
    FROM document WHERE document.story IS NOT NULL GROUP BY document.story) AS told ON told.story = story.id
"""


def copies(connection: Connection, where: Where) -> Listing[CopyRow]:
    """Pairs of documents that share wording, by their ids."""
    sql = f"{_COPY} {where} ORDER BY pair.first, pair.second"
    return Listing(CopyRow, connection, sql, where.values, _copy)


def utterances(connection: Connection, where: Where) -> Listing[UtteranceRow]:
    """Statements that have one quotation, those of one together, by date of the report."""
    sql = f"{_UTTERANCE} {where} ORDER BY utterance.id, {DOCUMENT_ORDER}, utterance.statement_id"
    return Listing(UtteranceRow, connection, sql, where.values, _utterance)


def stories(connection: Connection, where: Where) -> Listing[StoryRow]:
    """Stories by their first day, undated ones last."""
    sql = f"{_STORY} {where} ORDER BY story.first NULLS LAST, story.id"
    return Listing(StoryRow, connection, sql, where.values, _story)


def of_either(where: Where, document: str | None, outlet: str | None) -> None:
    """Only pairs of which one document has this id or place, and one is of such an outlet."""
    asked = []
    if document is not None:
        asked.append((IN_DOCUMENT, (document, document)))
    if outlet is not None:
        there = Where()
        there.contains("document.outlet", outlet)
        asked.append((there.conditions[0], tuple(there.values)))
    for condition, values in asked:
        side = _SIDES.format(condition)
        where.add(f"(pair.first IN {side} OR pair.second IN {side})", *values, *values)


def _copy(row: Sequence[Any]) -> CopyRow:
    *head, passages = row
    spans = (tuple(_span(one[side]) for one in passages) for side in ("first", "second"))
    quotes = (tuple(one[side] for one in passages) for side in ("first_quote", "second_quote"))
    values = [*head, *spans, *quotes]
    return CopyRow(*values)


def _span(value: Any) -> tuple[int, int]:
    start, end = value.values() if isinstance(value, dict) else value
    return start, end


def _story(row: Sequence[Any]) -> StoryRow:
    values = [*row[:7], tuple(row[7] or ()), tuple(row[8])]
    return StoryRow(*values)


def _utterance(row: Sequence[Any]) -> UtteranceRow:
    values = [*row[:5], short_date(*row[5:8]), *row[8:]]
    return UtteranceRow(*values)


RELATIONS: Mapping[PositionRelation, str] = {
    "recognizes": "recognizes",
    "supports": "supports",
    "opposes": "opposes",
    "sanctions": "has sanctions against",
    "denies": "denies",
    "allied_with": "is allied with",
    "has_forces_in": "has forces in",
    "present_in": "has people in",
}
"""Each relation as a verb."""
NEGATED: Mapping[PositionRelation, str] = {
    "recognizes": "does not recognize",
    "supports": "does not support",
    "opposes": "does not oppose",
    "sanctions": "has no sanctions against",
    "denies": "does not deny",
    "allied_with": "is not allied with",
    "has_forces_in": "has no forces in",
    "present_in": "has no people in",
}

# The actor of a party: of its entity, else of the state that its name shows. One code may have several
# actors, where a person said so; the one that most reports know stands for it.
_STATES = """
SELECT actor.state, first(actor.id ORDER BY actor.rejected IS NOT NULL, members DESC, actor.id) AS id
FROM actor JOIN (SELECT actor_id, count(*) AS members FROM actor_member GROUP BY actor_id) AS known
     ON known.actor_id = actor.id
WHERE actor.kind = 'state' AND actor.state IS NOT NULL GROUP BY actor.state"""
_PARTY = f"""
LEFT JOIN actor_member AS {{0}}_member
     ON {{0}}_member.document_id = seen.document_id AND {{0}}_member.entity = seen.{{0}}_entity
LEFT JOIN ({_STATES}) AS {{0}}_state ON {{0}}_state.state = seen.{{0}}_state
LEFT JOIN actor AS {{0}} ON {{0}}.id = coalesce({{0}}_member.actor_id, {{0}}_state.id)"""
OF_SEEN = f"""
JOIN document ON document.id = seen.document_id
LEFT JOIN statement ON statement.document_id = seen.document_id AND statement.id = seen.statement
LEFT JOIN publication ON publication.document_id = seen.document_id
{_PARTY.format("holder")}
{_PARTY.format("target")}"""
"""What ``seen``, rows of position_seen, tell of whom: report, statement, holder and target."""
HIDDEN = """
CASE WHEN statement.rejected IS NOT NULL THEN 'rejected by ' || statement.rejected
     WHEN document.duplicate_of IS NOT NULL THEN 'duplicate'
     WHEN statement.boilerplate OR EXISTS (
         FROM repeated_line AS line WHERE line.document_id = seen.document_id AND line.class = 'boilerplate'
         AND line.start <= seen.start AND seen."end" <= line."end") THEN 'boilerplate' END"""
_HELD = """
CASE WHEN seen.earliest IS NOT NULL THEN seen.{0}
     WHEN seen.statement IS NOT NULL THEN statement.said_{0} ELSE publication.{0} END"""
EARLIEST, LATEST = _HELD.format("earliest"), _HELD.format("latest")
"""When it held; what was read from a report without a date takes the bounds that the record has found."""

# "{seen}": which rows of position_seen; names are gathered of the speakers of their statements, not of all.
_SEEN = f"""
SELECT seen.id, evidence.position_id AS position, seen.relation, holder.name AS holder,
       target.name AS target, document.id AS document, document.uri, document.outlet,
       document.published_earliest, document.published_latest, document.published_precision, seen.start,
       seen."end", seen.quote AS sentence, seen.evidence, seen.holder AS holder_pieces,
       seen.target AS target_pieces, seen.capacity, seen.status, seen.statement,
       CASE WHEN seen.statement IS NOT NULL THEN coalesce(named.names, []) END AS names,
       statement.speaker AS speaker_pieces, seen.own, {EARLIEST} AS earliest, {LATEST} AS latest, seen.since,
       seen.rule, seen.confidence, {HIDDEN} AS hidden, evidence.n
FROM {{seen}} AS seen {OF_SEEN}
LEFT JOIN position_evidence AS evidence
     ON evidence.seen_id = seen.id AND evidence.document_id = seen.document_id
LEFT JOIN ({names_of("FROM statement WHERE id IN (SELECT statement FROM {seen})")}) AS named
     ON named.document_id = seen.document_id AND named.id = seen.statement"""
_COLUMNS = """
id, position, relation, holder, target, document, uri, outlet, published_earliest, published_latest,
published_precision, start, "end", sentence, evidence, holder_pieces, target_pieces, capacity, status,
statement, names, speaker_pieces, own, earliest, latest, since, rule, confidence, hidden"""
_BY_DOCUMENT = "seen.published_earliest NULLS LAST, seen.uri, seen.document, seen.start, seen.id"

_CHANGES = """
SELECT change.before, change.after, change.last, change.first, old.relation AS old_relation,
       old.status AS old_status, new.relation AS new_relation, new.status AS new_status
FROM position_change AS change JOIN position_seen AS old ON old.id = change.last_seen
JOIN position_seen AS new ON new.id = change.first_seen"""
# Only of those that are asked for is the evidence read.
_POSITION = f"""
WITH picked AS (SELECT position.* {POSITIONS_FROM} {{where}}),
told_of AS (SELECT * FROM position_seen WHERE id IN (
    SELECT seen_id FROM position_evidence WHERE position_id IN (SELECT id FROM picked)))
SELECT position.id, holder.name, position.holder, holder.state, position.unnamed, position.relation,
       target.name, position.target, target.state, position.status, position.disputed, position.first,
       position.last, position.reports, told.independent, told.outlets,
       (SELECT list(change ORDER BY change.last, change.first) FROM ({_CHANGES}) AS change
        WHERE position.id IN (change.before, change.after)) AS changes,
       position.confidence,
       'rejected by ' || coalesce(holder.rejected, target.rejected) AS hidden, told.seen
FROM picked AS position LEFT JOIN actor AS holder ON holder.id = position.holder
JOIN actor AS target ON target.id = position.target
JOIN (SELECT seen.position, list(seen ORDER BY seen.n) AS seen,
             count(DISTINCT {KEYS["independent"]}) AS independent,
             list_sort(list(DISTINCT seen.outlet) FILTER (seen.outlet IS NOT NULL)) AS outlets
      FROM ({_SEEN.format(seen="told_of")}) AS seen JOIN document ON document.id = seen.document
      GROUP BY seen.position) AS told ON told.position = position.id
ORDER BY {{order}}"""
_NAME = "strip_accents(lower({0}.name))"
# Named ones by name, then those that are only counted.
_HOLDER = f"holder.name IS NULL, {_NAME.format('holder')}, position.holder"
_TARGET = f"{_NAME.format('target')}, position.target"
ORDERS = {
    "holder": f"{_HOLDER}, {_TARGET}, position.relation",
    "target": f"list_position({list(RELATIONS)}, position.relation), {_TARGET}, {_HOLDER}",
}
PositionOrder = Literal["holder", "target"]


def positions(
    connection: Connection, where: Where, *, order: PositionOrder = "holder"
) -> Listing[PositionRow]:
    """Positions by the name of the holder, then of the target; or by relation, target and holder. Unnamed
    holders come last."""

    def sql(where: Where) -> str:
        return _POSITION.format(where=where, order=ORDERS[order])

    every = f"{POSITIONS_FROM} {where}"
    ordered = f"{every} ORDER BY {ORDERS[order]}"
    quick = Keys("position.id", every, ordered, by_id("position.id IN ({ids})", sql))
    return Listing(PositionRow, connection, sql(where), where.values, _position, quick)


def positions_seen(connection: Connection, where: Where) -> Listing[PositionSeenRow]:
    """Every place that tells of a position, by report and place in it; columns are those of ``seen``."""
    every = _SEEN.format(seen="position_seen")
    sql = f"SELECT {_COLUMNS} FROM ({every}) AS seen {where} ORDER BY {_BY_DOCUMENT}"
    return Listing(PositionSeenRow, connection, sql, where.values, _seen)


def _seen(row: Sequence[Any]) -> PositionSeenRow:
    (
        *head, outlet, earliest, latest, precision, start, end, sentence, evidence, holder, target, capacity,
        status, statement, names, speaker, own, since, until, began, rule, confidence, hidden,
    ) = row  # fmt: skip
    id, position, relation, holder_name, target_name, document, uri = head
    return PositionSeenRow(
        id=id,
        position=position,
        relation=relation,
        holder=holder_name,
        target=target_name,
        document=document,
        uri=uri,
        outlet=outlet,
        published=short_date(earliest, latest, precision),
        start=start,
        end=end,
        sentence=sentence,
        quote=text_of(evidence),
        quote_spans=spans_of(evidence),
        holder_text=text_of(holder),
        holder_spans=spans_of(holder),
        target_text=text_of(target),
        target_spans=spans_of(target),
        capacity=text_of(capacity) or None,
        capacity_spans=spans_of(capacity),
        status=status,
        statement=statement,
        speaker=joined(names or ()) or text_of(speaker or ()) or (NOBODY if statement else None),
        own=own,
        earliest=since,
        latest=until,
        since=began,
        rule=rule,
        confidence=confidence,
        hidden=hidden,
    )


NOBODY = "(nobody named)"
"""The speaker of a statement without words for one."""


def _position(row: Sequence[Any]) -> PositionRow:
    id, holder, holder_id, holder_state, unnamed, relation, target, target_id, target_state, *rest = row
    status, disputed, first, last, reports, independent, outlets, changes, confidence, hidden, seen = rest
    changes = changes or ()
    return PositionRow(
        id=id,
        holder=holder,
        holder_id=holder_id,
        holder_state=holder_state,
        unnamed=tuple(unnamed),
        relation=relation,
        target=target,
        target_id=target_id,
        target_state=target_state,
        status=status,
        disputed=disputed,
        first=first,
        last=last,
        reports=reports,
        independent=independent,
        outlet=tuple(outlets or ()),
        before=tuple(dict.fromkeys(one["before"] for one in changes if one["after"] == id)),
        after=tuple(dict.fromkeys(one["after"] for one in changes if one["before"] == id)),
        changed=tuple(map(_changed, changes)),
        confidence=confidence,
        hidden=hidden,
        seen=tuple(_seen(list(one.values())[:-1]) for one in seen),
    )


def _changed(change: Mapping[str, Any]) -> str:
    """A change in words; the days are those of the evidence."""
    old, new = (
        (NEGATED if change[f"{which}_status"] == "denied" else RELATIONS)[change[f"{which}_relation"]]
        for which in ("old", "new")
    )
    return f"{old} until {change['last']}, {new} since {change['first']}"
