"""The drawing of the network: where actors stand, and the lines between them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.store import TieRow

Point = tuple[float, float]
_STEP = 110.0  # distance of two boxes that are tied, in the units of the boxes
_ROUNDS = 60  # of majorisation; places hardly move after some forty
_WIDER = 1.5  # labels are wide, so places lie further apart sideways
_GAP = (20.0, 18.0)  # kept free between boxes
_PUSHES = 400


@dataclass(frozen=True, slots=True)
class Box:
    """A label to be placed: its width and height."""

    width: float
    height: float


@lru_cache(maxsize=64)
def places(boxes: tuple[Box, ...], ties: tuple[tuple[int, int], ...]) -> tuple[Point, ...]:
    """The middle of each box.

    Args:
        boxes: their sizes.
        ties: pairs of numbers of boxes, in any direction; the same pair may stand there twice.

    Returns:
        Points with no coordinate under zero less half a box; no two boxes overlap.
    """
    if not boxes:
        return ()
    points = _pushed(boxes, [(x * _WIDER, y) for x, y in _spread(len(boxes), _steps(len(boxes), ties))])
    left = min(x - box.width / 2 for (x, _), box in zip(points, boxes, strict=True))
    top = min(y - box.height / 2 for (_, y), box in zip(points, boxes, strict=True))
    return tuple((round(x - left, 1), round(y - top, 1)) for x, y in points)


def _steps(count: int, ties: Sequence[tuple[int, int]]) -> list[list[float]]:
    """How many ties lie between each two; what no ties join is a little further apart than anything else."""
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    found = [[math.inf] * count for _ in range(count)]
    for start in range(count):
        row = found[start]
        row[start] = 0
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            for other in sorted(near[at]):
                if row[other] == math.inf:
                    row[other] = row[at] + 1
                    waiting.append(other)
    longest = max((steps for row in found for steps in row if steps < math.inf), default=0)
    apart = min(longest, 3.0) + 1.0
    return [[steps if steps < math.inf else apart for steps in row] for row in found]


def _spread(count: int, steps: Sequence[Sequence[float]]) -> list[Point]:
    """Places whose distances are to those in ``steps`` as near as may be, nearer ones counting more."""
    radius = _STEP * math.sqrt(count)
    turn = 2 * math.pi / count
    xs = [radius * math.cos(turn * number) for number in range(count)]
    ys = [radius * math.sin(turn * number) for number in range(count)]
    wanted = [
        [(other, far * _STEP, far**-2.0) for other, far in enumerate(row) if other != number]
        for number, row in enumerate(steps)
    ]
    for _ in range(_ROUNDS if count > 1 else 0):
        for number, others in enumerate(wanted):
            x, y = xs[number], ys[number]
            sum_x = sum_y = total = 0.0
            for other, distance, weight in others:
                dx, dy = x - xs[other], y - ys[other]
                ratio = distance / (math.sqrt(dx * dx + dy * dy) or 1.0)
                sum_x += weight * (xs[other] + dx * ratio)
                sum_y += weight * (ys[other] + dy * ratio)
                total += weight
            xs[number], ys[number] = sum_x / total, sum_y / total
    return list(zip(xs, ys, strict=True))


def _pushed(boxes: Sequence[Box], points: Sequence[Point]) -> list[Point]:
    """``points`` with boxes that overlap moved apart, each by half, along the shorter way."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(_PUSHES):
        moved = False
        for i, one in enumerate(boxes):
            for j in range(i):
                other = boxes[j]
                over_x = (one.width + other.width) / 2 + _GAP[0] - abs(xs[i] - xs[j])
                over_y = (one.height + other.height) / 2 + _GAP[1] - abs(ys[i] - ys[j])
                if over_x <= 0.01 or over_y <= 0.01:
                    continue
                moved = True
                axis, by = (xs, over_x) if over_x < over_y else (ys, over_y)
                way = 1 if axis[i] >= axis[j] else -1
                axis[i] += way * by / 2
                axis[j] -= way * by / 2
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


_LETTER = 7.4  # width of a letter at the size of the names, generously
_SMALL = 6.2  # and of the words on arrows
_HEIGHT = 26.0
_LOW = 14.0  # height of words
_PADDING = 20.0
_MARGIN = 14.0
_LONGEST = 26  # letters of a name
_MOST_WORDS = 2  # positions that are told on one arrow
_BEND = 5.0  # how far an arrow leaves the straight line
_BACK = 16.0  # and where there is one back, so that they are two lines
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
    """All that ties one actor to another, and the line for it.

    ``relation``: the kind of line: position before speaks_of before addresses. ``words``: of positions, and
    ``at`` where their middle is. ``path`` is one of SVG.
    """

    ties: tuple[TieRow, ...]
    relation: str
    path: str
    width: float
    words: str
    at: Point
    against: bool

    @property
    def title(self) -> str:
        """What the arrow stands for."""
        first = self.ties[0]
        told = ", ".join(f"{relation_words(one)} ({_counted(one)})" for one in self.ties)
        return f"{first.actor} → {first.target}: {told}"


