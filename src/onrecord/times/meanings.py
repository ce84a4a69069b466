"""What a time expression says before anything is known of when it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

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
