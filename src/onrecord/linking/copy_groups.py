"""Reports that are one text, and which of them the others come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from onrecord.linking.copy_values import CopyGroup, CopyPair, Facts

# Two texts this much alike stand for one another; less likeness must not be passed on from one to the next.
_ALIKE = 0.8


def grouped(facts: Sequence[Facts], pairs: Sequence[CopyPair]) -> tuple[CopyGroup, ...]:
    """Groups of two and more, by their first member.

    The fullest texts lead. Each report in turn joins the leader it shares most with, or the group of a report
    that is nearly the same; one that has neither leads a group of its own.

    Args:
        facts: of all reports, by rank.
        pairs: all of them.
    """
    near: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for pair in pairs:
        if pair.kind in ("copy", "cut"):
            least = min(pair.first_share, pair.second_share)
            near[pair.second].append((pair.second_share, least, pair.first))
    place = {one.id: number for number, one in enumerate(facts)}
    leader: dict[str, str] = {}
    for one in facts:
        ways = [
            (-share, place[leader[other]], leader[other])
            for share, least, other in near.get(one.id, ())
            if leader[other] == other or least >= _ALIKE
        ]
        leader[one.id] = min(ways)[2] if ways else one.id
    members: dict[str, list[Facts]] = defaultdict(list)
    for one in facts:
        members[leader[one.id]].append(one)
    groups = [_group(some) for some in members.values() if len(some) > 1]
    return tuple(sorted(groups, key=lambda group: group.members))


def _group(some: Sequence[Facts]) -> CopyGroup:
    origin, reason = likely_origin(some)
    credits = Counter(one.wire for one in some if one.wire)
    source = min(credits, key=lambda name: (-credits[name], name)) if credits else None
    return CopyGroup(tuple(sorted(one.id for one in some)), origin.id, source, reason)


def likely_origin(some: Sequence[Facts]) -> tuple[Facts, str]:
    """The report that the others likely come from, and why, in words.

    The agency's own report first; then the earliest day, if all are dated; then who credits an agency, as a
    paper that does so prints it as it came; then the fullest text; then the first id.
    """
    names = {_plain(one.wire) for one in some if one.wire}
    own = [one for one in some if one.outlet and _plain(one.outlet) in names]
    reasons = []
    left = list(some)
    if own:
        left = own
        reasons.append(f"{own[0].outlet} is the agency that is credited")
    days = [one.published[:10] if one.published else "" for one in left]
    if len(left) > 1 and all(days) and len(set(days)) > 1:
        left = [one for one, day in zip(left, days, strict=True) if day == min(days)]
        reasons.append(f"earliest, {min(days)}")
    credited = [one for one in left if one.wire]
    if len(left) > 1 and credited and len(credited) < len(left):
        left = credited
        reasons.append(f"credits {min(one.wire or '' for one in left)}")
    best = min(left, key=lambda one: one.rank)
    if len(left) > 1:
        fuller = all(one.words < best.words for one in left if one is not best)
        reasons.append(f"fullest text, {best.words} words" if fuller else "first of equals")
    return best, "; ".join(reasons)


def independent(groups: Sequence[CopyGroup]) -> Mapping[str, str]:
    """The origin of each report that is in a group."""
    return {member: group.origin for group in groups for member in group.members}


def _plain(name: str | None) -> str:
    return "".join(filter(str.isalnum, (name or "").casefold())).removeprefix("the")
