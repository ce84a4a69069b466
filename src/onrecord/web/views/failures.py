"""What could not be read, why, and what to do about it."""

from __future__ import annotations

import shlex

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View, paged

STAGES = {
    "source": "while opening it",
    "document": "while taking out its text",
    "reading": "while reading its text",
}


def failures(record: Record, ask: Ask) -> Page:
    """Failures by place; with ``all`` also those that have been read since."""
    listing = record.failures(resolved=bool(ask.filters("all").get("all", False)))
    where = paged(ask, listing.count())
    values = {
        "rows": list(listing.page(where.per, where.offset)),
        "paged": where,
        "stages": STAGES,
        "retry": f"onrecord failures {shlex.quote(record.path.name)} --retry",
    }
    return Page("failures.html", "Failures", values, rows=listing, styles=("rows.css",))


VIEWS = (View("failures", "/failures", failures, menu="Failures"),)
