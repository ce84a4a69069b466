"""The claims of a record: what its statements and its reports' own sentences say, one report at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.linking.claims import Report, SaidHere, claims_of
from onrecord.linking.sides import Known, Side
from onrecord.record.database import Connection, pages
from onrecord.record.listing import spans_of, text_of
from onrecord.values import Interval

_REPORTS = """
SELECT document.id, document.text, coalesce(document.outlet, ''),
       coalesce(published_earliest, publication.earliest), coalesce(published_latest, publication.latest),
       coalesce(published_precision, publication.precision), coalesce(published_basis, publication.basis)
FROM document LEFT JOIN publication ON publication.document_id = document.id
ORDER BY document.id
"""
_STATEMENTS = """
SELECT statement.document_id, statement.id, statement.kind, statement.polarity, statement.content,
       statement.confidence, statement.speaker, named.actor, statement.said_earliest,
       statement.said_latest, statement.said_precision, statement.said_basis, len(statement.hedges) > 0,
       utterance.id
FROM statement LEFT JOIN utterance ON utterance.statement_id = statement.id
LEFT JOIN (
    SELECT spoken.document_id, spoken.id, arg_min(member.actor_id, spoken.n) AS actor
    FROM (SELECT document_id, id, unnest(speakers).entity AS entity, generate_subscripts(speakers, 1) AS n
          FROM statement WHERE document_id IN (SELECT unnest(?))) AS spoken
    JOIN actor_member AS member
         ON member.document_id = spoken.document_id AND member.entity = spoken.entity
    GROUP BY spoken.document_id, spoken.id) AS named
     ON named.document_id = statement.document_id AND named.id = statement.id
WHERE statement.document_id IN (SELECT unnest(?)) AND NOT boilerplate AND rejected IS NULL
  AND len(content) > 0
ORDER BY statement.document_id, statement.n
"""
_MENTIONS = """
SELECT mention.document_id, mention.start, mention."end",
       CASE WHEN actor.kind = 'state' AND actor.state IS NOT NULL THEN actor.state ELSE actor.id END AS topic,
       actor.name, mention.form, mention.confidence
FROM mention
JOIN actor_member AS member ON member.document_id = mention.document_id AND member.entity = mention.entity
JOIN actor ON actor.id = member.actor_id
WHERE mention.document_id IN (SELECT unnest(?)) AND actor.rejected IS NULL
ORDER BY mention.document_id, mention.start, mention."end", topic
"""
_HIDDEN = """
SELECT document_id, start, "end" FROM repeated_line
WHERE class = 'boilerplate' AND document_id IN (SELECT unnest(?)) ORDER BY 1, 2
"""
_REJECTED = """
SELECT document_id, piece.start, piece."end"
FROM (SELECT document_id, unnest(content) AS piece FROM statement WHERE rejected IS NOT NULL)
WHERE document_id IN (SELECT unnest(?)) ORDER BY 1, 2
"""
Rows = Mapping[str, Sequence[Sequence[Any]]]


def all_claims(connection: Connection) -> Iterator[Side]:
    """The claims of every report, by the reports' ids; what a person rejected is none, of nobody."""
    for page in pages(connection, _REPORTS):
        ids = [row[0] for row in page]
        statements = _by_document(connection, _STATEMENTS, ids, ids)
        mentions = _by_document(connection, _MENTIONS, ids)
        hidden = _by_document(connection, _HIDDEN, ids)
        rejected = _by_document(connection, _REJECTED, ids)
        for id, text, outlet, *date in page:
            report = Report(
                id,
                text,
                outlet or None,
                _interval(date),
                tuple(map(_said, statements.get(id, ()))),
                tuple(map(_known, mentions.get(id, ()))),
                tuple((row[1], row[2]) for row in (*hidden.get(id, ()), *rejected.get(id, ()))),
            )
            yield from claims_of(report)


def _by_document(connection: Connection, sql: str, *values: Any) -> Rows:
    found: dict[str, list[Sequence[Any]]] = {}
    for row in connection.execute(sql, list(values)).fetchall():
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
