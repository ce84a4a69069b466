"""Through the tokens of a text, left to right: the longest expression at each, and the halves of ranges;
and whether a sentence looks back or ahead where a time stands in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.lang import word_list, word_set
from onrecord.text.words import FinePart, FineParts
from onrecord.times.calendar import HOLIDAY_HEADS
from onrecord.times.clocks import Tokens, clock, day_figures, era, full_year, ordinal
from onrecord.times.grammar import clock_first, expression
from onrecord.times.lexicon import (
    APPROX,
    CONNECT,
    DAYPARTS,
    EARLY,
    MANY_WEEKDAYS,
    MONTHS,
    NAMED_CLOCKS,
    NAMED_DECADES,
    NOW,
    ONES,
    ORDINALS,
    PHRASES,
    SEASONS,
    TENS,
    UNITS,
    VAGUE,
    WEEKDAYS,
    Calendar,
    Hit,
    Meaning,
    Shift,
)
from onrecord.times.periods import calendar
from onrecord.values import Span, Spans

# Words of which a time is made: without one of them or a number there is none.
_CORE = word_list("times", "core").union(
    (*MONTHS, *WEEKDAYS, *MANY_WEEKDAYS, *SEASONS, *UNITS, *NAMED_DECADES, *DAYPARTS, *NAMED_CLOCKS, *NOW),
    HOLIDAY_HEADS,
    (word for words in PHRASES for word in words if len(word) > 3),
)


# Other words at which an expression may begin, if one of the former follows.
_LEADS = frozenset({*ONES, *TENS, *ORDINALS, *VAGUE, *EARLY, *APPROX}) | word_list("times", "leads")


_AHEAD = 7


_SPOKEN = frozenset(["century", "centuries", "thousand", *TENS, *(w for w, n in ONES.items() if n > 9)])


@dataclass(frozen=True, slots=True)
class Found:
    """An expression before it is resolved: its tokens ``first`` to ``end`` (half-open) and its meaning."""

    first: int
    end: int
    meaning: Meaning
    joined: bool = False  # with the expression before it by "to", "and", a dash


def find(words: FineParts) -> list[Found]:
    """Every expression, in order and apart from each other."""
    t = words.tokens
    found: list[Found] = []
    i = 0
    while i < words.size:
        if not _may_begin(t, i):
            i += 1
            continue
        made = _ranged(t, i) or _clock_ranged(t, i) or _single(t, i)
        if not made:
            i += 1
            continue
        made[0] = replace(made[0], joined=_joined(t, found, made[0].first))
        found.extend(made)
        i = max(made[-1].end, i + 1)
    return found


def _may_begin(t: Tokens, i: int) -> bool:
    if t[i].kind == "number" or t[i].low in _CORE:
        return True
    if t[i].low not in _LEADS:
        return False
    return any(
        one.kind == "number" or one.low in _CORE or one.low in _SPOKEN for one in t[i + 1 : i + _AHEAD]
    )


def _joined(t: Tokens, found: list[Found], i: int) -> bool:
    if not found:
        return False
    end = found[-1].end
    k = i - (t[i - 1].low in ("in", "the", "from", "of"))
    return k - end == 1 and t[end].low in CONNECT


def _single(t: Tokens, i: int) -> list[Found]:
    hit = expression(t, i)
    if hit is None:
        return []
    made = [Found(i, hit.end, hit.meaning)]
    more = _followers(t, hit)
    if more and isinstance(hit.meaning, Calendar) and isinstance(more[0].meaning, Calendar):
        last = more[-1].meaning
        if isinstance(last, Calendar) and last.year is not None and hit.meaning.year is None:
            made[0] = replace(made[0], meaning=replace(hit.meaning, year=last.year))
    return made + more


def _followers(t: Tokens, hit: Hit) -> list[Found]:
    """The short second half of a range: "March 5-9, 1918", "May 6 and 7th", "1939-45"."""
    first, k = hit.meaning, hit.end
    if not isinstance(first, Calendar) or t[k].low not in CONNECT or t[k].gap >= 2 or first.clock:
        return []
    j = k + 1
    j += t[j].low == "the" and ordinal(t, j + 1) is not None
    if t[j].gap >= 2 or (t[j].kind != "number" and not ordinal(t, j)):
        return []
    if first.year is not None and first.month is None and first.day is None and not first.season:
        return _short_year_behind(t, k, first)
    if first.month is None or first.day is None:
        return []
    day = day_figures(t, j) or ordinal(t, j)
    if day is None or day.value is None or not first.day < day.value <= 31:
        return []
    closed = t[day.end].low in (".", ",", ";", ")", "were", "was", "in", "at", "when")
    if t[k].low in ("and", "or", "to") and not (ordinal(t, j) or closed):
        return []
    if t[day.end].low in MONTHS or t[day.end].low == "of" or (t[day.end].text == "-" and t[day.end].gap == 0):
        return []
    year = full_year(t, day.end + (t[day.end].text == ","))
    value = int(year.value) if year and year.value is not None and not first.year else first.year
    made = Calendar(month=first.month, day=int(day.value), year=value)
    j -= t[j - 1].low == "the"
    return [Found(j, year.end if year and not first.year else day.end, made, joined=True)]


def _short_year_behind(t: Tokens, k: int, first: Calendar) -> list[Found]:
    token = t[k + 1]
    tight = t[k].text in ("-", "–", "—", "/") and t[k].gap == 0 == token.gap
    if not tight or len(token.low) not in (1, 2) or first.year is None or first.year < 1000:
        return []
    if t[k + 2].gap == 0 and (t[k + 2].text in ("-", "–", "/", ":", "%") or t[k + 2].kind == "word"):
        return []
    size = 10 ** len(token.low)
    year = first.year // size * size + int(token.low)
    return [Found(k + 1, k + 2, Calendar(year=year), joined=True)] if year > first.year else []


def _ranged(t: Tokens, i: int) -> list[Found]:
    """A range whose first half leans on the second: "5-9 March", "3 to 5 May", "499-493 BC"."""
    begin = i + (t[i].low == "the")
    spoken = ordinal(t, begin) if t[begin].kind == "word" else None
    if (t[begin].kind != "number" and not spoken) or (t[begin].gap >= 2 and begin > i):
        return []
    day = spoken or day_figures(t, begin)
    k = day.end if day else begin + 1
    if t[k].low not in CONNECT or t[k].gap >= 2 or t[k + 1].gap >= 2:
        return []
    j = k + 1
    inner = j + (t[j].low == "the")
    if day and day.value is not None:
        second = calendar(t, inner)
        made = second.meaning if second else None
        plain = t[inner].low not in MONTHS and t[inner + 1].text not in ("/", ".", "-")
        if second and plain and isinstance(made, Calendar) and made.month and not made.weekday \
                and day.value < (made.day or 0):  # fmt: skip
            first = Calendar(month=made.month, day=int(day.value), year=made.year)
            return [Found(i, day.end, first), Found(j, second.end, made, joined=True)]
        return []
    if len(t[begin].low) <= 4 and t[inner].kind == "number":
        later = full_year(t, inner)
        value = int(later.value or 0) if later else 0
        if later and -int(t[begin].low) < value < 0 and era(t, begin + 1) == begin + 1:
            last = Found(j, later.end, Calendar(year=value), joined=True)
            return [Found(i, k, Calendar(year=-int(t[begin].low))), last]
    return []


def _clock_ranged(t: Tokens, i: int) -> list[Found]:
    """A range of times of day whose first leans on the second: "5 to 6pm", "between 3 and 5 on Friday"."""
    first = clock(t, i, sure=True)
    if first is None or not first.value[1].isdigit() or t[first.end].low not in CONNECT:
        return []
    j = first.end + 1
    if t[j].gap >= 2 or t[first.end].gap >= 2:
        return []
    told = clock_first(t, j)
    sure = i > 0 and t[i - 1].low in ("from", "between")
    second = told or (clock_first(t, j, sure=True) if sure else None)
    if second is None or not isinstance(second.meaning, Calendar | Shift):
        return []
    made = second.meaning
    dated = isinstance(made, Shift) or made.day or made.weekday or made.holiday
    if not made.clock[1:2].isdigit() or not (told or dated):
        return []
    start = _before_clock(first.value, made.clock)
    return [Found(i, first.end, replace(made, clock=start)), Found(j, second.end, made, joined=True)]


def _before_clock(first: str, second: str) -> str:
    """The first of two times of day in the half of the day of the second, if it is before it there.

    >>> _before_clock("T05:00", "T18:00"), _before_clock("T11:00", "T13:00")
    ('T17:00', 'T11:00')
    """
    hour = int(first[1:3])
    return f"T{hour + 12}{first[3:]}" if hour < 12 <= int(second[1:3]) >= hour + 12 else first


Tense = Literal["past", "future", "none"]

_FUTURE = word_list("times", "future")
_WOULD = word_set("would wouldn't")
_PAST = word_list("times", "past")
_NOT_PAST = word_list("times", "not_past")
# With "to" behind them they look ahead.
_AHEAD_WITH_TO = word_list("times", "ahead_with_to")
_REACH = 60


def mark(t: Sequence[FinePart], i: int) -> Tense:
    """What one word shows of tense, with the word behind it."""
    low = t[i].low
    if low in _FUTURE or low in _WOULD or low.endswith("'ll"):
        return "future"
    if (low in ("going", "set", "about", "is", "are") or low in _AHEAD_WITH_TO) and t[i + 1].low == "to":
        return "future"
    if i and t[i - 1].low in ("be", "been", "being"):
        return "none"  # "will be sold": the word in front decides
    if low in _PAST:
        return "past"
    past = len(low) > 4 and low.endswith("ed") and low not in _NOT_PAST and not t[i].capital
    return "past" if past else "none"


@dataclass(frozen=True, slots=True)
class TextView:
    """What of a text is looked at: what lies in ``span`` (None: all of it) and in none of ``hidden``."""

    span: Span | None = None
    hidden: Spans = ()

    def ends(self, one: FinePart) -> bool:
        """Whether a part lies outside."""
        return self.span is not None and not (self.span[0] <= one.start < self.span[1])

    def passes_over(self, one: FinePart) -> bool:
        """Whether a part is hidden."""
        return any(a <= one.start < b for a, b in self.hidden)


_ALL = TextView()


def tense(words: FineParts, first: int, end: int, view: TextView = _ALL) -> Tense:
    """The tense at the expression of tokens ``first`` to ``end``: by the nearest mark before it in its
    sentence, else the nearest behind it."""
    number = words.sentences[min(first, len(words.sentences) - 1)]
    low, high = bisect_left(words.sentences, number), bisect_right(words.sentences, number)
    tokens: Sequence[FinePart] = words.tokens
    if view != _ALL:  # what is hidden is no word behind another either: "threatened [to leave]"
        seen = [one for one in tokens[low:high] if not view.ends(one) and not view.passes_over(one)]
        first, end = (sum(one.start < tokens[at].start for one in seen) for at in (first, end))
        low, high, tokens = 0, len(seen), (*seen, *tokens[words.size :])
    for i in (*range(first - 1, max(low - 1, first - _REACH), -1), *range(end, min(high, end + _REACH))):
        found = mark(tokens, i)
        if found != "none":
            return found
    return "none"


def is_narrative(found: Sequence[Found], year: int | None) -> bool:
    """Whether the times of a text follow a story (a history) rather than the day the text was written.

    News counts from its own day: "on Friday", "last week", "yesterday". A history names years. So a text is
    a narrative if it names at least four years that are not near ``year``, the year of the report, and they
    outnumber what counts from the day of writing three to one; without ``year``, one named year is enough.
    """
    told = sum(
        isinstance(one.meaning, Calendar)
        and one.meaning.year is not None
        and (year is None or abs(one.meaning.year - year) > 1)
        for one in found
    )
    counted = sum(_from_now(one.meaning) for one in found)
    return told >= (1 if year is None else 4) and told > (1 if year is None else 3) * counted


def _from_now(meaning: object) -> bool:
    if isinstance(meaning, Shift):
        return meaning.origin == "now"
    return isinstance(meaning, Calendar) and meaning.weekday is not None and meaning.day is None
