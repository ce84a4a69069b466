"""A network as numbers for SVG: boxes with names, and arrows from edge to edge of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import TieRow
from onrecord.web.network_layout import Box, Point, places

_LETTER = 7.4  # width of a letter at the size of the labels, generously
_HEIGHT = 26.0
_PADDING = 20.0
_MARGIN = 14.0
_LONGEST = 26  # letters of a name
_BEND = 5.0  # how far a tie leaves the straight line
_BACK = 16.0  # and where there is one back, so that they are two lines
_FANNED = 20.0  # and each further one between the same two
_WIDTHS = (1.4, 2.2, 3.2, 4.4)  # of lines, by how many statements
_COUNTS = (1, 3, 7)  # up to so many statements are drawn as wide
AGAINST = frozenset(["opposes", "sanctions", "denies"])


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, and its box by the upper left corner."""

    id: str
    name: str
    label: str
    kind: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A tie, and the line for it: ``path`` of SVG, its width, and where words on it go."""

    tie: TieRow
    path: str
    width: float
    at: Point
    against: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it; the size is that of the whole."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def chosen(ties: Sequence[TieRow], most: int, centre: str | None = None) -> list[TieRow]:
    """The ties between the ``most`` actors that have the most statements; around ``centre`` if it is given.

    ``ties``: strongest first. All ties between chosen actors are kept, in their order.
    """
    weights: dict[str, int] = defaultdict(int)
    for one in ties:
        if centre is None or centre in (one.actor_id, one.target_id):
            weights[one.actor_id] += one.count
            weights[one.target_id] += one.count
    first = sorted(weights, key=lambda id: (id != centre, -weights[id], id))[:most]
    kept = set(first)
    return [one for one in ties if one.actor_id in kept and one.target_id in kept]


def draw(ties: Sequence[TieRow]) -> Drawing:
    """The network of these ties: every actor in it has one."""
    names = {one.actor_id: (one.actor, one.actor_kind) for one in ties}
    names |= {one.target_id: (one.target, one.target_kind) for one in ties}
    order = sorted(names, key=lambda id: (names[id][0], id))
    labels = [_label(names[id][0]) for id in order]
    boxes = tuple(Box(len(label) * _LETTER + _PADDING, _HEIGHT) for label in labels)
    number = {id: at for at, id in enumerate(order)}
    middles = places(boxes, tuple((number[one.actor_id], number[one.target_id]) for one in ties))
    nodes = tuple(
        Node(
            id, names[id][0], label, names[id][1] or "organisation", round(x - box.width / 2 + _MARGIN, 1),
            round(y - box.height / 2 + _MARGIN, 1), box.width, box.height,
        )
        for id, label, box, (x, y) in zip(order, labels, boxes, middles, strict=True)
    )  # fmt: skip
    by_id = {node.id: node for node in nodes}
    pairs = {(one.actor_id, one.target_id) for one in ties}
    before: dict[tuple[str, str], int] = defaultdict(int)
    arrows = []
    for one in ties:
        ends = (one.actor_id, one.target_id)
        bend = (_BACK if ends[::-1] in pairs else _BEND) + _FANNED * before[ends]
        arrows.append(_arrow(one, by_id[ends[0]], by_id[ends[1]], bend))
        before[ends] += 1
    right = max((node.x + node.width for node in nodes), default=0.0)
    low = max((node.y + node.height for node in nodes), default=0.0)
    return Drawing(round(right + _MARGIN), round(low + _MARGIN), nodes, tuple(arrows))


def relation_words(tie: TieRow) -> str:
    """What ties them, as in "X ... Y".

    A position that is only denied, claimed or planned is told as that.
    """
    words = tie.relation.replace("_", " ")
    return words if tie.status in (None, "asserted") else f"{words} ({tie.status})"


def _label(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _arrow(tie: TieRow, one: Node, other: Node, bend: float) -> Arrow:
    (x1, y1), (x2, y2) = one.middle, other.middle
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    # To the left as one goes, so that the way back bends to the other side.
    over = ((y2 - y1) / length * bend * 2, -(x2 - x1) / length * bend * 2)
    by = ((x1 + x2) / 2 + over[0], (y1 + y2) / 2 + over[1])
    start, end = _border(one, by), _border(other, by)
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{by[0]:.1f} {by[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    at = ((start[0] + 2 * by[0] + end[0]) / 4, (start[1] + 2 * by[1] + end[1]) / 4)
    width = _WIDTHS[sum(tie.count > most for most in _COUNTS)]
    return Arrow(tie, path, width, (round(at[0], 1), round(at[1], 1)), tie.relation in AGAINST)


def _border(node: Node, towards: Point) -> Point:
    """Where the line from the middle of a box towards a point leaves the box."""
    x, y = node.middle
    dx, dy = towards[0] - x, towards[1] - y
    steps: list[float] = [1.0]
    if dx:
        steps.append(node.width / 2 / abs(dx))
    if dy:
        steps.append(node.height / 2 / abs(dy))
    return x + dx * min(steps), y + dy * min(steps)


