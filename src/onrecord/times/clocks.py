"""Times of day in tokens: "5:34 AM", "half past seven", "noon", "in the morning"."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.times.lexicon import DAYPARTS, NAMED_CLOCKS, ONES, TENS
from onrecord.times.numbers import Tokens, cardinal_words, digits


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
    if t[k].low in ("hrs", "hours", "h", "hr") and minute is not None:
        k += 1
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
    if t[i].low == "at" and t[i + 1].low in ("night", "dawn", "dusk", "noon", "midnight"):
        found = daypart(t, i + 1)
        return found or Clock(NAMED_CLOCKS[t[i + 1].low], i + 2)
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
