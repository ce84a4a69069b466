"""Positions: standing relations that actors declare or show, with every place that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from onrecord.store import PositionRow, PositionSeenRow, Record
from onrecord.store.listing.linked import NEGATED, RELATIONS
from onrecord.values import PositionRelation, PositionStatus
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, link, paged
from onrecord.web.highlight import Cover, Segment, segments

STATUS: dict[str, str] = {
    "asserted": "", "claimed": "as others claim", "denied": "denied", "planned": "planned",
}  # fmt: skip
FILTERS = (
    "actor", "state", "holder", "relation", "target", "status", "outlet", "since", "until", "min_confidence",
    "document", "story",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A position in words, with those of the same holder that it followed or gave way to."""

    row: PositionRow
    holder: str
    before: tuple[PositionRow, ...]
    after: tuple[PositionRow, ...]

    @property
    def verb(self) -> str:
        """The relation, for one holder or several, as it is or is not."""
        found = verb_of(self.row)
        return found if self.row.holder is not None else of_several(found)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that tells of a position: its sentence in pieces, and the address of it in its report."""

    row: PositionSeenRow
    pieces: tuple[Segment, ...]
    url: str


def verb_of(row: PositionRow) -> str:
    """The relation of one holder as a verb."""
    return (NEGATED if row.status == "denied" else RELATIONS)[row.relation]


def of_several(verb: str) -> str:
    """The same of several.

    >>> of_several("has forces in"), of_several("denies"), of_several("does not support")
    ('have forces in', 'deny', 'do not support')
    """
    first, space, rest = verb.partition(" ")
    irregular = {"has": "have", "is": "are", "does": "do", "denies": "deny"}
    return irregular.get(first, first.removesuffix("s")) + space + rest


def positions(record: Record, ask: Ask) -> Page:
    """Positions by relation and target, filtered."""
    chosen(get_args(PositionRelation), ask.get("relation"))
    chosen(get_args(PositionStatus), ask.get("status"))
    listing = record.positions(order="target", **ask.filters(*FILTERS, "all"))
    where, choices = paged(ask, listing.count()), record.position_choices()
    held = _held(record, list(iter(listing.page(where.per, where.offset))))
    groups = [list(some) for _, some in groupby(held, key=lambda one: (one.row.relation, one.row.target_id))]
    values = {
        "groups": groups,
        "paged": where,
        "verbs": RELATIONS,
        "verb_of": verb_of,
        "statuses": STATUS,
        "choices": choices,
        "filters": FILTERS,
    }
    return Page("positions.html", "Positions", values, rows=listing, styles=("rows.css",))


def position(record: Record, ask: Ask) -> Page:
    """The position with the id in the path, with its evidence; raises NotThere if there is none."""
    id = ask.given["id"]
    row = record.positions_of([id]).get(id)
    if row is None:
        raise NotThere(f"no such position: {id}", hint="The page Positions lists them all.")
    (held,) = _held(record, [row])
    evidence = [_evidence(one) for one in held.row.seen]
    values = {"held": held, "verb_of": verb_of, "statuses": STATUS, "evidence": evidence}
    title = f"{held.holder} {held.verb} {held.row.target}"
    rows = Some(PositionSeenRow, held.row.seen)
    return Page("position.html", title, values, rows=rows, data=held.row, styles=("rows.css",))


def _held(record: Record, rows: Sequence[PositionRow]) -> list[Held]:
    """These in words, with those that they followed or gave way to, unless their actor was rejected."""
    ids = {id for row in rows for id in (*row.before, *row.after)}
    known = {id: row for id, row in record.positions_of(ids).items() if row.hidden is None}

    def others(row: PositionRow, ids: Sequence[str]) -> tuple[PositionRow, ...]:
        return tuple(known[id] for id in ids if id in known and id != row.id)

    return [Held(row, _holder(row), others(row, row.before), others(row, row.after)) for row in rows]


def _holder(row: PositionRow) -> str:
    return row.holder or f"{', '.join(row.unnamed) or 'some'} others, not named,"


def _evidence(row: PositionSeenRow) -> Evidence:
    layers = (("speaker", row.holder_spans), ("cue", row.quote_spans), ("content", row.target_spans))
    covers = [
        Cover(max(start - row.start, 0), min(end, row.end) - row.start, layer)
        for layer, spans in layers
        for start, end in spans
        if start < row.end and end > row.start
    ]
    url = link(f"/report/{row.document}", statement=row.statement, at=row.start)
    return Evidence(row, tuple(segments(row.sentence, covers)), url)


VIEWS = (
    View("positions", "/positions", positions, menu="Positions"),
    View("position", "/position/{id}", position),
)
