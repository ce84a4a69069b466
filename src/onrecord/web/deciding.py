"""Decisions that are sent from pages; they go into the same log as those of ``onrecord decide``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args
from urllib.parse import quote, unquote, urlsplit

from onrecord.errors import UsageError
from onrecord.record import decide as decide_on
from onrecord.record.deciding import Verb
from onrecord.web.desk import Desk
from onrecord.web.forms import Form, local, with_query

_ACTOR = "/actor/"
_HINTS: dict[str, str] = {
    "merge": "choose two actors that are in the record now; somebody may have merged them meanwhile",
    "split": "choose some of the reports that mention the actor, and leave it at least one",
    "rename": "write the name that the actor is to be listed under",
    "undo": "the list of decisions says what holds and what was taken back",
}


def decide(desk: Desk, form: Form) -> str:
    """Make the decision that a form asks for.

    Fields: ``verb``; ``targets``, one or more; ``value``, the name of a rename; ``note``; ``next``, the page
    to go back to. Raises UsageError for what makes no sense, RecordLocked while another process writes.
    """
    goal = local(form.get("next") or "/decisions")
    verb = _verb(form.one("verb"))
    targets = form.every("targets")
    if verb == "rename":
        targets.append(form.one("value"))
    made = _decided(desk, verb, targets, form.get("note"))
    return with_query(_there(desk, goal, made), done=made)


def _verb(given: str) -> Verb:
    for verb in get_args(Verb):
        if verb == given:
            return verb  # type: ignore[no-any-return]  # one of the literals
    raise UsageError(f"nothing is decided by {given!r}", hint="one of: " + ", ".join(get_args(Verb)))


def _decided(desk: Desk, verb: Verb, targets: Sequence[str], note: str | None) -> str:
    """The id of the decision, once it is made. Hints of the command line become those of a page."""
    with desk.shelf.writing(patient=False) as path:
        try:
            return decide_on(path, verb, *targets, note=" ".join(note.split()) if note else None).id
        except UsageError as error:
            hint = _HINTS.get(verb, "go back and load the page again: it may have changed meanwhile")
            raise UsageError(str(error), hint=hint) from error


def _there(desk: Desk, goal: str, made: str) -> str:
    """``goal``, or where it has moved to: an actor may have another id after a decision."""
    path = urlsplit(goal).path
    id = unquote(path.removeprefix(_ACTOR))
    if not path.startswith(_ACTOR):
        return goal
    with desk.shelf.reading() as record:
        if record.has("actor", id):
            return goal
        done = record.review.decision(made)
    actors = done.root.actors if done else ()
    return goal.replace(path, _ACTOR + quote(actors[0][0]), 1) if actors else "/actors"
