"""Times of a sentence as days that can be compared, with "before" and "after" taken for what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.values import TimeExpression

_BOUND = re.compile(
    r"\b(?:(?P<after>after|since|from|later than|following)|(?P<before>before|until|till|by|prior to|up to))"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
_BEFORE = 16  # characters before a time in which such a word stands
_FIRST, _LAST = "0000-00-00", "9999-99-99"


@dataclass(frozen=True, slots=True)
class Day:
    """A time: the days it may be, or where no year is known its TIMEX3 value."""

    earliest: str | None  # ISO 8601 date; None: not placed
    latest: str | None
    value: str
    bound: Literal["after", "before", ""]  # which bound is known, if it is only one


def day_of(text: str, time: TimeExpression) -> Day:
    """The days of a time expression of ``text``."""
    start = time.span[0]
    bound = _BOUND.search(text, max(0, start - _BEFORE), start)
    word: Literal["after", "before", ""] = "" if not bound else "after" if bound["after"] else "before"
    if time.interval is None:
        return Day(None, None, time.value, word)
    earliest, latest = time.interval.earliest[:10], time.interval.latest[:10]
    if word == "after":
        latest = _LAST
    elif word == "before":
        earliest = _FIRST
    return Day(earliest, latest, time.value, word)


def may_be_one(one: Day, other: Day) -> bool:
    """Whether the two may be the same time: their days meet, or nothing known of them differs.

    >>> march, april = (Day(None, None, f"XXXX-0{n}-05", "") for n in (3, 4))
    >>> may_be_one(march, april), may_be_one(march, march)
    (False, True)
    """
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.earliest <= other.latest and other.earliest <= one.latest
    if one.bound or other.bound or not (fields_of(one) and fields_of(other)):
        return True
    pairs = zip(fields_of(one), fields_of(other), strict=False)
    return all("X" in a or "X" in b or a == b for a, b in pairs)


def fields_of(day: Day) -> list[str]:
    """Year, month and day as written, X where one is not known; empty for weeks, seasons, parts of days."""
    match = re.match(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?(?:T.*)?$", day.value)
    return [part for part in match.groups() if part] if match else []
