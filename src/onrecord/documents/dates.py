"""Calendar dates as they are written in bylines, tags and addresses; which line is a date line, and what
each date in it is said to be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from onrecord.documents import credits
from onrecord.documents.blocks import Block
from onrecord.documents.phrases import drop_reason
from onrecord.lang import either, word_row

_NAMES = word_row("documents", "months")
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "(?P<{}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
_DATE = re.compile(
    "|".join(
        (
            # 2019-04-03, 2019/4/3, 2019.04.03, with or without a time behind
            r"(?<![\d/.-])"
            + _YEAR.format("y1")
            + r"(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d|[-/]\d)",
            # 3 April 2019, 3rd of April, 2019, 3 de abril de 2019
            r"(?<![\d:.,$€£])(?P<d2>\d{1,2})(?:st|nd|rd|th|º|er|\.)?(?: of| de)?[ -]"
            + _MONTH.format("m2")
            + r",?(?: de| del)?[ -]"
            + _YEAR.format("y2"),
            # April 3, 2019; Apr. 3rd 2019
            r"\b" + _MONTH.format("m3") + r" (?P<d3>\d{1,2})(?:st|nd|rd|th)?(?:,| ,)? ?" + _YEAR.format("y3"),
            # 03/04/2019, 3-4-2019: either way round unless one is above 12
            r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep2>[-/.])(?P<b>\d{1,2})(?P=sep2)"
            + _YEAR.format("y4")
            + r"(?![-/.]\d)",
            # April 2019
            r"(?<!\d )\b" + _MONTH.format("m5") + r",? " + _YEAR.format("y5"),
        )
    ),
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w/.,-])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\w/-]|[.,]\d)")
_CENTURY = 70  # two digits of a year from here on are of the last century, as POSIX has it
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: where, the days it may mean (inclusive, ISO 8601), and how exact it is."""

    start: int
    end: int
    earliest: str
    latest: str
    precision: Literal["day", "month", "interval"]


def dates(text: str) -> Iterator[Written]:
    """Every date written out in ``text``.

    >>> [(w.earliest, w.latest) for w in dates("on 03/04/2019, after April 2, 2019")]
    [('2019-03-04', '2019-04-03'), ('2019-04-02', '2019-04-02')]
    """
    for match in _DATE.finditer(text):
        found = _meaning(match)
        if found is not None:
            yield Written(match.start(), match.end(), *found)


def short(text: str) -> Iterator[Written]:
    """Dates whose year has two digits: 5/2/24, either way round unless one is above 12."""
    for match in _SHORT.finditer(text):
        year = int(match[4]) + (1900 if int(match[4]) >= _CENTURY else 2000)
        found = _either(year, int(match[1]), int(match[3]))
        if found is not None:
            yield Written(match.start(), match.end(), *found)


