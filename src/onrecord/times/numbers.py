"""Numbers in tokens: cardinals, ordinals, days of a month, years, and how many of a unit."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.text.parts import Part
from onrecord.times.lexicon import ONES, ORDINALS, TENS, VAGUE, Number

Tokens = Sequence[Part]
_SUFFIX = frozenset(["st", "nd", "rd", "th"])


def _hyphen(t: Tokens, i: int) -> int:
    """The token behind a hyphen that binds two words, or ``i``."""
    return i + 1 if t[i].text == "-" and t[i].gap == 0 and t[i + 1].gap == 0 else i


def cardinal_words(t: Tokens, i: int) -> Number | None:
    """A number in words below a thousand: "two", "twenty-five", "one hundred and sixteen"."""
    small = _below_hundred(t, i)
    if small is None:
        return None
    value, end = small
    if t[end].low == "hundred" and value is not None:
        value, end = value * 100, end + 1
        more = _below_hundred(t, end + (t[end].low == "and"))
        if more and more.value is not None:
            value, end = value + more.value, more.end
    return Number(value, end)


def _below_hundred(t: Tokens, i: int) -> Number | None:
    low = t[i].low
    if low in TENS:
        k = _hyphen(t, i + 1)
        if 0 < ONES.get(t[k].low, 0) < 10 and t[k].gap < 2:
            return Number(TENS[low] + ONES[t[k].low], k + 1)
        return Number(TENS[low], i + 1)
    return Number(ONES[low], i + 1) if low in ONES else None


def digits(t: Tokens, i: int) -> Number | None:
    """A number in figures: "7", "2.5", "1,200"."""
    if t[i].kind != "number" or len(t[i].low) > 9:
        return None
    text, end = t[i].low, i + 1
    while t[end].text == "," and t[end].gap == 0 == t[end + 1].gap and len(t[end + 1].low) == 3 \
            and t[end + 1].kind == "number" and len(text) < 9:  # fmt: skip
        text, end = text + t[end + 1].low, end + 2
    if t[end].text == "." and t[end].gap == 0 == t[end + 1].gap and t[end + 1].kind == "number":
        return Number(float(f"{text}.{t[end + 1].low[:6]}"), end + 2)
    return Number(float(text), end)


def _and_fraction(t: Tokens, i: int) -> Number | None:
    """ "and a half", "and half", "and a quarter" as what it adds."""
    if t[i].low != "and":
        return None
    k = i + 1 + (t[i + 1].low in ("a", "one"))
    share = {"half": 0.5, "quarter": 0.25}.get(t[k].low)
    return Number(share, k + 1) if share else None


def how_many(t: Tokens, i: int) -> Number | None:
    """How many of a unit: "two", "2.5", "a", "half an", "a couple of", "several", "one and a half"."""
    low = t[i].low
    if low in ("a", "an"):
        if t[i + 1].low in VAGUE:
            return Number(None, i + 2 + (t[i + 2].low == "of"))
        if t[i + 1].low == "dozen":
            return Number(12, i + 2)
        if t[i + 1].low == "hundred":
            return Number(100, i + 2)
        if t[i + 1].low == "half":
            return Number(0.5, i + 2)
        return Number(1, i + 1)
    if low == "half":
        return Number(0.5, i + 1 + (t[i + 1].low in ("a", "an")))
    if low in VAGUE:
        return Number(None, i + 1 + (t[i + 1].low == "of"))
    found = digits(t, i) or cardinal_words(t, i)
    if found is None or found.value is None:
        return None
    more = _and_fraction(t, found.end)
    if more is None and t[found.end].low == "and" and t[found.end + 1].low == "half":
        more = Number(0.5, found.end + 2)
    return Number(found.value + (more.value or 0), more.end) if more else found


def after_unit(t: Tokens, i: int) -> Number | None:
    """What follows a unit and adds to it: "a year and a half"."""
    return _and_fraction(t, i)


def ordinal(t: Tokens, i: int) -> Number | None:
    """ "first", "21st", "twenty-second"."""
    low = t[i].low
    if t[i].kind == "number":
        if len(low) <= 2 and t[i + 1].low in _SUFFIX and t[i + 1].gap == 0:
            return Number(int(low), i + 2)
        return None
    if low in TENS:
        k = _hyphen(t, i + 1)
        if ORDINALS.get(t[k].low, 99) < 10 and t[k].gap < 2:
            return Number(TENS[low] + ORDINALS[t[k].low], k + 1)
        return None
    return Number(ORDINALS[low], i + 1) if low in ORDINALS else None


def day_figures(t: Tokens, i: int) -> Number | None:
    """A day of a month in figures, with or without an ordinal's ending; no part of a longer number."""
    if t[i].kind != "number" or len(t[i].low) > 2 or not 1 <= int(t[i].low) <= 31:
        return None
    found = ordinal(t, i)
    if found:
        return found
    mark, behind = t[i + 1], t[i + 2]
    if mark.gap == 0 and (mark.text in "%°:" or mark.kind == "word"):
        return None
    if mark.text in (",", ".", "/") and mark.gap == 0 == behind.gap and behind.kind == "number":
        return None if mark.text != "," or len(behind.low) != 4 else Number(int(t[i].low), i + 1)
    return Number(int(t[i].low), i + 1)


