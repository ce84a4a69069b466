"""Rows of what a person has to decide, and of what a person decided, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QueuedKind = Literal["statement", "suggestion"]


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """One thing that nobody has decided on yet: a statement, or two actors that may be one.

    ``confidence`` is the calibrated probability that a statement is right; of a suggestion it is a score that
    is not calibrated. ``who`` and ``what``: speaker and content in the report's words; the two actors and why
    they may be one.
    """

    kind: QueuedKind
    id: str
    confidence: float
    who: str
    what: str
    document: str | None
    outlet: str | None
    published: str | None
