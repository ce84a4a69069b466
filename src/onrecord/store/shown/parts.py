"""What ``show`` tells of accounts and positions, and what it shares with other kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import UsageError
from onrecord.store.file.database import Connection, first_row
from onrecord.store.file.writer import text_of_document
from onrecord.store.listing import accounts, listing
from onrecord.store.listing.filters import Where
from onrecord.store.listing.linked import positions
from onrecord.store.listing.listing import Listing, R
from onrecord.store.schema.rows import DocumentRow
from onrecord.store.schema.rows_linked import AccountMemberRow, AccountRow, PositionRow, PositionSeenRow
from onrecord.values import Span, Spans


def one_row(
    connection: Connection,
    id: str,
    list_them: Callable[[Connection, Where], Listing[R]],
    column: str,
    *,
    hint: str,
) -> R:
    """The row whose ``column`` is ``id`` or, alone, begins with it; raises UsageError with ``hint``."""
    where = Where()
    where.add(f"starts_with({column}, ?)", id)
    found: list[Any] = [row for row, _ in zip(list_them(connection, where), range(2), strict=False)]
    exact = [row for row in found if row.id == id]
    if len(exact) == 1 or len(found) == 1:
        row: R = (exact or found)[0]
        return row
    if found:
        raise UsageError(f"more than one id begins with {id!r}", hint="give more of its characters")
    raise UsageError(f"no such id: {id!r}", hint=hint)


def paragraphs(text: str, spans: Sequence[Span]) -> Span:
    """The paragraphs of ``text`` that ``spans`` touch."""
    start = text.rfind("\n\n", 0, min(a for a, _ in spans))
    end = text.find("\n\n", max(b for _, b in spans))
    return (0 if start < 0 else start + 2), (len(text) if end < 0 else end)


def moved(spans: Spans, by: int) -> Spans:
    """``spans`` of a text as those of its part that begins at ``by``."""
    return tuple((start - by, end - by) for start, end in spans)


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member of an account with the report it stands in."""

    member: AccountMemberRow
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """An account with its members and their reports, the lead first; ``judge``: the model that judged."""

    account: AccountRow
    members: tuple[ShownMember, ...]
    judge: str


def show_account(connection: Connection, id: str, path: str) -> ShownAccount:
    """The account with this id, with the reports of its members; raises UsageError for none or several."""
    hint = f"onrecord accounts {path} lists the ids"
    row = one_row(connection, id, accounts.accounts, "account.id", hint=hint)
    where = Where()
    where.add("document.id IN (SELECT unnest(?))", sorted({one.document for one in row.members}))
    documents = {one.id: one for one in listing.documents(connection, where)}
    members = tuple(ShownMember(one, documents[one.document]) for one in row.members)
    judge = connection.execute("SELECT value FROM meta WHERE key = 'judge'").fetchall()
    return ShownAccount(row, members, judge[0][0] if judge else "")


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One place that tells of a position; ``context`` is the paragraphs of its sentence and stands at
    ``start`` in the text of its report, the spans beside it are relative to it."""

    seen: PositionSeenRow
    start: int
    context: str
    holder_spans: Spans
    relation_spans: Spans
    target_spans: Spans
    capacity_spans: Spans


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """A position with its evidence, earliest first; ``others``: the positions it followed or gave way to."""

    position: PositionRow
    evidence: tuple[ShownEvidence, ...]
    others: tuple[PositionRow, ...]


def show_position(connection: Connection, id: str, path: str) -> ShownPosition:
    """The position with this id, or that a place with this id tells of; raises UsageError for none, many."""
    hint = f"onrecord positions {path} lists the ids"
    seen = "SELECT position_id FROM position_evidence WHERE seen_id = ?"
    found = first_row(connection, seen, [id]) if id.startswith("p_") else None
    row = one_row(connection, found[0] if found else id, positions, "position.id", hint=hint)
    others = Where()
    others.add("list_contains(?, position.id)", sorted({*row.before, *row.after} - {row.id}))
    return ShownPosition(
        row,
        tuple(_evidence(connection, one) for one in row.seen),
        tuple(positions(connection, others)) if row.changed else (),
    )


def _evidence(connection: Connection, seen: PositionSeenRow) -> ShownEvidence:
    text = text_of_document(connection, seen.document)
    start, end = paragraphs(text, [(seen.start, seen.end)])
    return ShownEvidence(
        seen,
        start,
        text[start:end],
        moved(seen.holder_spans, start),
        moved(seen.quote_spans, start),
        moved(seen.target_spans, start),
        moved(seen.capacity_spans, start),
    )