def day_of_month(t: Tokens, i: int) -> Number | None:
    """A day of a month in figures or in words."""
    found = day_figures(t, i) or ordinal(t, i) or cardinal_words(t, i)
    if found and found.value is not None and 1 <= found.value <= 31:
        return found
    return None


def era(t: Tokens, i: int) -> int:
    """The token behind "BC", "B.C.", "BCE"; ``i`` if there is none."""
    if t[i].low in ("bc", "bce") and t[i].text.isupper():
        return i + 1
    if t[i].text == "B" and t[i + 1].text == "." and t[i + 2].text == "C":
        end = i + 3 + (t[i + 3].text == "." and t[i + 3].gap == 0)
        return end
    return i


def common_era(t: Tokens, i: int) -> int:
    """The token behind "AD" or "CE"; ``i`` if there is none."""
    return i + 1 if t[i].text in ("AD", "CE") else i


def full_year(t: Tokens, i: int) -> Number | None:
    """A year in four figures, or in fewer with "BC" or "AD"; negative before the common era."""
    token = t[i]
    if token.kind != "number" or len(token.low) > 4:
        return None
    if t[i + 1].text in (",", ".", "/") and t[i + 1].gap == 0 == t[i + 2].gap and t[i + 2].kind == "number":
        return None
    end = era(t, i + 1)
    if end > i + 1 and int(token.low) > 0:
        return Number(-int(token.low), end)
    end = common_era(t, i + 1)
    if len(token.low) == 4 and 1000 <= int(token.low) <= 2199:
        return Number(int(token.low), end)
    return Number(int(token.low), end) if end > i + 1 and int(token.low) > 0 else None


def year_words(t: Tokens, i: int) -> Number | None:
    """A year in words: "nineteen seventy eight", "two thousand and eighteen", "nineteen oh one"."""
    first = _below_hundred(t, i)
    if first is None or first.value is None:
        return None
    if first.value == 2 and t[first.end].low == "thousand":
        end = first.end + 1
        more = _below_hundred(t, end + (t[end].low == "and"))
        return Number(2000 + (more.value or 0), more.end) if more else Number(2000, end)
    if not 11 <= first.value <= 20:
        return None
    zero = t[first.end].low in ("oh", "o", "zero")
    second = _below_hundred(t, first.end + zero)
    if second is None or second.value is None or (second.value < 10) != zero:
        return None
    return Number(first.value * 100 + second.value, second.end)


def short_year(t: Tokens, i: int) -> Number | None:
    """'99 as the year it stands for in its century: 99."""
    if t[i].text in ("'", "’", "‘") and t[i + 1].gap == 0 and t[i + 1].kind == "number" \
            and len(t[i + 1].low) == 2:  # fmt: skip
        return Number(int(t[i + 1].low), i + 2)
    return None
