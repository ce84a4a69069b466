"""The drawing of a timeline: lanes from top to bottom, and in each what stands in it; and two wordings of
one quotation, laid along one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.linking.wording import QuotedWord, along, words
from onrecord.store.listing.periods import Binned, LaneCount, LaneKind, Steps
from onrecord.store.schema.rows import StatementRow
from onrecord.web.timeline import Bar, Stretch, Tick, TimelineWindow, bar, rows, stretches, ticks, within


@dataclass(frozen=True, slots=True)
class WordingPair:
    """A stretch of both wordings: the same words (``kind`` is empty), or others; one of them may be empty."""

    here: str
    there: str
    kind: str


def aligned(here: str, there: str) -> tuple[WordingPair, ...]:
    """Both wordings, whole: put together again the pieces give each.

    >>> [(one.here, one.there, one.kind) for one in aligned("We will go", "We must go")]
    [('We ', 'We ', ''), ('will ', 'must ', 'changed'), ('go', 'go', '')]
    """
    a, b = words(here), words(there)
    found = (
        WordingPair(_cut(here, a, *mine), _cut(there, b, *theirs), "" if kind == "same" else kind)
        for kind, mine, theirs in along(here, there)
    )
    return tuple(one for one in found if one.here or one.there)


def _cut(text: str, some: tuple[QuotedWord, ...], start: int, end: int) -> str:
    """The words from ``start`` to ``end`` with what stands behind them; before the first, too."""
    if start == end and not (start == 0 and end == len(some)):
        return ""
    first = 0 if start == 0 else some[start].span[0]
    return text[first : some[end].span[0] if end < len(some) else len(text)]


AXIS = 36  # pixels that the axis takes at the top
_HEAD = 20  # of a lane's name
_FOOT = 8  # between lanes
_PLOT = 44  # of a lane of a histogram; a lone one has more
_LONE_PLOT = 110
_TALLEST = 3  # times the tallest column of what surely lies somewhere
# How many marks there are at most -> pixels from one row to the next.
_PITCHES = ((40, 14), (90, 10), (10**9, 8))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """One statement: where it stands, from the top of its lane's plot down to ``y``, and its row."""

    bar: Bar
    y: int
    row: StatementRow


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """One stretch of a histogram with its heights in pixels; a height is never 0 where there is anything.
    ``taller``: than the lane allows, so that it is cut at the top."""

    stretch: Stretch
    surely: int
    perhaps: int
    taller: bool


@dataclass(frozen=True, slots=True)
class Lane(Generic[T]):
    """One lane: ``key`` and ``name`` (None: the others), how many, where it begins, how high its plot is, and
    what stands there."""

    key: str | None
    name: str | None
    number: int
    y: int
    height: int
    parts: tuple[T, ...]

    @property
    def top(self) -> int:
        """Where the plot begins, below the name."""
        return self.y + (_HEAD if self.name is not None or self.key is not None else _FOOT)


@dataclass(frozen=True, slots=True)
class Drawing(Generic[T]):
    """All of it: the time drawn, its axis, the height in pixels, and the lanes."""

    window: TimelineWindow
    axis: tuple[Tick, ...]
    height: int
    pitch: int
    lanes: tuple[Lane[T], ...]


def of_marks(
    window: TimelineWindow, found: Sequence[StatementRow], top: Sequence[LaneCount], kind: LaneKind, by: str
) -> Drawing[DrawnMark]:
    """Statements one by one, in the lanes of ``top`` and one of all others."""
    pitch = next(pitch for up_to, pitch in _PITCHES if len(found) <= up_to)
    names = {one.key: one.name for one in top}
    groups: dict[str | None, list[StatementRow]] = {key: [] for key in (*names, None)}
    for row in found:
        groups[next((key for key in _KEYS[kind](row) if key in names), None)].append(row)
    lanes: list[Lane[DrawnMark]] = []
    y = AXIS
    for key, own in groups.items():
        if not own:
            continue
        bars = [(bar(window, *_time(row, by)), row) for row in own]
        bars.sort(key=lambda one: (one[0].x, -one[0].width))
        levels = rows([one for one, _ in bars])
        marks = tuple(
            DrawnMark(one, level * pitch, row) for (one, row), level in zip(bars, levels, strict=True)
        )
        name = _rest(kind, top) if key is None else names[key]
        made = Lane(key, name, len(own), y, (max(levels) + 1) * pitch, marks)
        lanes.append(made)
        y = made.top + made.height + _FOOT
    return Drawing(window, tuple(ticks(window)), y, pitch, tuple(lanes))


def of_counts(
    window: TimelineWindow,
    by: Steps,
    found: Sequence[Binned],
    top: Sequence[LaneCount],
    kind: LaneKind,
    *,
    height: int | None = None,
) -> Drawing[DrawnColumn]:
    """How many there are in each stretch, in the lanes of ``top`` and one of all others.

    Each lane has a scale of its own. What is not known exactly may lie in many stretches and would dwarf
    what is: columns that are much taller than those of what surely lies there are cut.
    ``height``: of the plot of each lane, pixels.
    """
    groups: list[tuple[str | None, str | None, list[Binned]]] = [
        (one.key, one.name, [binned for binned in found if binned.lane == one.key]) for one in top
    ]
    rest = [one for one in found if one.lane is None]
    groups.append((None, _rest(kind, top), rest))
    groups = [one for one in groups if one[2]]
    plot = height or (_LONE_PLOT if len(groups) == 1 else _PLOT)
    lanes: list[Lane[DrawnColumn]] = []
    y = AXIS
    for key, name, own in groups:
        parts = [one for one in stretches(window, by, own) if one.perhaps]
        number = within(by, own)
        made = Lane(key, name, number, y, plot, tuple(_columns(parts, plot)))
        lanes.append(made)
        y = made.top + plot + _FOOT
    return Drawing(window, tuple(ticks(window)), y, 0, tuple(lanes))


def _columns(parts: Sequence[Stretch], height: int) -> Iterator[DrawnColumn]:
    surely = max((one.surely for one in parts), default=0)
    most = max((one.perhaps for one in parts), default=1)
    if surely:
        most = min(most, _TALLEST * surely)
    for one in parts:
        yield DrawnColumn(
            one, _height(one.surely, most, height), _height(one.perhaps, most, height), one.perhaps > most
        )


def _height(number: int, most: int, height: int) -> int:
    return min(max(2, round(number / most * height)), height) if number else 0


def _time(row: StatementRow, by: str) -> tuple[str | None, str | None, str | None]:
    if by == "published":
        exact = row.published is not None and "/" not in row.published and len(row.published) >= 10
        return row.published_earliest, row.published_latest, "day" if exact else "interval"
    return row.said_earliest, row.said_latest, row.said_precision


def _rest(kind: LaneKind, top: Sequence[LaneCount]) -> str | None:
    """What the lane of all others is called."""
    if kind == "none":
        return None
    others = {"speaker": "speakers", "outlet": "outlets", "state": "states"}[kind]
    unknown = {"speaker": "nobody named", "outlet": "outlet not known", "state": "state not known"}[kind]
    return f"Other {others}, or {unknown}" if top else unknown.capitalize()


def _states(row: StatementRow) -> Sequence[str]:
    return (row.speaker_state or "").split("; ")[:1]


_KEYS: Mapping[LaneKind, Callable[[StatementRow], Sequence[str]]] = {
    "speaker": lambda row: row.speaker_ids[:1],
    "outlet": lambda row: (row.outlet,) if row.outlet else (),
    "state": _states,
    "none": lambda _: (),
}
