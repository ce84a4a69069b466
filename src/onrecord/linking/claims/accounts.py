"""Accounts: what several reports or speakers say about one matter, who is on which side, who is silent.

    claims -> utterances (the same words of the same speaker) -> pairs judged elsewhere, with the polarity of
    both taken in -> leads -> members judged with their lead -> sides, days, outlets, order

A matter is a star: one lead claim, and the claims that were themselves judged against it. Nothing joins
through a third claim, so unrelated matters cannot run together however many weak pairs lie between them.
Utterances are taken as leads in the order of how many independent reports and speakers they are connected
with; one that is connected with a lead already is no lead. Then each of the others goes to the lead it was
judged with most surely.

Order of accounts: disputes first, then those that differ in details, then agreement. Within these, more
voices and independent reports on the weaker side come first, then more on both sides, then the later last
day, then the id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Literal

from onrecord.ids import content_id
from onrecord.reading.claimed import claimed
from onrecord.values import Account, AccountMember, AccountStance, Interval, Polarity, Spans

_DETAILS = frozenset(["number", "date", "place", "actor"])
_NO_SIDE: frozenset[Polarity] = frozenset(["declines", "questions"])
_STANCES: dict[AccountStance, int] = {"supports": 0, "contradicts": 1, "differs": 2, "related": 3}
_DENIED_TOO = "says what the same denial denies"
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, or one sentence that a report tells in its own name."""

    id: str
    document_id: str
    spans: Spans
    text: str
    speaker: str | None = None  # actor id; None: the report itself, or nobody named
    outlet: str | None = None
    said: Interval | None = None
    polarity: Polarity = "asserts"
    utterance: str | None = None  # id shared by occurrences of one quote; None: the same words are one
    statement: str | None = None  # id of the statement it is, or is a sentence of; None: told by the report
    unnamed: str | None = None  # words for a speaker that no actor is known for


@dataclass(frozen=True, slots=True)
class Judged:
    """What a pair model says of the texts of two claims, and in what they differ."""

    first: str  # ids of claims
    second: str
    relation: Literal["supports", "contradicts", "unrelated"]
    confidence: float
    forward: bool = True  # of "supports": the first text implies the second
    back: bool = True  # and the second the first
    reasons: tuple[str, ...] = ()  # in words: "54 against 60 countries"
    details: tuple[str, ...] = ()  # kinds: "number", "date", "place", "actor", "polarity", "assessment"
    turned: tuple[str, ...] = ()  # the reasons with the second text told first; empty: the same


@dataclass(frozen=True, slots=True)
class _Edge:
    stance: AccountStance
    confidence: float
    reasons: tuple[str, ...]
    details: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, float, str, tuple[str, ...], tuple[str, ...]]:
        return self.stance != "related", self.confidence, self.stance, self.reasons, self.details


@dataclass(frozen=True, slots=True)
class _Utterance:
    key: str
    claims: tuple[Claim, ...]  # by day and id
    reports: frozenset[str]  # independent ones
    voices: frozenset[str]
    near: dict[str, _Edge] = field(default_factory=dict)  # judged utterances by key

    @property
    def polarity(self) -> Polarity:
        return self.claims[0].polarity


def accounts(
    members: Iterable[Claim],
    judgements: Iterable[Judged],
    copies: Mapping[str, str],
    *,
    outlets: Iterable[str] = (),
) -> list[Account]:
    """The matters that two or more claims speak about.

    Args:
        members: claims of all reports, in any order.
        judgements: of pairs of them; "unrelated" ones and those of unknown claims are left out.
        copies: the id that stands for all copies of a report, by the ids of copies; others stand for
            themselves.
        outlets: all that could have mentioned a matter.

    Returns:
        The same in whatever order claims and judgements come; none of one utterance in copies of one report
        alone. A claim is a member of one account at most. An
        account depends only on the claims it is connected with through judgements.
    """
    utterances = _utterances(members, copies)
    _connect(utterances, judgements)
    every = frozenset(outlets)
    made = [(_account(lead, group, copies, every), group) for lead, group in _stars(utterances)]
    told = [
        one
        for one, group in made
        if any(each.stance != "related" for each in one.members[1:]) and (group or one.independent > 1)
    ]
    return sorted(told, key=lambda one: _order(one, copies))


