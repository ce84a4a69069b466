"""TIMEX3 values of calendar times, the days they cover, and holidays by name."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from onrecord.lang import word_map
from onrecord.times.clocks import Tokens
from onrecord.times.lexicon import DAYPART_HOURS, SEASON_MONTHS
from onrecord.values import Precision

Bounds = tuple[str, str, Precision]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d|[A-Z]{2})(?::(\d\d)(?::(\d\d))?)?)?\Z")
_REST = re.compile(r"(\d{4})(?:-(?:(\d\d)|W(\d\d)(-WE)?|Q([1-4])|H([12])|(SP|SU|FA|WI)))?\Z")


def make_date(year: int, month: int, day: int) -> date | None:
    """That day, None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def plus_days(day: date, days: int) -> date:
    """``days`` later, or the last or first day there is."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def plus_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month, ``months`` later.

    >>> plus_months(1915, 5, 15)
    (1916, 8)
    """
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


def plus_months_day(day: date, months: int) -> date:
    """The same day of the month, ``months`` later, or the last that month has."""
    year, month = plus_months(day.year, day.month, months)
    year = min(max(year, 1), 9999)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def year_text(year: int) -> str:
    """A year as TIMEX3 writes it; years before the common era are negative.

    >>> year_text(1941), year_text(-480)
    ('1941', 'BC0480')
    """
    return f"{year:04}" if year >= 0 else f"BC{-year:04}"


def year_of(value: str) -> int | None:
    """The year a value begins with, None if it has none.

    >>> year_of("1941-SU"), year_of("BC0480-09"), year_of("194"), year_of("XXXX-03")
    (1941, -480, None, None)
    """
    if value[:2] == "BC" and value[2:6].isdigit() and len(value) >= 6:
        return -int(value[2:6])
    return int(value[:4]) if len(value) >= 4 and value[:4].isdigit() else None


def week_value(day: date) -> str:
    """The ISO week of a day: "2022-W04"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def bounds(value: str) -> Bounds | None:
    """First and last day (or minute) that ``value`` covers, both inclusive, and how exact it is.

    >>> bounds("1941-02"), bounds("1941-02-03T05:34"), bounds("P2D")
    (('1941-02-01', '1941-02-28', 'month'), ('1941-02-03T05:34', '1941-02-03T05:34', 'minute'), None)
    >>> bounds("194"), bounds("1941-W25")
    (('1940-01-01', '1949-12-31', 'interval'), ('1941-06-16', '1941-06-22', 'interval'))
    """
    if value.isdigit() and len(value) in (2, 3):
        size = 10 if len(value) == 3 else 100
        first = max(1, int(value) * size)
        return f"{first:04}-01-01", f"{int(value) * size + size - 1:04}-12-31", "interval"
    found = _DAY.match(value)
    if found:
        day = make_date(*map(int, found.group(1, 2, 3)))
        return None if day is None else _clocked(day.isoformat(), *found.group(4, 5, 6))
    found = _REST.match(value)
    if not found or not 1 <= int(found[1]) <= 9998:
        return None
    return _coarse(int(found[1]), *found.groups()[1:])


def _clocked(day: str, hour: str | None, minute: str | None, second: str | None) -> Bounds | None:
    if hour is None:
        return day, day, "day"
    if hour in DAYPART_HOURS:
        first, last = DAYPART_HOURS[hour]
        return f"{day}T{first:02}:00", f"{day}T{last:02}:59", "hour"
    if not hour.isdigit() or int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 60:
        return None
    if second:
        exact = f"{day}T{hour}:{minute}:{second}"
        return exact, exact, "second"
    if minute:
        return f"{day}T{hour}:{minute}", f"{day}T{hour}:{minute}", "minute"
    return f"{day}T{hour}:00", f"{day}T{hour}:59", "hour"


def _coarse(
    year: int,
    month: str | None,
    week: str | None,
    weekend: str | None,
    quarter: str | None,
    half: str | None,
    season: str | None,
) -> Bounds | None:
    if month:
        if not 1 <= int(month) <= 12:
            return None
        return *months(year, int(month), year, int(month)), "month"
    if week:
        return _week(year, int(week), bool(weekend))
    if quarter:
        return *months(year, int(quarter) * 3 - 2, year, int(quarter) * 3), "interval"
    if half:
        return *months(year, int(half) * 6 - 5, year, int(half) * 6), "interval"
    if season:
        first, last = SEASON_MONTHS[season]
        # "the winter of 1914" may be either of two winters; both are covered.
        return *months(year - (season == "WI"), first, year + (season == "WI"), last), "interval"
    return f"{year:04}-01-01", f"{year:04}-12-31", "year"


def _week(year: int, week: int, weekend: bool) -> Bounds | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    first = plus_days(monday, 5 if weekend else 0)
    return first.isoformat(), plus_days(monday, 6).isoformat(), "interval"


def months(year: int, month: int, last_year: int, last_month: int) -> tuple[str, str]:
    """First day of one month and last day of another."""
    last = monthrange(max(last_year, 1), last_month)[1]
    return f"{max(year, 1):04}-{month:02}-01", f"{max(last_year, 1):04}-{last_month:02}-{last:02}"


def _numbers(name: str) -> dict[str, tuple[int, ...]]:
    return {day: tuple(map(int, told.split())) for day, told in word_map("times", name).items()}


_FIXED = _numbers("holidays_fixed")
# Month, weekday, which one of the month (-1: the last).
_FLOATING = _numbers("holidays_floating")
_EASTER = {word: int(value) for word, value in word_map("times", "easter").items()}
_AFTER_THANKSGIVING = {"black friday": 1, "cyber monday": 4}
_ALL = frozenset((*_FIXED, *_FLOATING, *_EASTER, *_AFTER_THANKSGIVING))
HOLIDAY_HEADS = frozenset(re.match(r"\w+", name).group() for name in _ALL)  # type: ignore[union-attr]
_MOST_TOKENS = 6


def holiday_name(t: Tokens, i: int) -> tuple[str, int] | None:
    """The holiday named at token ``i`` and the token behind its last word."""
    if t[i].low not in HOLIDAY_HEADS:
        return None
    name, best = "", None
    for k in range(i, i + _MOST_TOKENS):
        if t[k].kind == "end" or (k > i and t[k].gap >= 2):
            break
        if t[k].text != ".":
            name += (" " if k > i and t[k].gap else "") + t[k].low.replace("’", "'")
        if name in _ALL and t[k].text != ".":
            best = name, k + 1
    return best


def nth_weekday_of(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The ``nth`` Monday (1) to Sunday (7) of a month, -1 for the last; None if there are not so many.

    >>> nth_weekday_of(2018, 4, 5, 1)
    datetime.date(2018, 4, 6)
    """
    if nth < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm.

    >>> easter(2022)
    datetime.date(2022, 4, 17)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    m = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday_date(name: str, year: int) -> date | None:
    """The day of a holiday in a year, None where it cannot be told."""
    if not 1 < year < 9999:
        return None
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _FLOATING:
        return nth_weekday_of(year, *_FLOATING[name])
    if name in _EASTER:
        return easter(year) + timedelta(days=_EASTER[name])
    thanksgiving = nth_weekday_of(year, 11, 4, 4)
    return thanksgiving + timedelta(days=_AFTER_THANKSGIVING[name]) if thanksgiving else None
