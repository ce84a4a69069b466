"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.editing import DeskView
from onrecord.web.views import (
    accounts,
    actors,
    adding,
    network,
    overview,
    positions,
    reader,
    reports,
    review,
    statements,
    timeline,
)

VIEWS: tuple[View, ...] = (
    *overview.VIEWS,
    *timeline.VIEWS,
    *statements.VIEWS,
    *actors.VIEWS,
    *network.VIEWS,
    *accounts.VIEWS,
    *positions.VIEWS,
    *reports.VIEWS,
    *reader.VIEWS,
    *reports.FAILURES,
    *overview.ABOUT,
    *review.VIEWS,
)
DESK_VIEWS: tuple[DeskView, ...] = adding.VIEWS
"""Pages that are made without opening the record."""
