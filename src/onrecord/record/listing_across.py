"""Listings of what reports have in common: copies, and quotations that several statements have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.record.database import Connection
from onrecord.record.filters import IN_DOCUMENT, Where
from onrecord.record.listing import DOCUMENT_ORDER, Listing
from onrecord.record.rows import CopyRow, UtteranceRow, short_date

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


def copies(connection: Connection, where: Where) -> Listing[CopyRow]:
    """Pairs of documents that share wording, by their ids."""
    sql = f"{_COPY} {where} ORDER BY pair.first, pair.second"
    return Listing(CopyRow, connection, sql, where.values, _copy)


def utterances(connection: Connection, where: Where) -> Listing[UtteranceRow]:
    """Statements that have one quotation, those of one together, by date of the report."""
    sql = f"{_UTTERANCE} {where} ORDER BY utterance.id, {DOCUMENT_ORDER}, utterance.statement_id"
    return Listing(UtteranceRow, connection, sql, where.values, _utterance)


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
    return CopyRow(
        *head,
        first_spans=tuple(_span(one["first"]) for one in passages),
        second_spans=tuple(_span(one["second"]) for one in passages),
        first_pieces=tuple(one["first_quote"] for one in passages),
        second_pieces=tuple(one["second_quote"] for one in passages),
    )


def _span(value: Any) -> tuple[int, int]:
    start, end = value.values() if isinstance(value, dict) else value
    return start, end


def _utterance(row: Sequence[Any]) -> UtteranceRow:
    return UtteranceRow(*row[:5], short_date(*row[5:8]), *row[8:])
