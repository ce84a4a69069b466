"""Places of the boxes of a network: none on another, the same each time, what is tied nearer."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.store import TieRow
from onrecord.web.network_drawing import Box, chosen, draw, places

SIZES = st.lists(st.builds(Box, st.floats(20, 240), st.just(26.0)), min_size=1, max_size=14)
TIES = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=30)


def tie(one: str, other: str, count: int = 1, relation: str = "speaks_of") -> TieRow:
    return TieRow(one, f"a_{one}", "person", None, relation, None, other, f"a_{other}", "state", None, count, 1, 1, None)


@settings(deadline=None)
@given(SIZES, TIES)
def test_no_box_lies_on_another(boxes: list[Box], ties: list[tuple[int, int]]) -> None:
    kept = tuple((a % len(boxes), b % len(boxes)) for a, b in ties)
    found = places(tuple(boxes), kept)
    for (one, (x, y)), (other, (u, v)) in combinations(zip(boxes, found, strict=True), 2):
        assert abs(x - u) > (one.width + other.width) / 2 or abs(y - v) > (one.height + other.height) / 2
    assert min(x - box.width / 2 for box, (x, _) in zip(boxes, found, strict=True)) >= -0.1


def test_what_is_tied_lies_nearer() -> None:
    """Two groups that nothing joins, each tied within."""
    boxes = tuple(Box(60, 26) for _ in range(8))
    found = places(boxes, ((0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)))
    tied = [dist(found[a], found[a + 1]) for a in (0, 1, 2, 4, 5, 6)]
    apart = [dist(found[a], found[b]) for a in range(4) for b in range(4, 8)]
    assert sum(tied) / len(tied) < sum(apart) / len(apart) / 2


def test_sixty_actors_get_a_place_each() -> None:
    """All labels of a crowded drawing are free, whatever their names."""
    ties = [tie(f"Actor number {n}", f"Actor number {(n * 7 + 1) % 60}") for n in range(60)]
    drawing = draw([one for one in ties if one.actor != one.target])
    for one, other in combinations(drawing.nodes, 2):
        apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart_x or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert all(node.x >= 0 and node.x + node.width <= drawing.width for node in drawing.nodes)


def test_there_and_back_are_two_lines() -> None:
    """Two relations in one direction are one."""
    drawing = draw([tie("Faro", "Lima"), tie("Lima", "Faro"), tie("Faro", "Lima", relation="addresses")])
    there, back = drawing.arrows
    assert there.path != back.path and there.at != back.at
    assert there.title == "Faro → Lima: speaks of (1 statement), addresses (1 statement)"


def test_words_on_arrows_are_free_too() -> None:
    """Of names, and of each other; and they lie on their arrow."""
    states = ["Arland", "Borland", "Corland", "Dorland"]
    ties = [
        replace(tie(one, other, relation="recognizes"), position=f"p_{one}{other}", status="denied")
        for one in states
        for other in states
        if one != other
    ]
    drawing = draw(ties)
    boxes = [(node.x, node.y, node.width, node.height) for node in drawing.nodes]
    for arrow in drawing.arrows:
        assert arrow.words == "recognizes (denied)"
        width = len(arrow.words) * 6.0
        boxes.append((arrow.at[0] - width / 2, arrow.at[1] - 7, width, 14))
    for (x, y, w, h), (u, v, width, height) in combinations(boxes, 2):
        assert x + w <= u or u + width <= x or y + h <= v or v + height <= y


def test_the_strongest_are_drawn() -> None:
    """The centre always is, with those it is tied to before others."""
    ties = [tie("Faro", "Lima", 9), tie("Lima", "Soto", 5), tie("Rybin", "Soto", 1), tie("Rybin", "Faro", 1)]
    assert chosen(ties, 2) == ties[:1]
    around = chosen(ties, 3, "a_Rybin")
    assert {"a_Rybin"} <= {id for one in around for id in (one.actor_id, one.target_id)}
    assert [(one.actor, one.target) for one in around] == [("Rybin", "Soto"), ("Rybin", "Faro")]
