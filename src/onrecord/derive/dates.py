"""When reports without a date may have been published, and when each statement was made.

Both follow from the texts and from the whole record, so they are worked out at the end of each build. What
was said in a report that has a date is read with the report and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord import __version__
from onrecord.documents.published import GUESSED
from onrecord.facts import terms
from onrecord.facts.officeholders import content_words
from onrecord.linking.publication import Tenure, bound_publication
from onrecord.reading.statements.said import said_in_report
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import fresh, rewrite
from onrecord.store.schema.readings import pieces
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval, Said, Spans, Speaker, Statement

Row = Mapping[str, Any]
_PAGE = 100  # reports in memory at a time
_LEAST_QUOTE = 40  # letters and digits from which a quotation found in two reports is no chance
# Kinds of office of which one person may hold several: only a word of the title tells which is meant.
_NEEDS_TITLE = frozenset(("other_minister", "deputy_minister", "judicial_or_legal"))

# What bounds a report beside its own words: the same text or a quotation of it in reports that have a date,
# and one that is more than a guess.
_DATE = """{'earliest': document.published_earliest, 'latest': document.published_latest,
            'precision': document.published_precision, 'basis': document.published_basis}"""
# Two texts of which one has so much of the other stand for one another, as where copies are grouped.
_NEAR = """
SELECT unnest([first, second]), unnest([second, first]) FROM copy_pair
WHERE kind IN ('copy', 'cut') AND greatest(first_share, second_share) >= 0.8"""
_WORDS = r"regexp_replace(lower(piece.quote), '[^\p{L}\p{N}]+', ' ', 'g')"
_UNDATED = f"""
CREATE OR REPLACE TEMP TABLE undated AS
WITH dated AS (SELECT * FROM document WHERE published_latest IS NOT NULL
               AND NOT list_contains(?, published_basis)),
open AS (SELECT id, text_sha256, retrieved_at FROM document WHERE published_latest IS NULL),
piece AS (SELECT document_id, {_WORDS} AS words
          FROM (SELECT document_id, unnest(content) AS piece FROM statement WHERE kind <> 'indirect')),
quoted AS (SELECT open.id, list(DISTINCT {_DATE}) AS dates
           FROM open JOIN piece AS own ON own.document_id = open.id AND length(own.words) >= {_LEAST_QUOTE}
           JOIN piece AS other ON other.words = own.words
           JOIN dated AS document ON document.id = other.document_id GROUP BY open.id),
alike AS (SELECT open.id, document.id AS other
          FROM open JOIN document ON document.text_sha256 = open.text_sha256 UNION {_NEAR}),
copied AS (SELECT alike.id, list(DISTINCT {_DATE}) AS dates
           FROM alike JOIN dated AS document ON document.id = alike.other GROUP BY alike.id),
held AS (SELECT document_id,
                list({{'name': name, 'state': state, 'offices': offices}} ORDER BY number) AS entities
         FROM entity WHERE name IS NOT NULL AND len(offices) > 0 GROUP BY document_id),
made AS (SELECT document_id, list({{'id': id, 'speaker': speaker, 'cue': cue, 'content': content,
                                    'kind': kind, 'speakers': speakers, 'parent': parent}}
                                  ORDER BY n) AS statements
         FROM statement GROUP BY document_id)
SELECT row_number() OVER (ORDER BY open.id) - 1 AS n, open.id, open.retrieved_at, held.entities,
       copied.dates AS copies, quoted.dates AS quotations, made.statements, found_in
FROM (SELECT open.*, sha256(concat_ws('|', ?, retrieved_at, coalesce(list_sort(copied.dates)::VARCHAR, ''),
                                      coalesce(list_sort(quoted.dates)::VARCHAR, ''))) AS found_in
      FROM open LEFT JOIN copied ON copied.id = open.id LEFT JOIN quoted ON quoted.id = open.id) AS open
LEFT JOIN held ON held.document_id = open.id LEFT JOIN copied ON copied.id = open.id
LEFT JOIN quoted ON quoted.id = open.id LEFT JOIN made ON made.document_id = open.id
WHERE (open.id, found_in) NOT IN (SELECT (document_id, found_in) FROM publication)
"""
_OF_PAGE = """
SELECT undated.id, document.text, undated.retrieved_at, undated.entities, undated.copies, undated.quotations,
       undated.statements, undated.found_in, publication.earliest, publication.latest, publication.precision,
       publication.basis
FROM undated JOIN document ON document.id = undated.id
LEFT JOIN publication ON publication.document_id = undated.id
WHERE n >= ? AND n < ? ORDER BY n
"""
_REDATE = """
UPDATE statement SET said_earliest = new.said_earliest, said_latest = new.said_latest,
       said_precision = new.said_precision, said_basis = new.said_basis, said_evidence = new.said_evidence
FROM {new} AS new
WHERE new.document_id = statement.document_id AND new.id = statement.id
  AND (statement.said_earliest IS DISTINCT FROM new.said_earliest
       OR statement.said_latest IS DISTINCT FROM new.said_latest
       OR statement.said_precision IS DISTINCT FROM new.said_precision
       OR statement.said_basis IS DISTINCT FROM new.said_basis
       OR statement.said_evidence IS DISTINCT FROM new.said_evidence)
