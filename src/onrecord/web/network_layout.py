"""Places for labelled boxes that are tied to each other: what is tied lies near, and no box on another.

    steps between boxes along ties -> a distance for each pair -> places that keep these distances best
    (stress, by majorisation, from a circle) -> boxes that overlap pushed apart

No chance is in it and only plain arithmetic, so that the same ties make the same picture on any machine.
How long it takes stands in docs/decisions/network.md.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
