"""The network of actors: who speaks of whom, who addresses whom, who holds which position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, cast, get_args

from onrecord.store import ActorRow, PositionRow, Record, TieRelation, TieRow
from onrecord.store.shown.cast import SPOKEN
from onrecord.values import ActorKind
from onrecord.web.ask import Ask, NotThere, Page, View, chosen, link, paged
from onrecord.web.network_drawing import chosen as strongest
from onrecord.web.network_drawing import draw, relation_words
from onrecord.web.views.actors import actor_of
from onrecord.web.views.statements import shown

POSITIONS = "positions"
FILTERS = ("actor", "relation", "kind", "least")
_STYLES = ("sides.css", "network.css")
_MOST = 60  # actors drawn
_ACTORS = 40  # if nothing else is asked
_ARROWS = 160  # ties drawn and listed on the page; the twins have all
_LOOKED_AT = 4_000  # strongest ties among which those drawn are chosen


@dataclass(frozen=True, slots=True)
class _AskedNetwork:
    """Which ties are asked for."""

    record: Record
    centre: ActorRow | None
    kind: ActorKind | None
    relation: str | None
    least: int

    def every(self) -> Iterator[TieRow]:
        """All of them: of the centre, if there is one."""
        return chain(self._spoken(actor=self._centre), self._held(self._centre))

    def drawn(self, most: int) -> tuple[list[TieRow], int | None]:
        """The ties between ``most`` actors, strongest first, and how many there are in all; None: too many
        to be counted."""
        found = list(islice(self._spoken(actor=self._centre), _LOOKED_AT + 1))  # strongest first
        total = None if len(found) > _LOOKED_AT else len(found)
        held = list(self._held(self._centre))
        near = strongest(_sorted([*found, *held]), most, self._centre)
        if self._centre is not None:  # those that its neighbours have among each other, too
            ids = sorted({id for one in near for id in (one.actor_id, one.target_id)})
            others = (one for one in self._held(None) if {one.actor_id, one.target_id} <= {*ids})
            near = _sorted(dict.fromkeys([*near, *self._spoken(among=ids), *others]))
        return near, None if total is None else total + len(held)

    @property
    def _centre(self) -> str | None:
        return self.centre.id if self.centre else None

    def _spoken(self, *, actor: str | None = None, among: Sequence[str] | None = None) -> Iterator[TieRow]:
        wanted = tuple(one for one in SPOKEN if self.relation in (None, one))
        if wanted:
            listing = self.record.cast.ties(
                actor=actor, kind=self.kind, among=among, relations=wanted, least=self.least
            )
            yield from listing

    def _held(self, actor: str | None) -> Iterator[TieRow]:
        if self.relation not in (None, POSITIONS):
            return
        rows = [one for one in self.record.positions(actor=actor) if one.holder_id]
        kinds = self.record.cast.kinds([id for one in rows for id in (one.holder_id or "", one.target_id)])
        for row in rows:
            made = _tie(row, kinds)
            both = {made.actor_kind, made.target_kind}
            if made.count >= self.least and self.kind in (None, *both) and (not self.kind or len(both) == 1):
                yield made


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that are made when a twin is asked for."""

    kind: type[Any]
    make: Callable[[], Iterator[Any]]

    def __iter__(self) -> Iterator[Any]:
        return self.make()


def network(record: Record, ask: Ask) -> Page:
    """A drawing of the strongest ties, each leading to what shows it, and the same as a table."""
    relation = chosen((*SPOKEN, POSITIONS), ask.get("relation"))
    kind = cast("ActorKind | None", chosen(get_args(ActorKind), ask.get("kind")))
    least, most = ask.number("least", 1), ask.number("most", _ACTORS, least=2, most=_MOST)
    centres = list(record.actors(actor=ask.get("actor")).page(8)) if ask.get("actor") else []
    asked = _AskedNetwork(record, centres[0] if centres else None, kind, relation, least)
    nobody = ask.get("actor") is not None and not centres
    ties, total = ([], 0) if nobody else asked.drawn(most)
    shown_ties = ties[:_ARROWS]
    values = {
        "drawing": draw(shown_ties),
        "ties": shown_ties,
        "total": total,
        "looked_at": _LOOKED_AT,
        "centres": centres,
        "relations": (*SPOKEN, POSITIONS),
        "kinds": get_args(ActorKind),
        "filters": FILTERS,
        "least": least,
        "most": most,
        "words": relation_words,
        "evidence": evidence,
        "all_evidence": all_evidence,
    }
    rows = _Rows(TieRow, (lambda: iter(())) if nobody else asked.every)
    return Page("network.html", "Who speaks of whom", values, rows=rows, styles=_STYLES)


def edge(record: Record, ask: Ask) -> Page:
    """What shows a tie: the statements of one actor about another, or to it, and positions between them.

    Without "from", what anybody says of the actor "to".
    """
    target = _actor(record, ask, "to")
    if target is None:
        raise NotThere("the address names nobody this is about", hint="/network leads to such pages")
    by = _actor(record, ask, "from")
    relation = chosen((*SPOKEN, POSITIONS), ask.get("relation"))
    wanted = relation or (None if by else "speaks_of")
    relations: Sequence[TieRelation] = tuple(one for one in SPOKEN if wanted in (None, one))
    listing = record.cast.said_of(target.id, by=by.id if by else None, relations=relations or SPOKEN)
    where = paged(ask, listing.count() if relations else 0)
    rows = list(iter(listing.page(where.per, where.offset))) if relations else []
    held = [] if by is None or relation in SPOKEN else _between(record, by, target)
    values = {
        "by": by,
        "target": target,
        "relation": relation,
        "said": shown(rows, record.cast.mentioned_at(target.id, [one.document for one in rows])),
        "paged": where,
        "positions": held,
    }
    title = f"{by.name} on {target.name}" if by else f"What was said of {target.name}"
    return Page("edge.html", title, values, rows=listing, styles=_STYLES)


def evidence(tie: TieRow) -> str:
    """The address of what shows a tie."""
    if tie.position is not None:
        return link(f"/position/{tie.position}")
    return link("/network/edge", **{"from": tie.actor_id, "to": tie.target_id, "relation": tie.relation})


def all_evidence(ties: Sequence[TieRow]) -> str:
    """The address of what shows all ties of one arrow."""
    if len(ties) == 1:
        return evidence(ties[0])
    return link("/network/edge", **{"from": ties[0].actor_id, "to": ties[0].target_id})


def _sorted(ties: Iterable[TieRow]) -> list[TieRow]:
    return sorted(ties, key=lambda one: (-one.count, one.actor, one.target, one.relation, one.actor_id))


def _actor(record: Record, ask: Ask, name: str) -> ActorRow | None:
    id = ask.get(name)
    return None if id is None else actor_of(record, id)


def _between(record: Record, by: ActorRow, target: ActorRow) -> list[PositionRow]:
    rows = record.positions(actor=by.id)
    return [one for one in rows if (one.holder_id, one.target_id) == (by.id, target.id)]


def _tie(row: PositionRow, kinds: dict[str, ActorKind]) -> TieRow:
    assert row.holder is not None and row.holder_id is not None
    return TieRow(
        row.holder, row.holder_id, kinds[row.holder_id], row.holder_state, row.relation, row.status,
        row.target, row.target_id, kinds[row.target_id], row.target_state, len(row.seen), row.reports,
        row.independent, row.id,
    )  # fmt: skip


VIEWS = (View("network", "/network", network), View("edge", "/network/edge", edge))
