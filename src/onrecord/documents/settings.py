"""What may be chosen about how a report becomes a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
