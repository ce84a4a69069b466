"""What can be read at one token: the pieces put together, the longest of all that fit."""

from __future__ import annotations

from dataclasses import replace

from onrecord.lang import word_list, word_map
from onrecord.times import relative as rel
from onrecord.times.clocks import Clock, Tokens, clock, daypart, daypart_phrase, full_year, in_part
from onrecord.times.days import day_alone
from onrecord.times.lexicon import (
    CONNECT,
    EARLY,
    ONE_UNIT,
    ORDINALS,
    PART_NOUNS,
    TENS,
    WEEKDAYS,
    Amount,
    Calendar,
    Hit,
    Part,
    Shift,
    Side,
)
from onrecord.times.periods import calendar

_SIDE_OF: dict[str, Side] = word_map("times", "side_of")


def expression(t: Tokens, i: int) -> Hit | None:
    """The expression that begins at token ``i``: what reaches furthest, of all that can be read."""
    best: Hit | None = None
    for read in (
        _parted, _counted_from, clock_first, _sided, _plain_calendar, _whole_day, _units_end, rel.relative,
        _day_parts, _lone_day,
    ):  # fmt: skip
        hit = read(t, i)
        if hit and (best is None or hit.end > best.end):
            best = hit
    return best


def _plain_calendar(t: Tokens, i: int) -> Hit | None:
    k = i + (t[i].low == "the")
    hit = calendar(t, k)
    if hit is None or not isinstance(hit.meaning, Calendar):
        return None
    if k > i and t[k].gap >= 2:
        return None
    if k > i and not _takes_the(hit.meaning, t, k):
        return None
    return _finish(t, hit)


def _takes_the(made: Calendar, t: Tokens, k: int) -> bool:
    """Whether "the" belongs to the expression: "the 1920s", "the summer of 1942", not "the 1941 treaty"."""
    if made.week is not None:
        return True
    if made.day is not None and made.month is not None:
        return t[k].kind == "number" or t[k].low in ORDINALS or t[k].low in TENS
    plain = made.year is not None and not (
        made.season or made.month or made.quarter or made.half or made.week
    )
    if plain:
        return t[k].low in ("year", "years")
    if made.month is not None and made.week is None and made.nth is None:
        return False
    if made.weekday is not None:
        return made.day is not None or made.nth is not None
    return not made.holiday


def _finish(t: Tokens, hit: Hit) -> Hit:
    """What may stand behind: a time of day, a part of the day, "of that year", "next week"."""
    made, end = hit.meaning, hit.end
    if isinstance(made, Calendar):
        made, end = _within(t, made, end)
    if not isinstance(made, Calendar | Shift) or made.clock[1:2].isdigit():
        return Hit(made, end)
    day = (isinstance(made, Shift) and made.unit == "D") or (isinstance(made, Calendar) and (
        made.day is not None or made.weekday is not None or bool(made.holiday)
    ))  # fmt: skip
    return _clocked(t, made, end) if day else Hit(made, end)


def _within(t: Tokens, made: Calendar, end: int) -> tuple[Calendar, int]:
    if made.year is not None or t[end].gap >= 2:
        return made, end
    k = end
    linked = t[k].low in ("of", "in", "on") or t[k].text == ","
    hit = rel.side_unit(t, k + linked) or (rel.relative(t, k + linked) if t[k].low == "of" else None)
    if hit is None or not isinstance(hit.meaning, Shift) or hit.meaning.amount is None or hit.meaning.clock:
        return made, end
    unit = hit.meaning.unit
    fits = unit == "Y" if (made.month or made.season or made.quarter or made.half or made.holiday) else (
        unit in ("M", "Y") if made.nth or made.day or made.week else unit == "W" and made.weekday is not None
    )  # fmt: skip
    if not fits or (
        not linked and unit == "Y" and not made.holiday and t[k].low not in ("this", "last", "next")
    ):
        return made, end
    return replace(made, within=hit.meaning), hit.end


def _clocked(t: Tokens, made: Calendar | Shift, end: int) -> Hit:
    if t[end].gap >= 2:
        return Hit(made, end)
    if t[end].text == "T" and t[end].gap == 0 and (exact := clock(t, end + 1, sure=True)):
        return Hit(replace(made, clock=exact.value), exact.end + (t[exact.end].text == "Z"))
    part = Clock(made.clock, end) if made.clock else daypart(t, end) or daypart_phrase(t, end)
    k = part.end if part else end
    mark = t[k].text in (",", "-", "@", "–") or t[k].low in ("at", "around", "by", "about", "for")
    certain = t[k].low in ("at", "around", "@")
    j = k + mark + (t[k].text == "," and t[k + 1].low == "at")
    certain = certain or (part is not None and t[k].low == "at") or t[j - 1].low == "at"
    time = clock(t, j, sure=certain) if t[j].gap < 2 and (t[k].text != "-" or t[k].gap) else None
    if (
        time
        and isinstance(made, Calendar)
        and made.month
        and not made.year
        and (year := full_year(t, time.end))
    ):
        return Hit(replace(made, clock=time.value, year=int(year.value or 0)), year.end)
    if time:
        return Hit(replace(made, clock=in_part(time.value, part.value) if part else time.value), time.end)
    return Hit(replace(made, clock=part.value), part.end) if part else Hit(made, end)


