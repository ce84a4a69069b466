"""Numbers and times of day in tokens: cardinals, ordinals, years, "5:34 AM", "half past seven", "in the
morning"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.text.words import FinePart
from onrecord.times.lexicon import DAYPARTS, NAMED_CLOCKS, ONES, ORDINALS, TENS, VAGUE, Number

Tokens = Sequence[FinePart]
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


class Clock(NamedTuple):
    """A TIMEX3 time ("T05:34", "TMO") and the token behind its last one."""

    value: str
    end: int


def _half_day(t: Tokens, i: int) -> tuple[str, int] | None:
    """ "am" or "pm", also as "p.m.", "p. m." and "a", and the token behind."""
    low = t[i].low
    if low in ("am", "pm"):
        return low, i + 1
    if low not in ("a", "p") or t[i].gap > 1:
        return None
    k = i + 1 + (t[i + 1].text == ".")
    if t[k].low != "m":
        return (low + "m", i + 1) if t[i].gap == 0 else None
    ends = t[k + 1].text == "." and k > i + 1
    return low + "m", k + 1 + ends


def _written(hour: int, minute: int | None, second: int | None, half: str) -> str | None:
    if half:
        if not 0 <= hour <= 23:
            return None
        if half == "pm" and hour < 12:
            hour += 12
        if half == "am" and hour == 12:
            hour = 0
    if hour > 24 or (minute or 0) > 59 or (second or 0) > 60:
        return None
    return f"T{hour % 24:02}:{minute or 0:02}" + (f":{second:02}" if second is not None else "")


def _figures(t: Tokens, i: int, *, sure: bool) -> Clock | None:
    """ "5:34", "17:30:05", "8.30pm", "5 pm", "0300 hours"; ``sure`` allows "8.30" and "7" alone."""
    if t[i].kind != "number" or len(t[i].low) > 4:
        return None
    hour, minute, second, k = int(t[i].low), None, None, i + 1
    if len(t[i].low) > 2:
        return _military(t, i)
    colon = t[k].text == ":"
    if t[k].text in (":", ".") and t[k].gap == 0 == t[k + 1].gap and len(t[k + 1].low) == 2 \
            and t[k + 1].kind == "number":  # fmt: skip
        minute, k = int(t[k + 1].low), k + 2
        if t[k].text == ":" and t[k + 1].kind == "number" and len(t[k + 1].low) == 2:
            second, k = int(t[k + 1].low), k + 2
    half = _half_day(t, k)
    if half and (half[1] > k + 1 or half[0][0] != t[k].low or minute is not None or sure or t[k].gap == 0):
        value = _written(hour, minute, second, half[0])
        return Clock(value, half[1]) if value else None
    if t[k].low in ("o'clock", "oclock"):
        k += 1
        half = _half_day(t, k)
        value = _written(hour, minute, second, half[0] if half else "")
        return Clock(value, half[1] if half else k) if value else None
    if not (minute is not None and colon) and not sure:
        return None
    value = _written(hour, minute, second, "")
    return Clock(value, k) if value and t[k].text != "%" else None


def _military(t: Tokens, i: int) -> Clock | None:
    figures = t[i].low.zfill(4)
    half = _half_day(t, i + 1)
    if not half and t[i + 1].low not in ("hrs", "hours", "gmt", "utc"):
        return None
    value = _written(int(figures[:2]), int(figures[2:]), None, half[0] if half else "")
    if value is None:
        return None
    return Clock(value, half[1] if half else i + 1 + (t[i + 1].low in ("hrs", "hours")))


def _spoken(t: Tokens, i: int, *, sure: bool) -> Clock | None:
    """ "half past seven", "a quarter to six", "seven o'clock", "seven thirty pm"."""
    past = _past_to(t, i)
    if past:
        return past
    hour = cardinal_words(t, i)
    if hour is None or hour.value is None or not 0 < hour.value <= 12 or t[i].low in TENS:
        return None
    k = hour.end
    minute = None
    if sure and (t[k].low in TENS or ONES.get(t[k].low, 0) > 9):
        more = cardinal_words(t, k)
        if more and more.value is not None and more.value < 60:
            minute, k = int(more.value), more.end
    named = t[k].low in ("o'clock", "oclock")
    k += named
    half = _half_day(t, k) if t[k].text != "a" or t[k + 1].low == "m" or t[k + 1].text == "." else None
    if not named and not half and not sure:
        return None
    value = _written(int(hour.value), minute, None, half[0] if half else "")
    return Clock(value, half[1] if half else k) if value else None


def _past_to(t: Tokens, i: int) -> Clock | None:
    k = i + (t[i].low == "a")
    low = t[k].low
    minutes: float | None = {"half": 30.0, "quarter": 15.0}.get(low)
    k += 1
    if minutes is None:
        found = cardinal_words(t, k - 1) or digits(t, k - 1)
        if found is None:
            return None
        minutes, k = found.value, found.end
        named = t[k].low in ("minutes", "minute", "min", "mins")
        if not named and (t[k].low != "past" or (minutes or 0) % 5):
            return None
        k += named
    if t[k].low not in ("past", "to") or minutes is None:
        return None
    hour = _figures(t, k + 1, sure=True) or _spoken(t, k + 1, sure=True)
    if hour is None or not hour.value[1:3].isdigit() or hour.value[4:] != "00":
        return None
    total = int(hour.value[1:3]) * 60 + (int(minutes) if t[k].low == "past" else -int(minutes))
    return Clock(f"T{total // 60 % 24:02}:{total % 60:02}", hour.end)


def clock(t: Tokens, i: int, *, sure: bool = False) -> Clock | None:
    """A time of day at token ``i``; ``sure`` where only a time can stand ("tomorrow at 7")."""
    if t[i].low in NAMED_CLOCKS:
        return Clock(NAMED_CLOCKS[t[i].low], i + 1)
    found = _figures(t, i, sure=sure) or _spoken(t, i, sure=sure)
    if found is None or (
        t[found.end].gap == 0 and t[found.end].kind in ("word", "number") and t[found.end].text != "Z"
    ):
        return None
    part = daypart_phrase(t, found.end)
    return Clock(in_part(found.value, part.value), part.end) if part else found


def in_part(value: str, part: str) -> str:
    """A time of day in a part of the day: seven in the evening is 19.

    >>> in_part("T07:00", "TEV"), in_part("T07:30", "TMO")
    ('T19:00', 'T07:30')
    """
    hour = int(value[1:3])
    later = part in ("TAF", "TEV") or (part == "TNI" and hour > 5)
    return f"T{hour + 12}{value[3:]}" if later and 0 < hour < 12 else value


def daypart_phrase(t: Tokens, i: int) -> Clock | None:
    """ "in the morning", "at night", "of the afternoon" at token ``i``."""
    if t[i].low in ("in", "during") and t[i + 1].low == "the":
        k = i + 2 + (t[i + 2].low in ("early", "late", "mid"))
        return daypart(t, k)
    return None


def daypart(t: Tokens, i: int) -> Clock | None:
    """ "morning", "early afternoon", "morning hours" at token ``i``."""
    k = i + (t[i].low in ("early", "late", "mid"))
    if t[k].text == "-" and k > i:
        k += 1
    code = DAYPARTS.get(t[k].low)
    if code is None:
        return None
    return Clock(f"T{code}", k + 1 + (t[k + 1].low == "hours"))
