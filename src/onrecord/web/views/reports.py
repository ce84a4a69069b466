"""The reports: which are in here, from whom and when."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web.ask import Ask, Page, View, paged

FILTERS = ("outlet", "title", "actor", "state", "since", "until", "story", "all")


def reports(record: Record, ask: Ask) -> Page:
    """Reports by date, filtered, with the outlets that there are under the other filters."""
    filters = ask.filters(*FILTERS)
    listing = record.documents(**filters)
    where = paged(ask, listing.count())
    rows = list(listing.page(where.per, where.offset))
    others = {name: value for name, value in filters.items() if name != "outlet"}
    wanted = [id for one in rows for id in (one.origin, one.duplicate_of) if id]
    values = {
        "rows": rows,
        "paged": where,
        "outlets": record.documents(**others).counts("outlet"),
        "origins": record.documents_of(wanted),
        "kept": [pair for pair in ask.query if pair[0] in ("actor", "state", "story", "outlet")],
    }
    return Page("reports.html", "Reports", values, rows=listing, styles=("rows.css",))


VIEWS = (View("reports", "/reports", reports, menu="Reports"),)
