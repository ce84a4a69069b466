"""How the numbers and times of two texts stand to each other: an input of the pair model.

A network of word pieces does not know that 532 is more than 500, yet "more than 500" beside "532" decides
what one text says of the other. So each number is looked up in the other text: the number there that it is to
be compared with, whether that one is equal, larger or smaller, and whether both can hold, with words such as
"more than" and "before" taken for what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from onrecord.linking import days
from onrecord.linking.aligned import content, words_in
from onrecord.linking.measures import Measure, measures, meet
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Span

# What the counterpart in the other text is. "Far" is no likely counterpart, but all there is.
STANDINGS = (
    "alone", "equal", "more_fits", "less_fits", "more_apart", "less_apart", "more_far", "less_far",
)  # fmt: skip
ALONE, EQUAL = 0, 1
_MOST = 24  # amounts of a text that are compared
_FAR = log(2.0)  # of ln(larger / smaller)
_COUNTED = 1.0  # by how much, in ln, a number is nearer that counts the same thing


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or time of a text."""

    span: Span
    number: Measure | None
    day: days.Day | None
    follows: str  # stem of the next content word: what is counted


@lru_cache(maxsize=8192)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers and times of ``text``, in order; a number inside a time is not one of its own."""
    words = content(words_in(text))
    found = []
    taken = []
    for time in find_times(Doc.of(text), anchor=None):
        day = days.day_of(text, time)
        if time.type in ("date", "time") and days.fields_of(day):
            taken.append(time.span)
            found.append(Amount(time.span, None, day, ""))
    for number in measures(text):
        if any(start < number.span[1] and number.span[0] < end for start, end in taken):
            continue
        behind = next((word.stem for word in words if word.span[0] >= number.span[1]), "")
        found.append(Amount(number.span, number, None, behind))
    return tuple(sorted(found, key=lambda one: one.span)[:_MOST])


def standings(first: str, second: str) -> tuple[list[tuple[Span, int]], list[tuple[Span, int]]]:
    """The amounts of both texts, each with an index into STANDINGS."""
    one, other = amounts(first), amounts(second)
    return ([(a.span, _standing(a, other)) for a in one], [(b.span, _standing(b, one)) for b in other])


def _standing(one: Amount, others: Sequence[Amount]) -> int:
    if one.number is not None:
        return _of_number(one, [(each, each.number) for each in others if each.number is not None])
    return _of_day(one, [each.day for each in others if each.day is not None])


def _of_number(one: Amount, others: Sequence[tuple[Amount, Measure]]) -> int:
    number = one.number
    assert number is not None
    alike = [each for each in others if (each[1].unit == "%") == (number.unit == "%")]
    if not alike:
        return ALONE

    def distance(each: tuple[Amount, Measure]) -> float:
        nearer = _COUNTED if one.follows and each[0].follows == one.follows else 0.0
        return abs(log((each[1].value + 0.5) / (number.value + 0.5))) - nearer

    _, best = min(alike, key=distance)
    if best.value == number.value:
        return EQUAL
    ratio = log((best.value + 0.5) / (number.value + 0.5))
    word = "more" if ratio > 0 else "less"
    how = "fits" if meet(number, best) else "far" if abs(ratio) > _FAR else "apart"
    return STANDINGS.index(f"{word}_{how}")


def _of_day(one: Amount, others: Sequence[days.Day]) -> int:
    day = one.day
    assert day is not None
    mine = days.fields_of(day)
    best = None
    for other in others:
        theirs = days.fields_of(other)
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
