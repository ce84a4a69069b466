"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.desk import DeskView
from onrecord.web.views import (
    about,
    accounts,
    actors,
    adding,
    copies,
    decisions,
    failures,
    gathering,
    network,
    overview,
    positions,
    reader,
    reports,
    review,
    statement,
    statements,
    stories,
    timeline,
)

VIEWS: tuple[View, ...] = (
    *overview.VIEWS,
    *timeline.VIEWS,
    *statements.VIEWS,
    *statement.VIEWS,
    *actors.VIEWS,
    *network.VIEWS,
    *accounts.VIEWS,
    *positions.VIEWS,
    *reports.VIEWS,
    *stories.VIEWS,
    *copies.VIEWS,
    *reader.VIEWS,
    *failures.VIEWS,
    *about.VIEWS,
    *review.VIEWS,
    *decisions.VIEWS,
    *gathering.VIEWS,
)
DESK_VIEWS: tuple[DeskView, ...] = adding.VIEWS
"""Pages that are made without opening the record."""
