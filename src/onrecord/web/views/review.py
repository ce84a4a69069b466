"""The review queue: what nobody has decided on yet, one thing at a time, the least sure first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.record import Record
from onrecord.record.rows_review import QueuedRow
from onrecord.record.shown import ShownStatement, ShownSuggestion
from onrecord.web.ask import Ask, Page, View, chosen
from onrecord.web.segments import Segment, segments
from onrecord.web.views.statement import covers_of

FILTERS = ("outlet", "actor")
_COMING = 5  # things shown in short after the one at hand
_AROUND = 700  # characters of a long paragraph shown before what is marked, and after it


def review(record: Record, ask: Ask) -> Page:
    """The ``n``-th thing of those that fit the filters, with its context and what can be done about it."""
    kind = chosen(("statement", "suggestion"), ask.get("kind"))
    listing = record.review.queue(kind=kind, **ask.filters(*FILTERS))  # type: ignore[arg-type]  # is one of the two
    total = listing.count()
    at = ask.number("n", 1, most=max(total, 1))
    rows = list(listing.page(1 + _COMING, at - 1)) if ask.may_edit else []
    made = record.decisions()
    last = list(made.page(1, max(made.count() - 1, 0)))
    values: dict[str, Any] = {
        "total": total,
        "at": at,
        "coming": rows[1:],
        "last": next(iter(record.review.decided(last)), None),
        "one": _in_full(record, rows[0]) if rows else None,
    }
    scripts = ("review.js",) if ask.may_edit else ()
    return Page("review.html", "Review", values, listing, styles=("reader.css", "edit.css"), scripts=scripts)


def _in_full(record: Record, row: QueuedRow) -> Mapping[str, Any]:
    shown = record.show(row.id)
    if isinstance(shown, ShownSuggestion):
        return {"row": row, "suggestion": shown.suggestion, "sides": (shown.first, shown.second)}
    assert isinstance(shown, ShownStatement)
    why = [one for one in shown.why if one.what in ("speaker", "said", "polarity")]
    return {"row": row, "statement": shown.statement, "context": around(shown), "why": why}


def around(shown: ShownStatement, most: int = _AROUND) -> list[Segment]:
    """The context of a statement with its parts marked; of a long one what stands near them."""
    text, covers = shown.context, covers_of(shown)
    first = max(0, min(one.start for one in covers) - most)
    last = min(len(text), max(one.end for one in covers) + most)
    found = segments(text, covers, (first, last))
    if first:
        found.insert(0, Segment(first, first, "… ", ()))
    if last < len(text):
        found.append(Segment(last, last, " …", ()))
    return found


VIEWS = (View("review", "/review", review),)
