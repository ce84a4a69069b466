"""Accounts: matters of which several speak, and who says what of one, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from onrecord.errors import UsageError
from onrecord.facts import fold
from onrecord.record import AccountMemberRow, AccountRow, Listing, Record
from onrecord.record.rows_across import AccountKind
from onrecord.record.shown_accounts import ShownAccount
from onrecord.values import AccountStance
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, paged
from onrecord.web.views.sides_shown import (
    Column,
    Excerpt,
    Heading,
    Member,
    Voice,
    columns,
    excerpt,
    headings,
    lead_parts,
    reader_of,
    voices,
)

FILTERS = ("kind", "actor", "outlet", "since", "until", "story", "text")
SIGNS: Mapping[str, str] = {"disputed": "≠", "differs": "≈", "agreed": "="}
_ASKED = ("kind", "actor", "outlet", "since", "until", "story")
_STYLES = ("sides.css", "accounts.css")
_PER = 20  # cards are tall


@dataclass(frozen=True, slots=True)
class _Card:
    """An account in the list: its two sides in short."""

    row: AccountRow
    sign: str
    lead: Excerpt
    against: AccountMemberRow | None  # the first that says the opposite, else the first that differs
    other: Excerpt | None  # its words
    headings: Mapping[AccountStance, Heading]
    with_it: Sequence[Voice]  # who says what the lead says
    against_it: Sequence[Voice]
    differs: Sequence[Voice]


def accounts(record: Record, ask: Ask) -> Page:
    """Matters, the disputes that matter first."""
    chosen(get_args(AccountKind), ask.get("kind"))
    given = ask.filters(*_ASKED)
    others = {name: value for name, value in given.items() if name != "kind"}
    text = ask.get("text")
    listing: Listing[AccountRow] | Some = record.accounts(**given)
    of_every_kind: Listing[AccountRow] | Some = record.accounts(**others)
    if text is not None:
        of_every_kind = _having(of_every_kind, text)
        kinds = (given["kind"],) if "kind" in given else get_args(AccountKind)
        listing = Some(AccountRow, tuple(one for one in of_every_kind if one.kind in kinds))
    counts = of_every_kind.counts("kind")
    where = paged(ask, listing.count(), per=_PER)
    values = {
        "cards": [_card(one) for one in listing.page(where.per, where.offset)],
        "paged": where,
        "kinds": [(one, SIGNS[one], counts.get(one, 0)) for one in get_args(AccountKind)],
        "filters": FILTERS,
    }
    return Page("accounts.html", "Accounts", values, rows=listing, styles=_STYLES)


def account(record: Record, ask: Ask) -> Page:
    """One matter: who asserts it, who denies it, who differs in what, in columns."""
    row = _one(record, ask.given["id"])
    shown: list[Column] = columns(record, row)
    values = {
        "account": row,
        "sign": SIGNS[row.kind],
        "lead_reader": reader_of(row.members[0]),
        "lead_parts": lead_parts(row),
        "columns": shown,
        "headings": headings(row),
        "explains": _explains([one for each in shown for one in each.members]),
    }
    rows = Some(AccountMemberRow, row.members)
    return Page("account.html", "Account", values, rows=rows, data=row, styles=_STYLES)


def _explains(members: Sequence[Member]) -> Mapping[str, bool]:
    """Which signs of the page need words at its end."""
    return {
        "numbers": any(one.number for one in members),
        "versions": any(each.differences for one in members for each in one.occurrences),
    }


def _having(accounts: Iterable[AccountRow], text: str) -> Some:
    """Those of which a member has these words."""
    words = fold(text)
    return Some(
        AccountRow,
        tuple(one for one in accounts if any(words in fold(each.text) for each in one.members)),
    )


def _one(record: Record, id: str) -> AccountRow:
    found = None
    if id.startswith("acc_"):
        with suppress(UsageError):
            found = record.show(id)
    if not isinstance(found, ShownAccount):
        raise NotThere(f"no such account: {id}", hint="A later build may have given it another id.")
    return found.account


def _card(row: AccountRow) -> _Card:
    lead = row.members[0]
    found = (one for stance in ("contradicts", "differs") for one in row.members if one.stance == stance)
    against = next(found, None)
    sides = (voices(row, stance) for stance in ("supports", "contradicts", "differs"))
    told = excerpt(lead, against.lead_spans if against else ())
    other = excerpt(against, against.own_spans) if against else None
    return _Card(row, SIGNS[row.kind], told, against, other, headings(row), *sides)


VIEWS = (View("accounts", "/accounts", accounts, menu="Accounts"), View("account", "/account/{id}", account))
