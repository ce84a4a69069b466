"""When a report without a date may have been published: bounds from what it says and from other reports.

Four things bound it. It cannot be older than the latest past day it tells of, nor younger than the moment it
was fetched. Who it says is minister, president, spokesman is so while he holds the office. And a report with
the same text appeared within days of it, one with the same quotation not long before or after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.text.doc import Doc
from onrecord.text.words import FineParts, parts
from onrecord.times.scan import tense
from onrecord.values import Interval, TimeExpression

# Days between two prints of one text, and between two reports that carry one quotation.
_COPY_DAYS = 7
_QUOTE_DAYS = 30
# A day behind these is a limit, and may be to come whatever is told as past: "boats were hired until May".
_UP_TO = frozenset(("until", "till", "by", "through"))
# Days an office holder may be called so before taking or after leaving office.
_OFFICE_SLACK = 14


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody whom a report calls holder of an office now; when he held it (ISO days; None: open)."""

    who: str  # "Jeremy Hunt, foreign secretary": enters the basis
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class _Bound:
    first: date
    last: date
    why: str


def bound_publication(
    doc: Doc,
    times: Sequence[TimeExpression],
    *,
    offices: Sequence[Tenure] = (),
    copies: Sequence[Interval] = (),
    quotations: Sequence[Interval] = (),
    retrieved_at: str | None = None,
) -> Interval | None:
    """The days a report may have been published, precision "interval"; the basis says how they were found.

    Args:
        doc: the canonical text of the report.
        times: its times, found without an anchor.
        offices: of those it calls holders of an office without "former"; who contradicts most others is left
            out.
        copies: publication of reports with the same text.
        quotations: publication of reports that carry one of its quotations.
        retrieved_at: ISO 8601, when it was fetched.

    Returns:
        None if nothing tells how old it may be at most.
    """
    lower = _latest_past(doc, times, _day(retrieved_at))
    bounds = [
        *_most_agreeing([_tenure(one) for one in offices]),
        *(_around(one, _COPY_DAYS, "a report with the same text") for one in copies),
        *(_around(one, _QUOTE_DAYS, "a report with the same quotation") for one in quotations),
    ]
    found = [one for one in [lower, *bounds] if one is not None]
    fetched = _day(retrieved_at)
    if fetched is not None:
        found.append(_Bound(date.min, fetched, f"not after {fetched}, when it was fetched"))
    return _intersection(found)


def _intersection(found: Sequence[_Bound]) -> Interval | None:
    """What all bounds allow; one that contradicts those before it is left out."""
    first, last = date.min, date.max
    first_why = last_why = ""
    for one in found:
        if max(first, one.first) > min(last, one.last):
            continue
        if one.first > first:
            first, first_why = one.first, one.why
        if one.last < last:
            last, last_why = one.last, one.why
    if first == date.min or last == date.max:
        return None
    why = first_why if first_why == last_why else f"{first_why}; {last_why}"
    return Interval(first.isoformat(), last.isoformat(), "interval", why)


def _latest_past(doc: Doc, times: Sequence[TimeExpression], fetched: date | None) -> _Bound | None:
    """The latest day the report tells of as past."""
    text, read = doc.text, parts(doc)
    starts = {token.start: n for n, token in enumerate(read.tokens[: read.size])}
    best: _Bound | None = None
    for one in times:
        day = _day(one.interval.earliest) if one.interval else None
        if day is None or one.type in ("duration", "set") or not _is_past(read, starts.get(one.span[0]), one):
            continue
        if (fetched is None or day <= fetched) and (best is None or day > best.first):
            quoted = " ".join(text[one.span[0] : one.span[1]].split())
            best = _Bound(day, date.max, f"not before “{quoted}”, which it tells of as past")
    return best


def _is_past(read: FineParts, first: int | None, one: TimeExpression) -> bool:
    if first is None or (first and read.tokens[first - 1].low in _UP_TO):
        return False
    end = first
    while end < read.size and read.tokens[end].start < one.span[1]:
        end += 1
    return tense(read, first, end) == "past"


def _tenure(one: Tenure) -> _Bound:
    since, until = _day(one.since), _day(one.until)
    slack = timedelta(days=_OFFICE_SLACK)
    first = max(date.min + slack, since) - slack if since else date.min
    last = min(date.max - slack, until) + slack if until else date.max
    return _Bound(first, last, f"{one.who} held that office from {one.since or '?'} to {one.until or 'now'}")


def _most_agreeing(bounds: Sequence[_Bound]) -> list[_Bound]:
    """The bounds that hold on the day on which most of them hold; the earliest such day."""
    if not bounds:
        return []
    days = sorted({one.first for one in bounds})
    best = max(days, key=lambda day: (sum(one.first <= day <= one.last for one in bounds), -day.toordinal()))
    return [one for one in bounds if one.first <= best <= one.last]


def _around(one: Interval, days: int, what: str) -> _Bound | None:
    first, last = _day(one.earliest), _day(one.latest)
    if first is None or last is None:
        return None
    reach = timedelta(days=days)
    told = first.isoformat() if first == last else f"{first} to {last}"
    return _Bound(
        max(date.min + reach, first) - reach,
        min(date.max - reach, last) + reach,
        f"{what} is dated {told}: within {days} days of it",
    )


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
