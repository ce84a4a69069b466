"""Accounts, and their sides: columns of members, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from onrecord.errors import UsageError
from onrecord.facts import fold
from onrecord.linking.wording import WordingStretch, interleaved
from onrecord.store import AccountMemberRow, AccountRow, Listing, Record, StatementRow
from onrecord.store.schema.rows_linked import AccountKind
from onrecord.store.shown.parts import ShownAccount
from onrecord.store.shown.shown import ShownStatement
from onrecord.values import BETWEEN, AccountStance, Spans
from onrecord.web.ask import Ask, NotThere, Page, Some, View, chosen, link, paged
from onrecord.web.highlight import ReportPart, cut, pieces
from onrecord.web.views.statements import in_reader


@dataclass(frozen=True, slots=True)
class SideHeading:
    """The words for a stance: of its column, what it means, before those who take it, and a sign."""

    title: str
    meaning: str
    by: str
    sign: str


_ASSERTED: Mapping[AccountStance, SideHeading] = {  # in the order of the columns
    "supports": SideHeading("Asserts", "says the same as the claim", "Asserted by", "="),
    "contradicts": SideHeading("Denies", "says that it is not so", "Denied by", "≠"),
    "differs": SideHeading("Differs in detail", "says it otherwise", "Told otherwise by", "≈"),
    "related": SideHeading("Also about it", "takes no side", "Also told of by", "·"),
}
_DENIED: Mapping[AccountStance, SideHeading] = {
    **_ASSERTED,
    "supports": SideHeading("Denies", "says that it is not so", "Denied by", "≠"),
    "contradicts": SideHeading("Asserts", "says that it is so", "Asserted by", "="),
}


def headings(account: AccountRow) -> Mapping[AccountStance, SideHeading]:
    """The words for each stance: who agrees with a lead that denies something denies it, too."""
    return _DENIED if account.members[0].polarity == "denies" else _ASSERTED


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on one side: a speaker, or a report in its own words; ``reasons``: in what they differ."""

    name: str
    id: str | None
    own_words: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownOccurrence:
    """The same quotation in another report, laid along the first one."""

    statement: StatementRow
    stretches: tuple[WordingStretch, ...]

    @property
    def differences(self) -> int:
        """In how many places they differ."""
        return sum(one.kind != "same" for one in self.stretches)

    @property
    def reader(self) -> str:
        """The address of the sentence in its report."""
        return in_reader(self.statement.document, self.statement.id)


@dataclass(frozen=True, slots=True)
class SideMember:
    """One member in its column; ``number`` is that of its marks, None if neither it nor the lead has any."""

    row: AccountMemberRow
    voice: Voice
    number: int | None
    pieces: tuple[tuple[ReportPart, ...], ...]
    occurrences: tuple[ShownOccurrence, ...]

    @property
    def reader(self) -> str:
        """The address of the sentence in its report."""
        return reader_of(self.row)


@dataclass(frozen=True, slots=True)
class SideColumn:
    """One side."""

    stance: AccountStance
    members: tuple[SideMember, ...]


def columns(record: Record, account: AccountRow) -> list[SideColumn]:
    """The sides that have members; a quotation that several reports have stands there once."""
    made = []
    numbers = numbered(account)
    for stance in headings(account):
        rows = [one for one in account.members if one.stance == stance]
        members: list[SideMember] = []
        told: set[str] = set()
        for one in rows:
            if one.id in told:
                continue
            also = _occurrences(record, one)
            told |= {each.statement.id for each in also}
            members.append(_member(one, numbers.get(one.n), also))
        if members:
            made.append(SideColumn(stance, tuple(members)))
    return made


def lead_parts(account: AccountRow) -> tuple[tuple[ReportPart, ...], ...]:
    """The lead, cut by the words in which members differ from it, with the numbers of these."""
    lead = account.members[0]
    numbers = numbered(account)
    marks = [(span, numbers[one.n]) for one in account.members[1:] for span in one.lead_spans]
    return pieces(lead.pieces, lead.spans, marks)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words of a member, with marks; whether words before and behind are left out."""

    parts: tuple[ReportPart, ...]
    cut_before: bool
    cut_after: bool


def excerpt(one: AccountMemberRow, marks: Spans, most: int = 240) -> Excerpt:
    """The words of a member around the first of ``marks`` (code points of its report), or its first words."""
    text, moved = one.pieces[0], []
    for number, (piece, (start, end)) in enumerate(zip(one.pieces, one.spans, strict=True)):
        text = text + BETWEEN + piece if number else piece
        by = len(text) - len(piece) - start
        moved += [((max(a, start) + by, min(b, end) + by), 1) for a, b in marks if a < end and b > start]
    first = min((a for (a, _), _ in moved), default=0)
    begin, last = 0, len(text)
    if last > most:
        begin = max(0, min(first - most // 3, last - most))
        begin = text.rfind(" ", 0, begin) + 1
        last = begin + most if begin + most >= last else max(text.rfind(" ", begin, begin + most), begin + 1)
    return Excerpt(cut(text[begin:last], begin, moved), begin > 0, last < len(text))


def numbered(account: AccountRow) -> dict[int, int]:
    """The numbers of marks, from 1, by the place of the members that have them."""
    marked = [one.n for one in account.members[1:] if one.own_spans or one.lead_spans]
    return {n: number for number, n in enumerate(marked, 1)}


def voices(account: AccountRow, stance: AccountStance) -> list[Voice]:
    """Who is on one side, each once, in the order of members."""
    found: dict[tuple[str, str | None], list[str]] = {}
    own: dict[tuple[str, str | None], bool] = {}
    for one in account.members:
        if one.stance == stance:
            who = voice_of(one)
            found.setdefault((who.name, who.id), []).extend(one.reasons)
            own[who.name, who.id] = who.own_words
    return [Voice(*key, own[key], tuple(dict.fromkeys(reasons))) for key, reasons in found.items()]


def voice_of(one: AccountMemberRow) -> Voice:
    """Who says it, and in what they differ."""
    return Voice(one.voice, one.speaker_id, one.speaker is None, one.reasons)


def reader_of(one: AccountMemberRow) -> str:
    """The address of a member in its report."""
    if one.id.startswith("s_"):
        return in_reader(one.document, one.id)
    return link(f"/report/{one.document}", at=one.spans[0][0])


def _member(one: AccountMemberRow, number: int | None, occurrences: Sequence[ShownOccurrence]) -> SideMember:
    marks = [(span, number) for span in one.own_spans] if number is not None else []
    return SideMember(one, voice_of(one), number, pieces(one.pieces, one.spans, marks), tuple(occurrences))


def _occurrences(record: Record, one: AccountMemberRow) -> list[ShownOccurrence]:
    """Other statements with the quotation of a member."""
    if one.utterance is None:
        return []
    try:
        shown = record.show(one.id)
    except UsageError:  # a sentence of a statement may have the quotation without being it
        return []
    if not isinstance(shown, ShownStatement):
        return []
    from onrecord.text.quotation import quoted_words  # loads what reads texts

    here = quoted_words(shown.statement.content_pieces, shown.statement.kind)
    return [
        ShownOccurrence(
            each.statement,
            interleaved(here, quoted_words(each.statement.content_pieces, each.statement.kind)),
        )
        for each in shown.also
    ]


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
    headings: Mapping[AccountStance, SideHeading]
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
    shown: list[SideColumn] = columns(record, row)
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


def _explains(members: Sequence[SideMember]) -> Mapping[str, bool]:
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
