"""An account in full, its members in the paragraphs they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import listing, listing_accounts
from onrecord.record.database import Connection
from onrecord.record.filters import Where
from onrecord.record.rows import DocumentRow
from onrecord.record.rows_across import AccountMemberRow, AccountRow
from onrecord.record.shown_parts import one_row


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
    row = one_row(connection, id, listing_accounts.accounts, "account.id", hint=hint)
    where = Where()
    where.add("document.id IN (SELECT unnest(?))", sorted({one.document for one in row.members}))
    documents = {one.id: one for one in listing.documents(connection, where)}
    members = tuple(ShownMember(one, documents[one.document]) for one in row.members)
    judge = connection.execute("SELECT value FROM meta WHERE key = 'judge'").fetchall()
    return ShownAccount(row, members, judge[0][0] if judge else "")
