"""Days of the calendar in tokens: dates in figures and in words, weekdays, days of a month that is known."""

from __future__ import annotations

from onrecord.lang import word_list
from onrecord.times.clocks import (
    Tokens,
    day_figures,
    day_of_month,
    full_year,
    ordinal,
    short_year,
    year_words,
)
from onrecord.times.lexicon import (
    BEFORE_TIMES,
    CONNECT,
    COUNTED,
    DOUBTFUL,
    MONTHS,
    TENS,
    UNITS,
    WEEKDAYS,
    Calendar,
    Hit,
    Number,
)


def word_before(t: Tokens, i: int) -> str:
    """The word before token ``i``; nothing at the head of a line."""
    if i == 0 or t[i].gap >= 2:
        return ""
    return t[i - 1].low


def month_name(t: Tokens, i: int) -> Number | None:
    """A month and the token behind it and its full stop."""
    number = MONTHS.get(t[i].low)
    if number is None:
        return None
    short = len(t[i].low) <= 4 and t[i].low not in ("may", "june", "july")
    stop = t[i + 1].text == "." and t[i + 1].gap == 0 and (short or t[i + 2].kind == "number")
    keeps = stop and (t[i + 2].kind == "number" or t[i + 2].text == ",")
    return Number(number, i + 2 if keeps else i + 1)


def weekday_name(t: Tokens, i: int) -> Number | None:
    """A weekday and the token behind it and its full stop."""
    number = WEEKDAYS.get(t[i].low)
    if number is None:
        return None
    stop = t[i + 1].text == "." and t[i + 1].gap == 0 and not t[i].low.endswith("day")
    follows = stop and (t[i + 2].kind == "number" or t[i + 2].low in MONTHS or t[i + 2].text == ",")
    return Number(number, i + 2 if follows else i + 1)


def year_behind(t: Tokens, i: int) -> Number | None:
    """The year of a date whose month or day ends before ``i``: ", 2016", "of 1940", "in 2019", "'44"."""
    tight = t[i].text in ("-", "/") and t[i].gap == 0 == t[i + 1].gap and len(t[i + 1].low) == 4
    k = i + (t[i].text == "," or t[i].low in ("of", "in") or tight)
    if t[k].gap >= 2:
        return None
    found = full_year(t, k) or short_year(t, k)
    if found is None:
        words = year_words(t, k)
        return words if words and (words.value or 0) >= 1900 else None
    if t[i].low in ("of", "in") and t[k + 1].low in COUNTED:
        return None
    return found if not (t[k + 1].text == ":" and t[k + 1].gap == 0) else None


def _with_year(t: Tokens, made: Calendar, i: int) -> Hit:
    found = year_behind(t, i)
    if found is None or found.value is None:
        return Hit(made, i)
    return Hit(_replace_year(made, int(found.value)), found.end)


def _replace_year(made: Calendar, year: int) -> Calendar:
    return Calendar(year=century_of_short(year), month=made.month, day=made.day, weekday=made.weekday)


def century_of_short(year: int) -> int:
    """'99 is 1999, '05 is 2005; full years stay.

    >>> century_of_short(99), century_of_short(5), century_of_short(1941)
    (1999, 2005, 1941)
    """
    if not 0 <= year < 100:
        return year
    return year + (1900 if year > 40 else 2000)


def numeric_date(t: Tokens, i: int) -> Hit | None:
    """ "2016-01-12", "21/04/2016", "4/22", "2019-sep-1", "12/2015"."""
    first = t[i]
    if first.kind != "number" or _in_figures(t, i):
        return None
    mark = t[i + 1].text
    if mark not in ("/", "-", ".") or t[i + 1].gap or t[i + 2].gap:
        return None
    if len(t[i + 2].low) > 9:
        return None
    second = MONTHS.get(t[i + 2].low) or (int(t[i + 2].low) if t[i + 2].kind == "number" else 0)
    if not second:
        return None
    if t[i + 3].text in (mark, ",") and not t[i + 3].gap and not t[i + 4].gap and t[i + 4].kind == "number" \
            and not (t[i + 5].text in ("/", "-", ".") and t[i + 5].gap == 0 == t[i + 6].gap
                     and t[i + 6].kind == "number"):  # fmt: skip
        made = _three(first.low, second, t[i + 4].low, named=t[i + 2].kind == "word")
        return Hit(made, i + 5) if made else None
    ranged = mark == "/" and t[i + 3].text == "-" and t[i + 5].text == "/"
    if (
        not ranged
        and t[i + 3].text in ("/", "-", ".")
        and t[i + 3].gap == 0 == t[i + 4].gap
        and t[i + 4].kind == "number"
    ):
        return None
    made = _two(t, i, int(first.low) if len(first.low) < 5 else 0, mark, second)
    return Hit(made, i + 3) if made else None


