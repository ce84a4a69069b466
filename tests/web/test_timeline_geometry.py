"""Where things stand in a drawing of time, for any stretch of time from a minute to thousands of years."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.listing.periods import Binned, Extent
from onrecord.web import timeline as time
from onrecord.web.timeline import DAY, TimelineWindow, bar, moment, rows, steps, stretches, ticks, within

LAST = 3_652_059 * DAY
YEARS_300 = 300 * 366 * DAY


@st.composite
def windows(draw: st.DrawFn, longest: int = YEARS_300) -> TimelineWindow:
    """Any time from a minute long to 300 years."""
    start = draw(st.integers(0, LAST - 60))
    return TimelineWindow(start, min(LAST, start + draw(st.integers(60, longest))))


@st.composite
def spans_of_days(draw: st.DrawFn, window: TimelineWindow) -> tuple[str, str]:
    """Two days in order, in or about a window."""
    middle = (window.start + window.end) // 2 // DAY
    reach = window.length // DAY + 3
    first, last = sorted(draw(st.integers(-reach, reach)) + middle for _ in range(2))
    clipped = [date.fromordinal(min(max(one + 1, 1), LAST // DAY)) for one in (first, last)]
    return clipped[0].isoformat(), clipped[1].isoformat()


PRECISIONS = st.sampled_from(["day", "month", "year", "interval", None])


@given(st.data())
def test_bars_lie_within_and_are_never_shorter_than_what_they_tell(data: st.DataObject) -> None:
    window = data.draw(windows())
    earliest, latest = data.draw(spans_of_days(window))
    open_left, open_right = data.draw(st.booleans()), data.draw(st.booleans())
    precision = data.draw(PRECISIONS)
    one = bar(window, None if open_left else earliest, None if open_right else latest, precision)
    assert one.x >= 0 and one.x + one.width <= 100 + 1e-9
    assert one.width >= time.LEAST_WIDTH - 1e-9
    assert 0 <= one.middle <= 100
    begin = 0 if open_left else window.x(moment(earliest) or 0)
    finish = 100 if open_right else window.x(moment(latest, last=True) or 0)
    assert one.width >= finish - begin - 1e-6
    assert one.x <= begin + 1e-9 and one.x + one.width >= finish - 1e-6
    assert (one.left == "open") == open_left and (one.right == "open") == open_right
    if one.point:
        assert precision == "day" and one.ends == "sharp-sharp"


@given(st.data())
def test_what_is_later_stands_further_right(data: st.DataObject) -> None:
    window = data.draw(windows())
    days = [data.draw(spans_of_days(window)) for _ in range(6)]
    placed = [bar(window, *one, "interval") for one in sorted(days)]
    assert [one.x for one in placed] == sorted(one.x for one in placed)
    ends = [bar(window, first, first, "day").middle for first, _ in sorted(days)]
    assert ends == sorted(ends)


@given(windows(LAST), st.integers(6, 14))
def test_ticks_rise_and_are_neither_too_many_nor_none(window: TimelineWindow, most: int) -> None:
    found = ticks(window, most)
    assert len(found) <= most
    assert all(0 <= one.x < 100 for one in found)
    assert all(before.x < after.x for before, after in pairwise(found))
    for one in found:
        assert (one.since is None) == (one.until is None)
        assert one.since is None or one.since <= (one.until or "")
    if window.length >= 3 * 60:
        assert found


@given(windows())
def test_ticks_of_days_lead_to_days_without_a_gap(window: TimelineWindow) -> None:
    found = [one for one in ticks(window) if one.since is not None]
    for before, after in pairwise(found):
        assert date.fromisoformat(before.until or "") + timedelta(days=1) == date.fromisoformat(
            after.since or ""
        )


@given(st.data())
def test_bars_of_a_row_do_not_overlap(data: st.DataObject) -> None:
    window = data.draw(windows())
    bars = sorted(
        (bar(window, *data.draw(spans_of_days(window)), "interval") for _ in range(data.draw(st.integers(0, 12)))),
        key=lambda one: one.x,
    )
    placed = rows(bars)
    for n, one in enumerate(bars):
        for m in range(n):
            if placed[m] == placed[n]:
                assert bars[m].x + bars[m].width <= one.x
    assert sorted(set(placed)) == list(range(len(set(placed))))


@given(windows(LAST), st.integers(20, 120))
def test_stretches_cover_the_window_without_a_gap(window: TimelineWindow, most: int) -> None:
    by = steps(window, most)
    found = stretches(window, by, [])
    assert 1 <= len(found) == by.number <= max(most, 101)
    assert found[0].since <= window.since and found[-1].until >= window.until
    for before, after in pairwise(found):
        assert date.fromisoformat(before.until) + timedelta(days=1) == date.fromisoformat(after.since)
    assert sum(one.width for one in found) == pytest.approx(100)


@given(st.lists(st.tuples(st.integers(-1, 30), st.integers(-1, 30), st.integers(1, 9)), max_size=20))
def test_stretches_count_what_lies_in_them_surely_and_perhaps(found: list[tuple[int, int, int]]) -> None:
    window = time.days("2024-02-01", "2024-03-01")
    assert window is not None
    by = steps(window)
    assert (by.unit, by.step, by.number) == ("day", 1, 30)
    binned = [Binned(None, min(a, b), max(a, b), number) for a, b, number in found]
    for n, one in enumerate(stretches(window, by, binned)):
        assert one.surely == sum(b.number for b in binned if b.first == b.last == n)
        assert one.perhaps == sum(b.number for b in binned if b.first <= n <= b.last)
    assert within(by, binned) == sum(b.number for b in binned if b.last >= 0 and b.first < 30)


@given(windows(LAST), st.sampled_from([0.25, 0.5, 2, 4]))
def test_zooming_keeps_the_middle_and_whole_days(window: TimelineWindow, factor: float) -> None:
    found = time.zoomed(window, factor)
    assert found.start % DAY == 0 and found.end % DAY == 0
    assert 0 <= found.start < found.end <= LAST
    if DAY * 8 < window.length < LAST // 8 and LAST // 4 < window.start < LAST // 2:
        assert abs((found.start + found.end) - (window.start + window.end)) <= 2 * DAY
        assert found.length == pytest.approx(window.length * factor, abs=DAY)


@given(windows(LAST), st.sampled_from([-0.5, 0.5]))
def test_moving_goes_that_way_until_the_calendar_ends(window: TimelineWindow, share: float) -> None:
    found = time.shifted(window, share)
    assert found.start % DAY == 0 and 0 <= found.start < found.end <= LAST
    if window.start > DAY and window.end < LAST - 2 * window.length - 2 * DAY and window.start > window.length:
        assert (found.start > window.start) == (share > 0)


CASES = [
    ("all of one week", Extent(9, 9, 9, "2024-05-01", "2024-05-08", "2024-05-01", "2024-05-08", "2024-05-02",
                               "2024-05-07"), "2024-05-01", "2024-05-08"),
    ("one far off", Extent(99, 99, 98, "1999-01-01", "2024-05-08", "1999-01-01", "2024-05-08", "2024-05-01",
                           "2024-05-08"), "2024-05-01", "2024-05-08"),
    ("mostly known to years only", Extent(9, 9, 2, "2018-01-01", "2024-05-08", "2024-05-01", "2024-05-08",
                                          "2024-05-01", "2024-05-08"), "2018-01-01", "2024-05-08"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "extent", "first", "last"), CASES, ids=[one[0] for one in CASES])
def test_the_time_drawn_first_is_where_most_lies(label: str, extent: Extent, first: str, last: str) -> None:
    found = time.window_of(extent)
    wanted = time.days(first, last)
    assert found is not None and wanted is not None
    assert found.start < wanted.start and wanted.end < found.end
    assert found.length <= wanted.length * 1.06 + 4 * DAY


def test_nothing_with_a_date_is_no_time() -> None:
    assert time.window_of(Extent(3, 0, 0, None, None, None, None, None, None)) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-05-01T02:00:00+02:00", moment("2024-05-01")),
        ("2024-05-01T00:00:00Z", moment("2024-05-01")),
        ("0001-01-01T00:00:00+14:00", None),
        ("10000-01-01", None),
        ("", None),
        (None, None),
    ],
)
def test_moments(text: str | None, seconds: int | None) -> None:
    assert moment(text) == seconds


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, LAST + 1)])
def test_no_stretch_of_time_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no stretch of time"):
        TimelineWindow(start, end)
