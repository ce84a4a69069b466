"""Times of the calendar longer than a day in tokens: weeks, seasons, quarters, years, decades, centuries.

``calendar`` is the entry: any time of the calendar, days too.
"""

from __future__ import annotations

from onrecord.lang import word_list
from onrecord.times.calendar import holiday_name
from onrecord.times.clocks import Tokens, day_figures, era, full_year, ordinal, short_year, year_words
from onrecord.times.days import (
    PERSON_BEFORE,
    century_of_short,
    day_first,
    month_first,
    month_name,
    nth_weekday,
    numeric_date,
    weekday_date,
    word_before,
    year_behind,
)
from onrecord.times.lexicon import (
    BEFORE_TIMES,
    COUNTED,
    DOUBTFUL,
    NAMED_DECADES,
    SEASONS,
    UNITS,
    Calendar,
    Hit,
    Shift,
)
from onrecord.times.relative import side_unit


def season(t: Tokens, i: int) -> Hit | None:
    """ "the spring of 1942", "summer 2007", "winter"."""
    code = SEASONS.get(t[i].low)
    if code is None:
        return None
    year = year_behind(t, i + 1)
    if year and year.value is not None:
        return Hit(Calendar(season=code, year=century_of_short(int(year.value))), year.end)
    before = word_before(t, i)
    if t[i].low == "fall":
        timed = before in BEFORE_TIMES - PERSON_BEFORE or (
            before == "the" and i > 1 and t[i - 2].low in ("in", "by", "during", "over", "throughout")
        )
        return Hit(Calendar(season=code), i + 1) if timed and t[i + 1].low != "of" else None
    if t[i].low == "spring":
        timed = before in BEFORE_TIMES - {"to"} or (t[i].capital and before != "")
        if not timed and t[i + 1].low not in _SEASONAL:
            return None
    return Hit(Calendar(season=code), i + 1)


_SEASONAL = word_list("times", "seasonal")


def quarter(t: Tokens, i: int, *, sure: bool = False) -> Hit | None:
    """ "Q1 2017", "the first quarter of 2017", "the second half of 2008", "H2"."""
    if t[i].low in ("q", "h") and t[i + 1].kind == "number" and t[i + 1].gap == 0 and len(t[i + 1].low) == 1:
        number, end = int(t[i + 1].low), i + 2
        key = "quarter" if t[i].low == "q" else "half"
    else:
        found = ordinal(t, i)
        last = t[i].low in ("last", "final", "latter")
        if found is None and not last:
            return None
        k = found.end if found else i + 1
        k += t[k].text == "-" and t[k].gap == 0
        key = {"quarter": "quarter", "half": "half"}.get(t[k].low, "")
        number = int(found.value or 0) if found else 4 if key == "quarter" else 2
        end = k + 1
        if not key or (found is None and t[end].low != "of"):
            return None
    if not 1 <= number <= (4 if key == "quarter" else 2):
        return None
    year = year_behind(t, end)
    made = Calendar(
        quarter=number if key == "quarter" else None,
        half=number if key == "half" else None,
        year=int(year.value) if year and year.value is not None else None,
    )
    named = year is not None or (t[i].low in ("q", "h") and t[i].text.isupper())
    within = t[end].low in ("of", "in") and t[end + 1].low in ("the", "this", "last", "next", "that")
    money = key == "quarter" and t[i - 1].low in ("in", "the", "for") and i > 0
    return Hit(made, year.end if year else end) if named or within or money else None


