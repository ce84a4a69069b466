"""When reports without a date were published, and when each statement was made.

Both follow from the texts and from the whole record, so they are worked out at the end of each build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.record.database import Connection
from onrecord.record.derived import rewrite

# A statement dated by words of its own keeps that; one that has only its report's date follows it.
_SAID = """
UPDATE statement SET said_earliest = day.earliest, said_latest = day.latest, said_precision = day.precision,
                     said_basis = day.basis
FROM (SELECT document.id,
             coalesce(published_earliest, publication.earliest) AS earliest,
             coalesce(published_latest, publication.latest) AS latest,
             coalesce(published_precision, publication.precision) AS precision,
             CASE WHEN published_latest IS NULL THEN publication.basis ELSE 'date of the report' END AS basis,
             published_latest IS NULL AS undated
      FROM document LEFT JOIN publication ON publication.document_id = document.id) AS day
WHERE day.id = statement.document_id AND len(said_evidence) = 0 AND (said_latest IS NULL OR day.undated)
  AND (said_earliest IS DISTINCT FROM day.earliest OR said_latest IS DISTINCT FROM day.latest
       OR said_precision IS DISTINCT FROM day.precision OR said_basis IS DISTINCT FROM day.basis)
"""


def date_all(connection: Connection) -> None:
    """Bring bounds of publication and times of statements up to date, in a transaction of the caller's."""
    rewrite(connection, "publication", _publications(connection))
    connection.execute(_SAID)


def _publications(connection: Connection) -> Iterator[Mapping[str, Any]]:
    undated = connection.execute(
        "SELECT id, retrieved_at FROM document WHERE published_latest IS NULL ORDER BY id"
    ).fetchall()
    for id, retrieved in undated:
        yield {
            "document_id": id,
            "earliest": None,
            "latest": retrieved,
            "precision": "interval",
            "basis": "it has no date; it was retrieved then",
            "evidence": [],
        }
