"""Quotations that several reports have, and standing relations between actors, worked out across reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Any

from onrecord.ids import content_id
from onrecord.linking.positions import positions
from onrecord.linking.utterances import Occurrence, utterances
from onrecord.store.file.database import Connection, first_row
from onrecord.store.file.writer import rewrite
from onrecord.store.listing.linked import EARLIEST, HIDDEN, LATEST, OF_SEEN
from onrecord.store.listing.speaking import speakers
from onrecord.text.quotation import quoted_words
from onrecord.values import Interval, Party, Position, PositionSeen

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


# Spans are not fetched: nothing of a position depends on them.
_TOLD = f"""
SELECT seen.id, seen.document_id, holder.id, seen.holder_least, seen.holder_most, seen.holder_others,
       seen.relation, target.id, seen.status, seen.statement, seen.own, {EARLIEST}, {LATEST}, seen.since,
       seen.rule, seen.confidence
FROM position_seen AS seen {OF_SEEN} WHERE ({HIDDEN}) IS NULL ORDER BY seen.id"""


def hold_all(connection: Connection) -> None:
    """Bring positions with their evidence and changes up to date, in a transaction of the caller's."""
    actors: dict[tuple[str, Party], str | None] = {}
    found = positions(_told(connection, actors), lambda document, party: actors[document, party])
    rewrite(connection, "position", map(_position, found))
    rewrite(connection, "position_evidence", (row for one in found for row in _evidence(one)))
    changes = {astuple(change): change for one in found for change in one.changes}
    rewrite(
        connection,
        "position_change",
        (
            {
                "before": one.before,
                "after": one.after,
                "last": one.between[0],
                "first": one.between[1],
                "last_seen": one.evidence[0],
                "first_seen": one.evidence[1],
            }
            for one in changes.values()
        ),
    )


def unnamed(least: int, most: int | None) -> str:
    """How many unnamed ones there are, in words.

    >>> unnamed(54, 54), unnamed(2, None), unnamed(10, 20)
    ('54', '2 or more', '10 to 20')
    """
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def _told(connection: Connection, actors: dict[tuple[str, Party], str | None]) -> Iterator[PositionSeen]:
    """What reports tell; ``actors`` gets who each party is. Parties are told apart by their actor alone."""
    found = connection.execute(_TOLD)  # read to its end before the connection is used for more
    numbers: dict[str | None, int] = {}
    while rows := found.fetchmany(_FETCH):
        for row in rows:
            one = _as_seen(row, numbers)
            actors[one.document_id, one.holder] = row[2]
            actors[one.document_id, one.target] = row[7]
            yield one


def _as_seen(row: Sequence[Any], numbers: dict[str | None, int]) -> PositionSeen:
    id, document, holder, least, most, others, relation, target, status, statement, own, *rest = row
    earliest, latest, since, rule, confidence = rest
    held = Interval(earliest, latest, "interval", "") if earliest and latest else None
    parties = (
        Party((), numbers.setdefault(holder, len(numbers)), None, least, most, others),
        Party((), numbers.setdefault(target, len(numbers))),
    )
    return PositionSeen(
        id, document, parties[0], relation, parties[1], (), (0, 0), (), status, statement, own, held, since,
        rule, confidence,
    )  # fmt: skip


def _position(one: Position) -> Row:
    return {
        "id": one.id,
        "holder": one.holder,
        "relation": one.relation,
        "target": one.target,
        "unnamed": [unnamed(*count) for count in one.counts],
        "status": one.status,
        "disputed": one.disputed,
        "first": one.first,
        "last": one.last,
        "reports": one.reports,
        "confidence": max(seen.confidence for seen in one.seen),
    }


def _evidence(one: Position) -> Iterator[Row]:
    for n, seen in enumerate(one.seen):
        yield {"position_id": one.id, "seen_id": seen.id, "document_id": seen.document_id, "n": n}
