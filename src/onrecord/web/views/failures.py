"""What could not be read, why, and what to do about it."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View, paged


def failures(record: Record, ask: Ask) -> Page:
    """Failures by place; with ``all`` also those that have been read since."""
    listing = record.failures(resolved=bool(ask.filters("all").get("all", False)))
    where = paged(ask, listing.count())
    rows = list(listing.page(where.per, where.offset))
    return Page("failures.html", "Failures", {"rows": rows, "paged": where}, rows=listing)


VIEWS = (View("failures", "/failures", failures, menu="Failures"),)
