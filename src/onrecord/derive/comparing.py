"""Pairs of claims: which are compared, what the pair model says of them, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.derive.claims import ALTERED, Sides
from onrecord.ids import content_id
from onrecord.linking.claims.accounts import Claim, Judged
from onrecord.linking.claims.assessments import assessments, opposed_pairs
from onrecord.linking.claims.candidates import (
    KEYS,
    LEAST,
    MOST,
    PER_CLAIM,
    SHARED,
    Vectors,
    Weighed,
    likeness,
    likenesses,
    weighed,
)
from onrecord.linking.claims.concepts import concepts
from onrecord.linking.claims.entailment import Judge, Judgement, judgement
from onrecord.linking.claims.sides import Side
from onrecord.linking.claims.weighing import ClaimPair, matters, weigh
from onrecord.linking.stories.words import key
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import fresh, insert, is_marked, listed, mark, mark_of
from onrecord.store.schema.columns import arrays_of

Row = dict[str, Any]
_TOGETHER = 1_000  # claims that are compared with all others at a time

_STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS SELECT key, arg_min(id, (-size, id)) AS id FROM claim GROUP BY key
"""
_GONE = f"""
CREATE OR REPLACE TEMP TABLE gone AS SELECT id FROM claim_words
WHERE id NOT IN (SELECT id FROM standing) OR id IN (SELECT id FROM {ALTERED})
"""
_NEW = "SELECT id FROM standing WHERE id NOT IN (SELECT id FROM claim_words) ORDER BY id"
_OFTEN = f"""
SELECT word FROM (SELECT unnest(words[1:{KEYS}]) AS word FROM claim_words) GROUP BY word HAVING count(*) > ?
"""
_TOUCHED = f"""
CREATE OR REPLACE TEMP TABLE touched AS
SELECT id FROM new_claims UNION
SELECT id FROM (SELECT id, unnest(words[1:{KEYS}]) AS word FROM claim_words)
WHERE (word IN (SELECT word FROM often)) <> (word IN (SELECT word FROM often_before))
"""
_TOUCHED_NUMBERS = """
SELECT n FROM (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM claim_words)
WHERE id IN (SELECT id FROM touched) ORDER BY n
"""
_MEETING = f"""
CREATE OR REPLACE TEMP TABLE meeting AS
SELECT n, touched, unnest(keys) AS word, len(keys)::INTEGER AS size
FROM (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id IN (SELECT id FROM touched) AS touched,
             words[1:{KEYS}] AS keys FROM claim_words)
"""
# Of two that are touched the one with the higher number finds the other.
_MET = f"""
SELECT one.n AS first, other.n AS second
FROM meeting AS one JOIN meeting AS other ON other.word = one.word
WHERE one.touched AND one.n >= ? AND one.n < ?
  AND (other.n < one.n OR (other.n > one.n AND NOT other.touched))
GROUP BY one.n, other.n, one.size, other.size HAVING count(*) >= least({SHARED}, one.size, other.size)
ORDER BY first, second
"""
_SOMETHING_SHARED = """
INSERT INTO claim_pair SELECT pair.* FROM {} AS pair
JOIN claim_words AS one ON one.id = pair.first JOIN claim_words AS other ON other.id = pair.second
WHERE list_has_any(one.meant, other.meant)
"""
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen AS
WITH place AS (
    SELECT first, second, likeness, row_number() OVER (PARTITION BY one ORDER BY likeness DESC, other) AS n
    FROM (SELECT first AS one, second AS other, * FROM claim_pair
          UNION ALL SELECT second, first, * FROM claim_pair))
SELECT DISTINCT first, second, likeness FROM place WHERE n <= ?
"""

# What a denial answers is set beside it, whatever the words; what stands apart has none, and meets no other.
_ANSWERED = """
INSERT INTO chosen SELECT DISTINCT least(standing.id, asked.id), greatest(standing.id, asked.id), 1.0
FROM claim AS denial JOIN standing ON standing.id = denial.id
JOIN claim AS answered ON answered.id = denial.answers JOIN standing AS asked ON asked.key = answered.key
WHERE (least(standing.id, asked.id), greatest(standing.id, asked.id)) NOT IN
    (SELECT (first, second) FROM chosen)
