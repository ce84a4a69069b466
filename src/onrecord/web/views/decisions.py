"""The decisions of persons: all of them, also those taken back, the newest first."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View, paged


def decisions(record: Record, ask: Ask) -> Page:
    """What was decided, in words, with a way to take each back."""
    listing = record.decisions()
    where = paged(ask, listing.count())
    # The listing begins with the oldest one; the pages with the newest.
    first = max(0, where.total - where.offset - where.per)
    rows = list(listing.page(where.total - where.offset - first, first))
    values = {"rows": list(reversed(record.review.decided(rows))), "paged": where}
    return Page("decisions.html", "Decisions", values, rows=listing, styles=("edit.css",))


VIEWS = (View("decisions", "/decisions", decisions),)
