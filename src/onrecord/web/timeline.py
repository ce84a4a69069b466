"""Where things stand in a drawing of time: scale, ticks, stretches, bars with soft ends, rows in a lane.

Pure geometry, so that it can be tried on any range from a minute to thousands of years. Across, places are
percent of the drawing's width, so that it fits every screen while its letters keep their size. Moments are
seconds since the year 1 began, which reach further than the seconds of any other clock.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from onrecord.store.listing.periods import Binned, Extent, Steps, Unit

DAY = 86_400
MINUTE = 60
LEAST_WIDTH = 0.8  # percent: what is thinner cannot be seen, nor hit
POINT_WIDTH = 1.6  # percent: a day that is thinner is drawn as a point
_MOST = 0.6  # of what has a date: a drawing that leaves more than the rest outside shows too little
_GAP = 0.25  # percent between bars in one row
_LAST = 3_652_059 * DAY  # where the year 9999 ends
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LENGTHS = {"minute": MINUTE, "hour": 3_600, "day": DAY, "month": 30.44 * DAY, "year": 365.25 * DAY}
_TICKS = (
    *(("minute", n) for n in (1, 2, 5, 10, 15, 30)),
    *(("hour", n) for n in (1, 2, 3, 6, 12)),
    *(("day", n) for n in (1, 2, 7)),
    *(("month", n) for n in (1, 3, 6)),
    *(("year", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)),
)
_STRETCHES: tuple[tuple[Unit, int], ...] = (
    *(("day", n) for n in (1, 7)),
    *(("month", n) for n in (1, 3)),
    *(("year", n) for n in (1, 2, 5, 10, 25, 100)),
)

End = Literal["sharp", "soft", "open", "cut"]
"""How a bar ends. sharp: there; soft: it may have been anywhere up to there; open: no bound is known; cut: it
goes on outside the drawing."""


@dataclass(frozen=True, slots=True)
class TimelineWindow:
    """The time that is drawn: from ``start`` to before ``end``, in seconds since the year 1 began."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Raises ValueError for a window that is no longer than nothing."""
        if not 0 <= self.start < self.end <= _LAST:
            raise ValueError(f"no stretch of time: {self.start} to {self.end}")

    @property
    def length(self) -> int:
        """Seconds."""
        return self.end - self.start

    @property
    def since(self) -> str:
        """Its first day."""
        return _day(self.start)

    @property
    def until(self) -> str:
        """Its last day."""
        return _day(self.end - 1)

    def x(self, moment: float) -> float:
        """Where a moment stands, in percent; what lies outside stands at the edge."""
        return min(max((moment - self.start) / self.length, 0.0), 1.0) * 100


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis at ``x`` percent: what it is called, what stands below that where it is new, and the
    days to which a click leads, where a tick stands for days."""

    x: float
    label: str
    below: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One time that is known more or less exactly: from ``x``, ``width`` wide, in percent.

    ``middle``: of that time, whatever had to be added to its width. ``point``: a day, drawn there as a point.
    """

    x: float
    width: float
    middle: float
    left: End
    right: End
    point: bool = False

    @property
    def ends(self) -> str:
        """Names the way it fades: "soft-open"."""
        return f"{self.left}-{self.right}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a histogram, from the day ``since`` to the day ``until``: ``surely`` so many lie within,
    ``perhaps`` so many, these among them."""

    x: float
    width: float
    since: str
    until: str
    surely: int
    perhaps: int


def moment(text: str | None, *, last: bool = False) -> int | None:
    """Seconds of an ISO 8601 day or moment; of a day its end with ``last``. None if it is none.

    >>> moment("0001-01-02"), moment("0001-01-02", last=True), moment("0001-01-01T01:00:00Z"), moment("soon")
    (86400, 172800, 3600, None)
    """
    try:
        read = datetime.fromisoformat(text or "")
        if read.tzinfo is not None:
            read = read.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    seconds = (read - datetime.min) // timedelta(seconds=1)
    return seconds + (DAY if last and len(text or "") == 10 else 0)


def days(first: str, last: str) -> TimelineWindow | None:
    """From the beginning of one day to the end of another; None if the second lies before the first."""
    start, end = moment(first[:10]), moment(last[:10], last=True)
    return TimelineWindow(start, end) if start is not None and end is not None and start < end else None


def window_of(extent: Extent) -> TimelineWindow | None:
    """The time to draw where none is asked for: all that has a date, if that does not press most of it
    together; else where most of it lies. None if nothing has a date."""
    kinds = [(extent.first, extent.last)]
    if extent.short >= _MOST * extent.dated:
        kinds[:0] = [(extent.most_first, extent.most_last), (extent.short_first, extent.short_last)]
    found: TimelineWindow | None = None
    for first, last in kinds:
        wider = days(first, last) if first and last else None
        if wider and (found is None or wider.length <= 1.6 * found.length + 7 * DAY):
            found = wider
    return found and _padded(found)


def zoomed(window: TimelineWindow, factor: float) -> TimelineWindow:
    """Around the same middle, ``factor`` times as long, in whole days and at least one."""
    length = max(1, round(window.length / DAY * factor))
    middle = (window.start + window.end) / 2 / DAY
    return _in_days(round(middle - length / 2), length)


def shifted(window: TimelineWindow, share: float) -> TimelineWindow:
    """Moved by a share of its length, at least a day, in whole days."""
    length = -(-window.end // DAY) - window.start // DAY
    by = round(length * share) or (1 if share > 0 else -1)
    return _in_days(window.start // DAY + by, length)


def ticks(window: TimelineWindow, most: int = 10) -> list[Tick]:
    """Marks of the axis at round times, at most ``most`` (six or more), from left to right."""
    unit, step = next(
        ((unit, step) for unit, step in _TICKS if window.length / (_LENGTHS[unit] * step) <= most - 1),
        _TICKS[-1],
    )
    made: list[Tick] = []
    above = None
    for at in _round_times(window, unit, step):
        label, below = _called(at, unit)
        end = _after(at, unit, step) if unit in ("day", "month", "year") else None
        span = end and days(at.date().isoformat(), (end - timedelta(days=1)).date().isoformat())
        since, until = (span.since, span.until) if span else (None, None)
        made.append(Tick(window.x(_seconds(at)), label, below if below != above else "", since, until))
        above = below
    return made


def bar(window: TimelineWindow, earliest: str | None, latest: str | None, precision: str | None) -> Bar:
    """How a time is drawn: it fills all of the window in which it can have been, and never less.

    Args:
        window: what is drawn.
        earliest: first moment, ISO 8601; None: no bound is known.
        latest: last moment; likewise.
        precision: as in the record: a day or something finer has sharp ends.
    """
    start, end = moment(earliest), moment(latest, last=True)
    sharp: End = "sharp" if precision in ("day", "hour", "minute", "second") else "soft"
    left: End = "open" if start is None else "cut" if start < window.start else sharp
    right: End = "open" if end is None else "cut" if end > window.end else sharp
    begin = 0.0 if start is None else window.x(start)
    finish = max(100.0 if end is None else window.x(end), begin)
    point = left == right == "sharp" and finish - begin < POINT_WIDTH
    x = min(begin, 100.0 - LEAST_WIDTH)  # not moved otherwise: what begins later stands further right
    width = min(max(finish - x, LEAST_WIDTH), 100.0 - x)
    return Bar(x, width, (begin + finish) / 2, left, right, point)


def rows(bars: Sequence[Bar]) -> list[int]:
    """In which row of its lane each bar goes, from 0, so that no two of a row touch.

    ``bars`` come in order of their left ends; each goes to the highest row that is free again.
    """
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    placed = []
    for one in bars:
        while busy and busy[0][0] <= one.x:
            heapq.heappush(free, heapq.heappop(busy)[1])
        row = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (one.x + one.width + _GAP, row))
        placed.append(row)
    return placed


def steps(window: TimelineWindow, most: int = 90) -> Steps:
    """The stretches of a histogram: days, weeks, months ... so that ``most`` of them cover the window."""
    for unit, step in _STRETCHES:
        found = _steps(window, unit, step)
        if found.number <= most:
            break
    return found


def stretches(window: TimelineWindow, by: Steps, found: Sequence[Binned]) -> list[Stretch]:
    """The stretches ``by`` with how many of ``found`` lie in each, surely and perhaps."""
    surely, change = [0] * by.number, [0] * (by.number + 1)
    for one in found:
        if one.first == one.last and 0 <= one.first < by.number:
            surely[one.first] += one.number
        change[min(max(one.first, 0), by.number)] += one.number
        change[min(max(one.last + 1, 0), by.number)] -= one.number
    made, perhaps = [], 0
    for n, at in enumerate(_edges(by)):
        perhaps += change[n]
        begin, end = window.x(moment(at.since) or 0), window.x(moment(at.until, last=True) or 0)
        made.append(replace(at, x=begin, width=end - begin, surely=surely[n], perhaps=perhaps))
    return made


def within(by: Steps, found: Sequence[Binned]) -> int:
    """How many of ``found`` may lie in the stretches."""
    return sum(one.number for one in found if one.last >= 0 and one.first < by.number)


def in_words(day: str) -> str:
    """A day as people write it.

    >>> in_words("2023-03-06")
    '6 Mar 2023'
    """
    read = date.fromisoformat(day)
    return f"{read.day} {_MONTHS[read.month - 1]} {read.year}"


def _padded(window: TimelineWindow) -> TimelineWindow:
    """A little wider, so that nothing sticks to the edge."""
    by = window.length // DAY // 40 + 1
    return _in_days(window.start // DAY - by, window.length // DAY + 2 * by)


def _in_days(first: int, length: int) -> TimelineWindow:
    """``length`` days from the day ``first``, pushed into the years 1 to 9999."""
    length = min(length, _LAST // DAY)
    first = min(max(first, 0), _LAST // DAY - length)
    return TimelineWindow(first * DAY, (first + length) * DAY)


def _seconds(at: datetime) -> int:
    return (at - datetime.min) // timedelta(seconds=1)


def _day(seconds: int) -> str:
    return date.fromordinal(seconds // DAY + 1).isoformat()


def _round_times(window: TimelineWindow, unit: str, step: int) -> Iterator[datetime]:
    """The times in the window at which a unit begins whose number ``step`` divides."""
    at: datetime | None = _begin(datetime.min + timedelta(seconds=window.start), unit, step)
    while at is not None and _seconds(at) < window.end:
        if _seconds(at) >= window.start:
            yield at
        at = _after(at, unit, step)


def _begin(at: datetime, unit: str, step: int) -> datetime:
    """The last round time up to ``at``."""
    if unit == "year":
        return datetime(max(at.year - at.year % step, 1), 1, 1)
    if unit == "month":
        return datetime(at.year, at.month - (at.month - 1) % step, 1)
    length = int(_LENGTHS[unit]) * step
    return datetime.min + timedelta(seconds=_seconds(at) // length * length)


def _after(at: datetime, unit: str, step: int) -> datetime | None:
    """The next round time; None where the calendar ends."""
    try:
        if unit == "year":
            return datetime(at.year - at.year % step + step, 1, 1)
        if unit == "month":
            months = at.year * 12 + at.month - 1 + step
            return datetime(months // 12, months % 12 + 1, 1)
        return at + timedelta(seconds=int(_LENGTHS[unit]) * step)
    except (ValueError, OverflowError):
        return None


def _called(at: datetime, unit: str) -> tuple[str, str]:
    if unit == "year":
        return str(at.year), ""
    if unit == "month":
        return _MONTHS[at.month - 1], str(at.year)
    day = f"{at.day} {_MONTHS[at.month - 1]}"
    return (day, str(at.year)) if unit == "day" else (f"{at:%H:%M}", f"{day} {at.year}")


def _steps(window: TimelineWindow, unit: Unit, step: int) -> Steps:
    first = _begin(datetime.min + timedelta(seconds=window.start), unit, step)
    end = datetime.min + timedelta(seconds=window.end - 1)
    if unit == "day":
        number = ((end - first).days // step) + 1
    elif unit == "month":
        number = (end.year * 12 + end.month - first.year * 12 - first.month) // step + 1
    else:
        number = (end.year - first.year) // step + 1
    return Steps(unit, step, first.date().isoformat(), number)


def _edges(by: Steps) -> Iterator[Stretch]:
    at: datetime | None = datetime.fromisoformat(by.start)
    for _ in range(by.number):
        if at is None:
            return
        end = _following(at, by)
        until = (end - timedelta(days=1)) if end else datetime.max
        yield Stretch(0.0, 0.0, at.date().isoformat(), until.date().isoformat(), 0, 0)
        at = end


def _following(at: datetime, by: Steps) -> datetime | None:
    """As ``_after``, but counted from where the stretches begin: those of years may begin at year 1."""
    if by.unit != "year":
        return _after(at, by.unit, by.step)
    try:
        return at.replace(year=at.year + by.step)
    except ValueError:
        return None
