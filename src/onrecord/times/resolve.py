"""From what an expression says to a TIMEX3 value, given when the report speaks and what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.times.calendar import (
    bounds,
    holiday_date,
    make_date,
    nth_weekday_of,
    plus_days,
    plus_months,
    plus_months_day,
    week_value,
    year_of,
    year_text,
)
from onrecord.times.lexicon import Amount, Calendar, Fixed, Meaning, Shift
from onrecord.times.scan import Tense

# A date a little ahead of the report is still past: reports are dated by the clock of their place.
_SLACK = 2
# Days within which a day without a year is taken as it is, before or after the report.
_CLOSE = 60
_SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where an expression stands.

    ``now`` is the report's day; ``then`` the value of the time told of last; ``near`` whether that stands in
    the same sentence; ``narrative`` whether times without a year follow ``then``.
    """

    now: date | None
    clock: str  # the report's time of day, "T12:00", or nothing
    then: str | None
    near: bool
    narrative: bool
    tense: Tense


def resolve(meaning: Meaning, at: Context) -> str:
    """The TIMEX3 value of ``meaning``; with X where something is not known."""
    if isinstance(meaning, Fixed):
        return meaning.value
    if isinstance(meaning, Amount):
        if (
            meaning.leads
            and at.tense == "future"
            and (at.clock or meaning.unit[0] != "T")
            and not at.narrative
            and meaning.amount is not None
        ):
            return _shift(Shift(meaning.unit, meaning.amount, 1, "now"), at)
        return meaning.value
    return _shift(meaning, at) if isinstance(meaning, Shift) else _calendar(meaning, at)


def _origin(shift: Shift, at: Context) -> str | None:
    """The value a shift counts from."""
    if isinstance(shift.origin, Shift | Calendar):
        return resolve(shift.origin, at)
    now = at.now.isoformat() if at.now else None
    if shift.origin == "now":
        return at.then if at.narrative else now
    if shift.weak and not at.narrative:
        return now
    return at.then or now


def _shift(shift: Shift, at: Context) -> str:
    base = _origin(shift, at)
    if shift.unit == "same":
        return base if base and base != (at.now and at.now.isoformat()) else "PAST_REF"
    if shift.unit == "D" and shift.amount == 0 and shift.origin == "now" and at.narrative and not shift.weak:
        return "PRESENT_REF" if not shift.clock else "XXXX-XX-XX" + shift.clock
    if shift.amount is None:
        return "PAST_REF" if shift.way < 0 else "FUTURE_REF"
    if shift.more and base:
        return _exactly(((shift.unit, shift.amount), *shift.more), shift.way, base, at)
    value = _moved(shift.unit, shift.amount * shift.way, base, at)
    return value + shift.clock if shift.clock and len(value) == 10 else value


def _exactly(parts: Sequence[tuple[str, float]], way: int, base: str, at: Context) -> str:
    """Several units from a day: "a year, two months and 21 days ago"."""
    day = _day(base)
    if day is None:
        return _moved(parts[0][0], parts[0][1] * way, base, at)
    for unit, number in parts:
        if unit in ("Y", "M"):
            day = plus_months_day(day, way * round(number * (12 if unit == "Y" else 1)))
        elif unit in ("W", "D"):
            day = plus_days(day, way * round(number * (7 if unit == "W" else 1)))
    seconds = sum(number * _SECONDS.get(unit, 0) for unit, number in parts)
    return _hours("TS", way * seconds, day, at) if seconds else day.isoformat()


_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}


def _moved(unit: str, amount: float, base: str | None, at: Context) -> str:
    unknown = {"D": "XXXX-XX-XX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Y": "XXXX",
               "Q": "XXXX-QX"}.get(unit, "XXXX")  # fmt: skip
    if base is None:
        return unknown
    year = year_of(base)
    if year is None:
        return unknown
    if unit in ("Y", "DE", "CE"):
        return _years(unit, amount, year, base)
    month = int(base[5:7]) if base[5:7].isdigit() and year > 0 else None
    if base[5:7] in _SEASON_MONTH:
        month = None
    if unit in ("M", "Q") and month is not None:
        return _months(unit, amount, year, month)
    day = _day(base)
    if day is None:
        head = year_text(year)
        return f"{head}{'-XX-XX' if unit == 'D' else '-WXX' if unit == 'W' else '-XX'}" if amount else base
    return _days(unit, amount, day, at)


