"""The two ends of a range: what one of them leaves out, the other tells."""

from __future__ import annotations

from dataclasses import replace

from onrecord.times.calendar import year_of
from onrecord.times.meanings import Calendar, Meaning
from onrecord.times.scan import Found


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
