"""Every row against the rows it refers to, and decisions against what they made of the record."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.linking.decisions import decision_id, standing
from onrecord.record.database import Connection, rows
from onrecord.record.marks import load
from onrecord.record.rows import Problem
from onrecord.record.schema import TABLES

_OWNED = (
    "raw", "location", "date_candidate", "dropped", "entity", "mention", "time", "statement", "line",
    "repeated_line", "publication", "actor_member", "copy_print", "story_words", "story_piece",
    "position_seen", "position_evidence", "account_member", "claim_report", "claim",
)  # fmt: skip
_ENTITIES = "(SELECT (document_id, number) FROM entity)"
_ACTORS = "(SELECT id FROM actor)"
# Table, an id and where it comes from, a condition that must not hold, what is wrong if it does.
_REFERENCES = (
    (
        "mention", "id FROM mention", f"entity IS NOT NULL AND (document_id, entity) NOT IN {_ENTITIES}",
        "refers to an entity that is not there",
    ),
    (
        "statement", "id FROM (SELECT id, document_id, unnest(speakers).entity AS entity FROM statement)",
        f"(document_id, entity) NOT IN {_ENTITIES}", "a speaker is an entity that is not there",
    ),
    (
        "statement", "id FROM statement",
        "parent IS NOT NULL AND (document_id, parent) NOT IN (SELECT (document_id, id) FROM statement)",
        "stands in a statement that is not there",
    ),
    (
        "actor_member", "actor_id FROM actor_member", f"(document_id, entity) NOT IN {_ENTITIES}",
        "refers to an entity that is not there",
    ),
    (
        "actor_member", "actor_id FROM actor_member", f"actor_id NOT IN {_ACTORS}",
        "refers to an actor that is not there",
    ),
    (
        "actor_office", "actor_id FROM actor_office", f"actor_id NOT IN {_ACTORS}",
        "refers to an actor that is not there",
    ),
    (
        "suggestion", "id FROM suggestion", f"first NOT IN {_ACTORS} OR second NOT IN {_ACTORS}",
        "refers to an actor that is not there",
    ),
    ("actor", "id FROM actor", "id NOT IN (SELECT actor_id FROM actor_member)", "it stands for no entity"),
    (
        "document", "id FROM document",
        "copy_group IS NOT NULL AND copy_group NOT IN (SELECT id FROM copy_group)",
        "refers to a group of copies that is not there",
    ),
    (
        "document", "id FROM document",
        "origin IS NOT NULL AND origin NOT IN (SELECT origin FROM copy_group)",
        "comes from a document that is no origin",
    ),
    (
        "copy_group", "id FROM copy_group", "id NOT IN (SELECT copy_group FROM document "
        "WHERE copy_group IS NOT NULL) OR origin NOT IN (SELECT id FROM document)",
        "its documents are not there",
    ),
    (
        "copy_pair", "first FROM copy_pair", "first NOT IN (SELECT id FROM document) "
        "OR second NOT IN (SELECT id FROM document)", "refers to a document that is not there",
    ),
    (
        "copy_pair", "first FROM copy_pair",
        "(first, second) NOT IN (SELECT (first, second) FROM copy_passage)", "it has no passage",
    ),
    (
        "copy_passage", "first FROM copy_passage",
        "(first, second) NOT IN (SELECT (first, second) FROM copy_pair)", "it is of no pair",
    ),
    (
        "document", "id FROM document", "story IS NOT NULL AND story NOT IN (SELECT id FROM story)",
        "tells of a story that is not there",
    ),
    (
        "story", "id FROM story",
        "(id, reports) NOT IN (SELECT (story, count(*)::INTEGER) FROM document WHERE story IS NOT NULL "
        "GROUP BY story) OR (id, earliest) NOT IN (SELECT (story, id) FROM document WHERE story IS NOT NULL)",
        "its documents are not there",
    ),
    (
        "story_pair", "first FROM story_pair", "first NOT IN (SELECT document_id FROM story_piece) "
        "OR second NOT IN (SELECT document_id FROM story_piece)", "refers to a document that is not there",
    ),
    (
        "utterance", "id FROM utterance",
        "(document_id, statement_id) NOT IN (SELECT (document_id, id) FROM statement)",
        "refers to a statement that is not there",
    ),
    (
        "position_seen", "id FROM position_seen",
        f"(holder_entity IS NOT NULL AND (document_id, holder_entity) NOT IN {_ENTITIES}) OR "
        f"(target_entity IS NOT NULL AND (document_id, target_entity) NOT IN {_ENTITIES})",
        "refers to an entity that is not there",
    ),
    (
        "position_seen", "id FROM position_seen",
        "statement IS NOT NULL AND (document_id, statement) NOT IN (SELECT (document_id, id) FROM statement)",
        "stands in a statement that is not there",
    ),
    (
        "position", "id FROM position", f"holder NOT IN {_ACTORS} OR target NOT IN {_ACTORS}",
        "refers to an actor that is not there",
    ),
    (
        "position", "id FROM position",
        "(id, reports) NOT IN (SELECT (position_id, count(DISTINCT document_id)::INTEGER) "
        "FROM position_evidence GROUP BY position_id)", "its evidence is not there",
    ),
    (
        "position_evidence", "seen_id FROM position_evidence",
        "(seen_id, document_id) NOT IN (SELECT (id, document_id) FROM position_seen) "
        "OR position_id NOT IN (SELECT id FROM position)", "is of no position, or tells of none",
    ),
    (
        "position_change", "last_seen FROM position_change",
        "(before, last_seen) NOT IN (SELECT (position_id, seen_id) FROM position_evidence) "
        "OR (after, first_seen) NOT IN (SELECT (position_id, seen_id) FROM position_evidence)",
        "its evidence is not there",
    ),
    (
        "account", "id FROM account", "id NOT IN (SELECT account FROM account_member WHERE n = 0) "
        "OR (id, lead) NOT IN (SELECT (account, id) FROM account_member WHERE n = 0)",
        "its lead is not there",
    ),
    (
        "account_member", "id FROM account_member", "account NOT IN (SELECT id FROM account)",
        "it is of no account",
    ),
    (
        "account_member", "id FROM account_member", "statement_id IS NOT NULL AND "
        "(document_id, statement_id) NOT IN (SELECT (document_id, id) FROM statement)",
        "refers to a statement that is not there",
    ),
    (
        "account_member", "id FROM account_member", f"speaker IS NOT NULL AND speaker NOT IN {_ACTORS}",
        "refers to an actor that is not there",
    ),
    ("claim_words", "id FROM claim_words", "id NOT IN (SELECT id FROM claim)", "is of no claim"),
    *(
        (
            table, f"first FROM {table}", "first NOT IN (SELECT id FROM claim_words) "
            "OR second NOT IN (SELECT id FROM claim_words)", "refers to a claim that is not there",
        )
        for table in ("claim_pair", "claim_weighed")
    ),
    (
        "claim_weighed", "first FROM claim_weighed",
        "judgement IS NOT NULL AND judgement NOT IN (SELECT id FROM judgement)",
        "refers to a judgement that is not there",
    ),
    (
        "document", "id FROM document", "id NOT IN (SELECT document_id FROM raw)", "its original is missing",
    ),
    (
        "document", "id FROM document", "id NOT IN (SELECT document_id FROM location)",
        "it stands at no place",
    ),
)  # fmt: skip
_ONCE = (
    *((one.name, ", ".join(f'"{name}"' for name in one.same)) for one in TABLES if one.same),
    ("account_member", "id"),
)
_CIRCLE = """
WITH RECURSIVE above AS (
    SELECT document_id, id, parent, 1 AS depth FROM statement WHERE parent IS NOT NULL
    UNION ALL
    SELECT above.document_id, above.id, statement.parent, depth + 1 FROM above
    JOIN statement ON statement.document_id = above.document_id AND statement.id = above.parent
    WHERE statement.parent IS NOT NULL AND above.parent <> above.id AND depth < 1000)
