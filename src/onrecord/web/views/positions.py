"""Positions: standing relations that actors declare or show, with every place that tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, get_args

from onrecord.record import PositionRow, PositionSeenRow, Record
from onrecord.record.listing_positions import NEGATED, RELATIONS
from onrecord.values import PositionRelation, PositionStatus
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, link, paged
from onrecord.web.segments import Cover, Segment, segments

STATUS: dict[str, str] = {
    "asserted": "", "claimed": "as others claim", "denied": "denied", "planned": "planned",
}  # fmt: skip
_FILTERS = ("actor", "relation", "target", "status", "outlet")


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
    every = list(record.positions())
    fitting = [row for row in every if _fits(row, ask)]
    rows = sorted(fitting, key=_order)
    where = paged(ask, len(rows))
    shown = rows[where.offset : where.offset + where.per]
    known = {row.id: row for row in every}
    groups = [
        (relation, target, [_held(row, known) for row in some])
        for (relation, target), some in groupby(shown, key=lambda row: (row.relation, row.target))
    ]
    values = {
        "groups": groups,
        "paged": where,
        "verbs": RELATIONS,
        "verb_of": verb_of,
        "statuses": STATUS,
        "relations": sorted({row.relation for row in every}),
        "outlets": sorted({name for row in every for name in row.outlet}),
        "filters": _FILTERS,
        "some": bool(every),
    }
    rows_of = Some(PositionRow, tuple(rows))
    return Page("positions.html", "Positions", values, rows=rows_of, styles=("rows.css",))


def position(record: Record, ask: Ask) -> Page:
    """The position with the id in the path, with its evidence; raises NotThere if there is none."""
    id = ask.given["id"]
    known = {row.id: row for row in record.positions(all=True)}
    if id not in known:
        raise NotThere(f"no such position: {id}", hint="The page Positions lists them all.")
    held = _held(known[id], known)
    evidence = [_evidence(one) for one in held.row.seen]
    values = {"held": held, "verb_of": verb_of, "statuses": STATUS, "evidence": evidence}
    title = f"{held.holder} {held.verb} {held.row.target}"
    rows = Some(PositionSeenRow, held.row.seen)
    return Page("position.html", title, values, rows=rows, data=held.row, styles=("rows.css",))


def _fits(row: PositionRow, ask: Ask) -> bool:
    asked = {name: ask.get(name) for name in _FILTERS}
    return (
        _named(asked["actor"], row.holder, row.holder_id)
        and _named(asked["target"], row.target, row.target_id)
        and asked["relation"] in (None, row.relation)
        and asked["status"] in (None, row.status)
        and (asked["outlet"] is None or asked["outlet"] in row.outlet)
    )


def _named(wanted: str | None, name: str | None, id: str | None) -> bool:
    """Whether an actor has this id or a name that contains it, whatever its case."""
    return wanted is None or wanted == id or wanted.casefold() in (name or "").casefold()


def _order(row: PositionRow) -> tuple[Any, ...]:
    relation = list(RELATIONS).index(row.relation)
    return relation, row.target, row.target_id, row.status, row.holder is None, row.holder or "", row.id


def _held(row: PositionRow, known: dict[str, PositionRow]) -> Held:
    before, after = (
        tuple(known[id] for id in ids if id in known and id != row.id) for ids in (row.before, row.after)
    )
    unnamed = ", ".join(row.unnamed) or "some"
    return Held(row, row.holder or f"{unnamed} others, not named,", before, after)


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
