"""Quotations that several statements have: one utterance with its occurrences.

Statements in repeated lines and those that a person rejected are left out. Speakers are told apart by actors,
so this is worked out again after each decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.ids import content_id
from onrecord.linking.utterances import Occurrence, utterances
from onrecord.store.file.database import Connection, first_row
from onrecord.store.file.derived import rewrite
from onrecord.store.listing.speaking import speakers
from onrecord.text.quotation import quoted_words

Row = dict[str, Any]
_FETCH = 1_000
_A_QUOTATION = "kind <> 'indirect' AND NOT boilerplate"
_QUOTED = f"""
SELECT statement.id, statement.document_id, statement.kind, [piece.quote FOR piece IN statement.content],
       named.actors
FROM statement LEFT JOIN (
    SELECT said.id, string_agg(DISTINCT member.actor_id, ' ' ORDER BY member.actor_id) AS actors
    FROM {speakers()}
    GROUP BY said.id) AS named ON named.id = statement.id
WHERE {_A_QUOTATION} AND statement.rejected IS NULL
ORDER BY statement.id
"""


def utter_all(connection: Connection) -> None:
    """Bring utterances up to date, in a transaction of the caller's."""
    rewrite(connection, "utterance", _rows(connection))


def any_quoted(connection: Connection, statements: Sequence[str]) -> bool:
    """Whether one of the statements with these ids may be a quotation that others have."""
    sql = f"SELECT 1 FROM statement WHERE list_contains(?, id) AND {_A_QUOTATION} LIMIT 1"
    return first_row(connection, sql, [list(statements)]) is not None


def _occurrences(connection: Connection) -> Iterator[Occurrence]:
    found = connection.execute(_QUOTED)  # read to its end before the connection is used for more
    while rows := found.fetchmany(_FETCH):
        for id, document, kind, pieces, actors in rows:
            yield Occurrence(id, document, quoted_words(pieces, kind), actors)


def _rows(connection: Connection) -> Iterator[Row]:
    documents: dict[str, str] = {}

    def noted() -> Iterator[Occurrence]:
        for one in _occurrences(connection):
            documents[one.id] = one.document_id
            yield one

    for one in utterances(noted()):
        if len(one.occurrences) < 2:
            continue
        id = content_id("q", *one.occurrences)
        for statement in one.occurrences:
            row: Row = {"id": id, "statement_id": statement, "document_id": documents[statement]}
            yield {**row, "fullest": statement == one.fullest}
