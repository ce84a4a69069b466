"""A person's decisions: which of them stand, and what they make of the actors found.

Decisions are only ever added. Undoing one is another decision, which can be undone in turn. Each keeps the
entities it was made for (its anchors), so it can be replayed over any later linking, with other actor ids
and with more reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.ids import content_id
from onrecord.values import Decision

Member = tuple[str, int]  # document id, entity number
Group = tuple[Member, ...]  # sorted


def decision_id(number: int, at: str, verb: str, targets: Sequence[str]) -> str:
    """The id of the ``number``-th decision of a record."""
    return content_id("x", str(number), at, verb, *targets)


def undone(decisions: Sequence[Decision]) -> dict[str, str]:
    """Decisions that do not stand, each with the decision that took it back.

    >>> one = Decision("x_1", "2024", "merge", ("a_1", "a_2"), (), None, None)
    >>> back = Decision("x_2", "2024", "undo", ("x_1",), (), None, None)
    >>> again = Decision("x_3", "2024", "undo", ("x_2",), (), None, None)
    >>> undone([one, back]), undone([one, back, again])
    ({'x_1': 'x_2'}, {'x_2': 'x_3'})
    """
    found: dict[str, str] = {}
    for one in reversed(decisions):  # an undo can only be taken back by a later one
        if one.verb == "undo" and one.id not in found:
            found.update((target, one.id) for target in one.targets)
    return found


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in the order they were made, without undos and what these took back."""
    gone = undone(decisions)
    return tuple(one for one in decisions if one.verb != "undo" and one.id not in gone)


def regroup(groups: Iterable[Iterable[Member]], decisions: Iterable[Decision]) -> list[Group]:
    """``groups`` with every merge and split of ``decisions`` done, in order of their members.

    A merge unites all groups that hold one of its anchors; a split takes its anchors out of their groups into
    one of their own. Anchors that are in no group are passed over.

    >>> merge = Decision("x_1", "2024", "merge", (), (("d", 0), ("e", 0)), None, None)
    >>> regroup([[("d", 0)], [("e", 0), ("e", 1)]], [merge])
    [(('d', 0), ('e', 0), ('e', 1))]
    """
    found = [set(group) for group in groups]
    for one in decisions:
        anchors = set(one.anchors)
        held = [group for group in found if group & anchors]
        if not held:
            continue
        if one.verb == "merge":
            found = [group for group in found if not group & anchors] + [set().union(*held)]
        elif one.verb == "split":
            apart = set().union(*held) & anchors
            found = [group - apart for group in found if group - apart] + [apart]
    return sorted(tuple(sorted(group)) for group in found)


def chosen_names(groups: Iterable[Group], decisions: Iterable[Decision]) -> dict[Group, str]:
    """The groups that a person renamed, each with its last name.

    A rename is of the group that holds most of its anchors; of several, the first.
    """
    found: dict[Group, str] = {}
    owner = owners(groups)
    for one in decisions:
        group = owner_of(one.anchors, owner)
        if one.verb == "rename" and one.value and group is not None:
            found[group] = one.value
    return found


def owners(groups: Iterable[Group]) -> dict[Member, Group]:
    """Each member with its group."""
    return {member: group for group in groups for member in group}


def owner_of(anchors: Iterable[Member], owner: Mapping[Member, Group]) -> Group | None:
    """The group that holds most of ``anchors``, of several the first; None if none does."""
    counts = Counter(owner[one] for one in anchors if one in owner)
    return min(counts, key=lambda group: (-counts[group], group)) if counts else None
