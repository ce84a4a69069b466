"""Who held which office when.

Dates are ISO 8601, as exact as the source knows them. A term without an end is known to have lasted until
``confirmed``; after that day it counts for two years more, behind everyone whose term is known to include the
time.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.facts import table
from onrecord.facts.table import fold, key
from onrecord.lang import word_list

# Beyond that an open term says little: half of all foreign ministers stay less than three years.
_GRACE_DAYS = 730
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Holder:
    """One term of one person in one office."""

    person: str
    aliases: tuple[str, ...]
    title: str
    kind: str
    state: str | None
    organisation: str | None
    since: str | None
    until: str | None
    confirmed: str | None  # the last day the source had the person in office, if ``until`` is not known
    source: str
    wikidata: str | None = None  # identifier of the person: tells bearers of one name apart


def holders(
    kind: str,
    state: str | None,
    *,
    earliest: str,
    latest: str,
    organisation: str | None = None,
    title: str | None = None,
) -> list[Holder]:
    """Those who held an office at some time between two dates, both inclusive, best first.

    Args:
        kind: of the office, as in the fact tables ("foreign_minister").
        state: ISO alpha-3; None for offices of world bodies.
        earliest: ISO 8601 date or time; only the date counts. May be a year or a month.
        latest: likewise.
        organisation: keeps only those of this body, where an office has several ("spokesperson").
        title: keeps those whose title shares its words, if any does ("Minister of Health").

    Returns:
        Best first: known to be in office, not acting or claimed, longest in the interval, latest to begin.

    >>> [one.person for one in holders("foreign_minister", "USA", earliest="2019-04", latest="2019-04")]
    ['Mike Pompeo']
    """
    first, last = _ordinal(earliest, end=False), _ordinal(latest, end=True)
    found = [
        (rank, holder)
        for holder in _group(kind, state or "")
        if (rank := _rank(holder, first, last)) is not None and _of(holder, organisation)
    ]
    if title:
        found = _titled(found, title)
    found.sort(key=lambda pair: (pair[0], pair[1].person, pair[1].title))
    return [holder for _, holder in found]


def terms(name: str, *, kind: str | None = None, state: str | None = None) -> list[Holder]:
    """Every term of the persons with a name, by time. A surname alone gives all who bear it.

    >>> terms("Maria Zakharova")[0].title
    'Foreign Ministry Spokesperson'
    """
    asked = fold(name).split()
    if not asked:
        return []
    keys = [key(token) for token in asked]
    candidates = set.intersection(*(set(_by_token().get(one, ())) for one in keys))
    by_person = _by_person()
    found = [
        holder
        for person in sorted(candidates)
        if _bears(person, keys)
        for line in by_person.get(person, ())
        if (holder := _holder(line)) and kind in (None, holder.kind) and state in (None, holder.state)
    ]
    return sorted(found, key=lambda one: (one.since or "", one.until or "9", one.person, one.kind, one.title))


def _rank(holder: Holder, first: int, last: int) -> tuple[bool, bool, int, int] | None:
    """Where a holder stands among those of an interval; None for one outside."""
    since = _ordinal(holder.since, end=False) if holder.since else _FIRST
    until = _ordinal(holder.until, end=True) if holder.until else _LAST
    certain = True
    if not holder.until and holder.confirmed:
        confirmed = _ordinal(holder.confirmed, end=True)
        certain = first <= confirmed
        until = confirmed + _GRACE_DAYS
    if since > last or until < first:
        return None
    stand_in = any(word in holder.title.lower() for word in _STAND_INS)
    overlap = min(until, last) - max(since, first)
    return not certain, stand_in, -overlap, -since


def _of(holder: Holder, organisation: str | None) -> bool:
    """Whether an office belongs to a body, by the table or by the words of its title."""
    if organisation is None:
        return True
    asked = fold(organisation)
    return asked == fold(holder.organisation or "") or f" {asked} " in f" {fold(holder.title)} "


def _titled(
    found: list[tuple[tuple[bool, bool, int, int], Holder]], title: str
) -> list[tuple[tuple[bool, bool, int, int], Holder]]:
    """Those with the most words of a title, if any has one that says something."""
    asked = content_words(title)
    shares = [len(asked & content_words(holder.title)) for _, holder in found]
    best = max(shares, default=0)
    return [pair for pair, share in zip(found, shares, strict=True) if share == best] if best else found


def content_words(title: str) -> frozenset[str]:
    """The words of a title that tell it from others, in one spelling.

    >>> sorted(content_words("Minister of Defence"))
    ['defense']
    """
    every = (word.replace("defence", "defense") for word in fold(title).split())
    return frozenset(word for word in every if word not in _EMPTY)


_STAND_INS = ("acting", "claimed", "interim", "governor-general", "chargé")
_EMPTY = word_list("facts", "empty")


@lru_cache(maxsize=512)
def _group(kind: str, state: str) -> tuple[Holder, ...]:
    """All terms of one kind of office in one state."""
    facts = table.offices()
    start, end = facts.ranges.get((kind, state), (0, 0))
    return tuple(_parse(line, kind, state) for line in facts.terms[start:end])


def _parse(line: str, kind: str, state: str) -> Holder:
    facts = table.offices()
    person, since, until, confirmed, source, title, organisation = (*line.split("\t"), "")[:7]
    name, aliases, mark, _ = facts.persons[int(person)].split("\t")
    return Holder(
        person=name, aliases=tuple(aliases.split(";")) if aliases else (), title=title, kind=kind,
        state=state or None, organisation=organisation or None, since=since or None, until=until or None,
        confirmed=confirmed or None, source=facts.sources[int(source)],
        wikidata=mark if mark.startswith("Q") else None,
    )  # fmt: skip


def _holder(line: int) -> Holder:
    """The term at one line of the table."""
    kind, state, first = _where(line)
    return _group(kind, state)[line - first]


def _where(line: int) -> tuple[str, str, int]:
    """Kind and state of a line, and where their lines begin."""
    starts, groups = _starts()
    at = bisect_right(starts, line) - 1
    return (*groups[at], starts[at])


@lru_cache(maxsize=1)
def _starts() -> tuple[list[int], list[tuple[str, str]]]:
    ranges = table.offices().ranges
    return [start for start, _ in ranges.values()], list(ranges)


@lru_cache(maxsize=1)
def _by_person() -> dict[int, list[int]]:
    """Number of a person to the lines of their terms."""
    found: dict[int, list[int]] = {}
    for at, line in enumerate(table.offices().terms):
        found.setdefault(int(line[: line.index("\t")]), []).append(at)
    return found


@lru_cache(maxsize=1)
def _by_token() -> dict[str, list[int]]:
    """Key of each token of any name to the persons with it."""
    found: dict[str, list[int]] = {}
    for at, line in enumerate(table.offices().persons):
        for token in line[line.rindex("\t") + 1 :].split(" "):
            found.setdefault(token, []).append(at)
    return found


def _bears(person: int, asked: list[str]) -> bool:
    """Whether one of a person's names holds the tokens asked for, in their order; a single one as surname."""
    name, aliases, _, _ = table.offices().persons[person].split("\t")
    for one in (name, *aliases.split(";")):
        own = [key(token) for token in fold(one).split()]
        if len(asked) == 1:
            if own and asked[0] in (own[-1], own[0] if len(own) == 1 else own[-1]):
                return True
        elif _ordered(asked, own):
            return True
    return False


def _ordered(asked: list[str], own: list[str]) -> bool:
    rest = iter(own)
    return all(token in rest for token in asked)


def _ordinal(when: str, *, end: bool) -> int:
    """Day number of the first or last day of an ISO date, month or year; the far past or future if none."""
    try:
        year, month, day = (*map(int, when[:10].split("-")), 0, 0)[:3]
        if day:
            return date(year, month, day).toordinal()
        if not end:
            return date(year, month or 1, 1).toordinal()
        if month in (0, 12):
            return date(year, 12, 31).toordinal()
        return date(year, month + 1, 1).toordinal() - 1
    except ValueError:
        return _LAST if end else _FIRST
