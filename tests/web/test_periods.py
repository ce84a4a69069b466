"""Counting and paging in the database gives what the listing of all rows gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.store import Record, StatementRow, open_record
from onrecord.store.listing.filters import By
from onrecord.store.listing.periods import LaneKind, Steps
from onrecord.web import timeline as time
from onrecord.web.drawing import of_counts, of_marks


@pytest.fixture(scope="module")
def record(affair: Path) -> Iterator[Record]:
    """The example affair."""
    with open_record(affair) as opened:
        yield opened


def bounds(row: StatementRow, by: By) -> tuple[str, str] | None:
    """First and last day of a statement, if it has both."""
    first, last = (
        (row.said_earliest, row.said_latest)
        if by == "said"
        else (row.published_earliest, row.published_latest)
    )
    return (first[:10], last[:10]) if first and last else None


FILTERS = [
    {},
    {"by": "published"},
    {"polarity": "denies"},
    {"actor": "Maranek"},
    {"since": "2023-03-08", "until": "2023-03-10"},
    {"by": "published", "since": "2023-03"},
    {"all": True, "kind": "direct"},
]


@pytest.mark.parametrize("given", FILTERS, ids=str)
def test_extent_pages_and_outside(record: Record, given: dict[str, object]) -> None:
    found = record.periods(**given)  # type: ignore[arg-type]
    listed = list(found.listing())
    by: By = given.get("by", "said")  # type: ignore[assignment]
    order = "document" if by == "published" else "said"
    assert listed == list(record.statements(order=order, **given))  # type: ignore[arg-type]
    days = [one for one in (bounds(row, by) for row in listed) if one]
    extent = found.extent()
    assert (extent.total, extent.dated) == (len(listed), len(days))
    assert extent.first == min((one for one, _ in days), default=None)
    assert extent.last == max((one for _, one in days), default=None)
    assert [row for at in range(0, len(listed), 7) for row in found.listing().page(7, at)] == listed
    inside = found.among("2023-03-07", "2023-03-09")
    before, after = found.outside("2023-03-07", "2023-03-09")
    assert before + len(list(inside.listing())) + after == len(days)


@pytest.mark.parametrize("by", ["said", "published"])
def test_those_with_and_without_a_date_are_all(record: Record, by: By) -> None:
    everything = {one.id for one in record.periods(by=by).listing()}
    dated = {one.id for one in record.periods(by=by, dated=True).listing()}
    rest = {one.id for one in record.periods(by=by, dated=False).listing()}
    assert dated and rest and not dated & rest and dated | rest == everything
    undated = record.periods(by=by, since="2023-03-08").undated(9)
    assert sum(one.number for one in undated) == len(rest)
    folded = record.periods(by=by).undated(0)
    assert len(folded) <= 2 and sum(one.number for one in folded) == len(rest)


STEPS = [
    Steps("day", 1, "2023-03-01", 20),
    Steps("day", 7, "2023-02-27", 4),
    Steps("month", 1, "2023-01-01", 4),
    Steps("month", 3, "2022-10-01", 3),
    Steps("year", 5, "2020-01-01", 2),
]


@pytest.mark.parametrize("steps", STEPS, ids=str)
@pytest.mark.parametrize("by", ["said", "published"])
def test_each_stretch_has_those_that_may_lie_in_it(record: Record, steps: Steps, by: By) -> None:
    """A click on a column lists as many as the column says."""
    found = record.periods(by=by)
    days = [one for one in (bounds(row, by) for row in found.listing()) if one]
    window = time.days(steps.start, "2026-12-31")
    assert window is not None
    counted = found.binned(steps, "none", [])
    assert sum(one.number for one in counted) == len(days)
    for one in time.stretches(window, steps, counted):
        assert one.perhaps == sum(1 for a, b in days if a <= one.until and b >= one.since)
        assert one.surely == sum(1 for a, b in days if a >= one.since and b <= one.until)
        assert one.perhaps == record.statements(by=by, since=one.since, until=one.until).count()


@pytest.mark.parametrize("kind", ["speaker", "outlet", "state", "none"])
def test_lanes_hold_all(record: Record, kind: LaneKind) -> None:
    found = record.periods()
    top = found.lanes(kind, 3)
    assert [one.number for one in top] == sorted((one.number for one in top), reverse=True)
    steps = STEPS[0]
    counted = found.binned(steps, kind, [one.key for one in top])
    for lane in top:
        assert lane.number == sum(one.number for one in counted if one.lane == lane.key)
    window = time.days("2023-03-01", "2023-03-20")
    assert window is not None
    drawn = of_counts(window, steps, counted, top, kind)
    assert sum(lane.number for lane in drawn.lanes) == time.within(steps, counted)
    rows = list(found.among(window.since, window.until).listing())
    marked = of_marks(window, rows, top, kind, "said")
    assert Counter(mark.row.id for lane in marked.lanes for mark in lane.parts) == Counter(
        row.id for row in rows
    )
    if kind != "none":
        assert drawn.lanes[-1].key is None and marked.lanes[-1].key is None
    for drawing in (drawn, marked):
        tops = [lane.y for lane in drawing.lanes]
        assert tops == sorted(tops)
        assert all(lane.top + lane.height <= drawing.height for lane in drawing.lanes)


def test_speakers_stand_in_lanes_of_their_own(record: Record) -> None:
    found = record.periods()
    top = found.lanes("speaker", 2)
    names = {one.id: one.name for one in record.actors()}
    assert [one.name for one in top] == [names[one.key] for one in top]
    window = time.days("2023-02-01", "2023-04-01")
    assert window is not None
    drawn = of_marks(window, list(found.among(window.since, window.until).listing()), top, "speaker", "said")
    for lane in drawn.lanes:
        for mark in lane.parts:
            if lane.key is None:
                assert not {one.key for one in top} & set(mark.row.speaker_ids[:1])
            else:
                assert (lane.key,) == mark.row.speaker_ids[:1]
            assert 0 <= mark.y <= lane.height - drawn.pitch


def test_what_stands_out(record: Record) -> None:
    found = record.overview()
    assert found.stories() == record.stories().count()
    counted = {one.id: one for one in record.actors()}
    said = found.actors("said", 99)
    assert [one.number for one in said] == [counted[one.id].statements for one in said]
    named = found.actors("named", 5)
    assert [one.number for one in named] == [counted[one.id].mentions for one in named]
    assert found.name(said[0].id) == said[0].name and found.name("a_0") is None
    assert sum(one.reports for one in found.days()) == record.documents().count() == found.extent().total
    last = sorted({one.published or "" for one in record.documents(all=False)})[-3:]
    assert {row.published for row in found.latest()} == set(last)
