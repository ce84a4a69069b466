"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.views import about, actors, failures, network, overview, reports

VIEWS: tuple[View, ...] = (
    *overview.VIEWS,
    *actors.VIEWS,
    *network.VIEWS,
    *reports.VIEWS,
    *failures.VIEWS,
    *about.VIEWS,
)
