"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.views import (
    about,
    accounts,
    actors,
    copies,
    failures,
    network,
    overview,
    positions,
    reader,
    reports,
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
)
