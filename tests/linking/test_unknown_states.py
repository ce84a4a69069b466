"""A state that no table knows is one actor, whatever single reports took it for."""

from __future__ import annotations

from itertools import permutations

from onrecord.linking.actors.actors import link, with_unknown_states
from onrecord.values import Entity, Seen


def seen(document: str, kind: str, name: str, *more: str) -> Seen:
    return Seen(
        document, Entity(0, kind, name, (name, *more), None, ()), 1, None, None, f"{name} stood there."
    )


ONE_STATE = [
    seen("d1", "state", "Sarnovia"),
    seen("d2", "person", "Sarnovia"),
    seen("d3", "place", "Sarnovia"),
]


def test_one_state_in_any_order() -> None:
    """The report that shows it decides for the others."""
    for order in permutations(ONE_STATE):
        actors = link(order).actors
        assert [(one.kind, one.name, len(one.members)) for one in actors] == [("state", "Sarnovia", 3)]


def test_a_person_of_that_name_makes_it_unsure() -> None:
    """Then kinds stay as each report has them."""
    people = [*ONE_STATE, seen("d4", "person", "Mira Sarnovia", "Sarnovia")]
    assert with_unknown_states(people) == people


def test_known_states_are_left_alone() -> None:
    """Only states without a code are looked for elsewhere."""
    known = [seen("d1", "person", "Jordan"), seen("d2", "person", "Mira Talvik")]
    assert with_unknown_states(known) == known