def epoch(text: str) -> Iterator[Written]:
    """The day, in UTC, of a text that is a number of seconds or milliseconds since 1970 and nothing else."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        day = datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
        yield Written(0, len(text), day, day, "day")


def month(year: int, number: int) -> tuple[str, str] | None:
    """First and last day of a month, None if there is no such month."""
    if not 1 <= number <= 12:
        return None
    return f"{year:04}-{number:02}-01", f"{year:04}-{number:02}-{monthrange(year, number)[1]:02}"


def _day(year: int, number: int, day: int) -> str | None:
    try:
        return date(year, number, day).isoformat()
    except ValueError:
        return None


def _meaning(match: re.Match[str]) -> tuple[str, str, Literal["day", "month", "interval"]] | None:
    part = match.groupdict()
    if part["y4"]:
        return _either(int(part["y4"]), int(part["a"]), int(part["b"]))
    if part["y5"]:
        ends = month(int(part["y5"]), MONTHS[part["m5"].lower()])
        return (*ends, "month") if ends else None
    for n in ("1", "2", "3"):
        if part["y" + n]:
            name = part["m" + n].lower()
            number = int(name) if name.isdigit() else MONTHS[name]
            day = _day(int(part["y" + n]), number, int(part["d" + n]))
            return (day, day, "day") if day else None
    return None


def _either(
    year: int, first: int, second: int
) -> tuple[str, str, Literal["day", "month", "interval"]] | None:
    readings = {_day(year, first, second), _day(year, second, first)}
    days = sorted(day for day in readings if day is not None)
    if not days:
        return None
    return days[0], days[-1], "day" if len(days) == 1 else "interval"


_EDGE = r"(?:\b|(?<=[^\W\d_])(?-i:(?=[A-Z])))"  # of a word, or of one that is glued to the one before
_PUBLISHED = either("documents", "published")
CHANGED = word_row("documents", "changed")
_CHANGED = "|".join(CHANGED)
_LABEL = re.compile(rf"{_EDGE}(?:(?P<published>{_PUBLISHED})|(?P<changed>{_CHANGED}))", re.IGNORECASE)
_ONLY_LABEL = re.compile(
    rf"\W*(?:\w+ )?(?:{_PUBLISHED}|{_CHANGED})(?: on| at| el| le| am)?\W*", re.IGNORECASE
)
_BY = re.compile(r"author|(?:\w+ )?by:?(?: \S+)?", re.IGNORECASE)  # a lone word behind it is a user's name
# What may stand in a date line beside dates and names: labels, small words, days of the week, times of day,
# how long it takes to read.
_CLOCK = (
    r"\d{1,2}(?:[:.]\d\d){1,2} ?(?:[ap]\.?m\b\.?)?(?: ?\(?(?-i:[A-Z]{1,5})\b(?:[+-]\d{1,2}(?::?\d\d)?)?\)?)?"
    r"|\d{1,2} ?[ap]\.?m\b\.?(?: (?-i:[A-Z]{2,5})\b)?"
)
_SMALL = re.compile(
    rf"{_CLOCK}|{_EDGE}(?:{_PUBLISHED}|{_CHANGED}|{either('documents', 'small_first')}|à|"
    rf"{either('documents', 'small_de')}|\d+[ -]min(?:ute)?s?(?: read)?)\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_LOWER = re.compile(r"\b[a-zà-þ][\w’'-]+")
_CUT = re.compile(r"[|•·–—()\[\]/]| - ")
_UTC = re.compile(r"\b(\d{1,2}):(\d\d) ?(?:GMT|UTC|Z)\b")
_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*$")
_LONGEST = 160  # characters of a line in which a date is looked for
_PROSE = 25  # words of a paragraph of the article
_HEADLINE = 4  # words of a link that is the headline of another report
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
ABOVE, BELOW = 4, 12  # lines beside the headline in which a date is taken for that of the report

Said = Literal["published", "changed", ""]


@dataclass(frozen=True, slots=True)
class Displayed:
    """A date in a line. ``label``: the word that says what it is, or ""; ``said``: what that says.

    ``own``: the line is a date line; ``told``: it is a sentence or a caption, the date is of what it tells.
    """

    written: Written
    label: str
    said: Said
    own: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Time:
    """A time element: what its attributes say it is, the time it gives, and the line it stands in."""

    about: str
    value: str
    line: int


def displayed(line: str, before: str = "") -> Iterator[Displayed]:
    """The dates of a line, none if it is too long for a date line.

    Args:
        line: clean text.
        before: the line before it; if it is but a label it is that of the first date.

    >>> [(d.said, d.written.earliest) for d in displayed("Updated May 5, 2024 11:00 | Published May 2, 2024")]
    [('changed', '2024-05-05'), ('published', '2024-05-02')]
    >>> [d.told for d in displayed("The gate in Merrow was closed on March 14, 2019.")]
    [True]
    """
    if len(line) > _LONGEST:
        return
    found = list(dates(line))
    full = bool(found)
    found = found or list(short(line))
    if not found:
        return
    rest = _rest(line, found)
    own = not _LETTER.search(rest)
    if not (full or own):  # two digits are a year in a date line only
        return
    told = not own and _tells(line, rest)
    at, label = 0, before if _ONLY_LABEL.fullmatch(before) else ""
    for written in found:
        words = list(_LABEL.finditer(label + " " + line[at : written.start]))
        last = words[-1] if words else None
        said: Said = "" if last is None else "published" if last["published"] else "changed"
        yield Displayed(written, last.group().lower() if last else "", said, own, told)
        at, label = written.end, ""


def _rest(line: str, found: Sequence[Written]) -> str:
    """What is left of a line without its dates and all that may stand beside them in a date line."""
    parts, at = [], 0
    for written in found:
        parts.append(line[at : written.start])
        at = written.end
    parts.append(line[at:])
    return " | ".join(_left(piece) for part in parts for piece in _CUT.split(part))


def _left(piece: str) -> str:
    left = _SPACES.sub(" ", _SMALL.sub(" ", piece)).strip(" ,:;.-")
    named = _BY.fullmatch(left) or credits.byline(left[:1].upper() + left[1:])
    return "" if named else left


def _tells(line: str, rest: str) -> bool:
    """Whether a line that is no date line is a sentence, a caption or what a page has around articles."""
    reason = drop_reason(line)
    return (
        "@" in rest
        or len(_LOWER.findall(rest)) > 1
        or bool(_LOWER.search(rest) and _SENTENCE.search(line))
        or (reason is not None and reason not in ("byline", "date line"))
    )


def same_moment(line: str, written: Written, stated: str) -> bool:
    """Whether a date line gives in UTC the very minute that ``stated`` gives by the clock of its own place.

    >>> line = "May 3, 2024 06:30 GMT"
    >>> same_moment(line, next(dates(line)), "2024-05-02T23:30:00-07:00")
    True
    """
    clock = _UTC.search(line, written.end)
    if clock is None:
        return False
    try:
        moment = datetime.fromisoformat(stated)
        shown = datetime.fromisoformat(f"{written.earliest}T{clock[1]:0>2}:{clock[2]}+00:00")
    except ValueError:
        return False
    return bool(moment.utcoffset()) and abs((moment - shown).total_seconds()) < 60


def apart(found: Sequence[Block], headline: int) -> frozenset[int]:
    """Which blocks stand in a picture, a post, a quotation, or among other reports.

    An element that holds the headline too is none of these, whatever its class says.
    """
    if not found:
        return frozenset()
    head = found[headline]
    return frozenset(
        i
        for i, block in enumerate(found)
        if block.apart not in (-1, head.apart) and (i < headline or block.apart > head.start)
    )


def doubtful(found: Sequence[Block], headline: int) -> frozenset[int]:
    """Which blocks look as if they stood in a picture or under the linked headline of another report."""
    return frozenset(
        i for i, block in enumerate(found) if block.label == "caption" or _card(found, i, headline)
    )


def _card(found: Sequence[Block], i: int, headline: int) -> bool:
    before, after = found[i - 1] if i - 1 > headline else None, found[i + 1] if i + 1 < len(found) else None
    return (before is not None and _linked(before)) or (
        after is not None and i + 1 != headline and after.tag in _HEADINGS and _linked(after)
    )


def _linked(block: Block) -> bool:
    words = len(block.text.split())
    return block.link > 0.9 and words >= _HEADLINE and credits.byline(block.text) is None


def beside(lines: Sequence[str], headline: int, *, page: bool) -> range:
    """The lines near the headline, up to where the article begins: its second paragraph in a row."""
    end = headline + BELOW
    for i in range(headline + 1, min(end, len(lines) - 1)) if page else ():
        if _is_prose(lines[i]) and _is_prose(lines[i + 1]) and lines[i] != lines[i + 1]:
            end = i
            break
    return range(max(0, headline - ABOVE), min(end, len(lines)))


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _PROSE and _SENTENCE.search(line) is not None
