"""What changes the record: each action takes a form and says which address to show next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.errors import UsageError
from onrecord.web.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: fields by name, and files as name and bytes."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()

    def one(self, name: str) -> str:
        """The last value of a field; raises UsageError if there is none."""
        values = [value for value in self.fields.get(name, ()) if value.strip()]
        if not values:
            raise UsageError(f"the form lacks {name!r}", hint="fill it in and send it again")
        return values[-1]

    def get(self, name: str) -> str | None:
        """The last value of a field that is not empty."""
        return next((value for value in reversed(self.fields.get(name, ())) if value.strip()), None)


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of change: the path its forms are sent to, and what it does; returns where to go next."""

    name: str
    path: str
    run: Callable[[Shelf, Form], str]


ACTIONS: tuple[Action, ...] = ()
