"""Accounts: the claims of all reports brought together, judged, and told by matter.

    reports -> claims -> utterances -> pairs that are alike -> the likest, judged and weighed -> accounts

Each step keeps what it found, and works out anew only what hangs on reports that have changed: see
``kept_claims``, ``claim_pairs`` and ``weighed``. Which claims are one account is found anew of all that were
told something of, and only rows that differ are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.derive.claims import Sides, claim_all, note_facts
from onrecord.derive.comparing import pair_all, told, weigh_all
from onrecord.linking.claims import entailment
from onrecord.linking.claims.accounts import accounts
from onrecord.linking.claims.entailment import Judge
from onrecord.linking.claims.sides import Side
from onrecord.linking.claims.weighing import marks
from onrecord.store.file.database import Connection, first_row
from onrecord.store.file.writer import is_marked, mark, mark_of, rewrite
from onrecord.store.schema.linked import CLAIMS
from onrecord.values import Account, AccountMember, Spans

Row = dict[str, Any]
_FACTS = """
SELECT (SELECT sum(md5_number_lower(found_now::VARCHAR))::VARCHAR FROM found_now),
       (SELECT sum(md5_number_lower([id, coalesce(copy_group, duplicate_of, id), story, outlet]::VARCHAR))
               ::VARCHAR FROM document)
"""
_COPIES = "SELECT id, coalesce(copy_group, duplicate_of, id) FROM document"
_OUTLETS = """
SELECT story, list_sort(list(DISTINCT outlet)) FROM document
WHERE story IS NOT NULL AND outlet IS NOT NULL GROUP BY story
"""
# All others are in no account: nothing is told of them, and nobody else says the same.
_IN_ACCOUNTS = """
SELECT id FROM claim WHERE key IN (SELECT key FROM claim GROUP BY key HAVING count(*) > 1) OR id IN
    (SELECT unnest([first, second]) FROM claim_weighed WHERE relation IS NOT NULL)
ORDER BY id
"""


def account_all(connection: Connection, *, judge: Judge | None = None) -> None:
    """Bring accounts up to date, in a transaction of the caller's.

    ``judge``: judges pairs of texts; None: the shipped model, and if this version carries none, there are no
    accounts.
    """
    judge = judge or shipped()
    note_facts(connection)
    found_in = mark_of((first_row(connection, _FACTS), judge and judge.name, judge and judge.told))
    if not is_marked(connection, "accounts", found_in):
        _bring_up_to_date(connection, judge)
        mark(connection, "judge", judge.name if judge else "")
        mark(connection, "accounts", found_in)
    connection.execute("DROP TABLE found_now")


def shipped() -> Judge | None:
    """The model of this version; None if it carries none. Raises ModelError if it is not the one expected."""
    return entailment.network() if entailment.is_carried() else None


def _bring_up_to_date(connection: Connection, judge: Judge | None) -> None:
    by_this_version = mark_of("claims")
    if judge is None or not is_marked(connection, "claims", by_this_version):
        for table in CLAIMS:
            connection.execute(f'DELETE FROM "{table.name}"')
        mark(connection, "claims", by_this_version)
    sides = Sides(connection)
    made: Sequence[Account] = ()
    if judge is None:
        rewrite(connection, "judgement", ())
    else:
        claim_all(connection)
        pair_all(connection, sides)
        weigh_all(connection, judge, sides)
        connection.execute("DROP TABLE chosen")
        made = _told(connection, sides)
    stories, outlets = _stories(connection)
    some = sides.of(each.id for one in made for each in one.members)
    rewrite(connection, "account", (_account(n, one, stories, outlets) for n, one in enumerate(made, 1)))
    rewrite(connection, "account_member", (row for one in made for row in _members(one, some)))


def _told(connection: Connection, sides: Sides) -> Sequence[Account]:
    ids = [id for (id,) in connection.execute(_IN_ACCOUNTS).fetchall()]
    some = sides.of(ids)
    copies = dict(connection.execute(_COPIES).fetchall())
    return accounts((some[id].claim for id in ids), told(connection), copies)


def _stories(connection: Connection) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
    """The story of each document, and the outlets of each story."""
    rows = connection.execute("SELECT id, story FROM document WHERE story IS NOT NULL").fetchall()
    return dict(rows), dict(connection.execute(_OUTLETS).fetchall())


def _account(
    rank: int, one: Account, stories: Mapping[str, str], outlets: Mapping[str, Sequence[str]]
) -> Row:
    told = {stories[each.document_id] for each in one.members if each.document_id in stories}
    near = {name for story in told for name in outlets.get(story, ())}
    return {
        "id": one.id,
        "rank": rank,
        "kind": "disputed" if one.disputed else "differs" if one.differs else "agreed",
        "lead": one.lead,
        "first": one.first,
        "last": one.last,
        "outlets": list(one.outlets),
        "silent": sorted(near - set(one.outlets)),
        "reports": one.reports,
        "independent": one.independent,
    }


def _members(account: Account, sides: Mapping[str, Side]) -> Iterator[Row]:
    lead = sides[account.lead]
    for n, one in enumerate(account.members):
        side = sides[one.id]
        told = one.id != account.lead and one.stance in ("contradicts", "differs")
        there, own = marks(lead, side) if told else ((), ())
        yield {
            "account": account.id,
            "n": n,
            "id": one.id,
            "statement_id": one.statement,
            "document_id": one.document_id,
            "stance": one.stance,
            "speaker": one.speaker,
            "unnamed": one.unnamed,
            "polarity": one.polarity,
            **_said(one),
            "confidence": one.confidence,
            "reasons": list(one.reasons),
            "details": list(one.details),
            "pieces": _pieces(side, one.spans),
            "own_marks": _pieces(side, own),
            "lead_marks": [{"document_id": lead.claim.document_id, **each} for each in _pieces(lead, there)],
        }


def _said(one: AccountMember) -> Row:
    said = one.said
    return {
        "said_earliest": said and said.earliest,
        "said_latest": said and said.latest,
        "said_precision": said and said.precision,
    }


def _pieces(side: Side, spans: Spans) -> list[Row]:
    """Spans of the report with their characters."""
    return [{"start": a, "end": b, "quote": side.quote((a, b))} for a, b in spans]
