"""Marks of decisions beside statements and actors: which decision rejected or confirmed each last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.linking.decisions import Group, Member, owner_of, owners
from onrecord.store.file.database import Connection
from onrecord.values import Decision

_ON_STATEMENT, _ON_ACTOR = "s_", "a_"
_CHANGED = """
SELECT "{table}".id FROM "{table}" LEFT JOIN marked ON marked.id = "{table}".id
WHERE "{table}".rejected IS DISTINCT FROM marked.rejected ORDER BY 1
"""
_MARK = """
UPDATE "{table}" SET rejected = new.rejected, confirmed = new.confirmed
FROM (SELECT "{table}".id, marked.rejected, marked.confirmed
      FROM "{table}" LEFT JOIN marked ON marked.id = "{table}".id
      WHERE "{table}".rejected IS DISTINCT FROM marked.rejected
         OR "{table}".confirmed IS DISTINCT FROM marked.confirmed) AS new
WHERE new.id = "{table}".id
"""
_GROUPS = """
SELECT actor_id, document_id, entity FROM actor_member WHERE actor_id IN (
    SELECT actor_id FROM actor_member
    WHERE (document_id, entity) IN (SELECT unnest(?), unnest(?)))
"""


def relinks(made: Decision, decisions: Iterable[Decision]) -> bool:
    """Whether ``made`` changes who is who: not if it is about whether a statement or an actor is right, nor
    if it takes such a decision back.

    >>> wrong = Decision("x_1", "2024", "reject", ("s_1",), (), None, None)
    >>> back = Decision("x_2", "2024", "undo", ("x_1",), (), None, None)
    >>> apart = Decision("x_3", "2024", "reject", ("u_1",), (), None, None)
    >>> [relinks(one, (wrong, back, apart)) for one in (wrong, back, apart)]
    [False, False, True]
    """
    by_id = {one.id: one for one in decisions}
    while made.verb == "undo" and made.targets[0] in by_id:
        made = by_id[made.targets[0]]
    return not (made.verb in ("reject", "confirm") and made.targets[0].startswith((_ON_STATEMENT, _ON_ACTOR)))


def marks_of_actors(decisions: Iterable[Decision], owner: Mapping[Member, Group]) -> dict[Group, Decision]:
    """The last decision to reject or confirm each actor, by its entities."""
    found = {}
    for one in _judging(decisions, _ON_ACTOR):
        group = owner_of(one.anchors, owner)
        if group is not None:
            found[group] = one
    return found


def mark_actors(connection: Connection, decisions: Sequence[Decision]) -> list[str]:
    """Note beside each actor the last decision to reject or confirm it, as linking all would; ids of those
    that are rejected and were not, or the other way round."""
    anchors = sorted({anchor for one in _judging(decisions, _ON_ACTOR) for anchor in one.anchors})
    columns = [[document for document, _ in anchors], [number for _, number in anchors]]
    members: dict[str, list[Member]] = {}
    for actor, document, entity in connection.execute(_GROUPS, columns).fetchall():
        members.setdefault(actor, []).append((document, entity))
    actors = {tuple(sorted(found)): actor for actor, found in members.items()}
    marks = marks_of_actors(decisions, owners(actors))
    return _mark(connection, "actor", {actors[group]: one for group, one in marks.items()})


def mark_statements(connection: Connection, decisions: Iterable[Decision]) -> list[str]:
    """Note beside each statement the last decision to reject or confirm it; returns as ``mark_actors``."""
    last = {one.targets[0]: one for one in _judging(decisions, _ON_STATEMENT)}
    return _mark(connection, "statement", last)


def _judging(decisions: Iterable[Decision], what: str) -> list[Decision]:
    """Decisions to reject or confirm what has ids that begin so."""
    return [one for one in decisions if one.verb in ("reject", "confirm") and one.targets[0].startswith(what)]


def _mark(connection: Connection, table: str, marks: Mapping[str, Decision]) -> list[str]:
    columns = "id VARCHAR, rejected VARCHAR, confirmed VARCHAR"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marked ({columns})")
    rows = [
        (id, one.id if one.verb == "reject" else None, one.id if one.verb == "confirm" else None)
        for id, one in sorted(marks.items())
    ]
    if rows:
        values = [list(column) for column in zip(*rows, strict=True)]
        connection.execute("INSERT INTO marked SELECT unnest(?), unnest(?), unnest(?)", values)
    changed = [id for (id,) in connection.execute(_CHANGED.format(table=table)).fetchall()]
    connection.execute(_MARK.format(table=table))
    connection.execute("DROP TABLE marked")
    return changed


def load(connection: Connection) -> tuple[Decision, ...]:
    """Every decision, in the order they were made."""
    rows = connection.execute(
        "SELECT id, made_at, verb, targets, anchors, value, note FROM decision ORDER BY n"
    ).fetchall()
    return tuple(
        Decision(
            id, at, verb, tuple(targets), tuple((one["document_id"], one["entity"]) for one in anchors), *rest
        )
        for id, at, verb, targets, anchors, *rest in rows
    )
