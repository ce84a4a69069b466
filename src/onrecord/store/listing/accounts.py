"""Listings of accounts and of their members, those that matter most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from onrecord.store.file.database import Connection
from onrecord.store.listing.filters import Where, of_actor
from onrecord.store.listing.listing import Listing, spans_of, text_of
from onrecord.store.schema.rows import short_date, short_said
from onrecord.store.schema.rows_linked import AccountKind, AccountMemberRow, AccountRow
from onrecord.values import Spans

_MEMBER = """
SELECT member.account, coalesce(member.statement_id, member.id) AS id, member.n, member.stance, member.pieces,
       actor.name AS name, actor.id AS actor_id, member.unnamed, member.polarity, member.said_earliest,
       member.said_latest, member.said_precision, document.id AS document, document.uri, document.outlet,
       document.published_earliest, document.published_latest, document.published_precision, document.title,
       member.confidence, member.reasons, member.details, member.lead_marks, member.own_marks,
       utterance.id AS utterance, account.rank
FROM account_member AS member JOIN account ON account.id = member.account
JOIN document ON document.id = member.document_id
LEFT JOIN actor ON actor.id = member.speaker AND actor.rejected IS NULL
LEFT JOIN utterance ON utterance.statement_id = member.statement_id
"""
_ACCOUNT = f"""
SELECT account.id, account.rank, account.kind, account.first, account.last, account.outlets, account.silent,
       account.reports, account.independent, list(told ORDER BY told.n)
FROM account JOIN ({_MEMBER}) AS told ON told.account = account.id
"""


class AccountFilters(TypedDict, total=False):
    """What accounts to list; what is not given, or None, leaves nothing out.

    Attributes:
        kind: disputed, differs or agreed.
        actor: a member is said by this actor: an id, a name of it or a part of one in whole words.
        state: a member is said by an actor of this state: ISO 3166 alpha-3 code or name.
        outlet: an outlet that mentions it contains this in its name.
        since: 2023, 2023-03 or 2023-03-06: it may have been spoken of then or later.
        until: or then or earlier.
        document: the id or the place of a report that mentions it.
        story: the id of a story one of whose reports mentions it.
        min_confidence: one of the stances in it, which is not the lead's, is at least so sure.
    """

    kind: AccountKind | None
    actor: str | None
    state: str | None
    outlet: str | None
    since: str | None
    until: str | None
    document: str | None
    story: str | None
    min_confidence: float | None


def accounts(connection: Connection, where: Where) -> Listing[AccountRow]:
    """Accounts by rank."""
    sql = f"{_ACCOUNT} {where} GROUP BY ALL ORDER BY account.rank"
    return Listing(AccountRow, connection, sql, where.values, _account)


def members(connection: Connection, where: Where) -> Listing[AccountMemberRow]:
    """Members of accounts, by the rank of the account and their place in it."""
    sql = f"{_MEMBER} {where} ORDER BY account.rank, member.n"
    return Listing(AccountMemberRow, connection, sql, where.values, _listed)


def asked(given: AccountFilters) -> Where:
    """The conditions on accounts that filters make; raises UsageError for a date or a state that is none."""
    where, there = Where(), Where()
    where.equals("account.kind", given.get("kind"))
    where.overlaps("account.first", "account.last", given.get("since"), given.get("until"))
    of_actor(there, given.get("actor"), given.get("state"), among="member.speaker IN ({actors})")
    there.contains("document.outlet", given.get("outlet"))
    there.document(given.get("document"))
    there.story(given.get("story"))
    least = given.get("min_confidence")
    if least is not None:
        where.add("account.id IN (SELECT account FROM account_member WHERE n > 0 AND confidence >= ?)", least)
    for condition, values in _each(there):
        where.add(
            "account.id IN (SELECT member.account FROM account_member AS member "
            f"JOIN document ON document.id = member.document_id WHERE {condition})",
            *values,
        )
    return where


def _each(where: Where) -> list[tuple[str, list[Any]]]:
    """The conditions one by one: one member may fulfil the one and another member the other."""
    rest = list(where.values)
    found = []
    for condition in where.conditions:
        count = condition.count("?")
        found.append((condition, rest[:count]))
        rest = rest[count:]
    return found


def _account(row: Sequence[Any]) -> AccountRow:
    *head, found = row
    members = tuple(_member(one) for one in found)
    id, rank, kind, first, last, outlets, silent, reports, independent = head
    sides = {
        stance: tuple(sorted({one.voice for one in members if one.stance == stance}))
        for stance in ("supports", "contradicts", "differs")
    }
    # Who agrees with a denial denies what the lead's words say.
    asserts, denies = sides["supports"], sides["contradicts"]
    if members[0].polarity == "denies":
        asserts, denies = denies, asserts
    return AccountRow(
        id=id,
        rank=rank,
        kind=kind,
        lead=members[0].id,
        text=members[0].text,
        asserts=asserts,
        denies=denies,
        differs=sides["differs"],
        first=first,
        last=last,
        outlet=tuple(outlets),
        silent=tuple(silent),
        reports=reports,
        independent=independent,
        members=members,
    )


_NAMES = (
    "account", "id", "n", "stance", "pieces", "name", "actor_id", "unnamed", "polarity", "said_earliest",
    "said_latest", "said_precision", "document", "uri", "outlet", "published_earliest", "published_latest",
    "published_precision", "title", "confidence", "reasons", "details", "lead_marks", "own_marks",
    "utterance", "rank",
)  # fmt: skip


def _listed(row: Sequence[Any]) -> AccountMemberRow:
    return _member(dict(zip(_NAMES, row, strict=True)))


def _member(one: Mapping[str, Any]) -> AccountMemberRow:
    published = (one["published_earliest"], one["published_latest"], one["published_precision"])
    return AccountMemberRow(
        account=one["account"],
        id=one["id"],
        n=one["n"],
        stance=one["stance"],
        lead=one["n"] == 0,
        text=text_of(one["pieces"]),
        pieces=tuple(each["quote"] for each in one["pieces"]),
        spans=spans_of(one["pieces"]),
        speaker=one["name"] or one["unnamed"],
        speaker_id=one["actor_id"],
        polarity=one["polarity"],
        said=short_said(one["said_earliest"], one["said_latest"], one["said_precision"]),
        said_earliest=one["said_earliest"],
        said_latest=one["said_latest"],
        document=one["document"],
        uri=one["uri"],
        outlet=one["outlet"],
        published=short_date(*published),
        title=one["title"],
        confidence=one["confidence"],
        reasons=tuple(one["reasons"]),
        details=tuple(one["details"]),
        lead_spans=_spans(one["lead_marks"]),
        own_spans=_spans(one["own_marks"]),
        utterance=one["utterance"],
    )


def _spans(marks: Sequence[Mapping[str, Any]]) -> Spans:
    return tuple((one["start"], one["end"]) for one in marks)
