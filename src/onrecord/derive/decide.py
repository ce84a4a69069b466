"""What a person decides, and decisions carried from one record to another: what was put right need not be
put right again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from onrecord.derive.actors import LinkActors, follow, link_all
from onrecord.derive.finish import finish
from onrecord.errors import UsageError
from onrecord.linking.decisions import Member, decision_id, undone
from onrecord.store.file.database import Connection, Tuning, first_row, must_be_there, open_to_write
from onrecord.store.file.lock import locked
from onrecord.store.file.writer import is_finished
from onrecord.store.listing.marks import load
from onrecord.store.schema.columns import incoming
from onrecord.values import Decision

if TYPE_CHECKING:
    from onrecord.linking.claims.entailment import Judge

Verb = Literal["merge", "split", "rename", "reject", "confirm", "undo"]
VERBS: tuple[Verb, ...] = get_args(Verb)
_USAGE = {
    "merge": "merge ACTOR ACTOR...",
    "split": "split ACTOR DOCUMENT|MENTION...",
    "rename": 'rename ACTOR "New Name"',
    "reject": "reject STATEMENT|ACTOR|SUGGESTION",
    "confirm": "confirm STATEMENT|ACTOR|SUGGESTION",
    "undo": "undo DECISION",
}


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a decision is about: ids in full, the entities they stand for, the value of a rename."""

    targets: tuple[str, ...]
    anchors: tuple[Member, ...] = ()
    value: str | None = None


@dataclass(frozen=True, slots=True)
class _Book:
    """A record being edited: finds what was typed, and says what to type where it finds nothing."""

    connection: Connection
    path: Path

    def one(self, typed: str, table: str, listing: str) -> str:
        """The id in ``table`` that ``typed`` is, or alone begins with; raises UsageError."""
        found = self.connection.execute(
            f'SELECT DISTINCT id FROM "{table}" WHERE starts_with(id, ?) ORDER BY 1 LIMIT 2', [typed]
        ).fetchall()
        ids = [row[0] for row in found if row[0] == typed] or [row[0] for row in found]
        if len(ids) == 1 and typed:
            return str(ids[0])
        if len(ids) > 1:
            raise UsageError(
                f"more than one {table} has an id that begins with {typed!r}",
                hint="give more of its characters",
            )
        raise UsageError(f"no {table} has the id {typed!r}", hint=self._hint(typed, listing))

    def actor(self, typed: str) -> str:
        """The id of an actor; raises UsageError."""
        return self.one(typed, "actor", "actors")

    def members(self, *actors: str) -> tuple[Member, ...]:
        """The entities that ``actors`` stand for."""
        found = self.connection.execute(
            "SELECT document_id, entity FROM actor_member WHERE list_contains(?, actor_id) ORDER BY ALL",
            [list(actors)],
        ).fetchall()
        return tuple((document, entity) for document, entity in found)

    def command(self, *words: str) -> str:
        """A command on this record as it can be typed."""
        return f"onrecord {words[0]} {shlex.quote(str(self.path))} {' '.join(words[1:])}".rstrip()

    def _hint(self, typed: str, listing: str) -> str:
        named = first_row(
            self.connection,
            "SELECT id, name FROM actor WHERE contains(strip_accents(lower(name)), strip_accents(lower(?))) "
            "ORDER BY name, id LIMIT 1",
            [typed],
        )
        if named and listing == "actors" and typed:
            return f"an id is asked for: {named[0]} is {named[1]}"
        return self.command(*listing.split(" ", 1)) + " lists the ids"


def decide(
    path: Path | str,
    verb: Verb,
    *targets: str,
    note: str | None = None,
    at: str | None = None,
    tuning: Tuning | None = None,
    link: LinkActors | None = None,
    judge: Judge | None = None,
) -> Decision:
    """Add a decision to the record at ``path``, and do what it says.

    Args:
        path: of the record.
        verb: merge (actors), split (an actor, then documents or mentions that are of another one), rename (an
            actor, then its name), reject or confirm (a statement, an actor or a suggestion), undo (a
            decision).
        targets: ids, or beginnings that only one id has.
        note: why, for those who come later.
        at: when, ISO 8601 in UTC; now if it is not given.
        tuning: what the database may use.
        link: links entities of all reports; a seam for tests.
        judge: judges pairs of texts; a seam for tests.

    Raises:
        UsageError: no such record or id, or the decision makes no sense; the hint says what to type.
        RecordLocked: another process uses the record.
        RecordVersion: another version made it.
    """
    path, at = Path(path), at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    must_be_there(path)
    with locked(path, command="onrecord decide", since=at), open_to_write(path, tuning or Tuning()) as open:
        if not is_finished(open):  # what was typed is about the record as it is listed after a build
            finish(open, link=link, judge=judge)
        meant = _meant(_Book(open, path), verb, targets)
        number = len(load(open)) + 1
        id = decision_id(number, at, verb, meant.targets)
        made = Decision(id, at, verb, meant.targets, meant.anchors, meant.value, note or None)
        with open.transaction():
            add(open, made, number)
            follow(open, made, link=link, judge=judge)
    return made