def _years(unit: str, amount: float, year: int, base: str) -> str:
    size = {"Y": 1, "DE": 10, "CE": 100}[unit]
    moved = year + round(amount * size)
    if unit == "Y" or year < 0:
        text = year_text(moved)
        return text if unit == "Y" else text[: 5 if unit == "DE" else 4]
    return f"{moved // size:03}" if unit == "DE" else f"{moved // size:02}"


def _months(unit: str, amount: float, year: int, month: int) -> str:
    year, month = plus_months(year, month, round(amount * (3 if unit == "Q" else 1)))
    return f"{year:04}-Q{(month + 2) // 3}" if unit == "Q" else f"{year:04}-{month:02}"


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if len(value) >= 10 else None
    except ValueError:
        return None


def _days(unit: str, amount: float, day: date, at: Context) -> str:
    if unit == "D":
        return plus_days(day, round(amount)).isoformat()
    if unit in ("W", "W2"):
        return week_value(plus_days(day, round(amount * (14 if unit == "W2" else 7))))
    if unit == "WE":
        moved = plus_days(day, int(amount) * 7)
        if amount == 0 and at.tense == "past" and not at.narrative and day.isoweekday() < 6:
            moved = plus_days(day, -7)
        return week_value(moved) + "-WE"
    if unit in ("TH", "TM", "TS"):
        return _hours(unit, amount, day, at)
    return plus_months_day(day, int(amount)).isoformat()


def _hours(unit: str, amount: float, day: date, at: Context) -> str:
    """Hours and minutes count from a time of day; without one they stay within the day."""
    if not at.clock:
        return day.isoformat() + "TXX"
    seconds = amount * _SECONDS[unit]
    hour, minute = int(at.clock[1:3]), int(at.clock[4:6] or 0)
    start = timedelta(hours=hour, minutes=minute) + timedelta(seconds=max(-1e9, min(1e9, seconds)))
    moved = plus_days(day, start.days)
    hours, rest = divmod(start.seconds, 3600)
    return f"{moved.isoformat()}T{hours:02}:{rest // 60:02}"


def _calendar(told: Calendar, at: Context) -> str:
    if told.decade is not None:
        return ("BC" if told.before_era else "") + f"{told.decade:03}"
    if told.century is not None:
        return ("BC" if told.before_era else "") + f"{told.century:02}"
    if told.within is not None:
        return _inside(told, at)
    value = _dated(told, at)
    return value + told.clock if told.clock and "T" not in value else value


def _inside(told: Calendar, at: Context) -> str:
    """ "October of that year", "Tuesday of next week", "the first Friday of next month"."""
    base = resolve(told.within, at) if told.within else "XXXX"
    year = year_of(base)
    clock = told.clock
    if told.weekday and "W" in base and year:
        week = int(base[6:8]) if base[6:8].isdigit() else 0
        day = date.fromisocalendar(year, week, told.weekday) if 0 < week < 53 else None
        return (day.isoformat() if day else f"XXXX-WXX-{told.weekday}") + clock
    if year is None or year < 1:
        return _pattern(told) + clock
    month = told.month or (int(base[5:7]) if base[5:7].isdigit() else None)
    return _in_year(told, year, month) + clock


def _in_year(told: Calendar, year: int, month: int | None) -> str:
    """The value of ``told`` in a year that is known."""
    head = year_text(year)
    if told.nth is not None and told.weekday and month and year > 0:
        day = nth_weekday_of(year, month, told.weekday, told.nth)
        return day.isoformat() if day else f"{head}-{month:02}-XX"
    if told.holiday:
        day = holiday_date(told.holiday, year)
        return day.isoformat() if day else head
    if told.season:
        return f"{head}-{told.season}"
    if told.quarter:
        return f"{head}-Q{told.quarter}"
    if told.half:
        return f"{head}-H{told.half}"
    if told.week is not None:
        return _week_in(told, year, month)
    if told.day is not None:
        return f"{head}-{month:02}-{told.day:02}" if month else f"{head}-XX-{told.day:02}"
    return f"{head}-{month:02}" if month else head


def _week_in(told: Calendar, year: int, month: int | None) -> str:
    week = told.week or 0
    if year < 1:
        return year_text(year)
    if told.day is not None:
        day = make_date(year, month or 1, told.day)
        return week_value(day) if day else year_text(year)
    if month is None:
        return f"{year:04}-W{52 if week < 0 else week:02}"
    if week < 0:
        last = bounds(f"{year:04}-{month:02}")
        return week_value(date.fromisoformat(last[1])) if last else f"{year:04}-{month:02}"
    return week_value(plus_days(date(year, month, 1), 7 * (week - 1)))


