"""Actors by kind and name alone: what is named alike is one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ids import content_id
from onrecord.linking.decisions import Member, chosen_names, regroup
from onrecord.values import Actor, Decision, Entity, HeldOffice, Seen, Suggestion


@dataclass(frozen=True, slots=True)
class Linked:
    """All actors, and those that may be one."""

    actors: tuple[Actor, ...]
    suggestions: tuple[Suggestion, ...]


def link(seen: Iterable[Seen], *, decisions: Sequence[Decision]) -> Linked:
    """One actor for each kind and name; entities without a name are none."""
    alike: dict[tuple[str, str], list[Member]] = defaultdict(list)
    entities: dict[Member, tuple[str, Entity]] = {}
    for one in seen:
        if one.entity.name:
            alike[one.entity.kind, one.entity.name.casefold()].append((one.document_id, one.entity.number))
            entities[one.document_id, one.entity.number] = (one.document_id, one.entity)
    groups = regroup(alike.values(), decisions)
    names = chosen_names(groups, decisions)
    return Linked(tuple(_actor(group, entities, names.get(group)) for group in groups), ())


def _actor(
    group: tuple[Member, ...], entities: dict[Member, tuple[str, Entity]], name: str | None
) -> Actor:
    members = [entities[one] for one in group]
    names = Counter(name for _, one in members for name in one.names)
    best = name or min(names, key=lambda one: (-names[one], one))
    offices = tuple(
        HeldOffice(one.title, one.kind, one.state, None, None, "report", ((document, one.span),))
        for document, entity in members
        for one in entity.offices
    )
    states = {one.state for _, one in members if one.state}
    return Actor(
        id=content_id("a", *map(str, group[0])),
        name=best,
        kind=members[0][1].kind,
        state=min(states) if states else None,
        aliases=tuple(sorted(set(names) - {best})),
        offices=offices,
        members=group,
        basis="same name",
    )
