"""Accounts of the example affair as a careful reader would draw them up, made of its statements and sentences,
so that the pages on accounts are tested apart from what finds accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from onrecord.store import AccountMemberRow, AccountRow, DocumentRow, Record, StatementRow
from onrecord.store.shown.parts import ShownAccount
from onrecord.values import Spans
from onrecord.web.ask import Some

FOURTEEN, SIGNAL, ARREST = "acc_14", "acc_51", "acc_a7"


def use(patch: Callable[[type, str, Any], None]) -> None:
    """Puts them in place of those of a record; ``patch`` sets an attribute of a class."""
    really = Record.show

    def accounts(self: Record, **given: Any) -> Some:
        rows = invented(self)
        for name, value in given.items():
            rows = [one for one in rows if _fits(one, name, value)]
        return Some(AccountRow, tuple(rows))

    def show(self: Record, id: str) -> Any:
        found = [one for one in invented(self) if one.id == id] if id.startswith("acc_") else []
        return ShownAccount(found[0], (), "") if found else really(self, id)

    patch(Record, "accounts", accounts)
    patch(Record, "show", show)


def invented(record: Record) -> list[AccountRow]:
    """How many were aboard; whether the signal was off; whether anybody was arrested."""
    said = list(record.statements())
    reports = {one.id: one for one in record.documents()}

    def one(words: str) -> StatementRow:
        return next(row for row in said if words in row.content)

    fourteen, counted = one("Fourteen crew members"), one("Nineteen, I counted")
    seventeen, off = one("Seventeen names"), one("switched off its position signal for nine")
    never, always = one("that the vessel had switched off"), one("The transponder was working")
    headline, quoted = one("No One Was Arrested"), one("No one was arrested in Lissen Bay. People")
    report = next(row for row in reports.values() if "nineteen sailors are now in custody" in row.text)
    return [
        _account(
            FOURTEEN,
            _member(fourteen),
            _member(one("that it had taken 14 people"), reasons=()),
            _member(counted, "differs", "14 against 19 people", "Fourteen", "Nineteen", lead=fourteen),
            _member(seventeen, "differs", "14 against 17 names", "Fourteen", "Seventeen", lead=fourteen),
            _sentence(report, "nineteen sailors are now in custody", "differs", "14 against 19", fourteen),
            _member(one("about the three who are missing"), "related"),
            silent=("Northern Observer",),
        ),
        _account(
            SIGNAL,
            _member(off),
            _member(never, "contradicts", "one denies what the other says", lead=off),
            _member(always, "contradicts", "“switched off” against “working”", "switched off", "working", lead=off),
        ),
        _account(ARREST, _member(headline), _member(quoted)),
    ]


def _fits(one: AccountRow, name: str, value: str) -> bool:
    if name == "kind":
        return one.kind == value
    if name == "outlet":
        return any(value.lower() in outlet.lower() for outlet in one.outlet)
    if name == "actor":
        return any(value in (each.speaker or "") or value == each.speaker_id for each in one.members)
    return True


def _member(
    row: StatementRow,
    stance: str = "supports",
    reason: str | None = None,
    there: str = "",
    here: str = "",
    *,
    lead: StatementRow | None = None,
    reasons: tuple[str, ...] | None = None,
) -> AccountMemberRow:
    return AccountMemberRow(
        account="", id=row.id, n=0, stance=stance, lead=False, text=row.content, pieces=row.content_pieces,
        spans=row.content_spans, speaker=row.speaker or row.speaker_text,
        speaker_id=row.speaker_ids[0] if row.speaker_ids else None, polarity=row.polarity, said=row.said,
        said_earliest=row.said_earliest, said_latest=row.said_latest, document=row.document, uri=row.uri,
        outlet=row.outlet, published=row.published, title=row.title, confidence=0.91,
        reasons=reasons if reasons is not None else (reason,) if reason else (), details=(),
        lead_spans=_found(lead, there) if lead else (), own_spans=_found(row, here), utterance=row.utterance,
    )  # type: ignore[arg-type] # fmt: skip


def _sentence(
    report: DocumentRow, words: str, stance: str, reason: str, lead: StatementRow
) -> AccountMemberRow:
    start = report.text.index(words)
    row = _member(lead, stance, reason, "Fourteen", lead=lead)
    return replace(
        row, id="r_15", text=words, pieces=(words,), spans=((start, start + len(words)),), speaker=None,
        speaker_id=None, document=report.id, uri=report.uri, outlet=report.outlet, title=report.title,
        published=report.published, own_spans=((start, start + len("nineteen")),), utterance=None,
    )  # fmt: skip


def _found(row: StatementRow, words: str) -> Spans:
    for piece, (start, _) in zip(row.content_pieces, row.content_spans, strict=True):
        at = piece.find(words) if words else -1
        if at >= 0:
            return ((start + at, start + at + len(words)),)
    return ()


def _account(id: str, *members: AccountMemberRow, silent: tuple[str, ...] = ()) -> AccountRow:
    rows = tuple(replace(one, account=id, n=n, lead=n == 0) for n, one in enumerate(members))

    def names(stance: str) -> tuple[str, ...]:
        return tuple(sorted({one.speaker or one.outlet or one.uri for one in rows if one.stance == stance}))

    kind = "disputed" if names("contradicts") else "differs" if names("differs") else "agreed"
    reports = {one.document for one in rows}
    return AccountRow(
        id=id, rank=1, kind=kind, lead=rows[0].id, text=rows[0].text, asserts=names("supports"),
        denies=names("contradicts"), differs=names("differs"), first="2023-03-06", last="2023-03-12",
        outlet=tuple(sorted({one.outlet for one in rows if one.outlet})), silent=silent,
        reports=len(reports), independent=len(reports), members=rows,
    )  # type: ignore[arg-type] # fmt: skip
