"""Accounts: the claims of all reports brought together, judged, and told by matter.

    claims -> utterances -> candidate pairs -> judgements, those known already taken from the record
           -> weighed with what the words show -> accounts -> rows

Worked out anew at the end of each build and after each decision, if anything it depends on has changed; only
pairs of texts that were never judged are judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from onrecord.ids import content_id
from onrecord.linking import agreement
from onrecord.linking.accounts import Claim, Judged, accounts, utterance_key
from onrecord.linking.agreement import Judge, Judgement, judgement
from onrecord.linking.assessments import opposed_pairs
from onrecord.linking.candidates import Candidate, Piece, candidates, likeness
from onrecord.linking.concepts import concepts
from onrecord.linking.sides import Side
from onrecord.linking.weighing import Pair, marks, weigh
from onrecord.record.claims import all_claims
from onrecord.record.database import Connection, first_row
from onrecord.record.derived import is_marked, mark, mark_of, rewrite
from onrecord.values import Account, AccountMember, Spans

Row = dict[str, Any]
PER_PIECE = 8  # likest pieces that each is judged with
LEAST = 0.25  # least likeness of a pair that is judged
_TOGETHER = 512  # pairs handed to the judge at a time
_FACTS = """
SELECT coalesce(md5(string_agg(fact, ' ' ORDER BY fact)), '') FROM (
    SELECT concat_ws(' ', id, text_sha256, outlet, published_earliest, published_latest, duplicate_of,
                     copy_group, story, reader) AS fact FROM document
    UNION ALL SELECT concat_ws(' ', document_id, earliest, latest) FROM publication
    UNION ALL SELECT concat_ws(' ', document_id, id, polarity, said_earliest, said_latest, boilerplate,
                               rejected IS NULL) FROM statement
    UNION ALL SELECT concat_ws(' ', statement_id, id) FROM utterance
    UNION ALL SELECT concat_ws(' ', actor_id, document_id, entity) FROM actor_member
    UNION ALL SELECT concat_ws(' ', id, name, rejected IS NULL) FROM actor
    UNION ALL SELECT concat_ws(' ', document_id, start, "end", class) FROM repeated_line)
