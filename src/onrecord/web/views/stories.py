"""Stories: reports of one development."""

from __future__ import annotations

from onrecord.errors import UsageError
from onrecord.record import DocumentRow, Record
from onrecord.record.shown import ShownStory
from onrecord.web.ask import Ask, NotThere, Page, Some, View, paged


def stories(record: Record, ask: Ask) -> Page:
    """Stories by their first day, filtered; with ``all`` also those that a single report tells of."""
    listing = record.stories(**ask.filters("outlet", "since", "until", "document", "all"))
    where = paged(ask, listing.count())
    values = {"rows": list(listing.page(where.per, where.offset)), "paged": where}
    return Page("stories.html", "Stories", values, rows=listing, styles=("rows.css",))


def story(record: Record, ask: Ask) -> Page:
    """The story with the id in the path and its reports; raises NotThere if there is none."""
    id = ask.given["id"]
    try:
        shown = record.show(id) if id.startswith("y_") else None
    except UsageError:
        shown = None
    if not isinstance(shown, ShownStory):
        raise NotThere(f"no such story: {id}", hint="The page Stories lists them all.")
    values = {"story": shown.story, "rows": shown.documents}
    rows = Some(DocumentRow, shown.documents)
    title = shown.story.title or "A story without a title"
    return Page("story.html", title, values, rows=rows, data=shown, styles=("rows.css",))


VIEWS = (View("stories", "/stories", stories), View("story", "/story/{id}", story))
