"""About this record: which runs made it, with which models and versions."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View


def about(record: Record, ask: Ask) -> Page:
    """Runs, models, versions, and what the app itself is made of."""
    listing = record.runs()
    values = {"status": record.status(), "runs": list(listing)}
    return Page("about.html", "About this record", values, rows=listing)


VIEWS = (View("about", "/about", about, menu="About"),)
