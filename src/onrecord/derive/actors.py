"""Actors of the whole record: linked from the entities of all reports, with a person's decisions replayed.

Everything is worked out anew at the end of each build and after each decision that changes who is who; only
what differs is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.linking.decisions import Group, owners, standing
from onrecord.store.file.database import Connection
from onrecord.store.file.writer import rewrite
from onrecord.store.listing.marks import load, mark_actors, mark_statements, marks_of_actors, relinks
from onrecord.values import Actor, Decision, Entity, HeldOffice, Interval, Office, Seen, Suggestion

if TYPE_CHECKING:  # what defines it compares texts, which those who only look need not load
    from onrecord.linking.claims.entailment import Judge

Row = dict[str, Any]
_FETCH = 1_000

_SEEN = """
SELECT entity.document_id, entity.number, entity.kind, entity.name, entity.names, entity.state,
       entity.offices, entity.mentions, coalesce(document.published_earliest, publication.earliest),
       coalesce(document.published_latest, publication.latest),
       coalesce(document.published_precision, publication.precision),
       coalesce(document.published_basis, publication.basis), document.outlet,
       CASE WHEN len(entity.context) > 0 THEN entity.context[1].quote ELSE '' END
FROM entity JOIN document ON document.id = entity.document_id
LEFT JOIN publication ON publication.document_id = document.id
ORDER BY entity.document_id, entity.number
"""
_QUOTES = """
SELECT document.id, span.start, span."end", substring(document.text, span.start + 1, span."end" - span.start)
FROM (SELECT unnest(?) AS document_id, unnest(?) AS start, unnest(?) AS "end") AS span
JOIN document ON document.id = span.document_id
"""


class LinkedActors(Protocol):
    """What linking gives."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors."""

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Pairs of them that may be one."""


class LinkActors(Protocol):
    """Whatever links entities of many reports into actors."""

    def __call__(self, seen: Iterable[Seen], *, decisions: Sequence[Decision]) -> LinkedActors:
        """The actors of all entities ``seen``, with merges, splits and renames of ``decisions`` done."""


def link_all(connection: Connection, *, link: LinkActors | None = None, judge: Judge | None = None) -> None:
    """Bring actors, suggestions, marks of decisions, utterances, positions and accounts up to date, in a
    transaction of the caller's.

    ``link``: links entities of all reports; None: as ``onrecord.linking`` does. ``judge``: see
    ``account_all``.
    """
    if link is None:  # loads tables of facts, which those who only look do not need
        from onrecord.linking.actors.actors import link as by_default

        link = by_default
    decisions = standing(load(connection))
    linked = link(_seen(connection), decisions=decisions)
    actors = sorted(linked.actors, key=lambda one: one.id)
    owner = owners(tuple(sorted(one.members)) for one in actors)
    marks = marks_of_actors(decisions, owner)
    rewrite(connection, "actor", (_actor(one, marks) for one in actors))
    rewrite(connection, "actor_member", (row for one in actors for row in _members(one)))
    rewrite(connection, "actor_office", _offices(connection, actors))
    rewrite(connection, "suggestion", map(asdict, linked.suggestions))
    mark_statements(connection, decisions)
    _what_follows(connection, judge)


def follow(
    connection: Connection, made: Decision, *, link: LinkActors | None = None, judge: Judge | None = None
) -> None:
    """Bring up to date what ``made``, the decision just added, changes; in a caller's transaction.

    The rows are those that ``link_all`` would give: whether a statement or an actor is right says nothing of
    who is who, so then only marks are written, and what depends on them.
    """
    decisions = load(connection)
    if relinks(made, decisions):
        link_all(connection, link=link, judge=judge)
        return
    valid = standing(decisions)
    actors, statements = mark_actors(connection, valid), mark_statements(connection, valid)
    if actors or statements:
        _what_follows(connection, judge, changed=statements)


def _what_follows(
    connection: Connection, judge: Judge | None, *, changed: Sequence[str] | None = None
) -> None:
    """Work out anew all that depends on who is who and on what a person rejected.

    ``changed``: only these statements are rejected that were not, or the other way round; None: any may be.
    """
    from onrecord.derive.accounts import account_all
    from onrecord.derive.positions import any_quoted, hold_all, utter_all

    if changed is None or any_quoted(connection, changed):
        utter_all(connection)
    hold_all(connection)
    account_all(connection, judge=judge)


def _seen(connection: Connection) -> Iterator[Seen]:
    found = connection.execute(_SEEN)  # read to its end before the connection is used for more
    while rows := found.fetchmany(_FETCH):
        yield from map(_as_seen, rows)


def _as_seen(row: Sequence[Any]) -> Seen:
    document, number, kind, name, names, state, offices, mentions, *date, outlet, context = row
    entity = Entity(number, kind, name, tuple(names), state, tuple(map(_as_office, offices)))
    published = None if date[0] is None else Interval(*date)
    return Seen(document, entity, mentions, published, outlet, context)


def _as_office(given: dict[str, Any]) -> Office:
    return Office(
        given["title"],
        given["kind"],
        given["state"],
        given["organisation"],
        given["former"],
        (given["start"], given["end"]),
    )


def _actor(actor: Actor, marks: dict[Group, Decision]) -> Row:
    mark = marks.get(tuple(sorted(actor.members)))
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "state": actor.state,
        "aliases": list(actor.aliases),
        "basis": actor.basis,
        "rejected": mark.id if mark and mark.verb == "reject" else None,
        "confirmed": mark.id if mark and mark.verb == "confirm" else None,
    }


def _members(actor: Actor) -> Iterator[Row]:
    for document, entity in actor.members:
        yield {"actor_id": actor.id, "document_id": document, "entity": entity}


def _offices(connection: Connection, actors: Iterable[Actor]) -> Iterator[Row]:
    rest = iter(actors)
    while group := list(islice(rest, _FETCH)):
        held = [(one.id, n, office) for one in group for n, office in enumerate(one.offices)]
        quotes = _quotes(connection, sorted({(id, *span) for _, _, one in held for id, span in one.seen}))
        yield from (_office(id, n, office, quotes) for id, n, office in held)


def _office(actor: str, n: int, office: HeldOffice, quotes: dict[tuple[str, int, int], str]) -> Row:
    seen = [
        {"document_id": id, "start": start, "end": end, "quote": quotes[id, start, end]}
        for id, (start, end) in office.seen
    ]
    names = ("title", "kind", "state", "since", "until", "source")
    return {"actor_id": actor, "n": n, **{name: getattr(office, name) for name in names}, "seen": seen}


def _quotes(connection: Connection, spans: Sequence[tuple[str, int, int]]) -> dict[tuple[str, int, int], str]:
    if not spans:
        return {}
    columns = [list(column) for column in zip(*spans, strict=True)]
    rows = connection.execute(_QUOTES, columns).fetchall()
    return {(id, start, end): quote for id, start, end, quote in rows}
