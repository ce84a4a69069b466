"""What depends on the whole record, worked out anew at the end of each build, whatever the order of reading.

What can be is counted by the database, so that memory does not grow with the record; only linking holds one
small value for each entity of each report. Only rows that change are written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.derive.actors import LinkActors, link_all
from onrecord.documents import classify_repeated
from onrecord.documents.lines import MIN_DOCUMENTS
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import ORIGINALS

if TYPE_CHECKING:  # what defines it compares texts, which those who only look need not load
    from onrecord.linking.claims.entailment import Judge

_FETCH = 1_000

# Of several places the first in order of characters is the one shown, with its own time.
_PLACES = """
UPDATE document SET uri = first.uri, retrieved_at = first.retrieved_at
FROM (SELECT document_id, min(uri) AS uri, arg_min(retrieved_at, uri) AS retrieved_at
      FROM location GROUP BY document_id) AS first
WHERE first.document_id = document.id
  AND (document.uri <> first.uri OR document.retrieved_at <> first.retrieved_at)
"""

_DUPLICATES = f"""
UPDATE document SET duplicate_of = found.original FROM ({ORIGINALS}) AS found
WHERE found.id = document.id AND document.duplicate_of IS DISTINCT FROM found.original
"""

# How often a line stands in an outlet is counted without exact copies: one text printed five times repeats
# nothing.
_REPEATED = """
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT row_number() OVER () - 1 AS n, document.outlet, line.key, count(DISTINCT document.id) AS count,
       min(substring(document.text, line.start + 1, line."end" - line.start)) AS sample
FROM line JOIN document ON document.id = line.document_id
WHERE document.outlet IS NOT NULL AND document.duplicate_of IS NULL
GROUP BY document.outlet, line.key HAVING count(DISTINCT document.id) >= ?
"""
_LABELLED = """
SELECT line.document_id, line.start, line."end", classified.class, repeated.count
FROM line JOIN document ON document.id = line.document_id
JOIN repeated ON repeated.outlet = document.outlet AND repeated.key = line.key
JOIN classified ON classified.outlet = repeated.outlet AND classified.key = repeated.key
WHERE classified.class <> 'article'
"""

# A statement is boilerplate when every piece of its content (of its cue, if it has no content) is.
_BOILERPLATE = """
CREATE OR REPLACE TEMP TABLE boilerplate AS
WITH piece AS (
    SELECT id, document_id, unnest(CASE WHEN len(content) > 0 THEN content ELSE cue END) AS piece
    FROM statement WHERE document_id IN (SELECT document_id FROM repeated_line WHERE class = 'boilerplate')
)
SELECT piece.id, piece.document_id FROM piece
LEFT JOIN repeated_line AS line ON line.document_id = piece.document_id AND line.class = 'boilerplate'
     AND line.start <= piece.piece['start'] AND piece.piece['end'] <= line."end"
GROUP BY piece.id, piece.document_id HAVING count(*) = count(line.start)
"""
_HIDE = """
UPDATE statement SET boilerplate = NOT boilerplate
WHERE boilerplate <> ((document_id, id) IN (SELECT (document_id, id) FROM boilerplate))
"""


def finish(connection: Connection, *, link: LinkActors | None = None, judge: Judge | None = None) -> None:
    """Bring all that depends on the whole up to date, in one transaction.

    ``link``: links entities of all reports; ``judge``: judges pairs of texts; seams for tests.
    """
    with connection.transaction():
        for step in steps(link=link, judge=judge).values():
            step(connection)
        connection.execute("UPDATE meta SET value = 'yes' WHERE key = 'finished'")


def steps(
    *, link: LinkActors | None = None, judge: Judge | None = None
) -> dict[str, Callable[[Connection], object]]:
    """What is brought up to date at the end of a build, in this order, each step from those before it.

    Copies bound the dates of reports that have none, and dates keep stories apart. ``actors`` brings what
    persons decided, utterances, positions and accounts, too.
    """
    # These load what reads times and compares texts: not for those who only look.
    from onrecord.derive.copies import copy_all
    from onrecord.derive.dates import date_all
    from onrecord.derive.stories import tell_all

    return {
        "places": lambda connection: connection.execute(_PLACES),
        "duplicates": lambda connection: connection.execute(_DUPLICATES),
        "copies": copy_all,
        "repeated lines": _repeated_lines,
        "dates": date_all,
        "stories": tell_all,
        "actors": lambda connection: link_all(connection, link=link, judge=judge),
    }


def _repeated_lines(connection: Connection) -> None:
    connection.execute(_REPEATED, [MIN_DOCUMENTS])
    _classify(connection)
    # Only what differs is written: a build that adds nothing changes nothing.
    connection.execute(
        'DELETE FROM repeated_line WHERE (document_id, start, "end", class, count) NOT IN '
        f'(SELECT (document_id, start, "end", class, count) FROM ({_LABELLED}))'
    )
    connection.execute(f"INSERT INTO repeated_line {_LABELLED} EXCEPT SELECT * FROM repeated_line")
    connection.execute(_BOILERPLATE)
    connection.execute(_HIDE)


def _classify(connection: Connection) -> None:
    """Give each repeated line its class, a thousand at a time."""
    connection.execute("CREATE OR REPLACE TEMP TABLE classified (outlet VARCHAR, key UBIGINT, class VARCHAR)")
    at = 0
    while found := _page(connection, at):
        classes = [classify_repeated(sample, count) for _, _, sample, count in found]
        connection.execute(
            "INSERT INTO classified SELECT unnest(?), unnest(?), unnest(?)",
            [[row[0] for row in found], [row[1] for row in found], classes],
        )
        at += _FETCH


def _page(connection: Connection, at: int) -> list[tuple[str, int, str, int]]:
    return connection.execute(
        "SELECT outlet, key, sample, count FROM repeated WHERE n >= ? AND n < ? ORDER BY n",
        [at, at + _FETCH],
    ).fetchall()