@dataclass(frozen=True, slots=True)
class NetworkDrawing:
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


def draw(ties: Sequence[TieRow]) -> NetworkDrawing:
    """The network of these ties: every actor in it has one."""
    names = {one.actor_id: (one.actor, one.actor_kind) for one in ties}
    names |= {one.target_id: (one.target, one.target_kind) for one in ties}
    order = sorted(names, key=lambda id: (names[id][0], id))
    number = {id: at for at, id in enumerate(order)}
    bundles: dict[tuple[str, str], list[TieRow]] = defaultdict(list)
    for one in ties:
        bundles[one.actor_id, one.target_id].append(one)
    told = [(ends, words) for ends, some in bundles.items() if (words := _words(some))]
    labels = [_label(names[id][0]) for id in order]
    boxes = [Box(len(label) * _LETTER + _PADDING, _HEIGHT) for label in labels]
    boxes += [Box(len(words) * _SMALL, _LOW) for _, words in told]
    # Words lie between the two they are about, each as near to them as these would be to each other.
    joins = [(number[one], number[other]) for one, other in bundles]
    joins += [(len(order) + at, number[end]) for at, (ends, _) in enumerate(told) for end in ends]
    middles = [(x + _MARGIN, y + _MARGIN) for x, y in places(tuple(boxes), tuple(joins))]
    nodes = [
        Node(id, names[id][0], label, names[id][1], *_corner(at, box), box.width, box.height)
        for id, label, box, at in zip(order, labels, boxes, middles, strict=False)
    ]
    through = {ends: at for (ends, _), at in zip(told, middles[len(order) :], strict=True)}
    arrows = []
    for ends, some in bundles.items():
        start, end = (nodes[number[id]] for id in ends)
        by = through.get(ends) or _bent(start, end, _BACK if ends[::-1] in bundles else _BEND)
        arrows.append(_arrow(some, start, end, by))
    right = max((x + box.width / 2 for (x, _), box in zip(middles, boxes, strict=True)), default=0.0)
    low = max((y + box.height / 2 for (_, y), box in zip(middles, boxes, strict=True)), default=0.0)
    return NetworkDrawing(round(right + _MARGIN), round(low + _MARGIN), tuple(nodes), tuple(arrows))


def relation_words(tie: TieRow) -> str:
    """What ties them, as in "X ... Y"; of a position also if it is only denied, claimed or planned."""
    words = tie.relation.replace("_", " ")
    return words if tie.status in (None, "asserted") else f"{words} ({tie.status})"


def _counted(tie: TieRow) -> str:
    noun = "place" if tie.position else "statement"
    return f"{tie.count} {noun}{'' if tie.count == 1 else 's'}"


def _words(ties: Sequence[TieRow]) -> str:
    told = [relation_words(one) for one in ties if one.position]
    more = f" +{len(told) - _MOST_WORDS}" if len(told) > _MOST_WORDS else ""
    return ", ".join(told[:_MOST_WORDS]) + more


def _label(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _corner(middle: Point, box: Box) -> Point:
    return round(middle[0] - box.width / 2, 1), round(middle[1] - box.height / 2, 1)


def _bent(one: Node, other: Node, bend: float) -> Point:
    """The middle of a bent line: to the left as one goes, so that the way back bends to the other side."""
    (x1, y1), (x2, y2) = one.middle, other.middle
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    return (x1 + x2) / 2 + (y2 - y1) / length * bend, (y1 + y2) / 2 - (x2 - x1) / length * bend


def _arrow(ties: Sequence[TieRow], one: Node, other: Node, at: Point) -> Arrow:
    """A line from box to box through ``at``."""
    (x1, y1), (x2, y2) = one.middle, other.middle
    by = (2 * at[0] - (x1 + x2) / 2, 2 * at[1] - (y1 + y2) / 2)
    start, end = _border(one, by), _border(other, by)
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{by[0]:.1f} {by[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    kinds = {"position" if one.position else one.relation for one in ties}
    relation = next(kind for kind in ("position", "speaks_of", "addresses") if kind in kinds)
    width = _WIDTHS[sum(sum(one.count for one in ties) > most for most in _COUNTS)]
    middle = ((start[0] + 2 * by[0] + end[0]) / 4, (start[1] + 2 * by[1] + end[1]) / 4)
    words = _words(ties)
    against = any(one.position and one.relation in AGAINST for one in ties)
    at = at if words else middle
    return Arrow(tuple(ties), relation, path, width, words, (round(at[0], 1), round(at[1], 1)), against)


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
