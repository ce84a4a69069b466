"""Reports of one development, grouped over time.

Two reports are alike by the words of their titles and beginnings (``story_words``), less so the more days lie
between them; groups come from average linkage (``story_links``), down to a fixed likeness. Everything is a
function of the set of reports. A report's words weigh the same whatever is added, but for the few words the
whole record is about; so added reports change the pieces of the record they are alike to, and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onrecord.ids import content_id
from onrecord.linking.clusters import Union
from onrecord.linking.story_links import LARGEST, alike, average_linkage, matrix
from onrecord.linking.story_words import subject, weights, words

# Of 1,500 news articles half have one among 5,151, more than 90 days away, that is as much alike as this: so
# much alike are reports of like events that are not the same one. Of articles paired at random, four in ten
# thousand are. How it was chosen: docs/decisions/stories.md.
LEAST = 0.16
# Reports of one development mostly follow within weeks; months later it is likely another one, of the same
# affair.
_DAYS, _FAR = 60.0, 0.5
_STEP = 0.02  # a piece too large to be compared all with all is cut at a higher likeness

Pair = tuple[str, str, float]
Known = Mapping[str, tuple[Mapping[str, int], str | None]]  # words and date of reports by id


@dataclass(frozen=True, slots=True)
class StoryReport:
    """One report as stories are made of it."""

    id: str
    title: str | None
    text: str
    published: str | None = None  # ISO 8601, the earliest it may be


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one development; alone if nobody else reports it."""

    id: str
    members: tuple[str, ...]  # ids of reports, earliest first, undated last
    first: str | None  # days of the earliest and the latest report, ISO 8601
    last: str | None


@dataclass(frozen=True, slots=True)
class Stories:
    """All stories, by their first day; what else is kept is for reports that come later."""

    stories: tuple[Story, ...]
    known: Known = field(repr=False, compare=False)
    left: Mapping[str, float] = field(repr=False, compare=False)  # weights of what the record is about
    pairs: tuple[Pair, ...] = field(repr=False, compare=False)  # alike enough
    pieces: Mapping[tuple[str, ...], list[tuple[str, ...]]] = field(repr=False, compare=False)


def find_stories(reports: Iterable[StoryReport], *, before: Stories | None = None) -> Stories:
    """Stories of reports, and of these together with earlier ones.

    Args:
        reports: new ones, in any order; an id that is known already is left out.
        before: the stories of earlier reports. The result is the same as of all at once.
    """
    known = dict(before.known) if before else {}
    fresh = set()
    for one in reports:
        if one.id not in known:
            known[one.id] = words(one.title, one.text), one.published
            fresh.add(one.id)
    ids = sorted(known)
    left = subject(known[one][0] for one in ids)
    if before:
        fresh |= _reweighted(known, left, before.left)
    vectors = [weights(known[one][0], left) for one in ids]
    days = np.array([_day(known[one][1]) for one in ids])
    only = [number for number, one in enumerate(ids) if one in fresh]
    pairs = [(ids[i], ids[j], value) for i, j, value in alike(vectors, lambda n: _near(days, n), LEAST, only)]
    if before:
        pairs += [pair for pair in before.pairs if pair[0] not in fresh and pair[1] not in fresh]
    pairs.sort()
    place = {one: number for number, one in enumerate(ids)}
    pieces = {}
    for piece in _pieces(ids, pairs, LEAST):
        groups = before.pieces.get(piece) if before and fresh.isdisjoint(piece) else None
        some = [place[one] for one in piece]
        pieces[piece] = groups or _linked(piece, [vectors[n] for n in some], days[some])
    stories = [_story(group, known) for groups in pieces.values() for group in groups]
    stories.sort(key=lambda one: (one.first or "~", one.members))
    return Stories(tuple(stories), known, left, tuple(pairs), pieces)


def _pieces(ids: Sequence[str], pairs: Sequence[Pair], least: float) -> list[tuple[str, ...]]:
    """Ids that are connected, each piece sorted; one that is too large is cut at a higher likeness."""
    sets = Union()
    for one, other, value in pairs:
        if value >= least:
            sets.join(one, other)
    found: list[tuple[str, ...]] = []
    for piece in sets.sets(ids):
        if len(piece) <= LARGEST:
            found.append(tuple(piece))
        else:
            inside = set(piece)
            found += _pieces(piece, [pair for pair in pairs if pair[0] in inside], least + _STEP)
    return found


def _reweighted(known: Known, left: Mapping[str, float], before: Mapping[str, float]) -> set[str]:
    """Reports with a word whose weight has changed."""
    changed = {word for word in left.keys() | before.keys() if left.get(word) != before.get(word)}
    return {one for one, (counts, _) in known.items() if not changed.isdisjoint(counts)} if changed else set()


def _linked(
    piece: Sequence[str], vectors: Sequence[Mapping[str, float]], days: NDArray[np.float64]
) -> list[tuple[str, ...]]:
    if len(piece) == 1:
        return [tuple(piece)]
    nearness = np.stack([_near(days, number) for number in range(len(days))]).astype(np.float32)
    groups = average_linkage(matrix(vectors, nearness), least=LEAST)
    return [tuple(piece[number] for number in group) for group in groups]


def _near(days: NDArray[np.float64], one: int) -> NDArray[np.float64]:
    """What likeness of a report to all others is multiplied with; 1 where one of them is undated."""
    gaps = np.nan_to_num(np.abs(days - days[one]))
    factors: NDArray[np.float64] = _FAR + (1 - _FAR) * np.exp(-gaps / _DAYS)
    return factors


def _day(published: str | None) -> float:
    try:
        return float(date.fromisoformat((published or "")[:10]).toordinal())
    except ValueError:
        return float("nan")


def _story(group: Sequence[str], known: Known) -> Story:
    days = {one: (known[one][1] or "")[:10] for one in group}
    members = tuple(sorted(group, key=lambda one: (days[one] or "~", one)))
    dated = sorted(filter(None, days.values()))
    first, last = (dated[0], dated[-1]) if dated else (None, None)
    return Story(content_id("y", *sorted(group)), members, first, last)
