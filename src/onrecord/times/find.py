"""The two ends of a range: what one of them leaves out, the other tells.

Every time expression of a text, resolved: the one entry to this package."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

from onrecord.ids import content_id
from onrecord.text.doc import Doc
from onrecord.text.words import FineParts, parts
from onrecord.times.calendar import Bounds, bounds, plus_days, plus_months_day, year_of
from onrecord.times.lexicon import Amount, Calendar, Fixed, Meaning, Part, Shift
from onrecord.times.resolve import Context, resolve
from onrecord.times.scan import Found, TextView, find, is_narrative, tense
from onrecord.values import Interval, Precision, Span, Spans, TimeExpression, TimeType


def year_from_behind(found: list[Found], k: int) -> Meaning:
    """In "from May to August 1944" the second year is the first one's too."""
    meaning = found[k].meaning
    if not isinstance(meaning, Calendar) or meaning.year is not None or meaning.within or meaning.side:
        return meaning
    for one in found[k + 1 : k + 3]:
        after = one.meaning
        if not one.joined or not isinstance(after, Calendar):
            break
        if after.year is None or not (meaning.month or meaning.season):
            continue
        earlier = (meaning.month or 0) > (after.month or 12) and bool(after.month) and after.year > 0
        return _placed(meaning, after.year - earlier)
    return meaning


def back_in_story(meaning: Meaning, after: Meaning, then: str | None) -> Meaning:
    """A story that stands in March and tells "from October to March" goes back to the October before."""
    if not then or len(then) < 7 or not then[5:7].isdigit() or (year_of(then) or 0) < 1:
        return meaning
    if not isinstance(meaning, Calendar) or not isinstance(after, Calendar) or meaning.side or meaning.within:
        return meaning
    if meaning.year is not None or not meaning.month or not after.month or meaning.month <= after.month:
        return meaning
    return _placed(meaning, int(then[:4]) - 1) if meaning.month - int(then[5:7]) > 6 else meaning


def forward(meaning: Meaning, before: Meaning, then: str | None) -> Meaning:
    """A range runs forward: in "from 1 October to 7 March" the second is the first after the first."""
    if not then or len(then) < 7 or not then[5:7].isdigit() or (year_of(then) or 0) < 1:
        return meaning
    if not isinstance(before, Calendar) or not isinstance(meaning, Calendar):
        return meaning
    weekdays = meaning.weekday and before.weekday and not (meaning.month or meaning.day or meaning.side)
    if weekdays and len(then) == 10:
        return replace(meaning, side="following")
    if not (before.month and meaning.month):
        return meaning
    if meaning.year is not None or meaning.side or meaning.within or meaning.weekday:
        return meaning
    return _placed(meaning, int(then[:4]) + (meaning.month < int(then[5:7])))


def _placed(meaning: Calendar, year: int) -> Calendar:
    return Calendar(
        year=year, season=meaning.season, month=meaning.month, day=meaning.day, weekday=meaning.weekday,
        clock=meaning.clock, part=meaning.part,
    )  # fmt: skip


# How far "a few days ago" may reach: two to eight units.
_FEW = (2, 8)
_UNIT_DAYS = {"D": 1, "W": 7, "W2": 14, "WE": 7, "M": 30, "Q": 91, "Y": 365, "DE": 3652, "CE": 36525}


@dataclass(frozen=True, slots=True)
class _Answer:
    value: str
    bounds: Bounds | None
    basis: str


def find_times(
    doc: Doc,
    *,
    anchor: Interval | None,
    document_id: str = "",
    within: Spans | None = None,
    hidden: Spans = (),
) -> list[TimeExpression]:
    """Every time expression in a text, in order and apart from each other.

    Args:
        doc: any text; offsets count its code points.
        anchor: when the report was published. None: what counts from it stays open.
        document_id: of the report; enters the ids.
        within: only those that stand in one of these spans, each read as a text of its own.
        hidden: those that stand in none of these, whose words tell nothing of the tense either.

    Returns:
        Expressions with their TIMEX3 value, and the days they cover where these can be told. Takes time
        linear in the length of the text and never raises.

    >>> report = Interval("2022-01-29", "2022-01-29", "day", "its date")
    >>> [one.value for one in find_times(Doc.of("He spoke on Friday, January 28."), anchor=report)]
    ['2022-01-28']
    """
    read, everything = parts(doc), doc.once(_found)
    if within is None:
        return _resolved(read, everything, TextView(), anchor, document_id)
    return [
        one
        for span in within
        for one in _resolved(
            read, _those_in(read, everything, span, hidden), TextView(span, hidden), anchor, document_id
        )
    ]


def _found(doc: Doc) -> list[Found]:
    return find(parts(doc))


