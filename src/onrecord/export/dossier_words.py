"""The dossier's own words: dates, counts and verbs.

None of them judges: a speaker says, denies, declines, asks, promises or calls for something.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date

from onrecord.export.dossier_parts import Given, Line, Piece, Tone
from onrecord.values import AccountStance, Polarity, PositionRelation, PositionStatus

VERBS: Mapping[Polarity, str] = {
    "asserts": "says",
    "denies": "denies",
    "declines": "declines",
    "questions": "asks",
    "promises": "promises",
    "calls_for": "calls for",
}
TONES: Mapping[Polarity, Tone] = {"asserts": "plain", "denies": "denies", "declines": "declines"}
RELATIONS_OF_SEVERAL: Mapping[PositionRelation, str] = {
    "recognizes": "recognize",
    "supports": "support",
    "opposes": "oppose",
    "sanctions": "have sanctions against",
    "denies": "deny",
    "allied_with": "are allied with",
    "has_forces_in": "have forces in",
    "present_in": "have people in",
}
STATUSES: Mapping[PositionStatus, str] = {
    "asserted": "told by reports in their own name",
    "claimed": "claimed by speakers",
    "denied": "only denied",
    "planned": "announced",
}
SIDES: Mapping[AccountStance, str] = {
    "supports": "On the one side",
    "contradicts": "On the other side",
    "differs": "Different in a detail",
    "related": "On the same matter",
}


def day_in_words(day: str) -> str:
    """A day as a reader writes it.

    >>> day_in_words("2019-03-07")
    '7 March 2019'
    """
    one = date.fromisoformat(day[:10])
    return f"{one.day} {calendar.month_name[one.month]} {one.year}"


def when_in_words(earliest: str | None, latest: str | None) -> str:
    """An interval of days as exactly as it is known, and no more.

    >>> when_in_words("2019-03-01", "2019-03-31"), when_in_words(None, "2022-01-30T10:00:00Z")
    ('March 2019', 'no later than 30 January 2022')
    >>> when_in_words("2019-03-20", "2019-03-29")
    'between 20 and 29 March 2019'
    """
    if earliest is None or latest is None:
        if earliest is None and latest is None:
            return "undated"
        if latest is not None:
            return f"no later than {day_in_words(latest)}"
        return f"no earlier than {day_in_words(earliest or '')}"
    first, last = date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
    if first == last:
        return day_in_words(earliest)
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.year}"
    if whole and first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"between {_before(first, last)} and {day_in_words(latest)}"


def width_in_words(earliest: str, latest: str) -> str:
    """How far apart two days are, roughly.

    >>> width_in_words("2018-12-20", "2021-01-19"), width_in_words("2022-01-22", "2022-01-29")
    ('25 months', '8 days')
    """
    days = (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days + 1
    return counted(days, "day") if days < 63 else f"{round(days / 30.44)} months"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(confidence: float) -> str:
    """A probability in percent, never rounded up to certainty.

    >>> share(0.999), share(0.456)
    ('99 %', '45 %')
    """
    return f"{int(confidence * 100 + 1e-9)} %"


def joined(lines: Iterable[Line], between: str = ", ") -> Line:
    """Lines one after the other with ``between`` between them."""
    found: list[Piece] = []
    for line in lines:
        if line:
            found += [between, *line] if found else line
    return tuple(found)


def names(values: Iterable[str]) -> Line:
    """Names with commas between."""
    return joined((Given(one),) for one in values)


def is_web(address: str | None) -> bool:
    """Whether ``address`` may become a link: of the web, not of a script, a file or data."""
    return bool(address) and str(address).startswith(("http://", "https://"))


def _before(first: date, last: date) -> str:
    """``first`` without what it shares with ``last``."""
    year = "" if first.year == last.year else f" {first.year}"
    month = "" if not year and first.month == last.month else f" {calendar.month_name[first.month]}"
    return f"{first.day}{month}{year}"
