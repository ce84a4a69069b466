"""What a dossier is made of: sections of blocks, blocks of lines, lines of pieces; notes; and its own
words."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.values import AccountStance, Polarity, PositionRelation, PositionStatus

VERBS: Mapping[Polarity, str] = {
    "asserts": "says",
    "denies": "denies",
    "declines": "declines",
    "questions": "asks",
    "promises": "promises",
    "calls_for": "calls for",
}
TONES: Mapping[Polarity, Tone] = {"asserts": "plain", "denies": "denies", "declines": "declines"}
RELATIONS_OF_SEVERAL: Mapping[PositionRelation, str] = {
    "recognizes": "recognize",
    "supports": "support",
    "opposes": "oppose",
    "sanctions": "have sanctions against",
    "denies": "deny",
    "allied_with": "are allied with",
    "has_forces_in": "have forces in",
    "present_in": "have people in",
}
STATUSES: Mapping[PositionStatus, str] = {
    "asserted": "told by reports in their own name",
    "claimed": "claimed by speakers",
    "denied": "only denied",
    "planned": "announced",
}
SIDES: Mapping[AccountStance, str] = {
    "supports": "On the one side",
    "contradicts": "On the other side",
    "differs": "Different in a detail",
    "related": "On the same matter",
}


def day_in_words(day: str) -> str:
    """A day as a reader writes it.

    >>> day_in_words("2019-03-07")
    '7 March 2019'
    """
    one = date.fromisoformat(day[:10])
    return f"{one.day} {calendar.month_name[one.month]} {one.year}"


def when_in_words(earliest: str | None, latest: str | None) -> str:
    """An interval of days as exactly as it is known, and no more.

    >>> when_in_words("2019-03-01", "2019-03-31"), when_in_words(None, "2022-01-30T10:00:00Z")
    ('March 2019', 'no later than 30 January 2022')
    >>> when_in_words("2019-03-20", "2019-03-29")
    'between 20 and 29 March 2019'
    """
    if earliest is None or latest is None:
        if earliest is None and latest is None:
            return "undated"
        if latest is not None:
            return f"no later than {day_in_words(latest)}"
        return f"no earlier than {day_in_words(earliest or '')}"
    first, last = date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
    if first == last:
        return day_in_words(earliest)
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.year}"
    if whole and first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"between {_before(first, last)} and {day_in_words(latest)}"


def width_in_words(earliest: str, latest: str) -> str:
    """How far apart two days are, roughly.

    >>> width_in_words("2018-12-20", "2021-01-19"), width_in_words("2022-01-22", "2022-01-29")
    ('25 months', '8 days')
    """
    days = (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days + 1
    return counted(days, "day") if days < 63 else f"{round(days / 30.44)} months"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(confidence: float) -> str:
    """A probability in percent, never rounded up to certainty.

    >>> share(0.999), share(0.456)
    ('99 %', '45 %')
    """
    return f"{int(confidence * 100 + 1e-9)} %"


def joined(lines: Iterable[Line], between: str = ", ") -> Line:
    """Lines one after the other with ``between`` between them."""
    found: list[Piece] = []
    for line in lines:
        if line:
            found += [between, *line] if found else line
    return tuple(found)


def names(values: Iterable[str]) -> Line:
    """Names with commas between."""
    return joined((AsGiven(one),) for one in values)


def is_web(address: str | None) -> bool:
    """Whether ``address`` may become a link: of the web, not of a script, a file or data."""
    return bool(address) and str(address).startswith(("http://", "https://"))


def _before(first: date, last: date) -> str:
    """``first`` without what it shares with ``last``."""
    year = "" if first.year == last.year else f" {first.year}"
    month = "" if not year and first.month == last.month else f" {calendar.month_name[first.month]}"
    return f"{first.day}{month}{year}"


Tone = Literal["plain", "denies", "declines", "other", "uncertain"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters ``start`` to ``end`` of the text of ``document``; ``note`` tells where they stand."""

    text: str
    document: str
    start: int
    end: int
    note: int


@dataclass(frozen=True, slots=True)
class AsGiven:
    """Words that are not the dossier's own: a name, a title, an address, a reason in words."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a note."""

    note: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the dossier."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Web:
    """A link to the web, followed only by a person; ``address`` begins with http:// or https://."""

    address: str


@dataclass(frozen=True, slots=True)
class Label:
    """One or a few words that are to be seen at a glance, such as "denies"."""

    text: str
    tone: Tone = "plain"


Piece = str | Quoted | AsGiven | Mark | Link | Web | Label
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of the section; ``level`` 3 or 4."""

    line: Line
    anchor: str | None = None
    level: int = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``quiet``: an aside."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list without an order."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DossierTable:
    """Rows of cells below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what is known of it, line by line."""

    head: Line
    lines: tuple[Line, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class DossierTold:
    """One statement: who and how, what, and the circumstances; ``depth`` of speech within speech."""

    who: Line
    what: Line
    about: Line
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """When what follows was said, in words and as a bar.

    ``start`` and ``end`` are shares (0 to 1) of the scale; None where there is no bound on that side. Both
    None: no bar.
    """

    line: Line
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What the bars that follow are measured on: marks at shares (0 to 1) from left to right."""

    marks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, each under its title."""

    columns: tuple[tuple[Line, tuple[Block, ...]], ...]


Block = Heading | Paragraph | Listed | DossierTable | Entry | DossierTold | Period | Scale | Columns


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the dossier; ``anchor`` is unique in it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DossierPassage:
    """The exact characters that a note rests on: ``text`` is ``start`` to ``end`` of the report's text.

    ``label``: what they show; empty for the passage itself.
    """

    label: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Where something stands: one report and the passages in it. ``remarks``: what else to know of it."""

    number: int
    document: str
    source: Line  # outlet, title, date, address
    passages: tuple[DossierPassage, ...]
    remarks: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole, ready to be written in any form. ``notes[n - 1].number`` is n."""

    title: str
    lead: Line
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