def _those_in(read: FineParts, found: Sequence[Found], span: Span, hidden: Spans) -> list[Found]:
    """Those that lie in ``span`` and touch nothing hidden; the first is joined to nothing."""
    low = bisect_left(found, span[0], key=lambda one: read.tokens[one.first].start)
    kept: list[Found] = []
    for one in found[low:]:
        start, end = read.tokens[one.first].start, read.tokens[one.end - 1].end
        if start >= span[1]:
            break
        if end <= span[1] and not any(a < end and start < b for a, b in hidden):
            kept.append(one if kept or not one.joined else replace(one, joined=False))
    return kept


def _resolved(
    read: FineParts, found: list[Found], view: TextView, anchor: Interval | None, document_id: str
) -> list[TimeExpression]:
    days = _days(anchor)
    passes = [list(_pass(read, found, view, day, _clock(anchor))) for day in days]
    made = []
    for k, one in enumerate(found):
        merged = _merged([each[k] for each in passes], one.meaning, days)
        span = (read.tokens[one.first].start, read.tokens[one.end - 1].end)
        made.append(
            TimeExpression(
                id=content_id("t", document_id, repr(span)),
                document_id=document_id,
                span=span,
                type=_type(one.meaning, merged.value),
                value=merged.value,
                interval=None if merged.bounds is None else Interval(*merged.bounds, merged.basis),
                rule=_rule(one.meaning),
            )
        )
    return made


def _days(anchor: Interval | None) -> list[date | None]:
    """The first and the last day the report may have been published; one None if nothing is known."""
    if anchor is None:
        return [None]
    try:
        first, last = date.fromisoformat(anchor.earliest[:10]), date.fromisoformat(anchor.latest[:10])
    except ValueError:
        return [None]
    return [first] if first == last else [first, last]


def _clock(anchor: Interval | None) -> str:
    clock = anchor.earliest[10:16] if anchor else ""
    return (
        clock if len(clock) == 6 and clock[0] == "T" and clock[1:3].isdigit() and clock[4:].isdigit() else ""
    )


def _pass(
    read: FineParts, found: list[Found], view: TextView, now: date | None, clock: str
) -> Iterator[_Answer]:
    narrative = is_narrative(found, now.year if now else None)
    then: str | None = None
    sentence = -1
    for k, one in enumerate(found):
        here = read.sentences[one.first]
        looks = tense(read, one.first, one.end, view)
        meaning = year_from_behind(found, k)
        if one.joined and read.tokens[found[k - 1].end].low not in ("and", "or"):
            meaning = forward(meaning, found[k - 1].meaning, then)
        if narrative and k + 1 < len(found) and found[k + 1].joined:
            meaning = back_in_story(meaning, found[k + 1].meaning, then)
        at = Context(now, clock, then, here == sentence, narrative, looks)
        value = resolve(meaning, at)
        yield _Answer(value, _covered(meaning, value, at), _basis(meaning, value, at))
        if year_of(value) is not None and _leads(read, found, k, narrative=narrative):
            then, sentence = value.split("T")[0], here


def _leads(read: FineParts, found: list[Found], k: int, *, narrative: bool) -> bool:
    """Whether the story stands at this time from here on: not at "since 1882", "the 1920 treaty"."""
    one = found[k]
    meaning = one.meaning
    if not isinstance(meaning, Calendar | Shift):
        return False
    if not narrative or not isinstance(meaning, Calendar):
        return True
    if meaning.season and meaning.year is None:
        return False
    before = read.tokens[one.first - 1].low if one.first else ""
    bare = meaning.year is not None and not (meaning.month or meaning.season)
    return not (before == "since" or (bare and (before in ("the", "its", "his", "their", "a") or one.joined)))


def _covered(meaning: Meaning, value: str, at: Context) -> Bounds | None:
    now = at.now
    if isinstance(meaning, Fixed):
        return (now.isoformat(), now.isoformat(), "day") if now and value == "PRESENT_REF" else None
    if isinstance(meaning, Amount) and value == meaning.value:
        return _stretch(meaning, now) if now and not at.narrative else None
    if isinstance(meaning, Shift) and meaning.amount is None:
        return _few(meaning, now) if now and meaning.origin == "now" and not at.narrative else None
    found = bounds(value)
    if found is None and value.endswith("TXX"):
        found = bounds(value[:10])
    part: Part = meaning.part if isinstance(meaning, Calendar | Shift) else ""
    if not found or not part:
        return found
    made = _part(found, part, now)
    if now and at.tense == "past" and made[0] <= now.isoformat() < made[1]:
        return made[0], now.isoformat(), "interval"
    return made


