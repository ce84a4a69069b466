"""The timeline: statements by when they were said, drawn as exactly as that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onrecord.errors import UsageError
from onrecord.facts import state_name
from onrecord.store import Record
from onrecord.store.listing.filters import By, day
from onrecord.store.listing.periods import LaneCount, LaneKind, Periods, Undated
from onrecord.store.record import Filters
from onrecord.values import Polarity, StatementKind
from onrecord.web import timeline as time
from onrecord.web.ask import Ask, Page, View, chosen, paged
from onrecord.web.drawing import Drawing, DrawnColumn, DrawnMark, of_counts, of_marks
from onrecord.web.timeline import Bar, TimelineWindow

MARKS = 150
"""More statements than these are drawn as numbers."""

_LANES = 8
_MORE = ("state", "outlet", "via", "text", "story", "min_confidence", "kind", "polarity")
_GROUPS = 3  # of statements without a date, drawn by what bounds them
# Those the listing of this record knows.
_FILTERS = tuple(
    name
    for name in (
        *("actor", "state", "speaker", "outlet", "kind", "polarity", "via", "text", "story", "document"),
        *("min_confidence", "since", "until", "by", "all"),
    )
    if name in Filters.__annotations__
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a timeline is asked for."""

    by: By
    lanes: LaneKind
    dated: bool | None
    filters: dict[str, Any]


def timeline(record: Record, ask: Ask) -> Page:
    """Statements drawn by time, one by one or as numbers, and the same as a list.

    Raises UsageError for a filter that is none, and for an end before the beginning.
    """
    asked = _asked(ask)
    found = record.periods(dated=asked.dated, **asked.filters)
    extent = found.extent()
    window = _window(asked, time.window_of(extent))
    drawing = _drawn(found, extent.dated, window, asked) if window and extent.dated else None
    where = paged(ask, extent.total)
    undated = found.undated(_GROUPS)
    bands = [_band(window, one) for one in undated] if window else []
    tones = _tones(drawing)
    values = {
        "by": asked.by,
        "lanes": asked.lanes,
        "filters": [name for name in _FILTERS if name not in ("since", "until", "by")],
        "extent": extent,
        "window": window,
        "zoom": _zoom(window) if window else {},
        "outside": _outside(found, window, asked),
        "drawing": drawing,
        "marked": drawing is not None and drawing.pitch > 0,
        "fades": sorted(
            _fades(drawing)
            | {(f"soft-{end}", tone) for end in ("soft", "cut") for tone in tones}
            | {(one.ends, "asserts") for one, _ in bands}
        ),
        "tones": tones,
        "undated": sum(one.number for one in undated),
        "whose": _whose(record, asked),
        "bands": bands,
        "more": any(ask.get(name) for name in _MORE),
        "rows": list(iter(found.listing().page(where.per, where.offset))),
        "paged": where,
        "polarities": get_args(Polarity),
        "kinds": get_args(StatementKind),
        "lane_kinds": get_args(LaneKind),
        "lane_filter": {"speaker": "actor", "outlet": "outlet", "state": "state"}.get(asked.lanes),
        "in_words": time.in_words,
        "label": label,
        "tone": tone,
    }
    return Page(
        "timeline.html",
        "Timeline",
        values,
        rows=found.listing(),
        styles=("timeline.css",),
        scripts=("timeline.js",),
    )


def label(mark: DrawnMark, by: str) -> str:
    """What a mark tells to those who hear or point at it."""
    row = mark.row
    when = row.published if by == "published" else row.said
    return f"{when}: {row.speaker or row.speaker_text or 'nobody named'} {row.cue}: {row.content}"


def tone(polarity: Polarity) -> str:
    """Which of three looks a statement has."""
    return polarity if polarity in ("asserts", "denies") else "other"


def _tones(drawing: Drawing[DrawnMark] | Drawing[DrawnColumn] | None) -> list[str]:
    looks = {tone(one.row.polarity) for one in _marks(drawing)}
    return ["asserts", *sorted(looks - {"asserts"})]


