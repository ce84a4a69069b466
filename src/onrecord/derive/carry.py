"""Decisions carried from one record to another: what a person put right need not be put right again.

A record that is built anew, by a later reader or a later version, starts without decisions. Those exported
from the old one find their entities again by document and name, and are added as if they had been made here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.derive.actors import link_all
from onrecord.derive.decide import add
from onrecord.derive.finish import finish
from onrecord.errors import UsageError
from onrecord.linking.decisions import Member, decision_id
from onrecord.store.file.database import Connection, Tuning, first_row, must_be_there, open_to_write
from onrecord.store.file.lock import locked
from onrecord.store.file.writer import is_finished
from onrecord.store.listing.marks import load
from onrecord.values import Decision

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
    path = Path(path)
    rows = list(_rows(Path(decisions)))
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