def _sided(t: Tokens, i: int) -> Hit | None:
    """ "last Friday", "next June", "that spring", "the previous April", "next Christmas"; "last week"."""
    whole = rel.side_unit(t, i)
    if whole and isinstance(whole.meaning, Shift):
        return _week_and_day(t, whole) or _finish(t, whole)
    found = rel.side_words(t, i)
    if found is None or t[found[1]].gap >= 2:
        return None
    word, k = found
    hit = calendar(t, k)
    if hit is None or not isinstance(hit.meaning, Calendar):
        return None
    made = hit.meaning
    if made.year is not None and not made.weekday and word in ("that", "same", "current", "past"):
        return None
    if made.decade or made.century or (made.year and not made.month and not made.season and not made.half):
        return None
    if word in ("that", "this") and made.month and t[k].low in ("may",) and not t[k].capital:
        return None
    side = _SIDE_OF[word] if made.year is None else ""
    return _finish(t, Hit(replace(made, side=side), hit.end))


# Behind these an amount is how long something took, whatever follows.
_LASTING = word_list("times", "lasting")


def _counted_from(t: Tokens, i: int) -> Hit | None:
    """ "two weeks before Christmas", "three days after 3 May", "ten years before 1917"."""
    hit = _day_from(t, i) or rel.amounts(t, i)
    if hit is None or not isinstance(hit.meaning, Amount) or hit.meaning.amount is None:
        return None
    way = {"before": -1, "after": 1, "from": 1, "following": 1}.get(t[hit.end].low, 0)
    if not way or t[hit.end + 1].gap >= 2 or (i and t[i - 1].low in _LASTING):
        return None
    k = hit.end + 1
    inner = _sided(t, k) or _plain_calendar(t, k) or _whole_day(t, k)
    if inner is None or not isinstance(inner.meaning, Calendar | Shift) or inner.meaning.clock:
        return None
    if hit.meaning.more or (t[hit.end].low == "from" and t[inner.end].low in CONNECT):
        return None
    return Hit(Shift(hit.meaning.unit, hit.meaning.amount, way, inner.meaning), inner.end)


def _day_from(t: Tokens, i: int) -> Hit | None:
    """ "the day" of "the day before Christmas", as one day."""
    unit = ONE_UNIT.get(t[i + 1].low)
    if t[i].low == "the" and unit in ("D", "W", "M", "Y") and t[i + 2].low in ("before", "after"):
        return Hit(Amount(rel.length(1, unit), unit, 1), i + 2)
    return None


def _week_and_day(t: Tokens, hit: Hit) -> Hit | None:
    """ "next week on Friday", "this week Friday"."""
    shift = hit.meaning
    if not isinstance(shift, Shift) or shift.unit != "W":
        return None
    k = hit.end + (t[hit.end].low in ("on", ","))
    if t[k].low not in WEEKDAYS or t[k].gap >= 2 or not t[k].low.endswith("day"):
        return None
    return _clocked(t, Calendar(weekday=WEEKDAYS[t[k].low], within=shift), k + 1)


def _parted(t: Tokens, i: int) -> Hit | None:
    """ "late March", "the end of 1944", "early in the morning of 29 April", "later that year", "mid-1916"."""
    begin = i + (t[i].low in ("the", "very"))
    begin += t[begin].low in ("very", "latter") and t[begin + 1].low in EARLY
    low = t[begin].low
    if low not in EARLY or (t[begin].gap >= 2 and begin > i):
        return None
    k, linked = _behind_part(t, begin)
    if (low in PART_NOUNS and not linked) or t[k].gap >= 2:
        return None
    inner = _unit_named(t, k, linked) or _sided(t, k) or _plain_calendar(t, k) or _whole_day(t, k)
    if inner is None or not isinstance(inner.meaning, Calendar | Shift):
        return None
    made = inner.meaning
    if low in ("end", "close") and isinstance(made, Shift) and made.unit == "D" and not made.clock:
        return Hit(replace(made, clock="T23:59:59"), inner.end)
    part: Part = EARLY[low]
    return Hit(replace(made, part=part or made.part), inner.end)


