"""Calendar dates as they are written in bylines, tags and addresses; nothing else is ever read as a date.

A date without a year, a lone number, a score or a price is no date. Where day and month may stand either way
round, the result covers both readings.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

_NAMES = (
    "january jan enero janvier januar janeiro gennaio января",
    "february feb febrero février fevrier februar fevereiro febbraio февраля",
    "march mar marzo mars märz maerz março marco марта",
    "april apr abril avril aprile апреля",
    "may mayo mai maio maggio мая",
    "june jun junio juin juni junho giugno июня",
    "july jul julio juillet juli julho luglio июля",
    "august aug agosto août aout августа",
    "september sept sep septiembre setiembre septembre setembro settembre сентября",
    "october oct octubre octobre oktober outubro ottobre октября",
    "november nov noviembre novembre novembro ноября",
    "december dec diciembre décembre decembre dezember dezembro dicembre декабря",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "(?P<{}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
_DATE = re.compile(
    "|".join(
        (
            # 2019-04-03, 2019/4/3, 2019.04.03, with or without a time behind
            r"(?<![\d/.-])"
            + _YEAR.format("y1")
            + r"(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d|[-/]\d)",
            # 3 April 2019, 3rd of April, 2019, 3 de abril de 2019
            r"(?<![\d:.,$€£])(?P<d2>\d{1,2})(?:st|nd|rd|th|º|er|\.)?(?: of| de)?[ -]"
            + _MONTH.format("m2")
            + r",?(?: de| del)?[ -]"
            + _YEAR.format("y2"),
            # April 3, 2019; Apr. 3rd 2019
            r"\b" + _MONTH.format("m3") + r" (?P<d3>\d{1,2})(?:st|nd|rd|th)?(?:,| ,)? ?" + _YEAR.format("y3"),
            # 03/04/2019, 3-4-2019: either way round unless one is above 12
            r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep2>[-/.])(?P<b>\d{1,2})(?P=sep2)"
            + _YEAR.format("y4")
            + r"(?![-/.]\d)",
            # April 2019
            r"(?<!\d )\b" + _MONTH.format("m5") + r",? " + _YEAR.format("y5"),
        )
    ),
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w/.,-])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\w/-]|[.,]\d)")
_CENTURY = 70  # two digits of a year from here on are of the last century, as POSIX has it
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: where, the days it may mean (inclusive, ISO 8601), and how exact it is."""

    start: int
    end: int
    earliest: str
    latest: str
    precision: Literal["day", "month", "interval"]


def dates(text: str) -> Iterator[Written]:
    """Every date written out in ``text``.

    >>> [(w.earliest, w.latest) for w in dates("on 03/04/2019, after April 2, 2019")]
    [('2019-03-04', '2019-04-03'), ('2019-04-02', '2019-04-02')]
    """
    for match in _DATE.finditer(text):
        found = _meaning(match)
        if found is not None:
            yield Written(match.start(), match.end(), *found)


def compact(text: str) -> Iterator[Written]:
    """Dates written as eight digits, as in file names: 20190403."""
    for match in _COMPACT.finditer(text):
        day = _day(*map(int, match.groups()))
        if day is not None:
            yield Written(match.start(), match.end(), day, day, "day")


def short(text: str) -> Iterator[Written]:
    """Dates whose year has two digits: 5/2/24, either way round unless one is above 12."""
    for match in _SHORT.finditer(text):
        year = int(match[4]) + (1900 if int(match[4]) >= _CENTURY else 2000)
        found = _either(year, int(match[1]), int(match[3]))
        if found is not None:
            yield Written(match.start(), match.end(), *found)


def epoch(text: str) -> Iterator[Written]:
    """The day, in UTC, of a text that is a number of seconds or milliseconds since 1970 and nothing else."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        day = datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
        yield Written(0, len(text), day, day, "day")


def month(year: int, number: int) -> tuple[str, str] | None:
    """First and last day of a month, None if there is no such month."""
    if not 1 <= number <= 12:
        return None
    return f"{year:04}-{number:02}-01", f"{year:04}-{number:02}-{monthrange(year, number)[1]:02}"


def _day(year: int, number: int, day: int) -> str | None:
    try:
        return date(year, number, day).isoformat()
    except ValueError:
        return None


def _meaning(match: re.Match[str]) -> tuple[str, str, Literal["day", "month", "interval"]] | None:
    part = match.groupdict()
    if part["y4"]:
        return _either(int(part["y4"]), int(part["a"]), int(part["b"]))
    if part["y5"]:
        ends = month(int(part["y5"]), MONTHS[part["m5"].lower()])
        return (*ends, "month") if ends else None
    for n in ("1", "2", "3"):
        if part["y" + n]:
            name = part["m" + n].lower()
            number = int(name) if name.isdigit() else MONTHS[name]
            day = _day(int(part["y" + n]), number, int(part["d" + n]))
            return (day, day, "day") if day else None
    return None


def _either(
    year: int, first: int, second: int
) -> tuple[str, str, Literal["day", "month", "interval"]] | None:
    readings = {_day(year, first, second), _day(year, second, first)}
    days = sorted(day for day in readings if day is not None)
    if not days:
        return None
    return days[0], days[-1], "day" if len(days) == 1 else "interval"