def _fades(drawing: Drawing[DrawnMark] | Drawing[DrawnColumn] | None) -> set[tuple[str, str]]:
    """The ways in which bars fade that the drawing needs."""
    return {(one.bar.ends, tone(one.row.polarity)) for one in _marks(drawing) if not one.bar.point}


def _marks(drawing: Drawing[DrawnMark] | Drawing[DrawnColumn] | None) -> Iterator[DrawnMark]:
    for lane in drawing.lanes if drawing else ():
        yield from (one for one in lane.parts if isinstance(one, DrawnMark))


def _asked(ask: Ask) -> _Asked:
    by = chosen(get_args(By), ask.get("by")) or "said"
    lanes = chosen(get_args(LaneKind), ask.get("lanes")) or "speaker"
    dated = chosen(("yes", "no"), ask.get("dated"))
    chosen(get_args(Polarity), ask.get("polarity"))
    chosen(get_args(StatementKind), ask.get("kind"))
    filters = ask.filters(*_FILTERS)
    since, until = filters.get("since"), filters.get("until")
    if since and until and day(since, last=False) > day(until, last=True):
        raise UsageError(
            f"since={since} is later than until={until}", hint="exchange the two, or leave one out"
        )
    known = None if dated is None else dated == "yes"
    return _Asked(by, lanes, known, filters)  # type: ignore[arg-type]  # chosen() made sure of both


def _window(asked: _Asked, default: TimelineWindow | None) -> TimelineWindow | None:
    """The time to draw: what is asked for; a side that is not, as far as there is anything."""
    since, until = asked.filters.get("since"), asked.filters.get("until")
    first = day(since, last=False) if since else default and default.since
    last = day(until, last=True) if until else default and default.until
    if not first or not last:
        return default
    return time.days(first, max(first, last) if since else last) or time.days(last, last)


def _whose(record: Record, asked: _Asked) -> str | None:
    """The name of the actor whose id is asked for."""
    id = asked.filters.get("actor") or ""
    return record.overview().name(id) if id.startswith("a_") else None


def _drawn(
    found: Periods, dated: int, window: TimelineWindow, asked: _Asked
) -> Drawing[DrawnMark] | Drawing[DrawnColumn] | None:
    inside = found.among(window.since, window.until)
    top = _named(found.lanes(asked.lanes, _LANES), asked.lanes)
    if dated > MARKS:
        steps = time.steps(window)
        counted = found.binned(steps, asked.lanes, [one.key for one in top])
        if time.within(steps, counted) > MARKS:
            return of_counts(window, steps, counted, top, asked.lanes)
    rows = list(iter(inside.listing().page(MARKS)))
    return of_marks(window, rows, top, asked.lanes, asked.by) if rows else None


def _named(top: Sequence[LaneCount], kind: LaneKind) -> list[LaneCount]:
    if kind != "state":
        return list(top)
    return [LaneCount(one.key, state_name(one.key), one.number) for one in top]


def _zoom(window: TimelineWindow) -> dict[str, TimelineWindow | None]:
    """Where the buttons lead."""
    closer = time.zoomed(window, 0.5)
    wider = time.zoomed(window, 2)
    return {
        "earlier": time.shifted(window, -0.5),
        "later": time.shifted(window, 0.5),
        "in": closer if closer.length < window.length else None,
        "out": wider if wider.length > window.length else None,
    }


def _outside(found: Periods, window: TimelineWindow | None, asked: _Asked) -> dict[str, int]:
    """How many with a date lie wholly before and behind the time drawn, where no time was asked for."""
    if window is None or asked.filters.get("since") or asked.filters.get("until"):
        return {"before": 0, "behind": 0}
    before, behind = found.outside(window.since, window.until)
    return {"before": before, "behind": behind}


def _band(window: TimelineWindow, one: Undated) -> tuple[Bar, Undated]:
    return time.bar(window, one.earliest, one.latest, "interval"), one


VIEWS = (View("timeline", "/timeline", timeline, menu="Timeline"),)
