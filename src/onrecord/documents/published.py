"""When a report was published: every candidate with where it stands, and which one is believed.

Candidates are ranked by how often such a place is right; the best is chosen, and all are kept. Where nothing
but a date of change, a date somewhere in the text or a file's own clock is at hand, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.documents import credits
from onrecord.documents.dates import (
    CHANGED,
    MONTHS,
    Time,
    Written,
    beside,
    dates,
    displayed,
    epoch,
    month,
    same_moment,
)
from onrecord.documents.html import PageMeta
from onrecord.lang import either
from onrecord.values import DateCandidate, Interval

_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date.published", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate",
    "publicationdate", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "cxenseparse:recs:publishtime", "article.published",
    "published_time_telegram", "citation_publication_date", "dc.date.created", "date",
    "article_date_original", "created", "rnews:datepublished", "bt:pubdate", "displaydate",
)  # fmt: skip
_SOME_DATE = (
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "date",
    "created",
)  # or of a change
_LABELLED = re.compile(
    rf"^\W*(?:first |originally |date )?(?:{either('documents', 'labelled')})(?: on| at| el| le"
    r"| am)?\s*[:|–—-]?\s*",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-ZÀ-Þ .,'/-]{2,60}?),? (?P<month>[A-Z][a-z]{2,8})\.? "
    r"(?P<day>\d{1,2})(?!\d)(?:, (?P<year>(?:19|20)\d\d))?"
    r" *(?:\(|/|-|–|—|:)"
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/._-]|$)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{2})/(?!\d{1,2}/)")
HEAD_LINES = 12  # of a text, where a dateline may stand
FOOT_LINES = 6
_BELOW = 27  # rank of a displayed date that a structured one outranks
_CHANGE = 42  # rank of the date of a change
_NEVER = 50  # rank of a date that is kept with the others and never chosen
_UNLIKELY = 44  # rank of a structured date that something shown on the page speaks against
_STRUCTURED = ("JSON-LD", "meta ", "time element")
_ZERO = ("1969-12-31", "1970-01-01")  # what a program writes that has no date
_BARE = "line with a date"
_ONLY, _HOLDS, _ANY_TIME = "only date of the page", "line that holds a date", "any time element"
# Bases of dates that are only guessed, or are of a change: they bound no other report.
GUESSED = (_ONLY, _HOLDS, _ANY_TIME, *(f"line '{word}'" for word in CHANGED))


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: int  # smaller is better
    basis: str
    quoted: str
    written: Written


def candidates(
    *,
    field: str | None,
    meta: PageMeta | None,
    lines: list[str],
    headline: int,
    url: str | None,
    name: str,
    apart: Collection[int] = (),
    doubtful: Collection[int] = (),
    times: Sequence[Time] = (),
    retrieved: str | None = None,
) -> tuple[DateCandidate, ...]:
    """All candidates for the publication date of a report, best first; at most one is chosen.

    ``field``: what a container says; ``lines``: of the whole page or text, before anything is dropped;
    ``headline``: which of them is the headline, so that what is displayed beside it can be told; ``apart``:
    which stand in a picture, a post or among other reports, and ``doubtful``: which seem to; ``retrieved``:
    when it was fetched.
    """
    near = beside(lines, headline, page=meta is not None)
    shown = _from_lines(lines, headline, near, apart, doubtful, page=meta is not None)
    structured = [
        *_from_meta(meta),
        *_from_times((one for one in times if one.line not in apart), headline, near),
    ]
    known = (one for one in structured if one.written.earliest not in _ZERO)
    found = [*_from_field(field), *_checked([*known, *shown])]
    found += _from_url(url)
    found += _from_name(name)
    found.sort(key=lambda one: one.rank)
    found = _past_first(found, retrieved)
    found += _from_dateline(lines, found)
    return _chosen(found)


def _checked(found: list[_Ranked]) -> list[_Ranked]:
    """Structured and displayed dates, each held against the other.

    Nothing appeared after the day on which the page says that it was changed. A date line in UTC that gives
    the minute of a structured date with a time zone of its own says the same, and that one knows the day.
    """
    stated = [one.quoted for one in found if one.basis.startswith(_STRUCTURED)]
    changed = min((one.written.latest for one in found if one.rank == _CHANGE), default="9999")
    out = []
    for one in found:
        rank = one.rank
        if one.basis.startswith(_STRUCTURED):
            rank = max(rank, _UNLIKELY) if one.written.earliest > changed else rank
        elif rank < _BELOW and any(same_moment(one.quoted, one.written, text) for text in stated):
            rank = _BELOW
        out.append(replace(one, rank=rank))
    return out


def _past_first(found: list[_Ranked], retrieved: str | None) -> list[_Ranked]:
    """No report appears after it was fetched: such a date comes behind those that it may have.

    Unless all are of that kind: then the time of retrieval is wrong. A day is allowed for time zones.
    """
    try:
        last = (date.fromisoformat((retrieved or "")[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return found
    if not any(one.rank < _NEVER and one.written.earliest <= last for one in found):
        return found
    return sorted(found, key=lambda one: one.rank > 0 and one.written.earliest > last)


def _first(text: str, rank: int, basis: str, *, digits: bool = False) -> Iterator[_Ranked]:
    """The first date in ``text``, if any; eight digits, or seconds since 1970, count where ``digits``."""
    written = next(dates(text), None)
    if written is None and digits:
        written = next(epoch(text), None)
    if written is not None:
        yield _Ranked(rank, basis, text[:200], written)


def _from_field(field: str | None) -> Iterator[_Ranked]:
    if field:
        yield from _first(field, 0, "field published", digits=True)


def _from_meta(meta: PageMeta | None) -> Iterator[_Ranked]:
    if meta is None:
        return
    for kind, key, value in meta.linked:
        if key == "datePublished":
            page = "webpage" in kind.lower() and "article" not in kind.lower()
            yield from _first(value, 14 if page else 10, "JSON-LD datePublished", digits=True)
        elif key == "dateCreated":
            yield from _first(value, 30, "JSON-LD dateCreated")
    for name, value in meta.meta:
        if name in _PUBLISHED_META:
            yield from _first(value, 18 if name in _SOME_DATE else 11, f"meta {name}", digits=True)


def _from_times(times: Iterable[Time], headline: int, near: range) -> Iterator[_Ranked]:
    """Time elements: those said to be of publication, or beside the headline; any other is a guess."""
    for one in times:
        if "modif" in one.about or "updat" in one.about:
            continue
        sure = any(word in one.about for word in ("publish", "pubdate", "entry-date", "post-date"))
        if sure or one.line in near:
            above = not sure and one.line < headline
            yield from _first(one.value, 17 if above else 16, "time element")
        else:
            yield from _first(one.value, _CHANGE + 1, _ANY_TIME)


def _from_lines(
    lines: list[str],
    headline: int,
    near: range,
    apart: Collection[int],
    doubtful: Collection[int],
    *,
    page: bool,
) -> Iterator[_Ranked]:
    """Dates in short lines: those beside the headline, labelled ones, bare ones at the foot of a text."""
    foot = range(max(0, len(lines) - FOOT_LINES), len(lines))
    for i in near if page else [*near, *(i for i in foot if i not in near)]:
        before = lines[i - 1] if i > 0 else ""
        for one in _from_line(lines[i], before, beside=i in near, page=page, shown=page and i > headline):
            if i in apart:
                one = replace(one, rank=_NEVER)
            elif i in doubtful and one.basis == _BARE:
                one = replace(one, rank=max(one.rank, _BELOW), basis=_HOLDS)
            yield one
    if page:
        yield from _only_one(lines, [i for i in range(headline, len(lines)) if i not in apart])


def _only_one(lines: list[str], where: Iterable[int]) -> Iterator[_Ranked]:
    """The date that stands in short lines of a page, if all that have one agree."""
    found: dict[str, _Ranked] = {}
    for i in where:
        line = lines[i]
        if len(line) <= 80:
            for one in displayed(line, lines[i - 1] if i else ""):
                if one.written.precision == "day" and len(line.split()) <= 10 and one.said != "changed":
                    rank = _NEVER if one.told else 34
                    found.setdefault(one.written.earliest, _Ranked(rank, _ONLY, line, one.written))
    if len(found) == 1:
        yield from found.values()


def _from_line(line: str, before: str, *, beside: bool, page: bool, shown: bool) -> Iterator[_Ranked]:
    """The dates of one line, ranked by what stands around them."""
    label = None if page else _LABELLED.match(line)  # a field of the scraper's, glued to the first line
    if label:
        written = next(dates(line[label.end() : label.end() + 60]), None)
        if written is not None and written.start <= 24:
            word = label.group().strip(" \t:|–—-").lower()
            yield _Ranked(7 if beside else 22, f"line '{word}'", line[:200], written)
            return
    most = len(line) if page or credits.byline(line) else 5
    for one in displayed(line, before):
        written = one.written
        words = len(line[: written.start].split()) + len(line[written.end :].split())
        if (written.precision == "month" and one.said != "published") or not (one.own or words <= most):
            continue
        if one.told:
            rank, basis = _NEVER, _HOLDS
        elif one.said == "changed":
            rank, basis = _CHANGE if beside else _NEVER, f"line '{one.label}'"
        elif one.said == "published":
            rank, basis = 7 if beside and one.own else 22, f"line '{one.label}'"
        elif one.own:
            rank, basis = 8 if beside and shown else 26 if beside else 32, _BARE
        else:
            rank, basis = _BELOW if beside else 32, _HOLDS
        yield _Ranked(rank, basis, line[:200], written)


def _from_dateline(lines: list[str], known: list[_Ranked]) -> Iterator[_Ranked]:
    """A wire dateline; without a year, it takes that of the best candidate it does not contradict."""
    for line in lines[:HEAD_LINES]:
        match = _DATELINE.match(line)
        if not match or match["month"].lower() not in MONTHS:
            continue
        stated = f"{match['month']} {match['day']}, "
        if match["year"]:
            yield from _first(stated + match["year"], 20, "dateline")
        for one in [one for one in known if one.rank < _NEVER][:1]:
            written = next(dates(stated + one.written.earliest[:4]), None)
            if written is not None:
                yield _Ranked(40, "dateline, year from " + one.basis, match.group()[:200], written)
        return


def _from_url(url: str | None) -> Iterator[_Ranked]:
    if not url:
        return
    match = _URL_DAY.search(url)
    if match:
        name = match[2].lower()
        if name.isdigit() or name in MONTHS:
            number = int(name) if name.isdigit() else MONTHS[name]
            yield from _first(f"{match[1]}-{number:02}-{int(match[3]):02}", 28, "address")
            return
    yield from _first(url.rpartition("/")[2], 29, "address")
    match = _URL_MONTH.search(url)
    ends = month(int(match[1]), int(match[2])) if match else None
    if match and ends:
        yield _Ranked(36, "address", match.group(), Written(0, 0, *ends, "month"))


def _from_name(name: str) -> Iterator[_Ranked]:
    if "://" not in name:
        yield from _first(name.rpartition("/")[2].replace("_", " "), 38, "file name", digits=True)


def _chosen(found: Iterable[_Ranked]) -> tuple[DateCandidate, ...]:
    """Candidates without repetition, the best chosen; an ambiguous or wide best one is narrowed by others."""
    unique: dict[tuple[str, str, str], _Ranked] = {}
    for one in found:
        unique.setdefault((one.basis, one.written.earliest, one.written.latest), one)
    ordered = list(unique.values())
    best = _best(ordered)
    out = [
        DateCandidate(
            Interval(one.written.earliest, one.written.latest, one.written.precision, one.basis),
            one.quoted,
            one is best,
        )
        for one in ordered[:20]
    ]
    out.sort(key=lambda one: not one.chosen)
    return tuple(out)


def _best(ordered: list[_Ranked]) -> _Ranked | None:
    ordered = [one for one in ordered if one.rank < _NEVER]
    if not ordered:
        return None
    best = ordered[0]
    if best.written.precision == "day":
        return best
    for one in ordered[1:]:
        day, wide = one.written.earliest, best.written
        exact = one.written.precision == "day"
        within = (
            day in (wide.earliest, wide.latest)
            if wide.precision == "interval"
            else wide.earliest <= day <= wide.latest
        )
        if exact and within:
            return one
    return best
