"""Before a decision on an actor: which other one it is to be merged with, which reports are split off."""

from __future__ import annotations

from itertools import islice

from onrecord.record import ActorRow, Record
from onrecord.record.shown import ShownActor
from onrecord.web.ask import Ask, NotThere, Page, Some, View, link
from onrecord.web.forms import local

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
    View("merge", "/merge/{id}", merge),
    View("split", "/split/{id}", split),
)
