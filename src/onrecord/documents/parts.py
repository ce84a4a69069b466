"""What reading an original gives, whatever its kind: the article, and what the report says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.documents.datelines import Time
from onrecord.documents.htmlmeta import PageMeta
from onrecord.values import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
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
