"""What editing works on: the record, and the reports on their way into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.web.ask import Ask, Page
from onrecord.web.jobs import Jobs
from onrecord.web.shelf import Shelf


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
