"""The claims of reports as the record keeps them: made of changed reports only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.linking.claims.accounts import Claim, utterance_key
from onrecord.linking.claims.claims import ClaimReport, SaidHere, claims_of
from onrecord.linking.claims.sides import KnownMention, Side
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import fresh, listed
from onrecord.store.listing.listing import spans_of, text_of
from onrecord.store.listing.speaking import NTH, speakers
from onrecord.store.schema.read import BY_NAME
from onrecord.text.doc import Doc
from onrecord.values import BETWEEN, Interval

_PAGE = 100  # reports in memory at a time

_REPORTS = """
SELECT document.id AS document_id, {text}, coalesce(document.outlet, '') AS outlet,
       coalesce(published_earliest, publication.earliest), coalesce(published_latest, publication.latest),
       coalesce(published_precision, publication.precision), coalesce(published_basis, publication.basis)
FROM document LEFT JOIN publication ON publication.document_id = document.id
WHERE document.{id}
"""
_STATEMENTS = f"""
SELECT statement.document_id, statement.id, statement.kind, statement.polarity, statement.content,
       statement.confidence, statement.speaker, named.actor, statement.said_earliest,
       statement.said_latest, statement.said_precision, statement.said_basis, len(statement.hedges) > 0,
       utterance.id
FROM statement LEFT JOIN utterance ON utterance.statement_id = statement.id
LEFT JOIN (
    SELECT said.document_id, said.id, arg_min(member.actor_id, nth) AS actor
    FROM {speakers("FROM statement WHERE {document_id}", keep=f"document_id, id, {NTH}")}
    GROUP BY said.document_id, said.id) AS named
     ON named.document_id = statement.document_id AND named.id = statement.id
WHERE statement.{{document_id}} AND NOT boilerplate AND rejected IS NULL AND len(content) > 0
"""
_MENTIONS = """
SELECT mention.document_id, mention.start, mention."end",
       CASE WHEN actor.kind = 'state' AND actor.state IS NOT NULL THEN actor.state ELSE actor.id END AS topic,
       actor.name, mention.form, mention.confidence
FROM mention
JOIN actor_member AS member ON member.document_id = mention.document_id AND member.entity = mention.entity
JOIN actor ON actor.id = member.actor_id
WHERE mention.{document_id} AND actor.rejected IS NULL
"""
_HIDDEN = """
SELECT document_id, start, "end" FROM repeated_line WHERE class = 'boilerplate' AND {document_id}
UNION ALL
SELECT document_id, piece.start, piece."end"
FROM (SELECT document_id, unnest(content) AS piece FROM statement WHERE rejected IS NOT NULL)
WHERE {document_id}
"""


def _facts(some: str, *, text: str) -> dict[str, str]:
    """Queries for all that claims come from, without order; ``some``: a condition on the documents' ids."""
    return {
        name: sql.format(text=text, id=f"id {some}", document_id=f"document_id {some}")
        for name, sql in {
            "report": _REPORTS,
            "statement": _STATEMENTS,
            "mention": _MENTIONS,
            "hidden": _HIDDEN,
        }.items()
    }


_SUMMED = " UNION ALL ".join(
    f"SELECT document_id, '{name} ' || one::VARCHAR AS fact FROM ({sql}) AS one"
    for name, sql in _facts("IS NOT NULL", text="text_sha256").items()
)
# A sum of hashes is the same in any order, and needs no sorting of all mentions.
FOUND_IN = f"""
SELECT document_id, sum(md5_number_lower(fact))::VARCHAR AS found_in FROM ({_SUMMED}) GROUP BY document_id
"""
_SOME = _facts("IN (SELECT id FROM read_now)", text="document.text")
_ORDERED = {
    "report": " ORDER BY document.id",
    "statement": " ORDER BY statement.document_id, statement.n",
    "mention": ' ORDER BY mention.document_id, mention.start, mention."end", topic',
    "hidden": " ORDER BY ALL",
}
Rows = Mapping[str, Sequence[Sequence[Any]]]


def claims_in(connection: Connection, documents: Sequence[str]) -> Iterator[Side]:
    """The claims of some reports, in the order of these; what a person rejected is none, of nobody."""
    rest = iter(documents)
    while some := list(islice(rest, _PAGE)):
        listed(connection, "read_now", some)
        rows = {name: _by_document(connection, sql + _ORDERED[name]) for name, sql in _SOME.items()}
        connection.execute("DROP TABLE read_now")
        for id in some:
            for _, text, outlet, *date in rows["report"].get(id, ()):
                report = ClaimReport(
                    id,
                    Doc.of(text),
                    outlet or None,
                    _interval(date),
                    tuple(map(_said, rows["statement"].get(id, ()))),
                    tuple(map(_known, rows["mention"].get(id, ()))),
                    tuple((row[1], row[2]) for row in rows["hidden"].get(id, ())),
                )
                yield from claims_of(report)


def _by_document(connection: Connection, sql: str) -> Rows:
    found: dict[str, list[Sequence[Any]]] = {}
    for row in connection.execute(sql).fetchall():
        found.setdefault(row[0], []).append(row)
    return found


def _said(row: Sequence[Any]) -> SaidHere:
    _, id, kind, polarity, content, confidence, speaker, actor, *said, hedged, utterance = row
    return SaidHere(
        id, kind, polarity, spans_of(content), confidence, actor, text_of(speaker) or None, _interval(said),
        hedged, utterance,
    )  # fmt: skip


def _interval(bounds: Sequence[Any]) -> Interval | None:
    return None if bounds[0] is None or bounds[1] is None else Interval(*bounds)


def _known(row: Sequence[Any]) -> KnownMention:
    _, start, end, actor, name, form, confidence = row
    return KnownMention((start, end), actor, name, form == "pronoun", confidence)


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
        KnownMention((one["start"], one["end"]), one["actor"], one["name"], one["pronoun"], one["confidence"])
        for one in row["known"]
    )
    answers = row["answers"], row["pointing"] or "", row["apart"]
    return Side(claim, known, _time("anchor", row), row["hedged"], *answers)


def _time(name: str, row: Mapping[str, Any]) -> Interval | None:
    parts = [row[f"{name}_{part}"] for part in ("earliest", "latest", "precision", "basis")]
    return None if parts[0] is None else Interval(*parts)
