"""The actors: who is in the reports, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, cast, get_args

from onrecord.store import ActorRow, AskedActors, Count, Listing, PositionRow, Record
from onrecord.values import ActorKind
from onrecord.web.ask import Ask, NotThere, Page, View, chosen, link, paged
from onrecord.web.highlight import cut
from onrecord.web.views.statements import shown

FILTERS = ("actor", "kind", "state", "outlet")
_STYLES = ("sides.css",)
_FACETS = 12  # values of one facet shown
_FEW = 12  # statements, and positions, shown on the page of one
_REPORTS = 25


def actors(record: Record, ask: Ask) -> Page:
    """Actors, those who say most first; counted by report, independent report or outlet."""
    count = cast(Count, chosen(get_args(Count), ask.get("count")) or "report")
    given = ask.filters(*FILTERS, "all")
    chosen(get_args(ActorKind), given.get("kind"))
    asked = AskedActors(**given)
    listing = record.actors(**given, count=count)
    where = paged(ask, listing.count())
    values = {
        "rows": [_listed(one) for one in listing.page(where.per, where.offset)],
        "paged": where,
        "facets": _facets(record, ask, asked),
        "count": count,
        "counts": get_args(Count),
        "kinds": get_args(ActorKind),
        "filters": FILTERS,
    }
    return Page("actors.html", "Actors", values, rows=listing, styles=_STYLES)


def actor(record: Record, ask: Ask) -> Page:
    """One actor: what it is called and holds, what it said, what was said of it, where it appears."""
    row = actor_of(record, ask.given["id"])
    said = record.statements(actor=row.id, order="said")
    of = record.cast.said_of(row.id)
    held, towards = record.positions(holder=row.id), record.positions(target=row.id)
    appearances = record.cast.appearances(row.id)
    some, said_count = said.first(_FEW)
    heard, heard_count = of.first(_FEW)
    marks = record.cast.mentioned_at(row.id, [one.document for one in heard])
    reports = paged(ask, appearances.count())
    values: dict[str, Any] = {
        "actor": row,
        "first": _first(row),
        "offices": _offices(record, row.id),
        "said": shown(some),
        "said_count": said_count,
        "heard": shown(heard, marks),
        "heard_count": heard_count,
        "positions": _positions(record, {"holder": held, "target": towards}),
        "appearances": list(iter(appearances.page(reports.per, reports.offset))),
        "paged": reports,
        "suggestions": list(iter(record.cast.suggestions(row.id))),
        "decisions": list(iter(record.cast.decisions(row.id))),
    }
    # Read only when the JSON is asked for.
    data = {
        "actor": row,
        "offices": iter(record.cast.offices(row.id)),
        "statements": iter(said),
        "said_of": iter(of),
        "positions": chain(held, towards),
        "reports": iter(appearances),
        "suggestions": values["suggestions"],
        "decisions": values["decisions"],
    }
    return Page("actor.html", row.name, values, rows=said, data=data, styles=_STYLES)


def actor_of(record: Record, id: str) -> ActorRow:
    """The actor with this id; raises NotThere if there is none."""
    row = record.cast.one(id)
    if row is None:
        raise NotThere(f"no such actor: {id}", hint="A later build may have given it another id.")
    return row


def _listed(one: ActorRow) -> Mapping[str, Any]:
    return {"row": one, "first": _first(one)}


def _first(one: ActorRow) -> Mapping[str, Any] | None:
    """The sentence that mentions it first, with the address of its place."""
    if one.first_document is None or not one.first_spans:
        return None
    start = one.first_spans[0][0]
    at = link(f"/report/{one.first_document}", at=start)
    names = sorted({one.name, *one.aliases}, key=len, reverse=True)
    found = next((name for name in names if name in one.first_context), None)
    begin = one.first_context.find(found) if found else 0
    marks = [((begin, begin + len(found)), 1)] if found else []
    return {"parts": cut(one.first_context, 0, marks), "at": at}


def _offices(record: Record, id: str) -> list[dict[str, Any]]:
    """Offices with every place that says so, one office once."""
    found: dict[tuple[str | None, ...], dict[str, Any]] = {}
    for one in record.cast.offices(id):
        key = (one.title, one.state, one.since, one.until, one.source)
        entry = found.setdefault(key, {"office": one, "seen": []})
        if one.document is not None:
            entry["seen"].append((one.quote, link(f"/report/{one.document}", at=one.start)))
    return list(found.values())


def _positions(
    record: Record, sides: Mapping[str, Listing[PositionRow]]
) -> list[tuple[str, list[PositionRow], int]]:
    """For each side the first positions and how many there are; all rows are one question."""
    found = {side: listing.first_ids(_FEW) for side, listing in sides.items()}
    rows = record.positions_of(id for ids, _ in found.values() for id in ids)
    return [(side, [rows[id] for id in ids], count) for side, (ids, count) in found.items()]


def _facets(record: Record, ask: Ask, asked: AskedActors) -> Iterator[tuple[str, str, list[Any]]]:
    """Name in the address, heading, and values with counts and whether they are chosen."""
    counts = record.cast.facets(asked)
    for name, heading, values in (
        ("kind", "Kind", counts.kinds),
        ("state", "State", counts.states),
        ("outlet", "Mentioned by", counts.outlets),
    ):
        most = [(value, number, ask.get(name) == value) for value, number in values.items()]
        yield name, heading, most[:_FACETS]


VIEWS = (View("actors", "/actors", actors, menu="Actors"), View("actor", "/actor/{id}", actor))
