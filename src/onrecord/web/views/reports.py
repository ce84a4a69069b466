"""Reports, and what is told of them as such: failures, copies, stories."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import get_args

from onrecord.errors import UsageError
from onrecord.store import CopyRow, DocumentRow, Record
from onrecord.store.shown.shown import ShownStory
from onrecord.values import CopyKind, Span
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, paged
from onrecord.web.drawing import WordingPair, aligned

FILTERS = ("outlet", "title", "actor", "state", "since", "until", "story", "all")


def reports(record: Record, ask: Ask) -> Page:
    """Reports by date, filtered, with the outlets that there are under the other filters."""
    filters = ask.filters(*FILTERS)
    listing = record.documents(**filters)
    where = paged(ask, listing.count())
    rows = list(iter(listing.page(where.per, where.offset)))
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
        "rows": list(iter(listing.page(where.per, where.offset))),
        "paged": where,
        "stages": STAGES,
        "retry": f"onrecord failures {shlex.quote(record.path.name)} --retry",
    }
    return Page("failures.html", "Failures", values, rows=listing, styles=("rows.css",))


KINDS: dict[str, str] = {
    "copy": "each has half of its words from the other",
    "cut": "the shorter one has its words from where the longer one begins",
    "embedded": "the shorter one has its words from further down in the longer one",
    "passage": "they share twenty words in a row",
    "quote": "they share twelve words of a quotation",
}
_PER = 20


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """Words that two reports share, with their places in both, and how they differ."""

    first: str
    first_span: Span
    second: str
    second_span: Span
    along: tuple[WordingPair, ...]

    @property
    def same(self) -> bool:
        """Whether no word differs."""
        return not any(one.kind for one in self.along)


def copies(record: Record, ask: Ask) -> Page:
    """Pairs of reports, filtered by kind, outlet and report."""
    chosen(get_args(CopyKind), ask.get("kind"))
    filters = ask.filters("kind", "outlet", "document")
    listing = record.copies(**filters)
    others = {name: value for name, value in filters.items() if name != "kind"}
    where = paged(ask, listing.count(), per=_PER)
    rows = list(iter(listing.page(where.per, where.offset)))
    values = {
        "rows": [(one, _passages(one)) for one in rows],
        "paged": where,
        "kinds": KINDS,
        "numbers": record.copies(**others).counts("kind"),
        "reports": record.documents_of([id for one in rows for id in (one.first, one.second)]),
    }
    return Page("copies.html", "Copies", values, rows=listing, styles=("rows.css",))


def _passages(row: CopyRow) -> list[ShownPassage]:
    sides = (row.first_pieces, row.first_spans, row.second_pieces, row.second_spans)
    return [ShownPassage(*one, aligned(one[0], one[2])) for one in zip(*sides, strict=True)]


def stories(record: Record, ask: Ask) -> Page:
    """Stories by their first day, filtered; with ``all`` also those that a single report tells of."""
    listing = record.stories(**ask.filters("outlet", "since", "until", "document", "all"))
    where = paged(ask, listing.count())
    values = {"rows": list(iter(listing.page(where.per, where.offset))), "paged": where}
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


VIEWS = (
    View("reports", "/reports", reports, menu="Reports"),
    View("stories", "/stories", stories),
    View("story", "/story/{id}", story),
    View("copies", "/copies", copies),
)
FAILURES = (View("failures", "/failures", failures, menu="Failures"),)
