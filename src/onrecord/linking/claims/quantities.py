"""Numbers and days of a text as ranges that can be compared: "more than 50", "3.5 million", "before May"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log
from typing import Literal

from onrecord.lang import either, word_map
from onrecord.linking.claims.words import content, words_in
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.times.lexicon import ONES, TENS
from onrecord.values import Span, TimeExpression

_ONES, _TENS = tuple(ONES), tuple(TENS)
_SMALL = {word: float(number) for word, number in (ONES | TENS).items()}
_SCALES = {word: float(value) for word, value in word_map("linking", "scales").items()}
# At least twice, and less than ten times as many; the next larger word would have been used.
_PLURALS = {
    word: (float(least), float(most))
    for word, (least, most) in ((word, told.split()) for word, told in word_map("linking", "plurals").items())
}
_WORD_NUMBER = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES)}"
    r"|an?(?= (?:hundred|thousand|million|billion|dozen)\b)"
)
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?P<sign>(?:US|C|A|HK|NZ)?\$|€|£|¥|₽|₴|₹)?\s?(?:(?P<digits>\d{1,3}"
    rf"(?:[, \u00a0\u202f]\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)|\b(?P<words>{_WORD_NUMBER})\b)"
    rf"(?P<scales>(?:[ -]?(?:{either('linking', 'number')})\b){{0,3}})(?P<unit>\s?%|[ -]per ?cent\b"
    rf"|[ -]percentage points?\b)?(?![\w/])|\b(?P<plural>{'|'.join(_PLURALS)})\b(?:(?<!scores)|(?= of\b))",
    re.IGNORECASE,
)
_LONGEST_DIGITS = 18
_BOUND = re.compile(
    rf"\b(?:(?P<least>{either('linking', 'bound_no')})|(?P<most>{either('linking', 'quantities.bound')})|"
    rf"(?P<nearly>nearly|almost|close to|just under)|(?P<about>{either('linking', 'bound_about')}))\s"
    r"(?:the\s|a\s)?$",
    re.IGNORECASE,
)
_AROUND = 0.1  # how far "about" and "nearly" reach, as a share of the number
_ROUNDED = 0.05  # how far rounding reaches at most: "10,000" is not 6,000
_BEFORE = 24  # characters before a number in which such words stand


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in a text."""

    span: Span  # with the words that bound it
    low: float
    high: float
    value: float  # as written, without its bound
    unit: str  # "%", a sign of currency, or ""
    in_words: bool  # written as a bare word without a scale ("two")


def measures(text: str) -> Iterator[Measure]:
    """Every number of ``text``, in order; ordinals, parts of words, times of day and codes are none.

    >>> [(one.low, one.high) for one in measures("More than 50 states, 3.5 million people, two ships")]
    [(50.0, inf), (3450000.0, 3550000.0), (2.0, 2.0)]
    """
    for match in _NUMBER.finditer(text):
        if match["plural"]:
            low, high = _PLURALS[match["plural"].lower()]
            yield Measure(match.span(), low, high, low, "", False)
            continue
        if len(match["digits"] or "") > _LONGEST_DIGITS or _is_part(text, match.end()):
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        low, high = _range(match)
        value = (low + high) / 2
        bound = _BOUND.search(text, max(0, start - _BEFORE), start)
        if bound:
            start, low, high = bound.start(), *_bounded(bound, low, high)
        unit = "%" if match["unit"] else (match["sign"] or "")
        in_words = bool(match["words"]) and not match["scales"]
        yield Measure((start, match.end()), low, high, value, unit.strip().upper(), in_words)


def apart(one: Measure, other: Measure) -> bool:
    """Whether the two cannot be the same number."""
    return one.unit == other.unit and not meet(one, other)


def meet(one: Measure, other: Measure) -> bool:
    """Whether two ranges have a number in common, whatever their units."""
    return one.low <= other.high and other.low <= one.high


def _is_part(text: str, end: int) -> bool:
    """Whether the number goes on: a time of day, a version, a score."""
    return bool(re.match(r"[:.]\d|-[A-Z\d]|['’]s\b", text[end : end + 3]))


def _range(match: re.Match[str]) -> tuple[float, float]:
    scale = 1.0
    for word in re.findall(r"[a-z]+", match["scales"].lower()):
        scale *= 12.0 if word == "dozen" else _SCALES[word]
    if match["words"]:
        parts = re.split(r"[- ]", match["words"].lower())
        value = sum(_SMALL.get(word, 1.0) for word in parts) * scale
        return value, value
    digits = re.sub(r"[^\d.]", "", match["digits"])
    value = float(digits) * scale
    grain = scale * 10.0 ** -len(digits.partition(".")[2])
    if scale == 1.0 and value >= 1000 and "." not in digits:
        grain = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    # Rounded only where a scale or zeros say so: a plain 54 is 54.
    half = min(grain / 2, value * _ROUNDED) if grain > 1 else 0.0
    return value - half, value + half


