"""What changes the record: forms and where they may lead to; decisions, which go into the same log as
those of ``onrecord decide``, and reports that are sent from a page. Each action takes a form and says
which address to show next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from onrecord.derive.decide import Verb
from onrecord.derive.decide import decide as decide_on
from onrecord.errors import UsageError
from onrecord.sources import Given
from onrecord.web.ask import Ask, Page, link
from onrecord.web.jobs import Jobs, Shelf

__all__ = ["ACTIONS", "Action", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: fields by name, and files as name and bytes."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()

    def one(self, name: str) -> str:
        """The last value of a field; raises UsageError if there is none."""
        value = self.get(name)
        if value is None:
            raise UsageError(f"the form lacks {name!r}", hint="fill it in and send it again")
        return value

    def get(self, name: str) -> str | None:
        """The last value of a field that is not empty."""
        return next(iter(reversed(self.every(name))), None)

    def every(self, name: str) -> list[str]:
        """All values of a field that are not empty."""
        return [value for value in self.fields.get(name, ()) if value.strip()]


def local(address: str) -> str:
    r"""``address`` if it is one of this app: a path, perhaps with a query and a fragment.

    Raises UsageError for anything that a browser may take for another place: a scheme, a host, what begins
    with two slashes, a backslash (which browsers read as a slash), and control characters and spaces (which
    they pass over).

    >>> local("/actor/a_1?x=1#top")
    '/actor/a_1?x=1#top'
    """
    strange = any(ord(one) <= 32 or ord(one) == 127 or one == "\\" for one in address)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if (
        parts is None
        or strange
        or parts.scheme
        or parts.netloc
        or not address.startswith("/")
        or address.startswith("//")
    ):
        raise UsageError(
            "the form leads out of this app", hint="go back, load the page again, and send it once more"
        )
    return address


def with_query(address: str, **changes: str | None) -> str:
    """``address``, which is ``local``, with values of its query changed; None takes a name out.

    >>> with_query("/actor/a_1?x=1&done=x_1#top", done="x_2")
    '/actor/a_1?x=1&done=x_2#top'
    """
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in changes]
    kept += [(name, value) for name, value in changes.items() if value is not None]
    return urlunsplit(("", "", parts.path, urlencode(kept), parts.fragment))


@dataclass(frozen=True, slots=True)
class Desk:
    """The record, and reports on their way into it."""

    shelf: Shelf
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class DeskView:
    """A kind of page that is made without opening the record, so that it can be looked at while reports are
    written: its name, the path it stands at, and what makes it."""

    name: str
    path: str
    make: Callable[[Desk, Ask], Page]


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


FIELDS = ("title", "outlet", "published", "url")
"""What may be told of a pasted text beside it."""


def add(desk: Desk, form: Form) -> str:
    """Begin to read what a form holds; the page that shows how far that is.

    Raises UsageError if there is nothing in it, or too much is waiting already.
    """
    given = [Given(name, data) for name, data in form.files if name or data]
    pasted = form.get("text")
    if pasted is not None:
        given.append(pasted_report(pasted, {name: form.get(name) for name in FIELDS}))
    if not given:
        raise UsageError("there is nothing to add", hint="choose a file or paste a text, then send it again")
    return link(f"/add/{desk.jobs.take(given).id}")


def pasted_report(text: str, told: dict[str, str | None]) -> Given:
    """A pasted text as a file. What is told of it goes into the file too, so that it is part of the original
    that the record keeps.

    >>> pasted_report("One.\\r\\nTwo.", {"title": None})
    Given(name='pasted.txt', data=b'One.\\nTwo.')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known = {name: " ".join(value.split()) for name, value in told.items() if value}
    if not known:
        return Given("pasted.txt", text.encode("utf-8", "replace"))
    data = json.dumps({**known, "text": text}, ensure_ascii=False, sort_keys=True)
    return Given(f"{known.get('title', 'pasted')}.json", data.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of change: the path its forms are sent to, and what it does; returns where to go next."""

    name: str
    path: str
    run: Callable[[Desk, Form], str]


ACTIONS: tuple[Action, ...] = (
    Action("decide", "/decide", decide),
    Action("add", "/add", add),
)