"""
_COPIES = "SELECT id, coalesce(copy_group, duplicate_of, id) FROM document"
_OUTLETS = """
SELECT story, list_sort(list(DISTINCT outlet)) FROM document
WHERE story IS NOT NULL AND outlet IS NOT NULL GROUP BY story
"""


def account_all(connection: Connection, *, judge: Judge | None = None) -> None:
    """Bring accounts up to date, in a transaction of the caller's.

    ``judge``: judges pairs of texts; None: the shipped model, and if this version carries none, there are no
    accounts.
    """
    judge = judge or shipped()
    row = first_row(connection, _FACTS)
    found_in = mark_of((row and row[0], judge and judge.name, judge and judge.told))
    if is_marked(connection, "accounts", found_in):
        return
    made: Sequence[Account] = ()
    sides: dict[str, Side] = {}
    if judge is not None:
        sides = {one.claim.id: one for one in all_claims(connection)}
        made = _told(connection, sides, judge)
    else:
        rewrite(connection, "judgement", ())
    stories, outlets = _stories(connection)
    rewrite(connection, "account", (_account(n, one, stories, outlets) for n, one in enumerate(made, 1)))
    rewrite(connection, "account_member", (row for one in made for row in _members(one, sides)))
    mark(connection, "judge", judge.name if judge else "")
    mark(connection, "accounts", found_in)


def shipped() -> Judge | None:
    """The model of this version; None if it carries none. Raises ModelError if it is not the one expected."""
    return agreement.network() if agreement.is_carried() else None


def _told(connection: Connection, sides: Mapping[str, Side], judge: Judge) -> Sequence[Account]:
    chosen = {one.claim.id: one for one in representatives(sides.values())}
    pairs = candidate_pairs(chosen.values())
    texts = [_ordered(chosen[one.first].spoken, chosen[one.second].spoken) for one in pairs]
    known = _judged(connection, [(a, b) for a, b, _ in texts], judge)
    found: list[Judged] = []
    for one, (a, b, turned) in zip(pairs, texts, strict=True):
        pair = Pair(chosen[one.first], chosen[one.second], one.likeness, _turned(known[a, b], judge, turned))
        weighed = weigh(pair, judge.told)
        if weighed is not None:
            found.append(weighed)
    copies = dict(connection.execute(_COPIES).fetchall())
    return accounts((one.claim for one in sides.values()), found, copies)


def representatives(sides: Iterable[Side]) -> list[Side]:
    """Of each utterance one claim, the fullest: it is compared for all."""
    groups: dict[str, list[Side]] = defaultdict(list)
    for one in sides:
        groups[utterance_key(one.claim)].append(one)
    found = [min(group, key=lambda one: (-len(one.text), one.claim.id)) for group in groups.values()]
    return sorted(found, key=lambda one: one.claim.id)


def candidate_pairs(sides: Iterable[Side]) -> list[Candidate]:
    """Pairs of claims that may speak of one matter: those that share words, and those that value one thing in
    opposite ways. Those of one voice in one report are left out."""
    by_id = {one.claim.id: one for one in sides}

    def may(one: Piece, other: Piece) -> bool:
        mine, theirs = by_id[one.id], by_id[other.id]
        return bool(mine.meanings & theirs.meanings) and _may(mine.claim, theirs.claim)

    pieces = [
        Piece(one.claim.id, one.spoken, one.topics, one.claim.said, concepts(one.text))
        for one in by_id.values()
    ]
    found = candidates(pieces, per_piece=PER_PIECE, least=LEAST, may=may)
    known = {(one.first, one.second) for one in found}
    by_piece = {one.id: one for one in pieces}
    return found + [
        Candidate(first, second, round(likeness(by_piece[first], by_piece[second]), 4), ())
        for first, second in opposed_pairs(by_id.values())
        if (first, second) not in known and _may(by_id[first].claim, by_id[second].claim)
    ]


def _may(one: Claim, other: Claim) -> bool:
    """Within a report, only different speakers, and none in the words of the other."""
    if one.document_id != other.document_id:
        return True
    if (one.speaker, one.unnamed) == (other.speaker, other.unnamed):
        return False
    return not any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _ordered(one: str, other: str) -> tuple[str, str, bool]:
    return (one, other, False) if one <= other else (other, one, True)


def _turned(read: Judgement, judge: Judge, turned: bool) -> Judgement:
    return judgement(read.back, read.forward, read.contradicts, judge.told) if turned else read


def _judged(
    connection: Connection, pairs: Sequence[tuple[str, str]], judge: Judge
) -> Mapping[tuple[str, str], Judgement]:
    """What the judge says of each pair: as the record has it, else judged now and kept."""
    ids = {pair: content_id("j", judge.name, *pair) for pair in dict.fromkeys(pairs)}
    rows = connection.execute("SELECT id, forward, back, contradicts FROM judgement").fetchall()
    stored = {id: judgement(forward, back, against, judge.told) for id, forward, back, against in rows}
    found = {pair: stored[id] for pair, id in ids.items() if id in stored}
    rest = iter(sorted(pair for pair, id in ids.items() if id not in stored))
    while some := list(islice(rest, _TOGETHER)):
        for pair, read in zip(some, judge.judge(some), strict=True):
            found[pair] = judgement(read.forward, read.back, read.contradicts, judge.told)
    rewrite(
        connection,
        "judgement",
        (
            {"id": ids[pair], "forward": one.forward, "back": one.back, "contradicts": one.contradicts}
            for pair, one in sorted(found.items())
        ),
    )
    return found


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
            "lead_marks": [
                {"document_id": lead.claim.document_id, **each} for each in _pieces(lead, there)
            ],
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
