"""Numbers, sums of money, quantities and days as words tell them, and as ranges that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from onrecord.lang import either, word_map, word_row
from onrecord.times.lexicon import ONES, TENS
from onrecord.values import Span, TimeExpression

_ONES, _TENS = "|".join(ONES), "|".join(TENS)
_SMALL = {word: float(number) for word, number in (ONES | TENS).items()}
_LARGE = "hundred|thousand|million|billion|trillion"
# Begins where a number can, not inside a run of digits nor at a later group of three: each run is tried once.
_BEGINS = r"(?<!\d)(?!(?<=\d,)\d{3}(?!\d))"
_DIGITS = rf"{_BEGINS}(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WORDS = rf"(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}"
_SCALE = rf"(?:[ -](?:{_LARGE})|\s?(?:bn|mn|m|k|tn)\b)"
_NUMBER = rf"(?:(?:{_DIGITS}|{_WORDS}){_SCALE}*|(?:a |several )?(?:{_LARGE}|dozen)s?(?: of (?:{_LARGE})s)?)"
_CURRENCY = either("reading", "currency")
_SIGNS = r"(?:US|C|A|AU|NZ|HK)?\$|€|£|¥|₽|₴|₹"
_UNITS = rf"{either('reading', 'units_per')}|%|{either('reading', 'units_kilometer')}|km/h|degrees"
_ABOUT = rf"(?:(?:{either('reading', 'about')}) )?"
_MONEY = re.compile(
    rf"(?:{_SIGNS})\s?(?:{_DIGITS}){_SCALE}?"
    rf"|{_NUMBER} (?:(?:US|American|Canadian|Australian) )?(?:{_CURRENCY})\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_MONEY_TOLD = word_row("reading", "money_told")
_QUANTITY = re.compile(
    rf"(?<![\w.,-]){_ABOUT}(?:{_NUMBER})(?:(?:-| to | or )(?:{_NUMBER}))?(?:[- ]?(?:{_UNITS}))?(?![\w-])",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\d|[ -](?:hundred|thousand|million|billion|trillion)|dozen|%|cent\b", re.IGNORECASE)


def quantities(
    text: str, *, taken: Sequence[Span] = ()
) -> Iterator[tuple[Literal["money", "quantity"], Span]]:
    """Sums of money and quantities in the order of the text.

    Nothing overlaps ``taken`` (dates and times, sorted). A bare "one" is no quantity, nor is a bare year.

    >>> list(quantities("They paid $3.5 million for 12 tanks."))
    [('money', (10, 22)), ('quantity', (27, 29))]
    """
    money = [
        (line.start() + start, line.start() + end)
        for line in _LINE.finditer(text)
        if _names_money(line[0])
        for start, end in (match.span() for match in _MONEY.finditer(line[0]))
    ]
    blocked = sorted([*taken, *money])
    found: list[tuple[Literal["money", "quantity"], Span]] = [("money", span) for span in money]
    at = 0
    for match in _QUANTITY.finditer(text):
        start, end = match.span()
        while at < len(blocked) and blocked[at][1] <= start:
            at += 1
        if at < len(blocked) and blocked[at][0] < end:
            continue
        if _is_count(match[0]):
            found.append(("quantity", (start, end)))
    yield from sorted(found, key=lambda one: one[1])


def _names_money(line: str) -> bool:
    """Whether a line may name a currency: a look that is much faster than the pattern."""
    low = line.lower()
    return any(sign in low for sign in _MONEY_TOLD)


def _is_count(words: str) -> bool:
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return False
    return bool(_COUNTS.search(words)) or words.lower() not in ("one", "zero", "a hundred", "hundred")


_SCALES = {word: float(value) for word, value in word_map("linking", "scales").items()}
# At least twice, and less than ten times as many; the next larger word would have been used.
_PLURALS = {
    word: (float(least), float(most))
    for word, (least, most) in ((word, told.split()) for word, told in word_map("linking", "plurals").items())
}
_WORD_NUMBER = (
    rf"(?:{_TENS})(?:[- ](?:{'|'.join(list(ONES)[1:10])}))?|{_ONES}"
    r"|an?(?= (?:hundred|thousand|million|billion|dozen)\b)"
)
_MEASURE = re.compile(
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
    for match in _MEASURE.finditer(text):
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
