"""What claims say of each other, as the record keeps it: only pairs that were never weighed are.

A pair is weighed anew if one of its claims is not what it was, or if another judge judges. The judge is asked
only where its word can make a difference, and what it said of two texts before is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.ids import content_id
from onrecord.linking.accounts import Judged
from onrecord.linking.agreement import Judge, Judgement, judgement
from onrecord.linking.weighing import Pair, matters, weigh
from onrecord.record.database import Connection
from onrecord.record.derived import insert, is_marked, listed, mark, mark_of
from onrecord.record.kept_claims import Sides

Row = dict[str, Any]
Texts = tuple[str, str]
_TOGETHER = 512  # pairs weighed at a time
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
    pairs = (Pair(some[first], some[second], round(like, _DIGITS), None) for first, second, like in rows)
    while group := list(islice(pairs, _TOGETHER)):
        insert(connection, "claim_weighed", _weighed(connection, group, judge))
    connection.execute(_OF_NOBODY)


def told(connection: Connection) -> Iterator[Judged]:
    """What weighing found, of all pairs of which anything is told."""
    for first, second, relation, sure, forward, back, *words in connection.execute(_TOLD).fetchall():
        reasons, details, turned = map(tuple, words)
        yield Judged(first, second, relation, sure, forward, back, reasons, details, turned)


def _weighed(connection: Connection, pairs: Sequence[Pair], judge: Judge) -> list[Row]:
    texts = [_ordered(pair) if matters(pair) else None for pair in pairs]
    read = _judged(connection, sorted({one for one in texts if one}), judge)
    return [
        _row(pair, one, read[one] if one else None, judge) for pair, one in zip(pairs, texts, strict=True)
    ]


def _row(pair: Pair, texts: Texts | None, read: Judgement | None, judge: Judge) -> Row:
    if read and texts != (pair.one.spoken, pair.other.spoken):
        read = judgement(read.back, read.forward, read.contradicts, judge.told)
    found = weigh(Pair(pair.one, pair.other, pair.likeness, read), judge.told)
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


def _ordered(pair: Pair) -> Texts:
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
