"""Rows about actors side by side: who speaks of whom, and in which reports an actor appears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.values import ActorKind, Spans

TieRelation = Literal["speaks_of", "addresses"]


@dataclass(frozen=True, slots=True)
class TieRow:
    """That ``actor`` speaks of ``target``, addresses it, or has a position towards it, and how often.

    ``relation``: speaks_of, addresses, or that of a position; ``status`` and ``position`` (its id) are of
    positions only. ``count``: statements, or of a position the places that tell of it; ``reports``: in how
    many reports they stand; ``independent``: of these, copies of one another counted once.
    """

    actor: str
    actor_id: str
    actor_kind: ActorKind
    actor_state: str | None
    relation: str
    status: str | None
    target: str
    target_id: str
    target_kind: ActorKind
    target_state: str | None
    count: int
    reports: int
    independent: int
    position: str | None


@dataclass(frozen=True, slots=True)
class AppearanceRow:
    """One report that an actor appears in. ``names``: what it is called there; ``context``: the sentence of
    its first mention; ``copy_of``: the report this one likely comes from."""

    document: str
    uri: str
    outlet: str | None
    title: str | None
    published: str | None
    copy_of: str | None
    names: tuple[str, ...]
    mentions: int
    statements: int
    context: str
    context_spans: Spans
