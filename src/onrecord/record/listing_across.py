"""Listings of what reports have in common: copies, stories, and quotations that several have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.record.counting import KEYS
from onrecord.record.database import Connection
from onrecord.record.filters import IN_DOCUMENT, Where
from onrecord.record.listing import DOCUMENT_ORDER, Listing
from onrecord.record.rows import short_date
from onrecord.record.rows_across import CopyRow, StoryRow, UtteranceRow

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
