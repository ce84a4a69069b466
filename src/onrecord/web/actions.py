"""What changes the record: each action takes a form and says which address to show next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.web import deciding, uploads
from onrecord.web.desk import Desk
from onrecord.web.forms import Form

__all__ = ["ACTIONS", "Action", "Form"]


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of change: the path its forms are sent to, and what it does; returns where to go next."""

    name: str
    path: str
    run: Callable[[Desk, Form], str]


ACTIONS: tuple[Action, ...] = (
    Action("decide", "/decide", deciding.decide),
    Action("add", "/add", uploads.add),
)
