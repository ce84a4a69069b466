"""The numbers and times of a claim, and how each stands to those of another claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from onrecord.reading.claimed import claimed
from onrecord.reading.quantities import Day, Measure, day_of, fields_of, meet
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
class ClaimAmount:
    """A number or time of a text."""

    span: Span
    number: Measure | None
    day: Day | None
    follows: str  # stem of the next content word: what is counted


@lru_cache(maxsize=8192)
def amounts(text: str) -> tuple[ClaimAmount, ...]:
    """The numbers and times of ``text``, in order; a number inside a time is not one of its own."""
    told = claimed(text)
    found = []
    taken = []
    for time in told.times:
        day = day_of(text, time)
        if time.type in ("date", "time") and fields_of(day):
            taken.append(time.span)
            found.append(ClaimAmount(time.span, None, day, ""))
    for number in told.measures:
        if any(start < number.span[1] and number.span[0] < end for start, end in taken):
            continue
        behind = next((word.stem for word in told.content if word.span[0] >= number.span[1]), "")
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
