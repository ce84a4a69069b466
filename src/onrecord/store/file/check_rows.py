"""The check of rows: what they refer to is there, and every span has the characters it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, get_args

from onrecord.ids import position_seen_id, statement_id
from onrecord.linking.decisions import decision_id, standing
from onrecord.store.file.database import Connection, pages, rows
from onrecord.store.listing.marks import load
from onrecord.store.schema.read import BY_NAME, TABLES
from onrecord.store.schema.rows import Problem
from onrecord.values import (
    AccountStance,
    ActorKind,
    MentionForm,
    MentionKind,
    Polarity,
    PositionRelation,
    PositionStatus,
    Precision,
    Spans,
    StatementKind,
    TimeType,
)

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


Row = Mapping[str, Any]
_TABLES = (
    "entity", "mention", "time", "statement", "position_seen", "publication", "account_member", "claim",
)  # fmt: skip
_ALLOWED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "entity": {"kind": get_args(ActorKind)},
    "mention": {"kind": get_args(MentionKind), "form": get_args(MentionForm)},
    "time": {"type": get_args(TimeType), "precision": get_args(Precision)},
    "statement": {
        "kind": get_args(StatementKind),
        "polarity": get_args(Polarity),
        "said_precision": get_args(Precision),
    },
    "position_seen": {
        "relation": get_args(PositionRelation),
        "status": get_args(PositionStatus),
        "precision": get_args(Precision),
    },
    "publication": {"precision": get_args(Precision)},
    "claim": {"polarity": get_args(Polarity)},
    "account_member": {"stance": get_args(AccountStance), "polarity": get_args(Polarity)},
}
_SEEN = """
SELECT actor_id || ' ' || n, seen.document_id, seen.start, seen."end", seen.quote
FROM (SELECT actor_id, n, unnest(seen) AS seen FROM actor_office) ORDER BY 2, 1
"""


_LEAD_MARKS = """
SELECT account || ' ' || n, mark.document_id, mark.start, mark."end", mark.quote
FROM (SELECT account, n, unnest(lead_marks) AS mark FROM account_member) ORDER BY 2, 1
"""
_PASSAGES = """
SELECT first || ' ' || second || ' ' || n, document_id, "start", "end", quote
FROM (SELECT first, second, n, first AS document_id, first_start AS "start", first_end AS "end",
             first_quote AS quote FROM copy_passage
      UNION ALL SELECT first, second, n, second, second_start, second_end, second_quote FROM copy_passage)