"""


def pair_all(connection: Connection, sides: Sides, *, most: int = MOST, per_claim: int = PER_CLAIM) -> None:
    """Bring ``claim_words`` and ``claim_pair`` up to date once claims are, in a transaction of the caller's.

    Weighed pairs of claims that are no more, or not what they were, are taken away. The temporary table
    ``chosen`` has the pairs that are to be weighed: first, second, likeness.

    Args:
        connection: the record.
        sides: its claims.
        most: claims that a word may be key of and still bring together; given only by tests.
        per_claim: a pair is weighed if it is among the likest so many of either; given only by tests.
    """
    connection.execute(_STANDING)
    connection.execute(_GONE)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE often_before AS {_OFTEN}", [most])
    connection.execute("DELETE FROM claim_words WHERE id IN (SELECT id FROM gone)")
    new = [id for (id,) in connection.execute(_NEW).fetchall()]
    insert(connection, "claim_words", _words(new, sides))
    listed(connection, "new_claims", new)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE often AS {_OFTEN}", [most])
    connection.execute(_TOUCHED)
    for table, ids in (
        ("claim_pair", "SELECT id FROM gone UNION ALL SELECT id FROM touched"),
        ("claim_weighed", "SELECT id FROM gone"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE first IN ({ids}) OR second IN ({ids})")
    _meet(connection, sides)
    connection.execute(_CHOSEN, [per_claim])
    connection.execute(_ANSWERED)
    _opposed(connection, sides)
    for name in ("standing", "gone", "new_claims", "touched", "often", "often_before"):
        connection.execute(f"DROP TABLE {name}")


def _words(ids: Sequence[str], sides: Sides) -> Iterator[Row]:
    some = sides.of(ids)
    for id in ids:
        one = some[id]
        made = Weighed((), ()) if one.apart else _likened_by(one)
        yield {
            "id": id,
            "words": made.words,
            "weights": made.weights,
            "meant": [] if one.apart else sorted(map(key, one.meanings)),
            "valued": not one.apart and bool(assessments(one)),
        }


def _likened_by(side: Side) -> Weighed:
    return weighed(side.spoken, side.topics, concepts(side.text))


def _vectors(connection: Connection) -> tuple[Vectors, list[str]]:
    """What all claims are likened by, and their ids."""
    ids, ((words, starts), (weights, _)) = arrays_of(
        connection, "SELECT id, words, weights FROM claim_words ORDER BY id"
    )
    return Vectors(words, weights, starts.astype("int64")), ids


def _meet(connection: Connection, sides: Sides) -> None:
    """Add the pairs that claims which are touched make with others and with each other."""
    touched = connection.execute(_TOUCHED_NUMBERS).fetchall()
    if not touched:
        return  # what all are likened by need not be read
    vectors, ids = _vectors(connection)
    numbers = iter(n for (n,) in touched)
    connection.execute(_MEETING)
    connection.execute("DELETE FROM meeting WHERE word IN (SELECT word FROM often)")
    while some := list(islice(numbers, _TOGETHER)):
        met = connection.execute(_MET, [some[0], some[-1] + 1]).fetchnumpy()
        like = likenesses(vectors, met["first"], met["second"])
        alike = (like >= LEAST).nonzero()[0]
        columns = (one[alike].tolist() for one in (met["first"], met["second"], like))
        rows = (
            {"first": ids[min(a, b)], "second": ids[max(a, b)], "likeness": value}
            for a, b, value in zip(*columns, strict=True)
        )
        with fresh(connection, "claim_pair", rows) as new:
            _take_one_voice(connection, new, sides)
            connection.execute(_SOMETHING_SHARED.format(new))
    connection.execute("DROP TABLE meeting")


def _take_one_voice(connection: Connection, new: str, sides: Sides) -> None:
    """Take away, of pairs within one report, those that may be none."""
    here = connection.execute(
        f"SELECT pair.first, pair.second FROM {new} AS pair JOIN claim AS one ON one.id = pair.first "
        "JOIN claim AS other ON other.id = pair.second WHERE one.document_id = other.document_id"
    ).fetchall()
    some = sides.of(id for pair in here for id in pair)
    apart = [pair for pair in here if not _may(some[pair[0]].claim, some[pair[1]].claim)]
    if apart:
        connection.execute(
            f"DELETE FROM {new} WHERE (first, second) IN "
            "(SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[])))",
            [[pair[at] for pair in apart] for at in range(2)],
        )


def _may(one: Claim, other: Claim) -> bool:
    """Within a report, only different speakers, and none in the words of the other."""
    if one.document_id != other.document_id:
        return True
    if (one.speaker, one.unnamed) == (other.speaker, other.unnamed):
        return False
    return not any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _opposed(connection: Connection, sides: Sides) -> None:
    """Add claims that value one thing in opposite ways to those that are chosen, however worded."""
    valued = [id for (id,) in connection.execute("SELECT id FROM claim_words WHERE valued").fetchall()]
    some = sides.of(valued)
    found = opposed_pairs(some[id] for id in valued)
    known = set(connection.execute("SELECT first, second FROM chosen").fetchall()) if found else set()
    for first, second in found:
        one, other = some[first], some[second]
        if (first, second) not in known and _may(one.claim, other.claim):
            like = likeness(_likened_by(one), _likened_by(other))
            connection.execute("INSERT INTO chosen VALUES (?, ?, ?)", [first, second, like])


Texts = tuple[str, str]
_WEIGHED_AT_ONCE = 512  # pairs weighed at a time
_DIGITS = 4  # of a likeness, where it is asked how great it is

_NOT_CHOSEN = "DELETE FROM claim_weighed WHERE (first, second) NOT IN (SELECT (first, second) FROM chosen)"
_TO_WEIGH = """
SELECT first, second, likeness FROM chosen
WHERE (first, second) NOT IN (SELECT (first, second) FROM claim_weighed) ORDER BY first, second
"""
_OF_NOBODY = """
DELETE FROM judgement WHERE id NOT IN (SELECT judgement FROM claim_weighed WHERE judgement IS NOT NULL)
"""
_TOLD = """
SELECT first, second, relation, confidence, forward, back, reasons, details, turned FROM claim_weighed
WHERE relation IS NOT NULL ORDER BY first, second
"""


def weigh_all(connection: Connection, judge: Judge, sides: Sides) -> None:
    """Bring ``claim_weighed`` and ``judgement`` up to date with the temporary table ``chosen``."""
    found_by = mark_of((judge.name, judge.told))
    if not is_marked(connection, "weighed", found_by):
        connection.execute("DELETE FROM claim_weighed")
        mark(connection, "weighed", found_by)
    connection.execute(_NOT_CHOSEN)
    rows = connection.execute(_TO_WEIGH).fetchall()
    some = sides.of({id for row in rows for id in row[:2]})
    pairs = (ClaimPair(some[first], some[second], round(like, _DIGITS), None) for first, second, like in rows)
    while group := list(islice(pairs, _WEIGHED_AT_ONCE)):
        insert(connection, "claim_weighed", _weighed(connection, group, judge))
    connection.execute(_OF_NOBODY)


def told(connection: Connection) -> Iterator[Judged]:
    """What weighing found, of all pairs of which anything is told."""
    for first, second, relation, sure, forward, back, *words in connection.execute(_TOLD).fetchall():
        reasons, details, turned = map(tuple, words)
        yield Judged(first, second, relation, sure, forward, back, reasons, details, turned)


def _weighed(connection: Connection, pairs: Sequence[ClaimPair], judge: Judge) -> list[Row]:
    texts = [_ordered(pair) if matters(pair) else None for pair in pairs]
    read = _judged(connection, sorted({one for one in texts if one}), judge)
    return [
        _row(pair, one, read[one] if one else None, judge) for pair, one in zip(pairs, texts, strict=True)
    ]


def _row(pair: ClaimPair, texts: Texts | None, read: Judgement | None, judge: Judge) -> Row:
    if read and texts != (pair.one.spoken, pair.other.spoken):
        read = judgement(read.back, read.forward, read.contradicts, judge.told)
    found = weigh(ClaimPair(pair.one, pair.other, pair.likeness, read), judge.told)
    return {
        "first": pair.one.claim.id,
        "second": pair.other.claim.id,
        "judgement": texts and _id(judge, texts),
        "relation": found and found.relation,
        "confidence": found.confidence if found else 0.0,
        "forward": bool(found and found.forward),
        "back": bool(found and found.back),
        "reasons": list(found.reasons) if found else [],
        "details": list(found.details) if found else [],
        "turned": list(found.turned) if found else [],
    }


def _ordered(pair: ClaimPair) -> Texts:
    one, other = sorted((pair.one.spoken, pair.other.spoken))
    return one, other


def _id(judge: Judge, texts: Texts) -> str:
    return content_id("j", judge.name, *texts)


def _judged(connection: Connection, pairs: Sequence[Texts], judge: Judge) -> Mapping[Texts, Judgement]:
    """What the judge says of each pair: as the record has it, else judged now and kept."""
    ids = {pair: _id(judge, pair) for pair in pairs}
    listed(connection, "asked", ids.values())
    rows = connection.execute(
        "SELECT id, forward, back, contradicts FROM judgement WHERE id IN (SELECT id FROM asked)"
    ).fetchall()
    connection.execute("DROP TABLE asked")
    stored = {id: judgement(forward, back, against, judge.told) for id, forward, back, against in rows}
    rest = [pair for pair in pairs if ids[pair] not in stored]
    new = dict(zip(rest, judge.judge(rest) if rest else (), strict=True))
    kept = {pair: judgement(one.forward, one.back, one.contradicts, judge.told) for pair, one in new.items()}
    insert(
        connection,
        "judgement",
        (
            {"id": ids[pair], "forward": one.forward, "back": one.back, "contradicts": one.contradicts}
            for pair, one in kept.items()
        ),
    )
    return {pair: stored[id] if id in stored else kept[pair] for pair, id in ids.items()}
