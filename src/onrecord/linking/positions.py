"""Positions across reports: one row for each holder, relation and target, with its time and its evidence.

What holds of two actors depends on the evidence about these two alone, so adding reports changes only the
rows of pairs they tell of, and the order of the evidence changes nothing.

    evidence -> by holder and target -> by relation -> first and last day, counts, disputed
                                     -> by time     -> changes: what was shown before and its opposite after

A change is told only where the evidence falls apart in time: all that shows the one ends before all that
shows the other begins. What others claim about a holder never changes its position; it can dispute it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from onrecord.ids import content_id
from onrecord.values import (
    Party,
    Position,
    PositionChange,
    PositionRelation,
    PositionSeen,
    PositionStatus,
)

ActorOf = Callable[[str, Party], str | None]
"""The actor id of a party of a document: of its entity, else of its state; None if it is no actor."""

_FOR: frozenset[PositionRelation] = frozenset(["recognizes", "supports", "allied_with"])
_AGAINST: frozenset[PositionRelation] = frozenset(["opposes", "sanctions"])
_RANK: dict[PositionStatus, int] = {"asserted": 0, "claimed": 1, "planned": 2, "denied": 3}

Pair = tuple[str | None, str]  # holder, target


def positions(seen: Iterable[PositionSeen], actor_of: ActorOf) -> list[Position]:
    """The positions that all reports together show.

    Args:
        seen: of all reports, in any order; a row with an id that is there already is left out.
        actor_of: who a party is; unnamed holders are not asked for.

    Returns:
        By holder (unnamed ones last), target and relation. Rows whose named holder or target is no actor, or
        is the same actor on both sides, are left out.
    """
    by_pair: dict[Pair, dict[str, PositionSeen]] = defaultdict(dict)
    for one in seen:
        if pair := pair_of(one, actor_of):
            by_pair[pair][one.id] = one
    found: list[Position] = []
    for pair, rows in by_pair.items():
        found += _of_pair(pair, sorted(rows.values(), key=_when))
    return sorted(found, key=lambda one: (one.holder is None, one.holder or "", one.target, one.relation))


def pair_of(one: PositionSeen, actor_of: ActorOf) -> Pair | None:
    """Whose position towards whom it is evidence of: what a new row changes; None: of nobody's."""
    target = actor_of(one.document_id, one.target)
    if target is None:
        return None
    if one.holder.least is not None:
        return None, target
    holder = actor_of(one.document_id, one.holder)
    return None if holder is None or holder == target else (holder, target)


def _when(one: PositionSeen) -> tuple[bool, str, str, str]:
    """Earliest first, undated last."""
    if one.interval is None:
        return True, "", "", one.id
    return False, one.interval.earliest, one.interval.latest, one.id


def _of_pair(pair: Pair, rows: Sequence[PositionSeen]) -> list[Position]:
    """All positions of one holder towards one target, by relation, with their changes."""
    holder, target = pair
    by_relation: dict[PositionRelation, list[PositionSeen]] = defaultdict(list)
    for one in rows:
        by_relation[one.relation].append(one)
    ids = {relation: content_id("pos", holder or "", relation, target) for relation in by_relation}
    groups: list[list[PositionSeen]] = [[one for one in rows if _sign(one)]]
    groups += [[one for one in rows if one.relation == relation] for relation in _PRESENT]
    changes = [each for group in groups if holder for each in _changes(group, ids)]
    return [
        _position(ids[relation], pair, relation, by_relation[relation], changes)
        for relation in sorted(by_relation)
    ]


_PRESENT: tuple[PositionRelation, ...] = ("has_forces_in", "present_in")


def _sign(one: PositionSeen) -> int:
    """1 for the target, -1 against it; 0: neither, or only announced."""
    if one.status == "planned":
        return 0
    if one.relation in _FOR:
        return -1 if one.status == "denied" else 1
    if one.relation in _AGAINST:
        return 0 if one.status == "denied" else -1
    return 0


def _direction(one: PositionSeen) -> int:
    """The sign, or whether somebody is there."""
    if one.relation in _PRESENT:
        return {"denied": -1, "planned": 0}.get(one.status, 1)
    return _sign(one)


def _firm(one: PositionSeen) -> bool:
    """Told by the report itself or by the holder."""
    return one.statement is None or one.own


def _changes(rows: Sequence[PositionSeen], ids: dict[PositionRelation, str]) -> list[PositionChange]:
    """Where one direction ends before the other begins. ``rows`` by their time."""
    spans = _segments([one for one in rows if one.interval and _firm(one) and _direction(one)])
    found = []
    for before, after in pairwise(spans):
        signs = {_direction(one) for one in before}, {_direction(one) for one in after}
        if len(signs[0]) == len(signs[1]) == 1 and signs[0] != signs[1]:
            last = max(one.interval.latest[:10] for one in before if one.interval)
            first = min(one.interval.earliest[:10] for one in after if one.interval)
            old, new = before[-1], after[0]
            ends = ids[old.relation], ids[new.relation]
            found.append(PositionChange(*ends, (last, first), (old.id, new.id)))
    return found


def _segments(rows: Sequence[PositionSeen]) -> list[list[PositionSeen]]:
    """Cut where everything before ends before everything behind begins."""
    found: list[list[PositionSeen]] = []
    latest = ""
    for one in rows:
        if one.interval is None:
            continue
        if found and one.interval.earliest[:10] <= latest:
            found[-1].append(one)
        else:
            found.append([one])
        latest = max(latest, one.interval.latest[:10])
    return found


def _position(
    id: str,
    pair: Pair,
    relation: PositionRelation,
    rows: Sequence[PositionSeen],
    changes: Sequence[PositionChange],
) -> Position:
    own = tuple(one for one in changes if id in (one.before, one.after))
    given_up = any(one.before == one.after == id for one in own) and _last_firm(rows) == "denied"
    best = min((one.status for one in rows), key=lambda status: _RANK[status])
    shown = [one for one in rows if one.status in ("asserted", "claimed")] or list(rows)
    dated = [one.interval for one in shown if one.interval]
    counts = {(one.holder.least, one.holder.most) for one in rows if one.holder.least is not None}
    return Position(
        id,
        pair[0],
        relation,
        pair[1],
        tuple(sorted(((a or 0, b) for a, b in counts), key=lambda each: (each[0], each[1] or 1 << 30))),
        "denied" if given_up else best,
        _disputed(rows, changed=given_up or any(one.before == one.after for one in own)),
        min((one.earliest[:10] for one in dated), default=None),
        max((one.latest[:10] for one in dated), default=None),
        tuple(rows),
        len({one.document_id for one in rows}),
        own,
    )


def _last_firm(rows: Sequence[PositionSeen]) -> PositionStatus | None:
    firm = [one for one in rows if _firm(one) and one.interval and one.status != "planned"]
    return firm[-1].status if firm else None


def _disputed(rows: Sequence[PositionSeen], *, changed: bool) -> bool:
    """Whether some say that it is so and others that it is not; a change over time is no dispute."""
    yes = [one for one in rows if one.status in ("asserted", "claimed")]
    no = [one for one in rows if one.status == "denied"]
    if not yes or not no:
        return False
    return not changed or any(not (_firm(a) and _firm(b)) for a in yes for b in no)
