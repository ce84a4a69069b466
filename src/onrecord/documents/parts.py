"""What reading an original gives, whatever its kind, and what may be chosen about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.documents.dates import Time
from onrecord.documents.html import PageMeta
from onrecord.values import Dropped


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """Choices for making documents; the defaults suit a folder of scraped reports.

    ``as_is``: keep the text exactly as given, so that offsets fit the file; nothing is dropped and no
    title is put in front. For a text that is already clean, and for scoring against annotated corpora.

    ``lines``: how lines of plain text are judged. "page": the text is a whole web page with its tags
    gone, most lines may be menus; "clean": it is an article with a few leftovers, only known phrases are
    dropped; "auto": decided for each document.

    ``max_html``: HTML longer than this many characters is not parsed into a tree but read block by block, nor
    is one of more than ``max_tags`` tags: a tree takes some hundred times the memory of its source.

    ``max_lines``: a text of more lines than this, or HTML of more blocks, is refused: each costs a judgement
    and a record of where it stands, whether anything of it is kept or not.
    """

    as_is: bool = False
    lines: Literal["auto", "page", "clean"] = "auto"
    max_html: int = 5_000_000
    max_tags: int = 100_000
    max_lines: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleParts:
    """An article with what surrounds it.

    ``all_lines`` are the lines or blocks of the whole original, as text; ``headline`` counts in them, and
    so do ``apart``: those in a picture, a post or among other reports, and ``doubtful``: which seem to be.
    """

    body: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    all_lines: tuple[str, ...] = ()
    headline: int = 0
    apart: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()
    times: tuple[Time, ...] = ()
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    wire: str | None = None
    translator: str | None = None
    meta: PageMeta | None = None  # of a page only
    by: str = "lines"  # what found the article
