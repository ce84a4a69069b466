"""Which documents are copies of one another: found anew whenever a build brought other documents.

Texts are read from the record one at a time. What the copies were found in is noted as a hash, so that a
build that brings nothing new does not look again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.ids import content_id
from onrecord.linking.copies import Copies, Report, find_copies
from onrecord.linking.copy_passages import Passage
from onrecord.linking.copy_values import CopyPair
from onrecord.linking.shingles import words_of
from onrecord.record.counting import OUTLET
from onrecord.record.database import Connection
from onrecord.record.derived import is_marked, mark, mark_of, rewrite, text_of_document
from onrecord.values import Span

Row = dict[str, Any]
_PAIRS = 200  # pairs whose texts are in memory at a time

_FACTS = f"SELECT id, {OUTLET}, published_earliest, wire FROM document ORDER BY id"
_MARK = """
UPDATE document SET copy_group = new.copy_group, origin = new.origin
FROM (SELECT document.id, marked.copy_group, marked.origin
      FROM document LEFT JOIN marked ON marked.id = document.id
      WHERE document.copy_group IS DISTINCT FROM marked.copy_group
         OR document.origin IS DISTINCT FROM marked.origin) AS new
WHERE new.id = document.id
"""


def copy_all(connection: Connection) -> None:
    """Bring copies up to date, in a transaction of the caller's."""
    facts = connection.execute(_FACTS).fetchall()
    found_in = mark_of(facts)
    if is_marked(connection, "copies", found_in):
        return
    found = find_copies(_reports(connection, facts))
    rewrite(connection, "copy_group", _groups(found))
    rewrite(connection, "copy_pair", map(_pair, found.pairs))
    rewrite(connection, "copy_passage", _passages(connection, found.pairs))
    _mark(connection, found)
    mark(connection, "copies", found_in)


def _reports(connection: Connection, facts: Sequence[tuple[Any, ...]]) -> Iterator[Report]:
    for id, outlet, published, wire in facts:
        yield Report(id, text_of_document(connection, id), outlet, published, wire)


def _groups(found: Copies) -> Iterator[Row]:
    for one in found.groups:
        yield {
            "id": content_id("g", one.origin),
            "origin": one.origin,
            "source": one.source,
            "reason": one.reason,
            "reports": len(one.members),
        }


def _pair(one: CopyPair) -> Row:
    names = ("first", "second", "kind", "first_share", "second_share")
    return {name: getattr(one, name) for name in names}


def _passages(connection: Connection, pairs: Sequence[CopyPair]) -> Iterator[Row]:
    rest = iter(pairs)
    while some := list(islice(rest, _PAIRS)):
        ids = sorted({id for one in some for id in (one.first, one.second)})
        texts = {id: text_of_document(connection, id) for id in ids}
        words = {id: words_of(text) for id, text in texts.items()}
        for pair in some:
            for n, one in enumerate(pair.passages):
                yield _passage(pair, n, one, texts, words)


def _passage(
    pair: CopyPair, n: int, one: Passage, texts: Mapping[str, str], words: Mapping[str, Sequence[Span]]
) -> Row:
    row: Row = {"first": pair.first, "second": pair.second, "n": n}
    for side, id, at in (("first", pair.first, one.first), ("second", pair.second, one.second)):
        start, end = words[id][at][0], words[id][at + one.length - 1][1]
        row |= {f"{side}_start": start, f"{side}_end": end, f"{side}_quote": texts[id][start:end]}
    return {**row, "words": one.length, "matched": one.matched, "quoted": one.quoted}


def _mark(connection: Connection, found: Copies) -> None:
    """Note beside each document the group it is in, and what it likely comes from."""
    rows = [
        (member, content_id("g", one.origin), None if member == one.origin else one.origin)
        for one in found.groups
        for member in one.members
    ]
    columns = [[row[at] for row in rows] for at in range(3)]
    connection.execute("CREATE OR REPLACE TEMP TABLE marked (id VARCHAR, copy_group VARCHAR, origin VARCHAR)")
    if rows:
        connection.execute("INSERT INTO marked SELECT unnest(?), unnest(?), unnest(?)", columns)
    connection.execute(_MARK)
    connection.execute("DROP TABLE marked")