def _pattern(told: Calendar) -> str:
    """The value with XXXX for a year that nobody knows."""
    if told.day is not None:
        return f"XXXX-{told.month:02}-{told.day:02}" if told.month else f"XXXX-XX-{told.day:02}"
    if told.nth is not None and told.weekday:
        return f"XXXX-{told.month or 0:02}-WXX-{told.weekday}" if told.month else f"XXXX-WXX-{told.weekday}"
    if told.month is not None:
        return f"XXXX-{told.month:02}"
    if told.weekday is not None:
        return f"XXXX-WXX-{told.weekday}"
    if told.season:
        return f"XXXX-{told.season}"
    if told.holiday:
        day = (
            holiday_date(told.holiday, 2001)
            if not told.holiday.startswith(("easter", "good", "ash"))
            else None
        )
        return f"XXXX-{day.month:02}-{day.day:02}" if day else "XXXX"
    if told.quarter or told.half:
        return f"XXXX-Q{told.quarter}" if told.quarter else f"XXXX-H{told.half}"
    return f"XXXX-W{told.week:02}" if told.week and told.week > 0 else "XXXX-XX-XX" if told.clock else "XXXX"


def _dated(told: Calendar, at: Context) -> str:
    if told.year is not None:
        return _in_year(told, told.year, told.month)
    if told.clock and not (told.day or told.month or told.weekday or told.holiday or told.season):
        return _day_of_clock(at)
    if told.weekday and told.month is None and told.day is None and told.nth is None:
        return _weekday(told, at)
    if told.day is not None and told.month is None:
        return _day_in_month(told, at)
    if told.nth is not None and told.month is None:
        base = at.then if at.narrative else at.now.isoformat() if at.now else None
        if base is None or not base[5:7].isdigit() or year_of(base) is None:
            return _pattern(told)
        return _in_year(told, int(year_of(base) or 1), int(base[5:7]))
    year = _year(told, at)
    return _pattern(told) if year is None else _in_year(told, year, told.month)


def _day_of_clock(at: Context) -> str:
    """The day of a time of day: the one told of in a story or in the same sentence, else the report's."""
    if at.then and (at.narrative or at.near) and _day(at.then):
        return at.then[:10]
    return at.now.isoformat() if at.now and not at.narrative else "XXXX-XX-XX"


def _weekday(told: Calendar, at: Context) -> str:
    weekday = told.weekday or 1
    side = told.side
    story = at.narrative or side in ("previous", "following", "that")
    day = _day(at.then or "") if story else None
    if day is None:
        if at.narrative:
            return _pattern(told)
        day = at.now
    if day is None:
        return _pattern(told)
    ahead = (weekday - day.isoweekday()) % 7
    monday = plus_days(day, 1 - day.isoweekday())
    if side == "last":
        return plus_days(monday, weekday - 8).isoformat()
    if side == "next":
        return plus_days(monday, weekday + 6).isoformat()
    if side in ("following", "coming"):
        return plus_days(day, ahead or 7).isoformat()
    if side in ("previous", "past"):
        return plus_days(day, ahead - 7).isoformat()
    if side == "this" and not (at.tense == "past" and weekday > day.isoweekday()):
        return plus_days(monday, weekday - 1).isoformat()
    if story or at.tense == "future":
        return plus_days(day, ahead).isoformat()
    return plus_days(day, ahead - 7 if ahead else 0).isoformat()


def _day_in_month(told: Calendar, at: Context) -> str:
    """ "the 20th", "Friday the 22nd": in the month told of in a story, else in the nearest that fits."""
    wanted = told.day or 1
    if at.narrative or (at.then and at.near and len(at.then) >= 7 and not told.weekday):
        then = at.then or ""
        if then[5:7].isdigit() and year_of(then):
            return f"{then[:7]}-{wanted:02}" if (year_of(then) or 0) > 0 else f"{then[:9]}-{wanted:02}"
        return _pattern(told)
    if at.now is None:
        return _pattern(told)
    step = 1 if at.tense == "future" else -1
    for n in range(0, 13) if not told.weekday else (0, step, -step, 2 * step, -2 * step, 3 * step, 4 * step):
        year, month = plus_months(at.now.year, at.now.month, n * step if not told.weekday else n)
        day = make_date(year, month, wanted)
        if day is None or (told.weekday and day.isoweekday() != told.weekday):
            continue
        if told.weekday or (day - at.now).days * step >= -(_SLACK if step < 0 else 0):
            return day.isoformat()
    return f"{at.now.isoformat()[:7]}-{wanted:02}"


