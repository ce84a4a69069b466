"""Accounts as the dossier takes them: the rows of a record as frozen values."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record import AccountMemberRow, AccountRow, Record
from onrecord.values import Account, AccountMember, AccountStance, Interval


def accounts_of(record: Record) -> tuple[Account, ...]:
    """The accounts of an opened record, those that matter most first."""
    return tuple(map(_account, record.accounts()))


def _account(row: AccountRow) -> Account:
    return Account(
        row.id,
        row.lead,
        tuple(map(_member, row.members)),
        _voices(row.members, "supports"),
        _voices(row.members, "contradicts"),
        _voices(row.members, "differs"),
        row.first,
        row.last,
        row.outlet,
        row.silent,
        row.reports,
        row.independent,
        row.kind == "disputed",
    )


def _member(row: AccountMemberRow) -> AccountMember:
    said = None
    if row.said_earliest and row.said_latest:
        said = Interval(row.said_earliest, row.said_latest, "interval", "account")
    return AccountMember(
        row.id, row.document, row.spans, row.text, row.speaker_id, row.outlet, said, row.polarity,
        row.stance, row.confidence, row.reasons, row.details,
        row.id if row.id.startswith("s_") else None, None if row.speaker_id else row.speaker,
    )  # fmt: skip


def _voices(members: Iterable[AccountMemberRow], stance: AccountStance) -> tuple[str, ...]:
    side = [one for one in members if one.stance == stance]
    return tuple(sorted({one.speaker_id or f"outlet:{one.outlet or one.document}" for one in side}))