ORDER BY 2, 1
"""


def spans(connection: Connection) -> Iterator[Problem]:
    """Each span that does not cover its quote, by table and row.

    Rows come by document, whose text is fetched beside a page of them and not beside each.
    """
    for table in _TABLES:
        for row, text in _with_text(connection, table):
            id = str(row.get("id", row["document_id"]))
            if "number" in row:
                id = f"{id} {row['number']}"
            for problem in chain(_row(table, row, text), _values(table, row)):
                yield Problem(table, id, problem)
    yield from _seen(connection)
    yield from _passages(connection)
    yield from _elsewhere(connection, "account_member", _LEAD_MARKS)


def _with_text(connection: Connection, table: str) -> Iterator[tuple[Row, str]]:
    """The rows of ``table``, each with the text of its document; those without one are reported already."""
    names = [one.name for one in BY_NAME[table].columns]
    place = {"n", "number"} & set(names)
    order = ", ".join(["document_id", *place])
    for page in pages(connection, f'SELECT * FROM "{table}" ORDER BY {order}'):
        found = [dict(zip(names, values, strict=True)) for values in page]
        texts = _texts(connection, {row["document_id"] for row in found})
        yield from ((row, texts[row["document_id"]]) for row in found if row["document_id"] in texts)


def _texts(connection: Connection, documents: set[str]) -> dict[str, str]:
    """The texts of ``documents``, those of a page of rows: one question for all of them."""
    sql = "SELECT id, text FROM document WHERE id IN (SELECT unnest(?))"
    return dict(connection.execute(sql, [sorted(documents)]).fetchall())


def _row(table: str, row: Row, text: str) -> Iterator[str]:
    """What is wrong with the spans of ``row``."""
    if "quote" in row:
        yield from pieces(text, [row])
    for column in BY_NAME[table].columns:
        for part in _lists(column.type, row[column.name]):
            for problem in pieces(text, part):
                yield f"{column.name}: {problem}"
    if table == "mention":
        yield from _name(row, text)
    if table == "statement":
        yield from _statement(row)
    if table == "position_seen":
        yield from _position_seen(row)


def _lists(kind: str, value: Any) -> Iterator[Sequence[Row]]:
    """The lists of pieces in the value of a column; pieces of one list are in order."""
    if kind == "quotes":
        yield value
    elif kind == "speakers":
        yield from (one["evidence"] for one in value)
    elif kind == "vias":
        yield from (one["pieces"] for one in value)
    elif kind == "offices":
        yield from ([one] for one in value)


def pieces(text: str, found: Sequence[Row]) -> Iterator[str]:
    """What is wrong with pieces of ``text``: each with start, end and quote, in order."""
    last = 0
    for one in found:
        start, end, quote = one["start"], one["end"], one["quote"]
        if not 0 <= start < end <= len(text):
            yield f"span {start}-{end} is empty or out of the text"
            continue
        if start < last:
            yield f"span {start}-{end} is out of order"
        if text[start:end] != quote:
            yield f"span {start}-{end} does not cover its quote"
        last = end


def _name(row: Row, text: str) -> Iterator[str]:
    start, end, quote = row["name_start"], row["name_end"], row["name_quote"]
    if start is None and end is None and quote is None:
        return
    if start is None or end is None or quote is None:
        yield "the name is no span"
    elif not row["start"] <= start < end <= row["end"]:
        yield f"name: span {start}-{end} is empty or out of the mention"
    elif text[start:end] != quote:
        yield f"name: span {start}-{end} does not cover its quote"


def _statement(row: Row) -> Iterator[str]:
    parts: list[Spans] = [
        tuple((one["start"], one["end"]) for one in row[name]) for name in ("speaker", "cue", "content")
    ]
    if not parts[1] and not parts[2]:
        yield "neither cue nor content"
    if statement_id(row["document_id"], *parts) != row["id"]:
        yield "the id does not follow from the spans"
    for one in row["speakers"]:
        if not 0 <= one["confidence"] <= 1:
            yield f"the confidence of a speaker is {one['confidence']}"


def _position_seen(row: Row) -> Iterator[str]:
    holder, target, evidence = (
        tuple((one["start"], one["end"]) for one in row[name]) for name in ("holder", "target", "evidence")
    )
    if not (holder and target and evidence):
        yield "holder, target or the words of the relation have no span"
    if position_seen_id(row["document_id"], row["relation"], holder, target, evidence) != row["id"]:
        yield "the id does not follow from the spans"
    for start, end in (*holder, *target, *evidence):
        if not row["start"] <= start < end <= row["end"]:
            yield f"span {start}-{end} is out of its sentence"


def _values(table: str, row: Row) -> Iterator[str]:
    """What is wrong with the other values of ``row``."""
    for name, allowed in _ALLOWED[table].items():
        if row[name] is not None and row[name] not in allowed:
            yield f"unknown {name} {row[name]!r}"
    if "confidence" in row and not 0 <= row["confidence"] <= 1:
        yield f"the confidence is {row['confidence']}"
    for before in ("", "said_"):
        earliest, latest = row.get(f"{before}earliest"), row.get(f"{before}latest")
        if earliest is not None and (latest is None or earliest > latest):
            yield "the time is no interval"


def _seen(connection: Connection) -> Iterator[Problem]:
    """Offices against the texts that say so."""
    yield from _elsewhere(connection, "actor_office", _SEEN)


def _passages(connection: Connection) -> Iterator[Problem]:
    """Passages of copies against both texts."""
    yield from _elsewhere(connection, "copy_passage", _PASSAGES)


def _elsewhere(connection: Connection, table: str, sql: str) -> Iterator[Problem]:
    """Spans of rows that are not of one document: id, document, start, end, quote."""
    for page in pages(connection, sql):
        texts = _texts(connection, {row[1] for row in page})
        for id, document, start, end, quote in page:
            if document not in texts:
                yield Problem(table, id, "refers to a document that is not there")
                continue
            for problem in pieces(texts[document], [{"start": start, "end": end, "quote": quote}]):
                yield Problem(table, id, problem)