def _year(told: Calendar, at: Context) -> int | None:
    """The year of a month, a season or a day that is told without one."""
    side = told.side
    if side in ("past", "coming"):
        return _year(replace(told, side="last" if side == "past" else "next"), at)
    if at.narrative or side in ("previous", "following", "that"):
        if at.then and year_of(at.then) is not None:
            return _year_of_story(told, at.then)
        if at.narrative or at.now is None:
            return None
    if at.then and at.near and not side and len(at.then) == 4 and at.tense != "future":
        year = year_of(at.then)
        if year is not None and at.now and year < at.now.year:
            return year
    return _year_of_news(told, at) if at.now else None


def _month_of(told: Calendar) -> int:
    if told.holiday:
        day = holiday_date(told.holiday, 2001)
        return day.month if day else 1
    if told.season:
        return _SEASON_MONTH[told.season]
    if told.quarter or told.half:
        return (told.quarter or 0) * 3 or (told.half or 0) * 6
    if told.week is not None:
        return min(12, 1 + told.week // 5)
    return told.month or 1


def _year_of_story(told: Calendar, then: str) -> int:
    """The story's year; a first month after a last one is in the next year, winter too."""
    year = year_of(then) or 1
    month = int(then[5:7]) if then[5:7].isdigit() and year > 0 else _SEASON_MONTH.get(then[5:7])
    mine = _month_of(told)
    if told.side in ("following", "next"):
        return year + (month is None or mine <= month)
    if told.side == "last" and month is not None:
        return year - (mine >= month)
    if month is None or told.side in ("that", "this"):
        return year
    if told.season == "WI":
        return year + (month >= 7)
    return year + (month >= 11 and mine <= 2)


def _year_of_news(told: Calendar, at: Context) -> int | None:
    now = at.now
    if now is None:
        return None
    mine = _month_of(told)
    if told.weekday and told.day and told.month:
        fitting = _fitting_year(told, now, at.tense)
        if fitting is not None:
            return fitting
    if told.side == "last":
        if told.season or told.holiday:
            return now.year - (mine > now.month or (mine == now.month and bool(told.season)))
        return now.year - (mine >= now.month)
    if told.side == "next":
        if told.season:
            return now.year + 1
        return now.year + (mine <= now.month)
    if told.side == "this":
        return now.year
    if told.week is not None and told.month is None:
        return now.year
    if told.month == 2 and told.day == 29:
        return _leap_year(now.year, 1 if at.tense == "future" else -1)
    if (told.holiday or (told.day is not None and told.month)) and (near := _near_day(told, now)):
        return near
    first = _first_day(told, now.year)
    if at.tense == "future":
        last = _last_day(told, now.year)
        return now.year + (last is not None and last < now)
    return now.year - (first is not None and first > plus_days(now, _SLACK))


def _near_day(told: Calendar, now: date) -> int | None:
    """The year of a day within two months, if in its other year it is ten months away, whatever the tense.

    Nobody leaves out the year of a day that is nearly a year away.
    """
    years = (now.year - 1, now.year, now.year + 1)
    if told.holiday:
        days = [holiday_date(told.holiday, year) for year in years]
    else:
        days = [make_date(year, told.month or 1, told.day or 1) for year in years]
    away = sorted((abs((day - now).days), day.year) for day in days if day)
    return away[0][1] if away and away[0][0] <= _CLOSE else None


def _leap_year(year: int, step: int) -> int:
    """The nearest leap year, this one or on in the direction of ``step``."""
    return next((y for y in range(year, year + 9 * step, step) if make_date(y, 2, 29)), year)


def _first_day(told: Calendar, year: int) -> date | None:
    found = bounds(_in_year(told, year, told.month))
    if told.season == "WI":
        return make_date(year, 1, 1)
    return date.fromisoformat(found[0][:10]) if found else None


def _last_day(told: Calendar, year: int) -> date | None:
    found = bounds(_in_year(told, year, told.month))
    return date.fromisoformat(found[1][:10]) if found else None


def _fitting_year(told: Calendar, now: date, tense: Tense) -> int | None:
    """The nearest year in which that day is that weekday, no more than a year and a bit away."""
    days = [make_date(year, told.month or 1, told.day or 1) for year in range(now.year - 1, now.year + 2)]
    fitting = [
        day for day in days if day and day.isoweekday() == told.weekday and abs((day - now).days) < 400
    ]
    if not fitting:
        return None
    back = [day for day in fitting if day <= plus_days(now, _SLACK)]
    ahead = [day for day in fitting if day >= now]
    wanted = ahead if tense == "future" and ahead else back or fitting
    return min(wanted, key=lambda day: abs((day - now).days)).year
