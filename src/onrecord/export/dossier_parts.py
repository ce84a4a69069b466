"""What a dossier is made of: sections of blocks, blocks of lines, lines of pieces, and notes.

Every character of a report in it is a ``Quoted`` or stands in a ``Passage`` of a note, with the place it
comes from. ``Given`` is what the record holds without a place (a name, a title, an address). A plain ``str``
is the dossier's own word. Nothing here knows Markdown or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
class Given:
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


Piece = str | Quoted | Given | Mark | Link | Web | Label
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
class Table:
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
class Told:
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


Block = Heading | Paragraph | Listed | Table | Entry | Told | Period | Scale | Columns


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the dossier; ``anchor`` is unique in it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passage:
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
    passages: tuple[Passage, ...]
    remarks: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole, ready to be written in any form. ``notes[n - 1].number`` is n."""

    title: str
    lead: Line
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