def add(connection: Connection, made: Decision, number: int) -> None:
    """Add a decision as the ``number``-th; within a transaction of the caller's."""
    row = {
        "id": made.id,
        "n": number,
        "made_at": made.at,
        "verb": made.verb,
        "targets": list(made.targets),
        "anchors": [{"document_id": document, "entity": entity} for document, entity in made.anchors],
        "value": made.value,
        "note": made.note,
    }
    sql, values = incoming("decision", [row])
    connection.execute(f"INSERT INTO decision {sql}", values)


def _meant(book: _Book, verb: str, targets: Sequence[str]) -> _Meant:
    makers: dict[str, tuple[int, int | None, Callable[[_Book, Sequence[str]], _Meant]]] = {
        "merge": (2, None, _merge),
        "split": (2, None, _split),
        "rename": (2, 2, _rename),
        "reject": (1, 1, _reject),
        "confirm": (1, 1, _confirm),
        "undo": (1, 1, _undo),
    }
    if verb not in makers:
        raise UsageError(f"no such decision: {verb!r}", hint="one of: " + ", ".join((*makers, "list")))
    least, most, make = makers[verb]
    if len(targets) < least or (most is not None and len(targets) > most):
        what = "at least two targets" if most is None else {1: "one target", 2: "two targets"}[least]
        hint = book.command("decide", _USAGE[verb])
        raise UsageError(f"{verb} takes {what}, not {len(targets)}", hint=hint)
    return make(book, targets)


def _merge(book: _Book, typed: Sequence[str]) -> _Meant:
    actors = tuple(dict.fromkeys(map(book.actor, typed)))
    if len(actors) < 2:
        raise UsageError(f"{' and '.join(typed)} are one actor already", hint="give ids of different actors")
    return _Meant(actors, book.members(*actors))


def _split(book: _Book, typed: Sequence[str]) -> _Meant:
    actor = book.actor(typed[0])
    members = book.members(actor)
    parts = [_part(book, one, members, actor) for one in typed[1:]]
    apart = {member for _, found in parts for member in found}
    if apart == set(members):
        raise UsageError(f"nothing of {actor} would be left", hint="name fewer of its documents")
    return _Meant((actor, *(id for id, _ in parts)), tuple(sorted(apart)))


def _part(book: _Book, typed: str, members: Sequence[Member], actor: str) -> tuple[str, list[Member]]:
    """The id of a document or mention, and the entities of the actor there."""
    if typed.startswith("m"):
        id = book.one(typed, "mention", "mentions")
        sql = "SELECT document_id, entity FROM mention WHERE id = ?"
        there = book.connection.execute(sql, [id]).fetchall()
        found = [one for one in members if one in there]
    else:
        id = book.one(typed, "document", "documents")
        found = [one for one in members if one[0] == id]
    if not found:
        hint = book.command("show", actor) + " lists the documents that do"
        raise UsageError(f"{id} does not mention {actor}", hint=hint)
    return id, found


def _rename(book: _Book, typed: Sequence[str]) -> _Meant:
    actor, name = book.actor(typed[0]), " ".join(typed[1].split())
    if not name:
        raise UsageError("the new name is empty", hint=book.command("decide", _USAGE["rename"]))
    return _Meant((actor,), book.members(actor), name)


def _reject(book: _Book, typed: Sequence[str]) -> _Meant:
    meant = _judged(book, typed[0])
    if not meant.targets[0].startswith("u_"):
        return meant
    # One entity of each side is enough, and holds even if a side falls apart later.
    return _Meant(meant.targets, tuple(book.members(actor)[0] for actor in _sides(book, meant.targets[0])))


def _confirm(book: _Book, typed: Sequence[str]) -> _Meant:
    return _judged(book, typed[0])


def _judged(book: _Book, typed: str) -> _Meant:
    """A statement, an actor with its entities, or a suggestion with those of both its actors."""
    if typed.startswith("s"):
        return _Meant((book.one(typed, "statement", "statements"),))
    if typed.startswith("u"):
        id = book.one(typed, "suggestion", "actors --suggestions")
        return _Meant((id,), book.members(*_sides(book, id)))
    actor = book.actor(typed)
    return _Meant((actor,), book.members(actor))