def _utterances(members: Iterable[Claim], copies: Mapping[str, str]) -> dict[str, _Utterance]:
    """Claims with the same words, speaker and polarity as one, by key."""
    by_key: dict[str, dict[str, Claim]] = defaultdict(dict)
    for one in members:
        by_key[utterance_key(one)][one.id] = one
    return {
        key: _Utterance(
            key,
            tuple(sorted(claims.values(), key=_when)),
            frozenset(copies.get(one.document_id, one.document_id) for one in claims.values()),
            frozenset(map(_voice, claims.values())),
        )
        for key, claims in by_key.items()
    }


def utterance_key(one: Claim) -> str:
    """The same for claims that are one utterance: the same words of the same speaker."""
    words = one.utterance or _NO_WORD.sub(" ", one.text.casefold()).strip()
    return content_id("u", words, one.speaker or one.unnamed or "", one.polarity)


def _when(one: Claim) -> tuple[str, str]:
    return one.said.earliest if one.said else "~", one.id


def _voice(one: Claim | AccountMember) -> str:
    """Who says it: the speaker, else the words for one, else the outlet, else the report."""
    if one.unnamed and not one.speaker:
        return f"words:{one.document_id}:{one.unnamed}"
    return one.speaker or (f"outlet:{one.outlet}" if one.outlet else f"document:{one.document_id}")


def _connect(utterances: Mapping[str, _Utterance], judgements: Iterable[Judged]) -> None:
    """Adds the surest judgement of each pair of utterances to both."""
    owner = {one.id: each for each in utterances.values() for one in each.claims}
    for judged in judgements:
        first, second = owner.get(judged.first), owner.get(judged.second)
        if first is None or second is None or first is second or judged.relation == "unrelated":
            continue
        there = _edge(judged, first.polarity, second.polarity)
        # Reasons tell the other side first: it is the lead, if it is one.
        back = replace(there, reasons=(*there.reasons[: -len(judged.reasons) or None], *judged.turned))
        edges = ((first, second, back if judged.turned else there), (second, first, there))
        for one, other, edge in edges:
            known = one.near.get(other.key)
            if known is None or known.rank < edge.rank:
                one.near[other.key] = edge


def _edge(judged: Judged, first: Polarity, second: Polarity) -> _Edge:
    """How two claims stand to each other, once it is taken in whether they are asserted or denied."""
    stance, reasons = _stance(judged, first, second)
    return _Edge(stance, judged.confidence, (*reasons, *judged.reasons), judged.details)


def _stance(judged: Judged, first: Polarity, second: Polarity) -> tuple[AccountStance, tuple[str, ...]]:
    """The stance, and a reason where polarity decides it."""
    told: AccountStance = "supports" if judged.relation == "supports" else "contradicts"
    detail = bool(_DETAILS & set(judged.details)) and "polarity" not in judged.details
    if first in _NO_SIDE or second in _NO_SIDE or (first == "calls_for") != (second == "calls_for"):
        return "related", ()
    denied = first == "denies", second == "denies"
    if denied[0] == denied[1]:
        return ("differs", ()) if detail else (told, ())
    if detail:
        return "related", ()
    if told == "contradicts":  # who denies that they came agrees with who says that they stayed away
        return "supports", ("one denies what the other rules out",)
    # A denial contradicts what implies the thing denied, not what is implied by it.
    if judged.forward if denied[1] else judged.back:
        return "contradicts", ("one denies what the other says",)
    return "related", ()


def _stars(utterances: Mapping[str, _Utterance]) -> list[tuple[_Utterance, list[tuple[_Utterance, _Edge]]]]:
    """Leads with the utterances that were judged with them."""
    leads: dict[str, list[tuple[_Utterance, _Edge]]] = {}
    for one in sorted(utterances.values(), key=lambda one: _lead_order(one, utterances)):
        if not any(key in leads for key in one.near):
            leads[one.key] = []
    for one in utterances.values():
        if one.key in leads:
            continue
        best = max((key for key in one.near if key in leads), key=lambda key: (one.near[key].rank, key))
        leads[best].append((one, one.near[best]))
    _join_by_denial(leads, utterances)
    return [(utterances[key], group) for key, group in leads.items()]


