"""Tables of what follows from all reports together, worked out at the end of each build; and decisions."""

from __future__ import annotations

from onrecord.record.tables import Column, Table

_PUBLICATION = Table(
    "publication",
    "between what moments a document without a date was published",
    (
        Column("document_id", "text", "the document"),
        Column("earliest", "text", "first moment, ISO 8601; empty: no bound", empty=True),
        Column("latest", "text", "last moment"),
        Column("precision", "text", "second, minute, hour, day, month, year, interval"),
        Column("basis", "text", "what bounds it, in words"),
        Column("evidence", "quotes", "the words of the document that bound it; none: its retrieval only"),
        Column("found_in", "text", "hash of the other dates that it was found in"),
    ),
    same=("document_id",),
)

_ACTOR = Table(
    "actor",
    "one person, organisation, state, armed force, outlet or place across all reports",
    (
        Column("id", "text", "made from its kind and name: a_ and 16 hex digits"),
        Column("name", "text", "the name it is listed under"),
        Column("kind", "text", "person, organisation, state, force, outlet or place"),
        Column("state", "text", "ISO 3166 alpha-3 code", empty=True),
        Column("aliases", "texts", "other names it has in the reports"),
        Column("basis", "text", "why its members are one, in words"),
        Column("rejected", "text", "id of the decision that rejected it", empty=True),
        Column("confirmed", "text", "id of the decision that confirmed it", empty=True),
    ),
    same=("id",),
)

_ACTOR_MEMBER = Table(
    "actor_member",
    "one entity of one report that an actor stands for",
    (
        Column("actor_id", "text", "the actor"),
        Column("document_id", "text", "the document"),
        Column("entity", "int", "number of the entity in the document"),
    ),
    same=("document_id", "entity"),
)

_ACTOR_OFFICE = Table(
    "actor_office",
    "one office of an actor",
    (
        Column("actor_id", "text", "the actor"),
        Column("n", "int", "its place among the offices of the actor, from 0"),
        Column("title", "text", "the office in words"),
        Column("kind", "text", "foreign_minister, head_of_state ... or other"),
        Column("state", "text", "ISO 3166 alpha-3 code of the state it is an office of", empty=True),
        Column("since", "text", "ISO 8601, as exact as known", empty=True),
        Column("until", "text", "ISO 8601, as exact as known", empty=True),
        Column("source", "text", "report, or the source of the fact"),
        Column("seen", "seen", "where reports say so: document_id, start, end, quote"),
    ),
    same=("actor_id", "n"),
)

_SUGGESTION = Table(
    "suggestion",
    "two actors that may be one, to be merged or rejected by a person",
    (
        Column("id", "text", "made from the two actors: u_ and 16 hex digits"),
        Column("first", "text", "id of the better known actor"),
        Column("second", "text", "id of the other"),
        Column("reason", "text", "why they may be one, in words"),
        Column("score", "real", "0 to 1, higher is likelier; not calibrated"),
    ),
    same=("id",),
)

_DECISION = Table(
    "decision",
    "one edit by a person; only ever added, and replayed at the end of each build",
    (
        Column("id", "text", "made from its number, time, verb and targets: x_ and 16 hex digits"),
        Column("n", "int", "1, 2, 3 ... in the order they were made"),
        Column("made_at", "text", "when, ISO 8601 in UTC"),
        Column("verb", "text", "merge, split, rename, reject, confirm or undo"),
        Column("targets", "texts", "the ids it was made for"),
        Column("anchors", "anchors", "the entities these stood for then: document_id, entity"),
        Column("value", "text", "the new name of a rename", empty=True),
        Column("note", "text", "why, in the person's words", empty=True),
    ),
    key=("id",),
)

LINKED: tuple[Table, ...] = (_PUBLICATION, _ACTOR, _ACTOR_MEMBER, _ACTOR_OFFICE, _SUGGESTION, _DECISION)
