"""The reports: which are in here, from whom and when."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View, paged

_FILTERS = ("outlet", "actor", "state", "since", "until", "story", "all")


def reports(record: Record, ask: Ask) -> Page:
    """Reports by date, filtered."""
    listing = record.documents(**ask.filters(*_FILTERS))
    where = paged(ask, listing.count())
    rows = list(listing.page(where.per, where.offset))
    return Page("reports.html", "Reports", {"rows": rows, "paged": where}, rows=listing)


VIEWS = (View("reports", "/reports", reports, menu="Reports"),)
