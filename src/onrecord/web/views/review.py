"""The review queue, the decisions of persons, and what is asked before a decision on an actor."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from onrecord.store import ActorRow, Record
from onrecord.store.schema.rows_linked import QueuedRow
from onrecord.store.shown.shown import ShownActor, ShownStatement, ShownSuggestion
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, link, paged
from onrecord.web.editing import local
from onrecord.web.highlight import Segment, segments
from onrecord.web.views.statements import covers_of

FILTERS = ("outlet", "actor")
_COMING = 5  # things shown in short after the one at hand
_AROUND = 700  # characters of a long paragraph shown before what is marked, and after it


def review(record: Record, ask: Ask) -> Page:
    """The ``n``-th thing of those that fit the filters, with its context and what can be done about it."""
    kind = chosen(("statement", "suggestion"), ask.get("kind"))
    listing = record.review.queue(kind=kind, **ask.filters(*FILTERS))  # type: ignore[arg-type]  # is one of the two
    total = listing.count()
    at = ask.number("n", 1, most=max(total, 1))
    rows = list(iter(listing.page(1 + _COMING, at - 1))) if ask.may_edit else []
    made = record.decisions()
    last = list(iter(made.page(1, max(made.count() - 1, 0))))
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


def decisions(record: Record, ask: Ask) -> Page:
    """What was decided, in words, with a way to take each back."""
    listing = record.decisions()
    where = paged(ask, listing.count())
    # The listing begins with the oldest one; the pages with the newest.
    first = max(0, where.total - where.offset - where.per)
    rows = list(iter(listing.page(where.total - where.offset - first, first)))
    values = {"rows": list(reversed(record.review.decided(rows))), "paged": where}
    return Page("decisions.html", "Decisions", values, rows=listing, styles=("edit.css",))


_MOST = 50  # actors found by a name


def merge(record: Record, ask: Ask) -> Page:
    """Other actors that may be this one: those found by name or id, and those suggested."""
    shown = _actor(record, ask)
    wanted = ask.get("find")
    found: list[ActorRow] = []
    if wanted:
        matching = (one for one in record.actors(actor=wanted) if one.id != shown.actor.id)
        found = list(islice(matching, _MOST))
    values = {"actor": shown.actor, "found": found, "wanted": wanted, "suggested": shown.suggestions}
    title = f"Merge {shown.actor.name} with another"
    rows = Some(ActorRow, tuple(found))
    return Page("merge.html", title, {**values, "goal": _goal(ask, shown)}, rows, styles=("edit.css",))


def split(record: Record, ask: Ask) -> Page:
    """The reports that mention an actor, to choose those in which it is somebody else."""
    shown = _actor(record, ask)
    first = {one.document: one for one in reversed(shown.entities)}
    listing = record.documents(actor=shown.actor.id)
    rows = [(one, first[one.id]) for one in listing if one.id in first]
    values = {"actor": shown.actor, "rows": rows, "goal": _goal(ask, shown)}
    title = f"Split reports off {shown.actor.name}"
    return Page("split.html", title, values, listing, styles=("edit.css",))


def _actor(record: Record, ask: Ask) -> ShownActor:
    id = ask.given["id"]
    if not record.has("actor", id):
        raise NotThere(
            f"there is no actor {id}", hint="After a decision an actor may have another id: look in Actors."
        )
    shown = record.show(id)
    assert isinstance(shown, ShownActor)
    return shown


def _goal(ask: Ask, shown: ShownActor) -> str:
    """Where to go afterwards."""
    return local(ask.get("next") or link(f"/actor/{shown.actor.id}"))


VIEWS = (
    View("review", "/review", review),
    View("decisions", "/decisions", decisions),
    View("merge", "/merge/{id}", merge),
    View("split", "/split/{id}", split),
)
