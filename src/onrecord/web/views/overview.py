"""The overview: what is in here."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View


def overview(record: Record, ask: Ask) -> Page:
    """Counts of the whole record."""
    status = record.status()
    return Page("overview.html", "Overview", {"status": status}, data=status)


VIEWS = (View("overview", "/", overview, menu="Overview"),)
