"""When a report was published: every candidate with where it stands, and which one is believed.

Candidates are ranked by how often such a place is right; the best is chosen, and all are kept. Where nothing
but a date of change, a date somewhere in the text or a file's own clock is at hand, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.documents import credits
from onrecord.documents.dates import MONTHS, Written, compact, dates, month
from onrecord.documents.htmlmeta import PageMeta
from onrecord.values import DateCandidate, Interval

_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date.published", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate",
    "publicationdate", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "cxenseparse:recs:publishtime", "article.published",
    "published_time_telegram", "citation_publication_date", "dc.date.created", "date",
    "article_date_original", "created", "rnews:datepublished", "bt:pubdate", "displaydate",
)  # fmt: skip
_LABEL = (
    r"(?:first |originally |date )?(?:published|posted|pub(?:lished)? ?date|publication date|date"
    r"|publié|publicado|veröffentlicht)"
)
_LABELLED = re.compile(rf"^\W*{_LABEL}(?: on| at| el| le| am)?\s*[:|–—-]?\s*", re.IGNORECASE)
_POSTED = re.compile(r"\b(published|posted|first seen)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(updated|modified|reviewed|accessed|copyright|©|last)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-ZÀ-Þ .,'/-]{2,60}?),? (?P<month>[A-Z][a-z]{2,8})\.? "
    r"(?P<day>\d{1,2})(?!\d)(?:, (?P<year>(?:19|20)\d\d))?"
    r" *(?:\(|/|-|–|—|:)"
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/._-]|$)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{2})/(?!\d{1,2}/)")
HEAD_LINES = 12  # of a text, where a dateline may stand
FOOT_LINES = 6
ABOVE, BELOW = 4, 12  # lines beside the headline in which a date is taken for that of the report


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
) -> tuple[DateCandidate, ...]:
    """All candidates for the publication date of a report, best first; at most one is chosen.

    ``field``: what a container says; ``lines``: of the whole page or text, before anything is dropped;
    ``headline``: which of them is the headline, so that what is displayed beside it can be told.
    """
    found = [*_from_field(field), *_from_meta(meta), *_from_lines(lines, headline, page=meta is not None)]
    found += _from_url(url)
    found += _from_name(name)
    found.sort(key=lambda one: one.rank)
    found += _from_dateline(lines, found)
    return _chosen(found)


def _first(text: str, rank: int, basis: str, *, digits: bool = False) -> Iterator[_Ranked]:
    """The first date in ``text``, if any; eight digits count where ``digits``."""
    written = next(dates(text), None) or (next(compact(text), None) if digits else None)
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
            yield from _first(value, 14 if page else 10, "JSON-LD datePublished")
        elif key == "dateCreated":
            yield from _first(value, 30, "JSON-LD dateCreated")
    for name, value in meta.meta:
        if name in _PUBLISHED_META:
            yield from _first(value, 11, f"meta {name}", digits=True)
    for about, value, _ in meta.times:
        if "modif" in about or "updat" in about:
            continue
        sure = "publish" in about or "pubdate" in about or "entry-date" in about or "post-date" in about
        yield from _first(value, 16 if sure else 24, "time element")


def _from_lines(lines: list[str], headline: int, *, page: bool) -> Iterator[_Ranked]:
    """Dates in short lines: those beside the headline, labelled ones, bare ones at the foot of a text."""
    beside = range(max(0, headline - ABOVE), headline + BELOW)
    foot = range(max(0, len(lines) - FOOT_LINES), len(lines))
    for i in beside if page else [*beside, *(i for i in foot if i not in beside)]:
        if i >= len(lines):
            break
        yield from _from_line(lines[i], beside=i in beside, page=page, shown=page and i > headline)
    if page:
        yield from _only_one(lines[headline:])


def _only_one(lines: list[str]) -> Iterator[_Ranked]:
    """The date that stands in short lines of a page, if all that have one agree."""
    found: dict[str, _Ranked] = {}
    for line in lines:
        if len(line) <= 80 and not _CHANGED.search(line):
            for written in dates(line):
                if written.precision == "day" and len(line.split()) <= 10:
                    found.setdefault(written.earliest, _Ranked(34, "only date of the page", line, written))
    if len(found) == 1:
        yield from found.values()


def _from_line(line: str, *, beside: bool, page: bool, shown: bool) -> Iterator[_Ranked]:
    """The first date of one line, ranked by what stands around it."""
    label = _LABELLED.match(line)
    if label:
        written = next(dates(line[label.end() : label.end() + 60]), None)
        if written is not None and written.start <= 24:
            word = label.group().strip(" \t:|–—-").lower()
            yield _Ranked(7 if beside else 22, f"line '{word}'", line[:200], written)
            return
    if len(line) > 160:
        return
    for written in dates(line):
        before, after = line[: written.start], line[written.end :]
        most = 12 if page or credits.byline(line) else 5
        if written.precision == "month" or len(before.split()) + len(after.split()) > most:
            continue
        if "@" in before and not page:  # an embedded post, with the date of the post
            continue
        changed = _CHANGED.search(before)
        posted = _POSTED.search(before)
        if changed and not posted:
            if beside:
                yield _Ranked(42, f"line '{changed.group().lower()}'", line[:200], written)
        elif posted:
            yield _Ranked(7 if beside else 22, f"line '{posted.group().lower()}'", line[:200], written)
        else:
            yield _Ranked(
                8 if beside and shown else 26 if beside else 32, "line with a date", line[:200], written
            )
        return


def _from_dateline(lines: list[str], known: list[_Ranked]) -> Iterator[_Ranked]:
    """A wire dateline; without a year, it takes that of the best candidate it does not contradict."""
    for line in lines[:HEAD_LINES]:
        match = _DATELINE.match(line)
        if not match or match["month"].lower() not in MONTHS:
            continue
        stated = f"{match['month']} {match['day']}, "
        if match["year"]:
            yield from _first(stated + match["year"], 20, "dateline")
        for one in known[:1]:
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
