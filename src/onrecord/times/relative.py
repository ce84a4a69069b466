"""Times told from another time, lengths of time and repeated times, in tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.lang import word_list, word_map
from onrecord.times.clocks import Tokens, after_unit, daypart, how_many
from onrecord.times.lexicon import (
    APPROX,
    MANY_WEEKDAYS,
    NOW,
    ONE_UNIT,
    PHRASES,
    UNITS,
    WEEKDAYS,
    Amount,
    Fixed,
    Hit,
    Number,
    Origin,
    Shift,
)


def _ways(name: str) -> dict[str, tuple[int, Origin]]:
    """Words that say which way from where: -1, 0 or 1, from now or from the time told last."""
    told = {word: value.split() for word, value in word_map("times", name).items()}
    return {word: (int(way), "now" if origin == "now" else "then") for word, (way, origin) in told.items()}


# What counts from now is weak: a verb in another tense may move it.
_SIDES = {word: (way, origin, origin == "now") for word, (way, origin) in _ways("sides").items()}
_WORDS_OF_DAY = {word: int(value) for word, value in word_map("times", "words_of_day").items()}
_REPEATED = word_map("times", "repeated")


def length(amount: float | None, unit: str) -> str:
    """A length of time as TIMEX3 writes it.

    >>> length(2, "Y"), length(2.5, "TH"), length(None, "D"), length(1, "W2")
    ('P2Y', 'PT2.5H', 'PXD', 'P2W')
    """
    if unit == "W2":
        amount, unit = (None if amount is None else amount * 2), "W"
    if unit == "Q":
        amount, unit = (None if amount is None else amount * 3), "M"
    number = "X" if amount is None else f"{amount:g}" if amount != int(amount) else str(int(amount))
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


def side_words(t: Tokens, i: int) -> tuple[str, int] | None:
    """ "last", "the following", "that same": the word that chooses, and the token behind."""
    k = i + (t[i].low == "the")
    if t[k].low == "that" and t[k + 1].low in ("same", "very") and k == i:
        return "same", k + 2
    if t[k].low == "this" and t[k + 1].low in ("past", "coming", "upcoming", "last", "next") and k == i:
        return t[k + 1].low, k + 2
    if t[k].low not in _SIDES or (k > i and t[k].low in ("this", "that")):
        return None
    return t[k].low, k + 1


def side_unit(t: Tokens, i: int) -> Hit | None:
    """ "last week", "the following month", "that year", "this morning", "the same evening"."""
    found = side_words(t, i)
    if found is None:
        return None
    word, k = found
    way, origin, weak = _SIDES[word]
    if t[i].capital and t[k].capital and i and t[i].gap == 1 and t[i - 1].capital and t[i - 1].kind == "word":
        return None  # CBS This Morning
    k += t[k].low == "calendar"
    if word == "next" and t[i].low == "the":
        origin, weak = "then", False  # "the next day" follows a story, "next week" the report
    part = daypart(t, k)
    if part:
        if word in ("past", "current") or (t[k].low == "night" and word == "last"):
            return Hit(Shift("D", 1, -1, "now", clock="TNI"), part.end) if word == "last" else None
        return Hit(Shift("D", abs(way), way, origin, weak=weak, clock=part.value), part.end)
    unit = ONE_UNIT.get(t[k].low)
    if unit is None or (unit in ("TS", "TM", "TH", "Q") and word not in word_list("times", "side_unit")):
        return None
    if (
        unit in ("TS", "TM")
        or (unit == "TH" and word in ("this", "last"))
        or (t[k + 1].text in ("'", "’") and t[k + 1].gap == 0 and t[k + 2].low != "s")
    ):
        return None
    if t[k].low in ("hr", "sec", "min", "yr") or (t[k].low == "quarter" and t[k + 1].low in ("of", "final")):
        return None
    if word == "past" and unit not in ("WE",) and t[i].low in ("the", "this"):
        return Hit(Amount(length(1, unit), unit, 1, way=-1), k + 1)
    return Hit(Shift(unit, abs(way), way, origin, weak=weak), k + 1)


def side_amount(t: Tokens, i: int) -> Hit | None:
    """ "the next two weeks", "the past three years", "in recent weeks", "2 upcoming months"."""
    k = i + (t[i].low in ("the", "these", "those", "all") and t[i + 1].low != "recent")
    way = {word: int(value) for word, value in word_map("times", "way").items()}
    turned = None
    word = t[k].low
    if word not in way:
        turned = how_many(t, k)
        if turned is None or t[turned.end].low not in way or t[turned.end].low in ("first", "final"):
            return None
        word, k = t[turned.end].low, turned.end
    number = turned or how_many(t, k + 1)
    end = k + 1 if turned or number is None else number.end
    unit = UNITS.get(t[end].low)
    if unit is None or not (t[end].low.endswith("s") or t[end].low in ("centuries", "millennia")):
        return None
    amount = number.value if number else None
    if word in ("first", "final") and number is None:
        return None
    made = Amount(length(amount, unit), unit, amount, way=way[word])
    return Hit(made, end + 1)


def day_words(t: Tokens, i: int) -> Hit | None:
    """ "yesterday", "tomorrow morning", "tonight", "the day before yesterday", "the day after"."""
    k = i + (t[i].low == "the")
    low = t[k].low
    if low in _WORDS_OF_DAY and k == i:
        if t[i].low == "today" and t[i].capital and i and t[i - 1].capital and t[i].gap == 1:
            return None  # USA Today
        amount = _WORDS_OF_DAY[low]
        part = daypart(t, k + 1) if t[k + 1].gap < 2 else None
        clock = "TNI" if low == "tonight" else part.value if part else ""
        way = (amount > 0) - (amount < 0)
        return Hit(Shift("D", abs(amount), way, "now", clock=clock), part.end if part else k + 1)
    if low == "weekend" and k > i and t[k + 1].low not in ("before", "after", "of"):
        return Hit(Shift("WE", 0, 0, "now", weak=True), k + 1)
    if low in word_list("times", "day_words") and (k > i or low == "day"):
        way = {"before": -1, "after": 1, "following": 1, "previous": -1}.get(t[k + 1].low, 0)
        behind = t[k + 2]
        if way and behind.low in _WORDS_OF_DAY and t[k + 1].low in ("before", "after"):
            shift = _WORDS_OF_DAY[behind.low]
            return Hit(Shift("D", abs(shift + way), 1 if shift + way > 0 else -1, "now"), k + 3)
        if way and k > i:
            clock = {"night": "TNI", "morning": "TMO", "evening": "TEV"}.get(low, "")
            if behind.low == "next" and low in ("week", "month", "year"):
                return Hit(Shift(ONE_UNIT[low], 2, 1, "now"), k + 3)
            unit = "D" if clock else ONE_UNIT[low]
            if _names_event(t, k + 2):
                return Hit(
                    Fixed({"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")), k + 2
                )
            return Hit(Shift(unit, 1, way, "then", clock=clock), k + 2)
    return None


_EVENTS = word_list("times", "events")


def _names_event(t: Tokens, k: int) -> bool:
    """Whether it counts from what happened: "the day after the battle", "the week before Rome fell"."""
    return t[k].kind == "word" and t[k].gap < 2 and (t[k].low in _EVENTS or t[k].capital)


_AFTER = _ways("counted_after")


def _approximate(t: Tokens, i: int) -> int:
    """The token behind "about", "more than", "at least", "less than", "as many as" and their like."""
    k = i
    while k < i + 3:
        low, after = t[k].low, t[k + 1].low
        if (low in ("more", "less", "fewer", "longer") and after == "than") or (low, after) in (
            ("at", "least"),
            ("at", "most"),
            ("up", "to"),
            ("not", "even"),
        ):
            k += 2
        elif low in APPROX and not (low == "some" and after in UNITS) and (low != "over" or after != "the"):
            k += 1
        else:
            break
    return k


def amounts(t: Tokens, i: int) -> Hit | None:
    """ "two years", "about a week", "24-year", "three months later", "two days ago", "weeks earlier"."""
    begin = _approximate(t, i)
    begin += t[begin].low == "a" and t[begin + 1].low in ("mere", "full", "further", "good") and 1
    begin += t[begin].low == "mere"
    k = begin
    number = how_many(t, k)
    if number is None and t[k].low in ("all", "another") and t[k + 1].low in ONE_UNIT:
        number = Number(1, k + 1)
    if number is None and k > i and t[i].low == "another" and t[k].low in ONE_UNIT:
        number = Number(1, k)
    if number is None:
        if t[k].low in UNITS and t[k].low.endswith("s") and t[k].kind == "word":
            return _bare(t, i, k)
        return None
    k = number.end
    if t[k].text == "-" and t[k].gap == 0 and t[k + 1].gap == 0:
        return _hyphened(t, begin, number.value)
    plural = number.value is None or number.value != 1
    k += plural and _is_adjective(t, k)
    unit = UNITS.get(t[k].low)
    if unit is None or t[k].gap >= 2 or not _counts(t, begin, k, number.value):
        return None
    if t[begin].low in ("a", "an") and t[k + 1].text == "-" and t[k + 1].gap == 0:
        return None
    amount, end = number.value, k + 1
    more = after_unit(t, end)
    if more and amount is not None and more.value is not None:
        amount, end = amount + more.value, more.end
    end = end + 1 if t[end].text in ("'", "’") and t[end].gap == 0 else end
    further, end = _further(t, end, unit) if amount is not None else ((), end)
    told = _told_from(t, end, unit, amount)
    if told and further and isinstance(told.meaning, Shift):
        return Hit(replace(told.meaning, more=further), told.end)
    if further and amount is not None:
        return Hit(Amount(_summed(((unit, amount), *further)), unit, amount, more=further), end)
    return told or _plain(t, end, unit, amount, leads=i > 0 and t[i - 1].low == "in")


def _further(t: Tokens, end: int, unit: str) -> tuple[tuple[tuple[str, float], ...], int]:
    """The smaller units behind one: "a year, two months and 21 days"."""
    order = ["Y", "M", "W", "D", "TH", "TM", "TS"]
    made: list[tuple[str, float]] = []
    while unit in order:
        j = end + (t[end].text == ",")
        j += t[j].low == "and"
        number = how_many(t, j) if t[j].gap < 2 else None
        smaller = UNITS.get(t[number.end].low) if number else None
        if number is None or number.value is None or smaller not in order[order.index(unit) + 1 :]:
            break
        unit, end = smaller or "", number.end + 1
        made.append((unit, number.value))
    return tuple(made), end


def _summed(parts: Sequence[tuple[str, float]]) -> str:
    """Several units as one TIMEX3 length.

    >>> _summed((("D", 1), ("TH", 2), ("TM", 30)))
    'P1DT2H30M'
    """
    days = "".join(f"{number:g}{unit}" for unit, number in parts if unit[0] != "T")
    hours = "".join(f"{number:g}{unit[1]}" for unit, number in parts if unit[0] == "T")
    return "P" + days + ("T" + hours if hours else "")


def _is_adjective(t: Tokens, k: int) -> bool:
    """Whether one word stands between a number and its unit: "ten brutal months"."""
    word, unit = t[k], t[k + 1]
    if not (word.kind == "word" and word.text.islower() and word.gap == 1 == unit.gap):
        return False
    return (
        word.low not in UNITS and word.low not in _NO_ADJECTIVE and unit.low in UNITS and unit.low[-1] == "s"
    )


_NO_ADJECTIVE = word_list("times", "no_adjective")


def _counts(t: Tokens, begin: int, k: int, amount: float | None) -> bool:
    """Whether the unit is counted in earnest: not "a second term", "a quarter of it", "one day he will"."""
    low, word = t[k].low, t[begin].low
    if low in ("second", "sec") and word in ("a", "an"):
        return False
    if UNITS[low] == "Q" and t[k + 1].low not in ("ago", "later", "earlier"):
        return False
    if word in ("a", "an") and (low == "night" or (amount == 1 and low.endswith("s") and low in UNITS)):
        return False
    if low in ("min", "sec") and word in ("a", "an"):
        return False
    singular = not low.endswith("s") and low not in ("centuries", "millennia")
    return not (singular and amount is None)


def _hyphened(t: Tokens, begin: int, amount: float | None) -> Hit | None:
    number = how_many(t, begin)
    k = (number.end if number else begin) + 1
    unit = UNITS.get(t[k].low)
    if unit is None or unit == "Q" or t[begin].low in ("a", "an"):
        return None
    if begin and t[begin - 1].text == "-" and t[begin].gap == 0:
        return None
    if t[k + 1].text == "-" and t[k + 1].gap == 0 and t[k + 2].low in ("old", "long", "olds"):
        k += 2
    return Hit(Amount(length(amount, unit), unit, amount), k + 1)


def _bare(t: Tokens, i: int, k: int) -> Hit | None:
    """ "weeks earlier", "for months": nobody says how many."""
    unit = UNITS[t[k].low]
    told = _told_from(t, k + 1, unit, None)
    if told:
        return told
    before = t[i - 1].low if i else ""
    if before not in ("for", "within", "after", "in", "over") or unit in ("TS", "Q"):
        return None
    return Hit(Amount(length(None, unit), unit, None), k + 1)


def _told_from(t: Tokens, k: int, unit: str, amount: float | None) -> Hit | None:
    """The word that says from where the amount counts: "ago", "later", "from now", "after that"."""
    low, after = t[k].low, t[k + 1]
    if t[k].gap >= 2:
        return None
    if low == "from" and after.low in ("now", "today", "tomorrow", "yesterday", "tmrw"):
        origin = _day_word(after.low)
        return Hit(Shift(unit, amount, 1, origin), k + 2)
    if low in ("after", "before") and after.low in _WORDS_OF_DAY:
        return Hit(Shift(unit, amount, 1 if low == "after" else -1, _day_word(after.low)), k + 2)
    if low not in _AFTER:
        return None
    if low in ("after", "before", "prior", "on") and (after.kind in ("word", "number") and after.gap < 2):
        return None
    if low == "on":
        return None
    way, told = _AFTER[low]
    end = k + 1 + (low == "ago" and after.low in ("now", "today") and after.gap < 2)
    return Hit(Shift(unit, amount, way, "now" if told == "now" else "then"), end)


def _day_word(low: str) -> Origin | Shift:
    shift = _WORDS_OF_DAY.get(low, 0)
    return Shift("D", 1, shift, "now") if shift else "now"


def _plain(t: Tokens, end: int, unit: str, amount: float | None, *, leads: bool) -> Hit:
    if t[end].low == "old" and t[end].gap == 1:
        end += 1
    elif t[end].low == "of" and t[end + 1].low == "age":
        end += 2
    elif t[end].low == "long" and t[end].gap == 1 and t[end + 1].low not in ("as", "before"):
        end += 1
    return Hit(Amount(length(amount, unit), unit, amount, leads=leads), end)


def long_words(t: Tokens, i: int) -> Hit | None:
    """ "month-long", "year-long", "months-long", "decades-old"."""
    unit = UNITS.get(t[i].low)
    if unit and t[i + 1].text == "-" and t[i + 1].gap == 0 and t[i + 2].low in ("long", "old"):
        amount = None if t[i].low.endswith("s") else 1.0
        return Hit(Amount(length(amount, unit), unit, amount), i + 3)
    return None


def repeated(t: Tokens, i: int) -> Hit | None:
    """ "every day", "each Monday", "per week", "daily", "Fridays", "every two weeks"."""
    low = t[i].low
    if low in _REPEATED:
        if t[i].capital and t[i + 1].capital:  # the Daily Mail
            return None
        return Hit(Fixed(_REPEATED[low], "set"), i + 1)
    if low in MANY_WEEKDAYS and (t[i].capital or (i and t[i - 1].low == "on")):
        return Hit(Fixed(f"XXXX-WXX-{MANY_WEEKDAYS[low]}", "set"), i + 1)
    if low not in ("every", "each", "per") or t[i + 1].gap >= 2:
        return None
    k = i + 1 + (t[i + 1].low in ("other", "single"))
    step = 2 if t[i + 1].low == "other" else 1
    if t[k].low in WEEKDAYS and low != "per":
        return Hit(Fixed(f"XXXX-WXX-{WEEKDAYS[t[k].low]}", "set"), k + 1)
    part = daypart(t, k)
    if part and low != "per":
        return Hit(Fixed(f"XXXX-XX-XX{part.value}", "set"), part.end)
    if t[k].low in ONE_UNIT and t[k].low not in ("quarter's",):
        if t[k].low == "weekend":
            return Hit(Fixed("XXXX-WXX-WE", "set"), k + 1)
        return Hit(Fixed(length(step, ONE_UNIT[t[k].low]), "set"), k + 1)
    number = how_many(t, k)
    if number and t[number.end].low in UNITS:
        return Hit(Fixed(length(number.value, UNITS[t[number.end].low]), "set"), number.end + 1)
    return None


def fixed(t: Tokens, i: int) -> Hit | None:
    """ "now", "currently", "the future", "at the moment", "at the time"."""
    for size in (4, 3, 2):
        value = PHRASES.get(tuple(token.low for token in t[i : i + size]))
        if value and all(token.gap < 2 for token in t[i + 1 : i + size]):
            if t[i + size].low in UNITS or (value == "PAST_REF" and t[i + size].kind == "number"):
                continue
            if t[i + size - 1].low in ("past", "present", "future") and t[i + size].kind == "word" \
                    and t[i + size].gap == 1 and _names_thing(t[i + size].low):  # fmt: skip
                continue
            return Hit(Fixed(value), i + size)
    if t[i].low == "at" and t[i + 1].low in ("the", "that") and t[i + 2].low == "time" and _ends_there(t, i):
        return Hit(Shift("same", 0, 0, "then"), i + 3)
    if t[i].low in NOW and not (t[i].low == "now" and t[i + 1].low == "that"):
        if t[i].low == "current" and t[i + 1].low in ("of", "flow", "flows"):
            return None
        return Hit(Fixed(NOW[t[i].low]), i + 1)
    return None


def _ends_there(t: Tokens, i: int) -> bool:
    """Whether "at the time" stands for itself, not "at the time of the attack", "at the time he left"."""
    after = t[i + 3]
    if after.low == "of":
        return False
    return after.kind != "word" or after.gap > 1 or t[i + 1].low == "that" or after.low in _AFTER_TIME


_AFTER_TIME = word_list("times", "after_time")
_NO_THING = word_list("times", "no_thing")


def _names_thing(low: str) -> bool:
    """Whether "past", "present" or "future" is an adjective of the next word."""
    return low not in _NO_THING


def relative(t: Tokens, i: int) -> Hit | None:
    """The longest of what can be read at token ``i``."""
    best: Hit | None = None
    for read in (day_words, side_amount, side_unit, amounts, long_words, repeated, fixed):
        found = read(t, i)
        if found and (best is None or found.end > best.end):
            best = found
    return best