def _stretch(amount: Amount, now: date) -> Bounds | None:
    """ "the past two weeks", "the next three years": from the report's day back or on."""
    if not amount.way or amount.unit not in _UNIT_DAYS:
        return None
    count = _FEW[1] if amount.amount is None else amount.amount
    if count > 10_000:
        return None
    end = _away(now, amount.unit, count * amount.way)
    first, last = min(now, end), max(now, end)
    return first.isoformat(), last.isoformat(), "interval"


def _few(shift: Shift, now: date) -> Bounds | None:
    if shift.unit not in _UNIT_DAYS:
        return (now.isoformat(), now.isoformat(), "day")
    ends = sorted(_away(now, shift.unit, count * shift.way) for count in _FEW)
    return ends[0].isoformat(), ends[1].isoformat(), "interval"


def _away(day: date, unit: str, count: float) -> date:
    if unit in ("M", "Q", "Y", "DE", "CE"):
        months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
        return plus_months_day(day, int(count * months))
    return plus_days(day, int(count * _UNIT_DAYS[unit]))


def _part(whole: Bounds, part: Part, now: date | None) -> Bounds:
    """The first, middle or last third of a time; "earlier" and "later" in it are cut at the report's day."""
    try:
        first, last = date.fromisoformat(whole[0][:10]), date.fromisoformat(whole[1][:10])
    except ValueError:
        return whole
    if part in ("before", "after"):
        if now is None or not first <= now <= last:
            return whole
        first, last = (first, now) if part == "before" else (now, last)
        return first.isoformat(), last.isoformat(), "interval"
    if first == last:
        return whole
    third = ((last - first).days + 1) / 3
    skip, keep = {"start": (0.0, third), "mid": (third, 2 * third), "end": (2 * third, 3 * third)}[part]
    cut = first + timedelta(days=int(skip)), min(last, first + timedelta(days=max(int(skip), int(keep) - 1)))
    if part == "end":
        cut = cut[0], last
    return cut[0].isoformat(), cut[1].isoformat(), "interval"


def _merged(made: list[_Answer], meaning: Meaning, days: list[date | None]) -> _Answer:
    """One answer for a report that may be of several days: what all agree on, or all that it may be."""
    first, last = made[0], made[-1]
    if len(made) == 1 or (first.value == last.value and first.bounds == last.bounds):
        return last
    value = first.value
    if first.value != last.value:
        value = resolve(meaning, Context(None, "", None, False, False, "none"))
    if first.bounds is None or last.bounds is None:
        return _Answer(value, None, "")
    precision: Precision = "interval"
    both = (min(first.bounds[0], last.bounds[0]), max(first.bounds[1], last.bounds[1]), precision)
    return _Answer(value, both, f"counted from the report's date, which is from {days[0]} to {days[-1]}")


def _type(meaning: Meaning, value: str) -> TimeType:
    if isinstance(meaning, Fixed):
        return meaning.kind
    if value[:1] == "P" and value not in ("PAST_REF", "PRESENT_REF"):
        return "duration"
    return "time" if "T" in value.replace("FUTURE", "").replace("PAST", "").replace("PRESENT", "") else "date"


def _rule(meaning: Meaning) -> str:
    if isinstance(meaning, Calendar):
        if meaning.within is not None or meaning.side:
            return "calendar, chosen"
        return (
            "calendar"
            if meaning.year is not None or meaning.decade or meaning.century
            else "calendar, no year"
        )
    if isinstance(meaning, Shift):
        return f"counted from {meaning.origin}" if isinstance(meaning.origin, str) else "counted"
    return "length" if isinstance(meaning, Amount) else meaning.kind if meaning.kind == "set" else "word"


def _basis(meaning: Meaning, value: str, at: Context) -> str:
    now = at.now.isoformat() if at.now else ""
    if isinstance(meaning, Calendar) and (meaning.year is not None or meaning.decade or meaning.century):
        return "written out"
    if isinstance(meaning, Calendar) and meaning.within is None:
        if at.then and (at.narrative or (at.now and year_of(value) != at.now.year and at.near)):
            return f"the year is that of {at.then}, told of before"
        if not now:
            return f"counted from {at.then}, told of before" if at.then else "written out"
        way = {"past": "looks back", "future": "looks ahead"}.get(at.tense)
        return f"counted from the report's date, {now}" + (f"; the sentence {way}" if way else "")
    story = isinstance(meaning, Shift | Calendar) and at.then and (
        at.narrative or (isinstance(meaning, Shift) and meaning.origin == "then" and not meaning.weak)
    )  # fmt: skip
    if story:
        return f"counted from {at.then}, told of before"
    return f"counted from the report's date, {now}"


assert set(get_args(TimeType)) == {"date", "time", "duration", "set"}
