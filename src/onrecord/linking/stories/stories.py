"""Reports of one development, grouped over time.

Two reports are alike by the words of their titles and beginnings (``story_words``), less so the more days at
least lie between them; groups come from average linkage (``story_links``), down to a fixed likeness.
Everything is a function of the set of reports. A report's words weigh the same whatever is added, but for the
few words the whole record is about; so added reports change the pieces of the record they are alike to, and
no others (``story_groups``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from onrecord.ids import content_id
from onrecord.linking.stories.groups import (
    Alike,
    Days,
    Regrouped,
    StoriesBefore,
    by_label,
    labels,
    nothing_before,
    regroup,
)
from onrecord.linking.stories.words import WeighedWords, vectors, weighed

Bounds = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """One report as stories are made of it."""

    id: str
    title: str | None
    text: str
    published: str | None = None  # ISO 8601, the earliest it may be
    bounds: Bounds = (None, None)  # of one without a date: days between which it may have been published


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one development; alone if nobody else reports it."""

    id: str
    members: tuple[str, ...]  # ids of reports, earliest first, undated last
    first: str | None  # days of the earliest and the latest report that has a date, ISO 8601
    last: str | None


@dataclass(frozen=True, slots=True)
class Stories:
    """All stories, by their first day; what else is kept is for reports that come later.

    ``known``: words, date and bounds by id; ``pairs`` and ``pieces`` by the place of ids in their order.
    """

    stories: tuple[Story, ...]
    known: Mapping[str, tuple[WeighedWords, str | None, Bounds]] = field(repr=False, compare=False)
    pairs: Alike = field(repr=False, compare=False)
    pieces: tuple[tuple[tuple[int, ...], ...], ...] = field(repr=False, compare=False)


def find_stories(reports: Iterable[StoryReport], *, before: Stories | None = None) -> Stories:
    """Stories of reports, and of these together with earlier ones.

    Args:
        reports: new ones, in any order; an id that is known already is left out.
        before: the stories of earlier reports. The result is the same as of all at once.
    """
    known = dict(before.known) if before else {}
    for one in reports:
        if one.id not in known:
            known[one.id] = weighed(one.title, one.text), one.published, one.bounds
    ids = sorted(known)
    was = _before(ids, before) if before else nothing_before(len(ids))
    days = days_of([bounds_of(*known[one][1:]) for one in ids])
    found = regroup(vectors([known[one][0] for one in ids]), days, was)
    pieces = merged(was, found)
    stories = [
        made_story([ids[n] for n in group], {ids[n]: known[ids[n]][1] for n in group})
        for piece in pieces
        for group in piece
    ]
    stories.sort(key=lambda one: (one.first or "~", one.members))
    return Stories(tuple(stories), known, _pairs(was, found), pieces)


def bounds_of(published: str | None, bounds: Bounds) -> Bounds:
    """Between which days a report was published: on the day of its date, else within its bounds."""
    return (published, published) if _day(published) is not None else bounds


def days_of(bounds: Sequence[Bounds]) -> Days:
    """Days between which reports were published, as numbers."""
    first, last = np.full(len(bounds), -np.inf), np.full(len(bounds), np.inf)
    for number, (earliest, latest) in enumerate(bounds):
        days = _day(earliest), _day(latest)
        if days[0] is not None:
            first[number] = days[0]
        if days[1] is not None:
            last[number] = days[1]
    return Days(first, last)


def made_story(group: Sequence[str], published: Mapping[str, str | None]) -> Story:
    """The story of some reports.

    Args:
        group: their ids.
        published: by id, ISO 8601, the earliest it may be.
    """
    days = {one: (published[one] or "")[:10] for one in group}
    members = tuple(sorted(group, key=lambda one: (days[one] or "~", one)))
    dated = sorted(filter(None, days.values()))
    first, last = (dated[0], dated[-1]) if dated else (None, None)
    return Story(content_id("y", *sorted(group)), members, first, last)


def merged(was: StoriesBefore, found: Regrouped) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """All pieces, each with its stories: those that are as before, and those that are not."""
    gone = {number for piece in found.pieces for group in piece for number in group}
    kept = []
    for piece in by_label(was.piece):
        if piece[0] not in gone:
            stories = was.story[list(piece)].tolist()
            groups: dict[int, list[int]] = {}
            for number, story in zip(piece, stories, strict=True):
                groups.setdefault(story, []).append(number)
            kept.append(tuple(map(tuple, groups.values())))
    return (*kept, *found.pieces)


def _before(ids: Sequence[str], before: Stories) -> StoriesBefore:
    """What was found before, by the numbers that reports have now."""
    place = {one: number for number, one in enumerate(ids)}
    now = np.array([place[one] for one in sorted(before.known)], np.int64)
    known = np.zeros(len(ids), np.bool_)
    known[now] = True
    pairs = Alike(now[before.pairs.first], now[before.pairs.second], before.pairs.likeness)
    piece, story = np.full(len(ids), -1), np.full(len(ids), -1)
    groups = [group for each in before.pieces for group in each]
    piece[now] = labels([[number for group in each for number in group] for each in before.pieces], len(now))
    story[now] = labels(groups, len(now))
    return StoriesBefore(known, np.zeros(len(ids), np.bool_), pairs, piece, story)


def kept(
    days: Mapping[str, Bounds], known: Mapping[str, tuple[Bounds, str, str]], pairs: Alike
) -> StoriesBefore:
    """What was found before, of what was kept of it.

    Args:
        days: of all reports, by id, sorted by id: days between which they may have been published.
        known: of those that were there: their days then, and labels of their piece and of their story.
        pairs: of those that were there, by the place of all ids in their order.
    """
    number: dict[str, int] = {}
    piece, story = np.full(len(days), -1), np.full(len(days), -1)
    there, moved = np.zeros(len(days), np.bool_), np.zeros(len(days), np.bool_)
    for at, (id, now) in enumerate(days.items()):
        if id in known:
            then, in_piece, in_story = known[id]
            there[at], moved[at] = True, then != now
            piece[at] = number.setdefault(in_piece, len(number))
            story[at] = number.setdefault(in_story, len(number))
    return StoriesBefore(there, moved, pairs, piece, story)


def _pairs(was: StoriesBefore, found: Regrouped) -> Alike:
    kept = ~(found.fresh[was.pairs.first] | found.fresh[was.pairs.second])
    return Alike(
        np.concatenate((was.pairs.first[kept], found.pairs.first)),
        np.concatenate((was.pairs.second[kept], found.pairs.second)),
        np.concatenate((was.pairs.likeness[kept], found.pairs.likeness)),
    )


def _day(published: str | None) -> float | None:
    try:
        return float(date.fromisoformat((published or "")[:10]).toordinal())
    except ValueError:
        return None
