"""The words English tells time with, and what a time expression says before anything is known of when it
was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from onrecord.lang import word_list, word_map, word_row

Side = Literal["", "last", "next", "past", "coming", "this", "that", "previous", "following"]
Part = Literal["", "start", "mid", "end", "before", "after"]
Origin = Literal["now", "then"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A time of the calendar as far as it is told: "the spring of 1942", "Friday", "28 January", "1980s".

    Years before the common era are negative. ``side`` is the word that chooses one of many ("last Friday").
    ``within`` is what it is part of ("October of that year"). ``clock`` is TIMEX3: "T05:34", "TMO".
    """

    year: int | None = None
    decade: int | None = None  # 194: the 1940s
    century: int | None = None  # 19: the 20th century
    before_era: bool = False  # of a decade or a century
    half: int | None = None
    quarter: int | None = None
    season: str = ""
    month: int | None = None
    week: int | None = None  # -1: the last
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None  # of the weekdays of a month; -1: the last
    holiday: str = ""
    clock: str = ""
    side: Side = ""
    part: Part = ""
    within: Calendar | Shift | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from an origin: "two days ago", "the following month", "last week", "that year".

    ``amount`` is None where nobody says how many ("days later"). ``origin`` is when the report speaks
    ("now"), the time told of last ("then"), or a time that is named.
    """

    unit: str
    amount: float | None
    way: int  # -1, 0 or 1
    origin: Origin | Calendar | Shift
    weak: bool = False  # "last", "next", "this": in a history they follow the story
    more: tuple[tuple[str, float], ...] = ()  # further units: "a year and two months ago"
    clock: str = ""
    part: Part = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: "two years"; with ``way`` one that ends or begins now: "the past two weeks"."""

    value: str
    unit: str
    amount: float | None
    way: int = 0
    leads: bool = False  # "in two weeks": when, if the sentence looks ahead
    more: tuple[tuple[str, float], ...] = ()  # further units: "an hour and 30 minutes"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no working out: PRESENT_REF, a set."""

    value: str
    kind: Literal["date", "set"] = "date"


Meaning = Calendar | Shift | Amount | Fixed


class Hit(NamedTuple):
    """A meaning and the token behind its last one."""

    meaning: Meaning
    end: int


class Number(NamedTuple):
    """A number (None: nobody says how many) and the token behind its last one."""

    value: float | None
    end: int


def _numbered(name: str, first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(word_row("times", name), first)}


_MONTHS = word_row("times", "months")
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
# Words that are something else more often than a month or a weekday: they need a date's company.
DOUBTFUL = word_list("times", "doubtful")

_WEEKDAYS = word_row("times", "weekdays")
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS, 1) for name in names.split()}
MANY_WEEKDAYS = {f"{names.split()[0]}s": number for number, names in enumerate(_WEEKDAYS, 1)}

SEASONS = word_map("times", "seasons")
# First and last month of a season in the north; winter begins in the year before.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}

UNITS = word_map("times", "units")
UNITS |= {f"{name}s": code for name, code in UNITS.items() if name != "century"}
UNITS |= {"centuries": "CE", "millennia": "ML"}
ONE_UNIT = {name: code for name, code in UNITS.items() if not name.endswith("s") and name != "centuries"}

ONES = _numbered("ones", 0)
TENS = {word: int(value) for word, value in word_map("times", "tens").items()}
ORDINALS = _numbered("ordinals", 1) | {"thirtieth": 30}
NAMED_DECADES = {word: int(value) for word, value in word_map("times", "named_decades").items()}
# Several, nobody says how many: X in TIMEX3.
VAGUE = word_list("times", "vague")

DAYPARTS = word_map("times", "dayparts")
# Hours that a part of the day may cover, last one inclusive.
DAYPART_HOURS = {"MO": (5, 11), "AF": (12, 17), "EV": (17, 23), "NI": (18, 23), "DT": (6, 18)}
NAMED_CLOCKS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T00:00"}

EARLY: dict[str, Literal["", "start", "mid", "end", "before", "after"]] = word_map("times", "early")

NOW = word_map("times", "now")
PHRASES = {
    ("right", "now"): "PRESENT_REF", ("just", "now"): "PRESENT_REF", ("at", "present"): "PRESENT_REF",
    ("these", "days"): "PRESENT_REF", ("present", "day"): "PRESENT_REF", ("modern", "day"): "PRESENT_REF",
    ("at", "the", "moment"): "PRESENT_REF", ("at", "this", "time"): "PRESENT_REF",
    ("to", "date"): "PRESENT_REF", ("till", "date"): "PRESENT_REF",
    ("the", "future"): "FUTURE_REF", ("the", "past"): "PAST_REF",
    ("the", "present"): "PRESENT_REF", ("near", "future"): "FUTURE_REF",
    ("the", "near", "future"): "FUTURE_REF", ("as", "soon", "as", "possible"): "FUTURE_REF",
    ("the", "recent", "past"): "PAST_REF", ("the", "present", "day"): "PRESENT_REF",
    ("the", "modern", "day"): "PRESENT_REF",
}  # fmt: skip
# Where a bare number or month that follows is a time.
BEFORE_TIMES = word_list("times", "before_times")
COUNTED = word_list("times", "counted")
CONNECT = word_list("times", "connect")
APPROX = word_list("times", "approx")
# They tell a part only with "of" behind them: "the end of May".
PART_NOUNS = word_list("times", "part_nouns")
