"""Every span of every row against the text it points into, and what a row may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, get_args

from onrecord.ids import position_seen_id, statement_id
from onrecord.record.database import Connection, pages
from onrecord.record.rows import Problem
from onrecord.record.schema import BY_NAME
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