def _behind_part(t: Tokens, begin: int) -> tuple[int, bool]:
    """The token behind "early", "late in", "the latter part of", "mid-", and whether "of" follows."""
    low, k = t[begin].low, begin + 1
    stages = t[k].low in ("part", "stages", "days", "months", "years") and t[k + 1].low == "of"
    k += (stages and low in ("early", "late", "latter")) or (low == "early" and t[k].low == "on")
    if t[k].text in ("-", "–") and t[k].gap == 0:
        return k + 1, False
    linked = t[k].low in ("of", "in") or (t[k].low == "on" and low in ("early", "late", "later"))
    return k + linked, linked


def _units_end(t: Tokens, i: int) -> Hit | None:
    """ "month's end", "year-end"."""
    unit = ONE_UNIT.get(t[i].low)
    if unit not in ("Y", "M", "W") or t[i + 1].gap:
        return None
    k = i + 3 if t[i + 1].text in ("'", "’") and t[i + 2].low == "s" else i + 2 if t[i + 1].text == "-" else 0
    return Hit(Shift(unit, 0, 0, "then", weak=True, part="end"), k + 1) if k and t[k].low == "end" else None


def _whole_day(t: Tokens, k: int) -> Hit | None:
    hit = rel.day_words(t, k)
    if hit is None:
        return _morning_of(t, k)
    return _finish(t, hit)


def _unit_named(t: Tokens, k: int, linked: bool) -> Hit | None:
    """ "(the end of) the year", "(later in) the month", "(end of) month"."""
    j = k + (t[k].low == "the")
    unit = ONE_UNIT.get(t[j].low)
    if not linked or unit not in ("Y", "M", "W", "D", "DE", "CE", "WE") or t[j].low in ("night", "yr"):
        return None
    if j == k and unit not in ("M", "D", "W", "Y"):
        return None
    return Hit(Shift(unit, 0, 0, "then", weak=True), j + 1)


def clock_first(t: Tokens, i: int, *, sure: bool = False) -> Hit | None:
    """A time of day, with the day that may follow: "9:34 p.m., March 19", "8pm on Sunday"."""
    if t[i].low == "at":
        return None
    time = clock(t, i, sure=sure)
    if time is None:
        return None
    k = time.end
    k += t[k].text == "," or t[k].low in ("gmt", "utc", "est", "et", "edt")
    k += t[k].text == ","
    k += t[k].low in ("on", "of")
    if t[k].gap < 2:
        inner = _sided(t, k) or _plain_calendar(t, k) or _whole_day(t, k) or _on_day(t, k)
        if inner and isinstance(inner.meaning, Calendar | Shift) and _is_day(inner.meaning):
            part = inner.meaning.clock
            if not part or not part[1:2].isdigit():
                value = in_part(time.value, part) if part else time.value
                return Hit(replace(inner.meaning, clock=value), inner.end)
    return Hit(Calendar(clock=time.value), time.end)


def _on_day(t: Tokens, k: int) -> Hit | None:
    return day_alone(t, k) if t[k - 1].low == "on" else None


def _is_day(made: Calendar | Shift) -> bool:
    if isinstance(made, Shift):
        return made.unit == "D"
    return made.day is not None or made.weekday is not None or bool(made.holiday)


def _morning_of(t: Tokens, i: int) -> Hit | None:
    """ "the morning of 31 January 1965", "the night of Friday", "dawn on 6 June"."""
    k = i + (t[i].low == "the")
    part = daypart(t, k)
    if part is None:
        return None
    j = part.end + (t[part.end].low in ("of", "on"))
    if j == part.end:
        return None
    inner = _sided(t, j) or _plain_calendar(t, j) or _whole_day(t, j)
    if inner is None or not isinstance(inner.meaning, Calendar | Shift) or not _is_day(inner.meaning):
        return None
    if inner.meaning.clock:
        return None
    return Hit(replace(inner.meaning, clock=part.value), inner.end)


def _day_parts(t: Tokens, i: int) -> Hit | None:
    """A part of the day by itself: "the morning of 3 May", "at night", "in the evening", "overnight"."""
    of = _morning_of(t, i)
    if of:
        return of
    if t[i].low == "overnight":
        if t[i].capital and t[i + 1].capital:
            return None
        return Hit(Calendar(clock="TNI"), i + 1)
    before = t[i - 1].low if i else ""
    k = i + (t[i].low == "the")
    part = daypart(t, k)
    if part is None:
        return None
    if k == i and before in word_list("times", "day_parts"):
        return Hit(Calendar(clock=part.value), part.end)
    if k > i and before in ("in", "during", "by", "throughout") and t[part.end].low != "of":
        time = clock(t, part.end + 1, sure=True) if t[part.end].low == "at" else None
        if time:
            return Hit(Calendar(clock=in_part(time.value, part.value)), time.end)
        return Hit(Calendar(clock=part.value), part.end)
    return None


def _lone_day(t: Tokens, i: int) -> Hit | None:
    hit = day_alone(t, i)
    return _finish(t, hit) if hit else None
