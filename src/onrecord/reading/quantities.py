"""Sums of money and quantities in a text, by rules: digits or number words with their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from onrecord.values import Span

Measure = Literal["money", "quantity"]

_ONES = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "hundred|thousand|million|billion|trillion"
# Begins where a number can, not inside a run of digits nor at a later group of three: each run is tried once.
_BEGINS = r"(?<!\d)(?!(?<=\d,)\d{3}(?!\d))"
_DIGITS = rf"{_BEGINS}(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WORDS = rf"(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}"
_SCALE = rf"(?:[ -](?:{_LARGE})|\s?(?:bn|mn|m|k|tn)\b)"
_NUMBER = rf"(?:(?:{_DIGITS}|{_WORDS}){_SCALE}*|(?:a |several )?(?:{_LARGE}|dozen)s?(?: of (?:{_LARGE})s)?)"
_CURRENCY = (
    r"dollars?|euros?|pounds?(?: sterling)?|roubles?|rubles?|yen|yuan|rupees?|francs?|pesos?|bolivars?|rials?"
    r"|dinars?|liras?|cents?|pence|shekels?|won|zlotys?|hryvnias?|USD|EUR|GBP"
)
_SIGNS = r"(?:US|C|A|AU|NZ|HK)?\$|€|£|¥|₽|₴|₹"
_UNITS = (
    r"per ?cent|percentage points?|%|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|feet|foot|inches"
    r"|hectares?|acres?|square (?:kilomet(?:er|re)s|miles|met(?:er|re)s|feet)|tons?|tonnes?|kilograms?|kg"
    r"|grams?|litres?|liters?|barrels?(?: (?:a|per) day)?|gallons?|megawatts?|MW|GW|knots|mph|km/h|degrees"
)
_ABOUT = (
    r"(?:(?:at least|at most|more than|less than|fewer than|as many as|as much as|up to|about|around|some"
    r"|over|nearly|almost|approximately|roughly) )?"
)
_MONEY = re.compile(
    rf"(?:{_SIGNS})\s?(?:{_DIGITS}){_SCALE}?"
    rf"|{_NUMBER} (?:(?:US|American|Canadian|Australian) )?(?:{_CURRENCY})\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_MONEY_TOLD = (
    "$", "€", "£", "¥", "₽", "₴", "₹", "dollar", "euro", "pound", "rouble", "ruble", "yen", "yuan", "rupee",
    "franc", "peso", "bolivar", "rial", "dinar", "lira", "cent", "pence", "shekel", "won", "zloty", "hryvnia",
    "usd", "eur", "gbp",
)  # fmt: skip
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
    found: list[tuple[Measure, Span]] = [("money", span) for span in money]
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
