"""Holidays by name and the day they fall on in a year.

Fixed days, weekdays of a month and days around Easter (the reckoning of the western churches); days that
differ between countries follow the United States, which the word "Thanksgiving" mostly means.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.times.numbers import Tokens

_FIXED = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31),
    "new year's day": (1, 1), "new years day": (1, 1), "new year's": (1, 1), "valentine's day": (2, 14),
    "valentines day": (2, 14), "st patrick's day": (3, 17), "april fools day": (4, 1),
    "april fool's day": (4, 1), "earth day": (4, 22), "may day": (5, 1), "labour day": (5, 1),
    "victory day": (5, 9), "juneteenth": (6, 19), "independence day": (7, 4), "bastille day": (7, 14),
    "halloween": (10, 31), "all saints' day": (11, 1), "guy fawkes night": (11, 5),
    "armistice day": (11, 11), "remembrance day": (11, 11), "veterans day": (11, 11),
    "international women's day": (3, 8), "women's day": (3, 8), "epiphany": (1, 6),
}  # fmt: skip
# Month, weekday, which one of the month (-1: the last).
_FLOATING = {
    "martin luther king day": (1, 1, 3), "presidents day": (2, 1, 3), "presidents' day": (2, 1, 3),
    "memorial day": (5, 1, -1), "labor day": (9, 1, 1), "columbus day": (10, 1, 2),
    "thanksgiving day": (11, 4, 4), "thanksgiving": (11, 4, 4), "mother's day": (5, 7, 2),
    "mothers day": (5, 7, 2), "father's day": (6, 7, 3), "fathers day": (6, 7, 3),
}  # fmt: skip
_EASTER = {"easter sunday": 0, "easter": 0, "easter monday": 1, "good friday": -2, "ash wednesday": -46,
           "palm sunday": -7, "maundy thursday": -3, "pentecost": 49, "whit monday": 50}  # fmt: skip
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
