"""All kinds of pages, in the order of the menu."""

from onrecord.web.ask import View
from onrecord.web.views import about, actors, failures, network, overview, reader, reports, timeline

VIEWS: tuple[View, ...] = (
    *overview.VIEWS,
    *timeline.VIEWS,
    *actors.VIEWS,
    *network.VIEWS,
    *reports.VIEWS,
    *reader.VIEWS,
    *failures.VIEWS,
    *about.VIEWS,
)
