"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.editing import DeskView
from onrecord.web.views import (
    about,
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
    *statements.VIEWS_STATEMENT,
    *actors.VIEWS,
    *network.VIEWS,
    *accounts.VIEWS,
    *positions.VIEWS,
    *reports.VIEWS,
    *reports.VIEWS_STORIES,
    *reports.VIEWS_COPIES,
    *reader.VIEWS,
    *reports.VIEWS_FAILURES,
    *about.VIEWS,
    *review.VIEWS,
    *review.VIEWS_DECISIONS,
    *review.VIEWS_GATHERING,
)
DESK_VIEWS: tuple[DeskView, ...] = adding.VIEWS
"""Pages that are made without opening the record."""
