"""The claims of reports as the record has these: what statements and reports' own sentences say.

What a claim comes from is written once (``_facts``): it is read for some reports (``claims_in``), and a hash
of it tells for each report whether anything has changed (``FOUND_IN``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.linking.claims import Report, SaidHere, claims_of
from onrecord.linking.sides import Known, Side
from onrecord.record.database import Connection
from onrecord.record.derived import listed
from onrecord.record.listing import spans_of, text_of
from onrecord.record.speaking import NTH, speakers
from onrecord.text.doc import Doc
from onrecord.values import Interval

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
                report = Report(
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


def _known(row: Sequence[Any]) -> Known:
    _, start, end, actor, name, form, confidence = row
    return Known((start, end), actor, name, form == "pronoun", confidence)
