"""Which documents are copies of one another: only what a new document touches is compared.

Kept are the fingerprints of each document (``copy_print``) and those that are standing text of an outlet
(``copy_standing``). So only new texts and those they may share wording with are read; the record is the same
as if all had come at once. What copies were found in is noted as a hash: where that does not fit what is
kept, or where new documents are many, all of them are found anew, and texts read one at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.ids import content_id
from onrecord.linking.copies.find import CopyReport, find_copies
from onrecord.linking.copies.grow import Flags, Hashes, Numbers, added
from onrecord.linking.copies.pairs import grouped
from onrecord.linking.copies.passages import CopyGroup, CopyPair, Facts, Passage
from onrecord.linking.copies.shingles import Prints, each_once, prints, words_of
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import insert, is_marked, listed, mark, mark_of, rewrite, text_of_document
from onrecord.store.listing.counting import OUTLET
from onrecord.store.schema.columns import arrays_of
from onrecord.values import Span

Row = dict[str, Any]
Told = tuple[str, str | None, str | None, str | None]  # id, outlet, publication, agency
_PAIRS = 200  # pairs whose texts are in memory at a time
_MANY = 4  # new documents are many if they are a quarter of those that were there

_FACTS = f"SELECT id, {OUTLET}, published_earliest, wire FROM document ORDER BY id"
_HAVING = """
SELECT n, key, quoted
FROM (SELECT ranked.n, unnest(hashes) AS key, unnest(quoted) AS quoted
      FROM copy_print JOIN ranked ON ranked.id = copy_print.document_id)
