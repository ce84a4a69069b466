"""Claims as the record keeps them: only reports of which something has changed are read again.

A report has changed if the hash of all that its claims come from is another one. Of its claims those that
come out as they were are left alone, and nothing that hangs on them is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.linking.accounts import Claim, utterance_key
from onrecord.linking.sides import BETWEEN, Known, Side
from onrecord.record.claims import FOUND_IN, claims_in
from onrecord.record.database import Connection
from onrecord.record.derived import fresh, listed
from onrecord.record.schema import BY_NAME
from onrecord.values import Interval

Row = dict[str, Any]
ALTERED = "altered"
"""Temporary table with one column, ``id``: claims that came, went or are not what they were."""

_CHANGED = """
SELECT coalesce(now.document_id, claim_report.document_id) AS id
FROM found_now AS now FULL JOIN claim_report ON claim_report.document_id = now.document_id
WHERE now.found_in IS DISTINCT FROM claim_report.found_in ORDER BY id
"""
_HERE = "document_id IN (SELECT id FROM changed)"


def claim_all(connection: Connection) -> None:
    """Bring the claims up to date with the temporary table ``found_now``, in a transaction of the caller's.

    The temporary table ``ALTERED`` says which are not as before.
    """
    changed = [id for (id,) in connection.execute(_CHANGED).fetchall()]
    keep(connection, changed, claims_in(connection, changed))
    listed(connection, "changed", changed)
    connection.execute(f"DELETE FROM claim_report WHERE {_HERE}")
    connection.execute(f"INSERT INTO claim_report SELECT document_id, found_in FROM found_now WHERE {_HERE}")
    connection.execute("DROP TABLE changed")


def keep(connection: Connection, documents: Sequence[str], claims: Iterable[Side]) -> None:
    """Put claims in the place of those that some documents had; ``ALTERED`` says which are not as before."""
    listed(connection, "changed", documents)
    with fresh(connection, "claim", map(_row, claims)) as new:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {ALTERED} AS SELECT id FROM "
            f"(SELECT * FROM claim WHERE {_HERE} EXCEPT SELECT * FROM {new}) UNION SELECT id FROM "
            f"(SELECT * FROM {new} EXCEPT SELECT * FROM claim WHERE {_HERE})"
        )
        connection.execute(f"DELETE FROM claim WHERE id IN (SELECT id FROM {ALTERED})")
        connection.execute(f"INSERT INTO claim SELECT * FROM {new} WHERE id IN (SELECT id FROM {ALTERED})")
    connection.execute("DROP TABLE changed")


def note_facts(connection: Connection) -> None:
    """Fill the temporary table ``found_now`` with the hash of what the claims of each document come from."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE found_now AS {FOUND_IN}")


class Sides:
    """Claims that are asked for, each made of its row once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Side] = {}

    def of(self, ids: Iterable[str]) -> Mapping[str, Side]:
        """All that have been asked for, ``ids`` among them; what is no claim is not there."""
        missing = sorted(set(ids) - self._known.keys())
        if missing:
            listed(self._connection, "asked", missing)
            found = self._connection.execute("SELECT * FROM claim WHERE id IN (SELECT id FROM asked)")
            self._known |= {one.claim.id: one for one in map(_side, found.fetchall())}
            self._connection.execute("DROP TABLE asked")
        return self._known


def _row(side: Side) -> Row:
    one = side.claim
    return {
        "id": one.id,
        "document_id": one.document_id,
        "statement_id": one.statement,
        "pieces": [{"start": a, "end": b, "quote": side.quote((a, b))} for a, b in one.spans],
        "size": len(one.text),
        "key": utterance_key(one),
        "utterance": one.utterance,
        "speaker": one.speaker,
        "unnamed": one.unnamed,
        "outlet": one.outlet,
        "polarity": one.polarity,
        "hedged": side.hedged,
        **_bounds("said", one.said),
        **_bounds("anchor", side.anchor),
        "known": [
            {
                "start": each.span[0],
                "end": each.span[1],
                "actor": each.actor,
                "name": each.name,
                "pronoun": each.pronoun,
                "confidence": each.confidence,
            }
            for each in side.known
        ],
        "answers": side.answers,
        "pointing": side.pointing or None,
        "apart": side.apart,
    }


def _bounds(name: str, time: Interval | None) -> Row:
    return {
        f"{name}_{part}": time and getattr(time, part)
        for part in ("earliest", "latest", "precision", "basis")
    }


_COLUMNS = [one.name for one in BY_NAME["claim"].columns]


def _side(values: Sequence[Any]) -> Side:
    row = dict(zip(_COLUMNS, values, strict=True))
    claim = Claim(
        row["id"],
        row["document_id"],
        tuple((one["start"], one["end"]) for one in row["pieces"]),
        BETWEEN.join(one["quote"] for one in row["pieces"]),
        row["speaker"],
        row["outlet"],
        _time("said", row),
        row["polarity"],
        row["utterance"],
        row["statement_id"],
        row["unnamed"],
    )
    known = tuple(
        Known((one["start"], one["end"]), one["actor"], one["name"], one["pronoun"], one["confidence"])
        for one in row["known"]
    )
    answers = row["answers"], row["pointing"] or "", row["apart"]
    return Side(claim, known, _time("anchor", row), row["hedged"], *answers)


def _time(name: str, row: Mapping[str, Any]) -> Interval | None:
    parts = [row[f"{name}_{part}"] for part in ("earliest", "latest", "precision", "basis")]
    return None if parts[0] is None else Interval(*parts)
