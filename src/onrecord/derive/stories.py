"""Which documents tell of one development: only those that a new document is alike to are grouped anew.

Kept are the words of each document that count (``story_words``), which documents are alike enough
(``story_pair``) and which such pairs connect (``story_piece``). So only new texts are read, only new
documents (and those whose words count otherwise than before, or that have other days) are compared with all,
and only pieces that change are grouped anew; the record is the same as if all had come at once. What stories
were found in is noted as a hash: where that does not fit what is kept, all of them are found anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.linking.stories.groups import Alike, Regrouped, nothing_before, regroup
from onrecord.linking.stories.stories import Bounds, Story, bounds_of, days_of, kept, made_story
from onrecord.linking.stories.words import StoryVectors, ordered, weighed
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import insert, is_marked, listed, mark, mark_of, rewrite, text_of_document
from onrecord.store.schema.columns import arrays_of

Row = dict[str, Any]
_FACTS = """
SELECT document.id, title, published_earliest, publication.earliest, publication.latest
FROM document LEFT JOIN publication ON publication.document_id = document.id ORDER BY document.id
"""
_KNOWN = """
SELECT document.id, title, earliest, latest, piece, story
FROM story_piece JOIN document ON document.id = story_piece.document_id ORDER BY document.id
"""
_PAIRS = """
WITH place AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM document)
SELECT one.n AS first, other.n AS second, likeness FROM story_pair
JOIN place AS one ON one.id = story_pair.first JOIN place AS other ON other.id = story_pair.second
"""
_TELL = """
UPDATE document SET story = told.story FROM told
WHERE told.id = document.id AND document.story IS DISTINCT FROM told.story
"""


def tell_all(connection: Connection) -> None:
    """Bring stories up to date, in a transaction of the caller's; bounds of dates are so already."""
    facts = [
        _Facts(id, title, published, bounds_of(published, (first, last)))
        for id, title, published, first, last in connection.execute(_FACTS).fetchall()
    ]
    known = connection.execute(_KNOWN).fetchall()
    found_in = mark_of([(one.id, one.title, *one.days) for one in facts])
    then = mark_of([row[:4] for row in known])
    valid = is_marked(connection, "stories", then)
    if valid and found_in == then:
        return
    if not valid:
        connection.execute("DELETE FROM story_words")
        known = []
    was = {id: ((first, last), piece, story) for id, _, first, last, piece, story in known}
    insert(connection, "story_words", _words(connection, facts, was))
    days = {one.id: one.days for one in facts}
    before = kept(days, was, _pairs(connection)) if was else nothing_before(len(days))
    found = regroup(_vectors(connection), days_of(list(days.values())), before)
    _write(connection, found, facts, all_anew=not was)
    mark(connection, "stories", found_in)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a document beside its text."""

    id: str
    title: str | None
    published: str | None
    days: Bounds


def _words(connection: Connection, facts: Iterable[_Facts], known: Collection[str]) -> Iterator[Row]:
    for one in facts:
        if one.id not in known:
            made = weighed(one.title, text_of_document(connection, one.id))
            yield {"document_id": one.id, "keys": made.keys, "weights": made.weights}


def _vectors(connection: Connection) -> StoryVectors:
    ids, (keys, weights) = arrays_of(connection, "SELECT document_id, keys, weights FROM story_words")
    return ordered(ids, keys, weights)


def _pairs(connection: Connection) -> Alike:
    found = connection.execute(_PAIRS).fetchnumpy()
    return Alike(found["first"], found["second"], found["likeness"])


def _write(connection: Connection, found: Regrouped, facts: Sequence[_Facts], *, all_anew: bool) -> None:
    """Put what has been found in the place of what was found before of the same documents."""
    some = [facts[number].id for piece in found.pieces for group in piece for number in group]
    listed(connection, "regrouped", some)
    listed(connection, "compared", [facts[number].id for number in found.fresh.nonzero()[0].tolist()])
    mine = "document_id IN (SELECT id FROM regrouped)"
    told = "id IN (SELECT story FROM document WHERE id IN (SELECT id FROM regrouped))"
    fresh = "first IN (SELECT id FROM compared) OR second IN (SELECT id FROM compared)"
    made = [
        made_story([facts[n].id for n in group], {facts[n].id: facts[n].published for n in group})
        for piece in found.pieces
        for group in piece
    ]
    titles = {one.id: one.title for one in facts}
    where = ("true", "true", "true") if all_anew else (told, mine, fresh)
    rewrite(connection, "story", (_story(one, titles) for one in made), where=where[0])
    rewrite(connection, "story_piece", _pieces(found, facts), where=where[1])
    rewrite(connection, "story_pair", _alike(found, facts), where=where[2])
    members = [(id, one.id) for one in made for id in one.members]
    columns = [[row[at] for row in members] for at in range(2)]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE told AS "
        "SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS story",
        columns,
    )
    connection.execute(_TELL)
    for name in ("told", "regrouped", "compared"):
        connection.execute(f"DROP TABLE {name}")


def _story(one: Story, titles: Mapping[str, str | None]) -> Row:
    return {
        "id": one.id,
        "first": one.first,
        "last": one.last,
        "earliest": one.members[0],
        "title": titles[one.members[0]],
        "reports": len(one.members),
    }


def _pieces(found: Regrouped, facts: Sequence[_Facts]) -> Iterator[Row]:
    for piece in found.pieces:
        numbers = sorted(number for group in piece for number in group)
        for one in (facts[number] for number in numbers):
            first, last = one.days
            yield {"document_id": one.id, "earliest": first, "latest": last, "piece": facts[numbers[0]].id}


def _alike(found: Regrouped, facts: Sequence[_Facts]) -> Iterator[Row]:
    pairs = found.pairs
    for first, second, likeness in zip(pairs.first, pairs.second, pairs.likeness, strict=True):
        yield {"first": facts[first].id, "second": facts[second].id, "likeness": float(likeness)}
