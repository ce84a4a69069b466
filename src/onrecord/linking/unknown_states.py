"""States that no table knows: what one report shows to be a state is one in the others too.

"Sarnovia’s Foreign Ministry" in one report makes the "Sarnovia" of another, which the network took for a
person or a place, the same state; unless some person of the record has that name, and then it is not sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.linking.names import plain
from onrecord.values import Seen


def with_unknown_states(seen: Sequence[Seen]) -> list[Seen]:
    """``seen`` with the kind "state" for single names that are an unknown state elsewhere; in its order."""
    unknown = {
        plain(one.entity.name) for one in seen
        if one.entity.kind == "state" and one.entity.state is None and one.entity.name
    }  # fmt: skip
    if not unknown:
        return list(seen)
    bearers = {
        token
        for one in seen
        if one.entity.kind == "person"
        for name in one.entity.names
        if " " in name
        for token in plain(name).split()
    }
    states = unknown - bearers
    return [
        replace(one, entity=replace(one.entity, kind="state", state=None))
        if one.entity.name and plain(one.entity.name) in states and not one.entity.offices
        else one
        for one in seen
    ]