def _sides(book: _Book, suggestion: str) -> tuple[str, str]:
    row = first_row(book.connection, "SELECT first, second FROM suggestion WHERE id = ?", [suggestion])
    assert row is not None, "found by its id before"
    return str(row[0]), str(row[1])


def _undo(book: _Book, typed: Sequence[str]) -> _Meant:
    id = book.one(typed[0], "decision", "decide list")
    by = undone(load(book.connection)).get(id)
    if by is not None:
        raise UsageError(
            f"{id} is undone already, by {by}", hint=f"to bring it back: {book.command('decide', 'undo', by)}"
        )
    return _Meant((id,))


_NEEDED = ("id", "at", "verb", "targets", "anchors", "value", "note")
_ENTITY = """
SELECT number FROM entity
WHERE document_id = ? AND (name = ? OR list_contains(names, ?) OR (name IS NULL AND ? = '' AND number = ?))
ORDER BY number <> ?, number LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """How many decisions were added, were there already, and what could not be found again (their ids)."""

    added: int
    known: int
    lost: tuple[str, ...]


def carry_decisions(path: Path | str, decisions: Path | str, *, tuning: Tuning | None = None) -> Carried:
    """Add the decisions of an export (``decisions.jsonl``) to the record at ``path``.

    Raises UsageError if either is not there or is something else, RecordLocked, RecordVersion.
    """
    return carry(path, list(_rows(Path(decisions))), tuning=tuning)


def carry(path: Path | str, rows: Sequence[Mapping[str, Any]], *, tuning: Tuning | None = None) -> Carried:
    """As ``carry_decisions``, of rows as an export has them."""
    path = Path(path)
    must_be_there(path)
    now, tuning = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), tuning or Tuning()
    with locked(path, command="onrecord decide", since=now), open_to_write(path, tuning) as opened:
        if not is_finished(opened):
            finish(opened)
        with opened.transaction():
            carried = _carry(opened, rows)
            link_all(opened)
    return carried


def _carry(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> Carried:
    here = list(load(connection))
    same: dict[tuple[str, str, tuple[str, ...]], str] = {
        (one.at, one.verb, one.targets): one.id for one in here
    }
    new_ids: dict[str, str] = {}
    added, known, lost = 0, 0, []
    for row in rows:
        targets = tuple(new_ids.get(one, one) for one in row["targets"])
        key = (row["at"], row["verb"], targets)
        if key in same:
            new_ids[row["id"]] = same[key]
            known += 1
            continue
        anchors = tuple(found for one in row["anchors"] if (found := _anchor(connection, one)))
        if not _holds(connection, row["verb"], targets, anchors, {one.id for one in here}):
            lost.append(row["id"])
            continue
        number = len(here) + 1
        id = decision_id(number, row["at"], row["verb"], targets)
        made = Decision(id, row["at"], row["verb"], targets, anchors, row["value"], row["note"])
        add(connection, made, number)
        here.append(made)
        same[key] = new_ids[row["id"]] = id
        added += 1
    return Carried(added, known, tuple(lost))


def _holds(
    connection: Connection, verb: str, targets: tuple[str, ...], anchors: tuple[Member, ...], here: set[str]
) -> bool:
    """Whether what a decision was about is here."""
    if verb == "undo":
        return targets[0] in here
    if targets[0].startswith("s_"):
        return first_row(connection, "SELECT 1 FROM statement WHERE id = ?", [targets[0]]) is not None
    return len(anchors) >= (2 if verb == "merge" or targets[0].startswith("u_") else 1)


def _anchor(connection: Connection, text: str) -> Member | None:
    """The entity that "d_0123456789abcdef 3 Marta Vellin" is here: by name, among several by number."""
    document, number, name = [*text.split(" ", 2), "", ""][:3]
    if not number.isdigit():
        return None
    row = first_row(connection, _ENTITY, [document, name, name, name, int(number), int(number)])
    return (document, int(row[0])) if row else None


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        hint = "export them from the old record: onrecord export OLD --to FOLDER --format jsonl"
        raise UsageError(f"{path} cannot be read", hint=hint) from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if not {*_NEEDED} <= set(row):
                raise ValueError
        except (ValueError, TypeError):
            hint = "give the decisions.jsonl of an export"
            raise UsageError(f"{path}, line {number}: not a decision", hint=hint) from None
        yield row