WHERE key IN (SELECT key FROM wanted)
"""
_TOUCHED = """first IN (SELECT id FROM compared) OR second IN (SELECT id FROM compared)
OR (first, second) IN (SELECT (first, second) FROM apart)"""
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
    told = connection.execute(_FACTS).fetchall()
    known = dict(connection.execute("SELECT document_id, words FROM copy_print").fetchall())
    then = mark_of([row for row in told if row[0] in known])
    valid = is_marked(connection, "copies", then)
    if valid and len(known) == len(told):
        return
    if not valid:
        connection.execute("DELETE FROM copy_print")
        known = {}
    if _MANY * (len(told) - len(known)) > len(known):
        facts = _all_anew(connection, told, known)
    else:
        facts = _added(connection, told, known)
    groups = grouped(facts, _stored(connection))
    rewrite(connection, "copy_group", map(_group, groups))
    _mark(connection, groups)
    mark(connection, "copies", mark_of(told))


def _all_anew(connection: Connection, told: Sequence[Told], known: Collection[str]) -> list[Facts]:
    """Find all pairs; the facts of all documents by rank."""
    found = find_copies(_reports(connection, told))
    new = (id for id in found.known if id not in known)
    insert(connection, "copy_print", (_print(id, found.known[id][1]) for id in new))
    rewrite(connection, "copy_standing", _standing(found.standing))
    rewrite(connection, "copy_pair", map(_pair, found.pairs))
    rewrite(connection, "copy_passage", _passages(connection, found.pairs))
    return sorted((one for one, _ in found.known.values()), key=lambda one: one.rank)


def _added(connection: Connection, told: Sequence[Told], known: Mapping[str, int]) -> list[Facts]:
    """Find the pairs that new documents make or unmake; the facts of all documents by rank."""
    new = {id: prints(text_of_document(connection, id)) for id, *_ in told if id not in known}
    insert(connection, "copy_print", (_print(id, made) for id, made in new.items()))
    words = {**known, **{id: len(made.words) for id, made in new.items()}}
    facts = sorted((Facts(*row, words[row[0]]) for row in told), key=lambda one: one.rank)
    kept = _Kept(connection, [one.id for one in facts], new)
    place = {one.id: number for number, one in enumerate(facts)}
    pairs = connection.execute("SELECT first, second FROM copy_pair ORDER BY ALL").fetchall()
    found = added(
        facts,
        {place[id] for id in new},
        ((place[first], place[second]) for first, second in pairs),
        _outlets(connection),
        kept,
    )
    listed(connection, "compared", (facts[number].id for number in found.fresh))
    listed(connection, "outlets", found.outlets)
    columns = [[facts[pair[at]].id for pair in found.apart] for at in range(2)]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE apart AS "
        "SELECT unnest(?::VARCHAR[]) AS first, unnest(?::VARCHAR[]) AS second",
        columns,
    )
    here = "outlet IN (SELECT id FROM outlets)"
    rewrite(connection, "copy_standing", _standing(found.outlets), where=here)
    rewrite(connection, "copy_pair", map(_pair, found.pairs), where=_TOUCHED)
    rewrite(connection, "copy_passage", _passages(connection, found.pairs), where=_TOUCHED)
    for name in ("compared", "outlets", "apart", "ranked"):
        connection.execute(f"DROP TABLE {name}")
    return facts


class _Kept:
    """What the record keeps of documents, which are numbered by rank."""

    def __init__(self, connection: Connection, ids: Sequence[str], new: Mapping[str, Prints]) -> None:
        self._connection, self._ids, self._new = connection, ids, new
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE ranked AS SELECT unnest(?::VARCHAR[]) AS id, unnest(range(?)) AS n",
            [list(ids), len(ids)],
        )

    def having(self, hashes: Hashes) -> tuple[Hashes, Numbers, Flags]:
        """Which documents have some fingerprints: hash, number and whether it is quoted."""
        self._connection.register("wanted", {"key": hashes})
        try:
            found = self._connection.execute(_HAVING).fetchnumpy()
        finally:
            self._connection.unregister("wanted")
        return found["key"], found["n"], found["quoted"]

    def hashes(self, numbers: Sequence[int]) -> list[Hashes]:
        """The fingerprints of some documents, each once, ascending."""
        listed(self._connection, "asked", (self._ids[number] for number in numbers))
        ids, ((values, starts),) = arrays_of(
            self._connection,
            "SELECT document_id, hashes FROM copy_print WHERE document_id IN (SELECT id FROM asked)",
        )
        self._connection.execute("DROP TABLE asked")
        found = {id: values[starts[at] : starts[at + 1]] for at, id in enumerate(ids)}
        return [found[self._ids[number]] for number in numbers]

    def prints(self, number: int) -> Prints:
        """The words and fingerprints of one document."""
        id = self._ids[number]
        return self._new.get(id) or prints(text_of_document(self._connection, id))


def _reports(connection: Connection, told: Sequence[Told]) -> Iterator[CopyReport]:
    for id, outlet, published, wire in told:
        yield CopyReport(id, text_of_document(connection, id), outlet, published, wire)


def _print(id: str, made: Prints) -> Row:
    hashes, quoted = each_once(made)
    return {"document_id": id, "words": len(made.words), "hashes": hashes, "quoted": quoted}


def _standing(outlets: Mapping[str, Hashes]) -> Iterator[Row]:
    for outlet, hashes in outlets.items():
        yield from ({"outlet": outlet, "key": key} for key in hashes.tolist())


def _outlets(connection: Connection) -> dict[str, Hashes]:
    """The standing text of each outlet."""
    outlets, ((values, starts),) = arrays_of(
        connection, "SELECT outlet, list(key ORDER BY key) FROM copy_standing GROUP BY outlet"
    )
    return {one: values[starts[at] : starts[at + 1]] for at, one in enumerate(outlets)}


def _stored(connection: Connection) -> list[CopyPair]:
    """All pairs, without their passages."""
    sql = "SELECT first, second, kind, first_share, second_share FROM copy_pair"
    return [
        CopyPair(first, second, kind, one, other, ())
        for first, second, kind, one, other in connection.execute(sql).fetchall()
    ]


def _group(one: CopyGroup) -> Row:
    return {
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


def _mark(connection: Connection, groups: Iterable[CopyGroup]) -> None:
    """Note beside each document the group it is in, and what it likely comes from."""
    rows = [
        (member, content_id("g", one.origin), None if member == one.origin else one.origin)
        for one in groups
        for member in one.members
    ]
    columns = [[row[at] for row in rows] for at in range(3)]
    connection.execute("CREATE OR REPLACE TEMP TABLE marked (id VARCHAR, copy_group VARCHAR, origin VARCHAR)")
    if rows:
        connection.execute("INSERT INTO marked SELECT unnest(?), unnest(?), unnest(?)", columns)
    connection.execute(_MARK)
    connection.execute("DROP TABLE marked")