"""
_REST = """
UPDATE statement SET said_earliest = published_earliest, said_latest = published_latest,
       said_precision = published_precision, said_basis = 'the report''s date; nothing nearer is said'
FROM document WHERE document.id = statement.document_id AND said_latest IS NULL
  AND published_latest IS NOT NULL
"""


def date_all(connection: Connection) -> None:
    """Bring bounds of publication and times of statements up to date, in a transaction of the caller's.

    Only reports are read whose bounds were never found, or found in other dates than there are now.
    """
    connection.execute(_UNDATED, [list(GUESSED), __version__])
    mine = "document_id IN (SELECT id FROM undated)"
    rewrite(connection, "publication", map(_publication, _pages(connection)), where=mine)
    said = (row for one in _pages(connection) for row in _said(one))
    with fresh(connection, "statement", said) as new:
        connection.execute(_REDATE.format(new=new))
    connection.execute(_REST)
    connection.execute("DROP TABLE undated")


def _pages(connection: Connection) -> Iterator[Row]:
    """Reports without a date that are to be read, a page at a time.

    The connection is free for more in between.
    """
    names = (
        "id", "text", "retrieved_at", "entities", "copies", "quotations", "statements", "found_in",
        "earliest", "latest", "precision", "basis",
    )  # fmt: skip
    at = 0
    while found := connection.execute(_OF_PAGE, [at, at + _PAGE]).fetchall():
        yield from (dict(zip(names, row, strict=True)) for row in found)
        at += _PAGE


def _publication(row: Row) -> Row:
    """Between what days a report was published, and the words that show it."""
    text, retrieved = row["text"], row["retrieved_at"]
    doc = Doc.of(text)
    times = find_times(doc, anchor=None, document_id=row["id"])
    found = bound_publication(
        doc,
        times,
        offices=_tenures(row["entities"] or ()),
        copies=_dates(row["copies"]),
        quotations=_dates(row["quotations"]),
        retrieved_at=retrieved,
    )
    evidence: Spans = ()
    if found is not None and "not before" in found.basis:
        days = (one.span for one in times if one.interval and one.interval.earliest[:10] == found.earliest)
        evidence = tuple(days)[:1]
    day = retrieved[:10]
    return {
        "document_id": row["id"],
        "earliest": found and found.earliest,
        "latest": found.latest if found else day,
        "precision": "interval",
        "basis": found.basis if found else f"not after {day}, when it was fetched",
        "evidence": pieces(evidence, text),
        "found_in": row["found_in"],
    }


def _dates(found: Sequence[Row] | None) -> list[Interval]:
    dates = (Interval(one["earliest"], one["latest"], one["precision"], one["basis"]) for one in found or ())
    return sorted(dates, key=lambda one: (one.earliest, one.latest, one.basis))


def _tenures(entities: Sequence[Row]) -> list[Tenure]:
    """When those whom a report names as holders of an office held it, where the facts know just one such."""
    found = []
    for one in entities:
        for office in one["offices"]:
            if office["former"] or office["kind"] == "other" or " " not in one["name"]:
                continue
            held = terms(one["name"], kind=office["kind"], state=office["state"] or one["state"])
            if office["kind"] in _NEEDS_TITLE:
                held = [term for term in held if content_words(term.title) & content_words(office["title"])]
            if held and len({term.person for term in held}) == 1:
                who = f"{held[0].person}, {office['title']}"
                found.append(Tenure(who, *_outer([(term.since, term.until) for term in held])))
    return sorted(set(found), key=repr)


def _outer(terms: Sequence[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    """From the first to the last day of several terms; None: open."""
    since, until = [one for one, _ in terms if one], [one for _, one in terms if one]
    return (
        min(since) if len(since) == len(terms) else None,
        max(until) if len(until) == len(terms) else None,
    )


def _said(row: Row) -> Iterator[Row]:
    """When the statements of a report without a date were made: as its words and its bounds tell."""
    statements = [_statement(row["id"], one) for one in row["statements"] or ()]
    published = None
    if row["earliest"] is not None:
        published = Interval(row["earliest"], row["latest"], row["precision"], row["basis"])
    doc = Doc.of(row["text"])
    times = find_times(doc, anchor=published, document_id=row["id"])
    made = said_in_report(doc, statements, times, published=published)
    for statement, said in zip(statements, made, strict=True):
        yield {
            "id": statement.id,
            "document_id": row["id"],
            **_when(said, row),
            "said_evidence": pieces(said.evidence, row["text"]) if said else [],
        }


def _when(said: Said | None, row: Row) -> Row:
    told: tuple[str | None, ...]
    if said is None:  # nothing bounds it but that it was there to be fetched
        told = (None, row["latest"], row["precision"], row["basis"])
    else:
        told = (said.interval.earliest, said.interval.latest, said.interval.precision, said.interval.basis)
    return dict(zip(("said_earliest", "said_latest", "said_precision", "said_basis"), told, strict=True))


def _statement(document: str, row: Row) -> Statement:
    speaker, cue, content = (
        tuple((one["start"], one["end"]) for one in row[name]) for name in ("speaker", "cue", "content")
    )
    speakers = tuple(Speaker(one["entity"], one["rule"], (), one["confidence"]) for one in row["speakers"])
    return Statement(
        row["id"], document, speaker, cue, content, row["kind"], 1.0, speakers=speakers, parent=row["parent"]
    )
