"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.views import about, accounts, actors, failures, network, overview, reader, reports, timeline

VIEWS: tuple[View, ...] = (
    *overview.VIEWS,
    *timeline.VIEWS,
    *actors.VIEWS,
    *network.VIEWS,
    *accounts.VIEWS,
    *reports.VIEWS,
    *reader.VIEWS,
    *failures.VIEWS,
    *about.VIEWS,
)