SELECT DISTINCT id FROM above WHERE parent = id OR depth = 1000 ORDER BY 1
"""


def references(connection: Connection) -> Iterator[Problem]:
    """Rows that refer to what is not there, that stand twice, that stand in themselves; broken decisions."""
    for table in _OWNED:
        for (owner,) in rows(
            connection,
            f'SELECT DISTINCT document_id FROM "{table}" '
            "WHERE document_id NOT IN (SELECT id FROM document) ORDER BY 1",
        ):
            yield Problem(table, owner, "refers to a document that is not there")
    for table, source, condition, problem in _REFERENCES:
        for (one,) in rows(connection, f"SELECT DISTINCT {source} WHERE {condition} ORDER BY 1"):
            yield Problem(table, one, problem)
    for table, columns in _ONCE:
        for one, *_ in rows(
            connection, f'SELECT {columns} FROM "{table}" GROUP BY {columns} HAVING count(*) > 1 ORDER BY ALL'
        ):
            yield Problem(table, one, "stands more than once")
    for (one,) in rows(connection, _CIRCLE):
        yield Problem("statement", one, "stands in itself")
    yield from _decisions(connection)


def linked(connection: Connection) -> Iterator[Problem]:
    """What a finished build has left undone: times of statements, bounds of documents, marks of decisions."""
    for (one,) in rows(connection, "SELECT id FROM statement WHERE said_latest IS NULL ORDER BY 1"):
        yield Problem("statement", one, "it has no time")
    for (one,) in rows(
        connection,
        "SELECT id FROM document WHERE (published_latest IS NULL) <> "
        "(id IN (SELECT document_id FROM publication)) ORDER BY 1",
    ):
        yield Problem("document", one, "it must have a date or bounds of one, and not both")
    decided = {one.id for one in standing(load(connection))}
    for table in ("statement", "actor"):
        for one, mark in rows(
            connection,
            f"SELECT id, unnest([rejected, confirmed]) AS mark FROM {table} "
            "WHERE rejected IS NOT NULL OR confirmed IS NOT NULL ORDER BY 1, 2",
        ):
            if mark is not None and mark not in decided:
                yield Problem(table, one, f"is marked by {mark}, which does not stand")


def _decisions(connection: Connection) -> Iterator[Problem]:
    known: set[str] = set()
    for number, one in enumerate(load(connection), 1):
        if decision_id(number, one.at, one.verb, one.targets) != one.id:
            yield Problem("decision", one.id, "the id does not follow from number, time, verb and targets")
        if one.verb == "undo" and not set(one.targets) <= known:
            yield Problem("decision", one.id, "takes back a decision that was not made before it")
        known.add(one.id)