def _join_by_denial(
    leads: dict[str, list[tuple[_Utterance, _Edge]]], utterances: Mapping[str, _Utterance]
) -> None:
    """Leads without members join the account of a denial that denies what they say, too.

    Both leads say what is denied, so they are on one side although they were not judged with each other.
    """
    home = {
        one.key: (lead, edge.confidence)
        for lead, group in leads.items()
        for one, edge in group
        if one.polarity == "denies" and edge.stance == "contradicts"
    }
    for key in sorted(key for key, group in leads.items() if not group):
        one = utterances[key]
        found = [
            (edge.confidence * home[denial][1], denial, home[denial][0])
            for denial, edge in one.near.items()
            if denial in home and edge.stance == "contradicts" and one.polarity != "denies"
        ]
        if found:
            sure, _, lead = max(found)
            leads[lead].append((one, _Edge("supports", round(sure, 3), (_DENIED_TOO,), ())))
            del leads[key]


def _lead_order(
    one: _Utterance, utterances: Mapping[str, _Utterance]
) -> tuple[bool, bool, int, int, int, float, str, str]:
    """Plain assertions without a negation first, denials last; then the best connected ones, most told."""
    near = [utterances[key] for key, edge in one.near.items() if edge.stance != "related"]
    reports = one.reports.union(*(other.reports for other in near))
    voices = one.voices.union(*(other.voices for other in near))
    sure = fsum(edge.confidence for edge in one.near.values())
    plain = one.polarity in ("asserts", "promises") and not claimed(one.claims[0].text).negations
    wide, own, day = len(reports) + len(voices), len(one.reports), _when(one.claims[0])[0]
    return not plain, one.polarity == "denies", -wide, -len(reports), -own, -sure, day, one.key


def _account(
    lead: _Utterance,
    group: Sequence[tuple[_Utterance, _Edge]],
    copies: Mapping[str, str],
    outlets: frozenset[str],
) -> Account:
    first = lead.claims[0]
    same = _Edge("supports", 1.0, (), ())
    rows = [_member(one, same) for one in lead.claims[1:]]
    rows += [_member(one, edge) for other, edge in group for one in other.claims]
    rows.sort(key=lambda one: (_STANCES[one.stance], one.said.earliest if one.said else "~", one.id))
    members = (_member(first, same), *rows)
    dated = [one.said for one in members if one.said]
    named = frozenset(one.outlet for one in members if one.outlet)
    reports = {one.document_id for one in members}
    return Account(
        content_id("acc", first.id),
        first.id,
        members,
        _voices(members, "supports"),
        _voices(members, "contradicts"),
        _voices(members, "differs"),
        min((one.earliest[:10] for one in dated), default=None),
        max((one.latest[:10] for one in dated), default=None),
        tuple(sorted(named)),
        tuple(sorted(outlets - named)),
        len(reports),
        len({copies.get(id, id) for id in reports}),
        any(one.stance == "contradicts" for one in members),
    )


def _member(one: Claim, edge: _Edge) -> AccountMember:
    return AccountMember(
        one.id, one.document_id, one.spans, one.text, one.speaker, one.outlet, one.said, one.polarity,
        edge.stance, edge.confidence, edge.reasons, edge.details, one.statement, one.unnamed,
    )  # fmt: skip


def _voices(members: Sequence[AccountMember], stance: AccountStance) -> tuple[str, ...]:
    return tuple(sorted({_voice(one) for one in members if one.stance == stance}))


def _order(one: Account, copies: Mapping[str, str]) -> tuple[int, int, int, int, str]:
    """Sort key: see the top of this file."""
    other: AccountStance = "contradicts" if one.disputed else "differs"
    sides = [
        len({_voice(m) for m in one.members if m.stance == stance})
        + len({copies.get(m.document_id, m.document_id) for m in one.members if m.stance == stance})
        for stance in ("supports", other)
    ]
    kind = 0 if one.disputed else 1 if one.differs else 2
    day = int((one.last or "0000-00-00").replace("-", "")[:8] or 0)
    return kind, -min(sides), -sum(sides), -day, one.id