def _bounded(bound: re.Match[str], low: float, high: float) -> tuple[float, float]:
    """The range with its words: a bound is meant exactly, so nothing is rounded there."""
    middle = (low + high) / 2
    turned = bound[0].lower().startswith("no ")
    if bound["least"]:
        return (0.0, middle) if turned and " more" in bound[0].lower() else (middle, inf)
    if bound["most"]:
        return (middle, inf) if turned else (0.0, middle)
    if bound["nearly"]:
        return low * (1 - _AROUND), high
    return low * (1 - _AROUND), high * (1 + _AROUND)


_DAY_BOUND = re.compile(
    r"\b(?:(?P<after>after|since|from|later than|following)|(?P<before>"
    rf"{either('linking', 'day_bound')}))\s(?:the\s)?$",
    re.IGNORECASE,
)
_BEFORE_A_TIME = 16  # characters before a time in which such a word stands
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
    bound = _DAY_BOUND.search(text, max(0, start - _BEFORE_A_TIME), start)
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


# What the counterpart in the other text is. "Far" is no likely counterpart, but all there is.
STANDINGS = (
    "alone", "equal", "more_fits", "less_fits", "more_apart", "less_apart", "more_far", "less_far",
)  # fmt: skip
ALONE, EQUAL = 0, 1
_MOST = 24  # amounts of a text that are compared
_FAR = log(2.0)  # of ln(larger / smaller)
_COUNTED = 1.0  # by how much, in ln, a number is nearer that counts the same thing


@dataclass(frozen=True, slots=True)
class ClaimAmount:
    """A number or time of a text."""

    span: Span
    number: Measure | None
    day: Day | None
    follows: str  # stem of the next content word: what is counted


@lru_cache(maxsize=8192)
def amounts(text: str) -> tuple[ClaimAmount, ...]:
    """The numbers and times of ``text``, in order; a number inside a time is not one of its own."""
    words = content(words_in(text))
    found = []
    taken = []
    for time in find_times(Doc.of(text), anchor=None):
        day = day_of(text, time)
        if time.type in ("date", "time") and fields_of(day):
            taken.append(time.span)
            found.append(ClaimAmount(time.span, None, day, ""))
    for number in measures(text):
        if any(start < number.span[1] and number.span[0] < end for start, end in taken):
            continue
        behind = next((word.stem for word in words if word.span[0] >= number.span[1]), "")
        found.append(ClaimAmount(number.span, number, None, behind))
    return tuple(sorted(found, key=lambda one: one.span)[:_MOST])


def standings(first: str, second: str) -> tuple[list[tuple[Span, int]], list[tuple[Span, int]]]:
    """The amounts of both texts, each with an index into STANDINGS."""
    one, other = amounts(first), amounts(second)
    return ([(a.span, _standing(a, other)) for a in one], [(b.span, _standing(b, one)) for b in other])


def _standing(one: ClaimAmount, others: Sequence[ClaimAmount]) -> int:
    if one.number is not None:
        return _of_number(one, [(each, each.number) for each in others if each.number is not None])
    return _of_day(one, [each.day for each in others if each.day is not None])


def _of_number(one: ClaimAmount, others: Sequence[tuple[ClaimAmount, Measure]]) -> int:
    number = one.number
    assert number is not None
    alike = [each for each in others if (each[1].unit == "%") == (number.unit == "%")]
    if not alike:
        return ALONE

    def distance(each: tuple[ClaimAmount, Measure]) -> float:
        nearer = _COUNTED if one.follows and each[0].follows == one.follows else 0.0
        return abs(log((each[1].value + 0.5) / (number.value + 0.5))) - nearer

    _, best = min(alike, key=distance)
    if best.value == number.value:
        return EQUAL
    ratio = log((best.value + 0.5) / (number.value + 0.5))
    word = "more" if ratio > 0 else "less"
    how = "fits" if meet(number, best) else "far" if abs(ratio) > _FAR else "apart"
    return STANDINGS.index(f"{word}_{how}")


def _of_day(one: ClaimAmount, others: Sequence[Day]) -> int:
    day = one.day
    assert day is not None
    mine = fields_of(day)
    best = None
    for other in others:
        theirs = fields_of(other)
        known = [(a, b) for a, b in zip(mine, theirs, strict=False) if "X" not in a and "X" not in b]
        if not known:
            continue
        differing = next((n for n, (a, b) in enumerate(known) if a != b), None)
        rank = (differing is None, len(known), differing or 0)
        if best is None or rank > best[0]:
            best = (rank, other, known, differing)
    if best is None:
        return ALONE
    _, other, known, differing = best
    if differing is None:
        return EQUAL
    if known[differing][1] > known[differing][0]:
        fits = day.bound == "after" or other.bound == "before"
        return STANDINGS.index("more_fits" if fits else "more_apart")
    fits = day.bound == "before" or other.bound == "after"
    return STANDINGS.index("less_fits" if fits else "less_apart")