def _in_figures(t: Tokens, i: int) -> bool:
    """Whether the number goes on one in front: a telephone number; not the second half of 1/5-7/5."""
    if not i or t[i].gap or t[i - 1].text not in ("/", "-", ".", ":"):
        return False
    if t[i - 1].text == "-" and len(t[i].low) == 4 and t[i + 1].text == "-":
        return i > 1 and t[i - 2].kind == "number"
    return not (t[i - 1].text == "-" and t[i + 1].text == "/")


def _three(first: str, second: int, third: str, *, named: bool) -> Calendar | None:
    if len(first) == 4 and len(third) <= 2:
        year, month, day = int(first), second, int(third)
    elif len(third) in (2, 4) and len(first) <= 2:
        year, month, day = century_of_short(int(third)), int(first), second
        if month > 12 or named:
            month, day = day, month
    else:
        return None
    return Calendar(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 and year else None


def _two(t: Tokens, i: int, first: int, mark: str, second: int) -> Calendar | None:
    named = t[i + 2].kind == "word"
    if named:
        after = t[i + 3]
        if (
            len(t[i].low) <= 2
            and 1 <= first <= 31
            and mark != "."
            and not (after.text == "-" and not after.gap)
        ):
            return Calendar(month=second, day=first)
        return None
    if t[i + 3].text == "%" or (i and t[i - 1].kind == "number" and t[i].gap == 1 and first < second):
        return None
    if len(t[i].low) == 4 and len(t[i + 2].low) == 1 and second and mark != ".":
        return Calendar(year=first, month=second) if first > 1900 else None
    if len(t[i].low) == 4 and len(t[i + 2].low) == 2 and 1 <= second <= 12 and mark != ".":
        # 1939-45 and 2007-08 are spans of years far more often than months.
        return Calendar(year=first, month=second) if second <= first % 100 and first > 1900 else None
    if len(t[i].low) <= 2 and len(t[i + 2].low) == 4 and mark != "." and 1 <= first <= 12 \
            and 1900 < second < 2100:  # fmt: skip
        return Calendar(year=second, month=first)
    dated = word_before(t, i) in word_list("times", "dated") or (i and t[i - 1].low in WEEKDAYS)
    if not dated and mark != "/":
        return None
    if not dated and ((t[i + 3].kind == "word" and t[i + 3].low not in BEFORE_TIMES) or first < 3 > second):
        return None
    if len(t[i].low) > 2 or len(t[i + 2].low) > 2:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    return Calendar(month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


# The Sunday Times and its like.
_PAPERS = word_list("times", "papers")


_ON = word_list("times", "on")


def weekday_date(t: Tokens, i: int) -> Hit | None:
    """A weekday, with what date may follow: "Friday, January 28", "Friday the 22nd", "Sun"."""
    name = weekday_name(t, i)
    if name is None or name.value is None:
        return None
    weekday, k = int(name.value), name.end
    bracket = t[k].text == "("
    k += t[k].text in (",", "-", "(") or (t[k].text == "/" and t[k].gap == 0)
    k += t[k].low == "the" if t[k].gap < 2 else 0
    inner = None if t[k].gap >= 2 else (month_first(t, k) or day_first(t, k) or numeric_date(t, k))
    if inner and isinstance(inner.meaning, Calendar) and inner.meaning.day:
        made = inner.meaning
        end = inner.end + (bracket and t[inner.end].text == ")")
        return Hit(Calendar(year=made.year, month=made.month, day=made.day, weekday=weekday), end)
    if t[k - 1].low == "the" and t[k].gap < 2:
        day = day_of_month(t, k)
        if day and day.value is not None and t[day.end].low not in UNITS:
            return Hit(Calendar(weekday=weekday, day=int(day.value)), day.end)
    found = ordinal(t, name.end) if t[name.end].gap < 2 and t[name.end].kind == "number" else None
    if found and found.value is not None:
        return Hit(Calendar(weekday=weekday, day=int(found.value)), found.end)
    if t[i].capital and t[name.end].text in _PAPERS and t[name.end].gap == 1:
        return None
    full = t[i].low.endswith("day")
    if not full and not (t[i].capital or word_before(t, i) == "on"):
        return None
    if t[i].low in DOUBTFUL and (word_before(t, i) not in _ON or t[i + 1].capital):
        return None
    return Hit(Calendar(weekday=weekday), i + 1 if not full else name.end)


def month_first(t: Tokens, i: int) -> Hit | None:
    """ "January 12, 2016", "Oct. 2", "May the eleventh", "September"."""
    name = month_name(t, i)
    if name is None or name.value is None:
        return None
    month, k = int(name.value), name.end
    if t[k].text in ("-", "/", ",") and (t[k].gap == 0 or t[k].text == ",") and t[k + 1].gap < 2:
        short = len(t[k + 1].low) < 3 and (t[k].text != "," or ordinal(t, k + 1) is not None)
        k += t[k].text == "/" or short
    k += t[k].low == "the"
    day = day_of_month(t, k) if t[k].gap < 2 else None
    if day and day.value is not None and _is_day(t, k, day):
        return _with_year(t, Calendar(month=month, day=int(day.value)), day.end)
    year = year_behind(t, name.end)
    if t[name.end].text in ("-", "/") and t[name.end].gap == 0:
        year = full_year(t, name.end + 1)
    if year and year.value is not None:
        return Hit(Calendar(year=century_of_short(int(year.value)), month=month), year.end)
    return Hit(Calendar(month=month), name.end) if _month_alone(t, i) else None


def _is_day(t: Tokens, k: int, day: Number) -> bool:
    """Whether the number behind a month is a day: not "May 2016", not "March 3,000", not "June 30 people"."""
    if t[k].kind == "word" and not ordinal(t, k) and not (t[k].low in TENS or t[k].gap):
        return False
    if (
        t[k].kind == "word"
        and t[k - 1].low in ("may", "march")
        and not t[k - 1].capital
        and not ordinal(t, k)
    ):
        return False
    if t[k].kind == "word" and ordinal(t, k) and t[day.end].low in (*COUNTED, *UNITS):
        return False
    return t[day.end].low not in COUNTED


def _month_alone(t: Tokens, i: int) -> bool:
    """Whether a month stands for itself: "in May", "from October to March", not "Theresa May", "a march"."""
    before = word_before(t, i)
    if before in ("-", "–") and i > 1 and t[i].gap == 0:  # mid-May
        before = t[i - 2].low
    low = t[i].low
    if low not in DOUBTFUL and (len(low) > 4 or low in ("june", "july")):
        return t[i].capital or before in BEFORE_TIMES
    if not t[i].capital or t[i].text.isupper():
        return False
    ranged = t[i + 1].low in CONNECT and t[i + 2].low in MONTHS
    ranged = ranged or (before in CONNECT and i > 1 and t[i - 2].low in MONTHS)
    if low == "march":
        noun = before == "the" and t[i + 1].kind == "word" and t[i + 1].text.islower()
        return ranged or noun or before == "a" or before in BEFORE_TIMES - {"the"}
    return ranged or before in BEFORE_TIMES - PERSON_BEFORE


# "to May", "that May" and their like may speak of a person.
PERSON_BEFORE = word_list("times", "person_before")


def day_first(t: Tokens, i: int) -> Hit | None:
    """ "28 January 2022", "3rd of April", "the second of Aug"."""
    day = day_figures(t, i) or ordinal(t, i)
    if day is None or day.value is None or not 1 <= day.value <= 31:
        return None
    k = day.end
    stop = t[k].text == "." and t[k].gap == 0 and t[k + 1].gap == 1
    if i and t[i - 1].text in ("$", "€", "£"):
        return None
    k += t[k].low == "day" and t[k + 1].low == "of"
    k += t[k].low == "of" or stop or (t[k].text == "-" and t[k].gap == 0)
    name = month_name(t, k)
    if name is None or name.value is None or t[k].gap >= 2:
        return None
    if t[k].low in ("may", "march") and not t[k].capital and t[day.end].low != "of" \
            and t[i].kind == "word":  # fmt: skip
        return None
    if stop and t[k + 1].kind == "number" and not full_year(t, name.end):
        return None
    return _with_year(t, Calendar(month=int(name.value), day=int(day.value)), name.end)


def nth_weekday(t: Tokens, i: int) -> Hit | None:
    """ "first Friday", "last Monday" of a month; the month follows or is this one."""
    found = ordinal(t, i)
    last = t[i].low in ("last", "final")
    if not found and not last:
        return None
    k = found.end if found else i + 1
    weekday = weekday_name(t, k)
    if (
        weekday is None
        or (found and (found.value or 9) > 5)
        or (last and t[weekday.end].low not in ("of", "in"))
    ):
        return None
    nth = -1 if last else int(found.value or 0) if found else 0
    made = Calendar(nth=nth, weekday=int(weekday.value or 0))
    if t[weekday.end].low in ("of", "in"):
        inner = month_first(t, weekday.end + 1)
        if inner and isinstance(inner.meaning, Calendar) and not inner.meaning.day:
            made = Calendar(nth=nth, weekday=made.weekday, month=inner.meaning.month, year=inner.meaning.year)
            return Hit(made, inner.end)
        if last:
            return None
    return Hit(made, weekday.end)


_BEHIND_DAY = word_list("times", "behind_day")
_BEFORE_DAY = word_list("times", "before_day")


def day_alone(t: Tokens, i: int) -> Hit | None:
    """ "the 20th", "on 15": a day of a month that is known from elsewhere."""
    k = i + (t[i].low == "the")
    before = word_before(t, i)
    found = ordinal(t, k)
    if found is None:
        if before != "on" and not (k > i and before == "for"):
            return None
        found = day_figures(t, k)
    elif t[k].kind == "word" and before != "on" and not (k > i and before == "for"):
        return None
    if found is None or found.value is None or not 1 <= found.value <= 31 or t[k].gap >= 2:
        return None
    after = t[found.end]
    closed = after.kind != "word" or after.low in _BEHIND_DAY
    if after.kind == "number" or after.text in ("%", "$") or (after.text == "-" and after.gap == 0):
        return None
    return Hit(Calendar(day=int(found.value)), found.end) if closed and before in _BEFORE_DAY else None
