"""Positions of the whole record: what all reports together tell of each actor towards each other.

Exact copies, repeated lines and statements that a person rejected tell nothing here. Holders and targets are
actors, so this is worked out again after each decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Any

from onrecord.linking.positions import positions
from onrecord.store.file.database import Connection
from onrecord.store.file.derived import rewrite
from onrecord.store.listing.linked import EARLIEST, HIDDEN, LATEST, OF_SEEN
from onrecord.values import Interval, Party, Position, PositionSeen

Row = dict[str, Any]
_FETCH = 1_000
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