def decade(t: Tokens, i: int) -> Hit | None:
    """ "1980s", "'80s", "the eighties", "460s BC"."""
    k = i + (t[i].text in ("'", "’", "‘") and t[i + 1].gap == 0)
    token = t[k]
    if (
        token.kind == "number"
        and t[k + 1].low in ("s", "'s")
        and t[k + 1].gap == 0
        and len(token.low) < 5
        and token.low.endswith("0")
    ):
        end = era(t, k + 2)
        number = int(token.low)
        if len(token.low) == 2 and (k > i or word_before(t, i) in BEFORE_TIMES):
            return Hit(Calendar(decade=century_of_short(number) // 10), k + 2)
        if len(token.low) in (3, 4) and (end > k + 2 or len(token.low) == 4):
            if number % 100 == 0 and t[k + 2].low not in ("and",) and end == k + 2 and number < 2000:
                return Hit(Calendar(century=number // 100), end)  # "the 1800s" are a century
            return Hit(Calendar(decade=number // 10, before_era=end > k + 2), end)
        return None
    named = NAMED_DECADES.get(token.low)
    if named and word_before(t, i) in BEFORE_TIMES and k == i:
        return Hit(Calendar(decade=190 + named), k + 1)
    return None


def century(t: Tokens, i: int) -> Hit | None:
    """ "the 20th century", "the fifth century BC"."""
    found = ordinal(t, i)
    if found is None or found.value is None:
        return None
    k = found.end + (t[found.end].text == "-" and t[found.end].gap == 0)
    if t[k].low not in ("century", "centuries"):
        return None
    end = era(t, k + 1)
    return Hit(Calendar(century=int(found.value) - 1, before_era=end > k + 1), end)


def year_alone(t: Tokens, i: int) -> Hit | None:
    """A year on its own: "in 1941", "(1937", "the year 1950"; no count, sum, size or number of a thing."""
    k = i + (t[i].low in ("year", "years"))
    k += t[k].low == "of" and k > i
    short = short_year(t, k)
    if short and short.value is not None and (t[short.end].low != "s" or t[short.end].gap):
        return Hit(Calendar(year=century_of_short(int(short.value))), short.end)
    found = full_year(t, k)
    if found is None or found.value is None:
        words = year_words(t, k)
        if (
            words
            and (k > i or word_before(t, k) in ("in", "since", "of", "by"))
            and (words.value or 0) > 1000
        ):
            return Hit(Calendar(year=int(words.value or 0)), words.end)
        return None
    year, end = int(found.value), found.end
    if k > i or year < 0 or end > k + 1:
        return Hit(Calendar(year=year), end)
    return Hit(Calendar(year=year), end) if _is_year(t, k, year) else None


# Behind these stands the number of a thing.
_NUMBERED = word_list("times", "numbered")


def _is_year(t: Tokens, k: int, year: int) -> bool:
    before, after = t[k - 1] if k else t[-1], t[k + 1]
    if before.text in "$€£#+@=" and before.kind == "mark" and k and t[k].gap == 0:
        return False
    if k and before.text in "/-.:,_" and t[k].gap == 0 and before.gap == 0 and before.kind == "mark" \
            and t[k - 2].kind != "end" and (before.text != "-" or t[k - 2].kind == "number"):  # fmt: skip
        return t[k - 2].kind == "number" and before.text == "-" and 1000 < int(t[k - 2].low[:5] or 0) <= year
    if after.low in COUNTED or after.low in UNITS or after.text in ("%", "°", "$", "€") or after.low == "m":
        return False
    if after.gap == 0 and (after.kind == "word" or (after.text in "/_:" and t[k + 2].gap == 0)):
        return after.low == "'s" or (after.text == "/" and t[k + 2].kind == "number")
    if t[k].gap == 0 and k and before.kind == "word":
        return False
    if before.low in _NUMBERED:
        return False
    timed = (
        k == 0 or t[k].gap >= 2 or before.low in BEFORE_TIMES or before.text in "(–—-" or before.text in "’'"
    )
    if year >= 1700 or before.text == "(":
        plural = after.kind == "word" and after.low.endswith("s") and not timed
        return not (plural and after.low not in ("was", "is", "has", "'s")) or before.low in ("the", "its")
    return timed and before.low not in word_list("times", "is_year")


def week_number(t: Tokens, i: int) -> Hit | None:
    """ "week 10", "week 10 of 2019", "the last week of 2016", "the first week of June"."""
    if t[i].low == "week" and t[i + 1].low in ("of", "beginning", "commencing", "starting", "ending"):
        k = i + 2 + (t[i + 2].low == "on")
        inner = month_first(t, k) or day_first(t, k)
        if inner and isinstance(inner.meaning, Calendar) and inner.meaning.day:
            made = inner.meaning
            return Hit(Calendar(week=0, year=made.year, month=made.month, day=made.day), inner.end)
        return None
    if t[i].low == "week" and t[i + 1].kind == "number" and 1 <= int(t[i + 1].low[:3]) <= 53:
        year = year_behind(t, i + 2) if t[i + 2].low == "of" else None
        made = Calendar(week=int(t[i + 1].low), year=int(year.value or 0) if year else None)
        return Hit(made, year.end if year else i + 2)
    found = ordinal(t, i)
    last = t[i].low in ("last", "final")
    if not found and not last:
        return None
    k = found.end if found else i + 1
    if t[k].low != "week" or t[k + 1].low not in ("of", "in") or (found and (found.value or 9) > 5):
        return None
    week = -1 if last or found is None else int(found.value or 1)
    whole = side_unit(t, k + 2)
    if whole and isinstance(whole.meaning, Shift) and whole.meaning.unit in ("M", "Y"):
        return Hit(Calendar(week=week, within=whole.meaning), whole.end)
    inner = month_first(t, k + 2) or year_alone(t, k + 2)
    if inner is None or not isinstance(inner.meaning, Calendar) or inner.meaning.day:
        return None
    return Hit(Calendar(week=week, month=inner.meaning.month, year=inner.meaning.year), inner.end)


def reversed_year(t: Tokens, i: int) -> Hit | None:
    """A year before what it is the year of: "2017 April", "2017 Q1", "2019 H2"."""
    year = full_year(t, i)
    if year is None or year.value is None or t[year.end].gap > 1:
        return None
    k = year.end + (t[year.end].text == "-" and t[year.end].gap == 0)
    inner = quarter(t, k, sure=True)
    if inner and isinstance(inner.meaning, Calendar) and inner.meaning.year is None:
        made = inner.meaning
        return Hit(Calendar(year=int(year.value), quarter=made.quarter, half=made.half), inner.end)
    name = month_name(t, k) if t[k].gap == 1 else None
    if name is None or full_year(t, name.end) or day_figures(t, name.end) or t[k].low in DOUBTFUL:
        return None
    return Hit(Calendar(year=int(year.value), month=int(name.value or 0)), name.end)


def holiday(t: Tokens, i: int) -> Hit | None:
    """A holiday by name, with the year that may follow."""
    found = holiday_name(t, i)
    if found is None:
        return None
    name, end = found
    year = year_behind(t, end)
    if year and year.value is not None:
        return Hit(Calendar(holiday=name, year=century_of_short(int(year.value))), year.end)
    return Hit(Calendar(holiday=name), end)


def calendar(t: Tokens, i: int) -> Hit | None:
    """The first time of the calendar that can be read at token ``i``."""
    for read in (numeric_date, weekday_date, nth_weekday, reversed_year, week_number, quarter, century,
                 decade, day_first, holiday, month_first, season, year_alone):  # fmt: skip
        found = read(t, i)
        if found:
            return found
    return None
