"""Numbers of a text as ranges that can be compared: "54", "more than 50", "3.5 million", "dozens", "5 %".

A number is a range [low, high] because reports round and bound: "more than 50" goes with 54, "3.5 million"
with 3,512,000, "about 50" with 47. Two numbers differ where their ranges have nothing in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from onrecord.values import Span

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: float(n) for n, word in enumerate(_ONES)} | {
    word: 20.0 + 10 * n for n, word in enumerate(_TENS)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
# At least twice, and less than ten times as many; the next larger word would have been used.
_PLURALS = {
    "dozens": (24.0, 99.0), "scores": (40.0, 199.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 999e3),
    "millions": (2e6, 999e6), "billions": (2e9, 999e9),
}  # fmt: skip
_WORD_NUMBER = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES)}"
    r"|an?(?= (?:hundred|thousand|million|billion|dozen)\b)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<sign>(?:US|C|A|HK|NZ)?\$|€|£|¥|₽|₴|₹)?\s?"
    rf"(?:(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<words>{_WORD_NUMBER})\b)"
    rf"(?P<scales>(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|[mk])\b){{0,3}})"
    rf"(?P<unit>\s?%|[ -]per ?cent\b|[ -]percentage points?\b)?(?![\w/])"
    rf"|\b(?P<plural>{'|'.join(_PLURALS)})\b(?:(?<!scores)|(?= of\b))",
    re.IGNORECASE,
)
_LONGEST_DIGITS = 18
_BOUND = re.compile(
    r"\b(?:(?P<least>(?:no )?(?:more|greater|higher|larger) than|over|above|at least|no (?:fewer|less) than"
    r"|upwards of|exceed(?:ed|s|ing)?|north of|in excess of)"
    r"|(?P<most>(?:no )?(?:less|fewer|lower) than|under|below|at most|up to|as (?:many|much) as|a maximum of)"
    r"|(?P<nearly>nearly|almost|close to|just under)"
    r"|(?P<about>about|around|some|roughly|approximately|an estimated|circa|or so))\s(?:the\s|a\s)?$",
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
