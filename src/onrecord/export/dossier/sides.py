"""Sections that need more than one report: disputes side by side, positions, and what each outlet has alone.

Where there are no accounts or no positions, there is no section of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.export.dossier.material import Material
from onrecord.export.dossier.parts import (
    RELATIONS_OF_SEVERAL,
    SIDES,
    STATUSES,
    TONES,
    VERBS,
    AsGiven,
    Block,
    Columns,
    DossierTold,
    Entry,
    Heading,
    Label,
    Line,
    Link,
    Listed,
    Mark,
    Paragraph,
    Piece,
    Section,
    counted,
    joined,
    names,
    share,
    when_in_words,
)
from onrecord.export.dossier.said import speaker_of, told
from onrecord.store import PositionRow, PositionSeenRow, StatementRow
from onrecord.store.listing.linked import RELATIONS
from onrecord.values import Account, AccountMember, AccountStance

_STANCES: tuple[AccountStance, ...] = ("supports", "contradicts", "differs", "related")


def matters_of(material: Material) -> dict[tuple[str, str], int]:
    """(document, id) of a statement -> number of the first matter it belongs to."""
    found: dict[tuple[str, str], int] = {}
    for number, account in enumerate(material.accounts, start=1):
        for member in account.members:
            found.setdefault((member.document_id, member.id), number)
    return found


def disputes(material: Material) -> Section | None:
    """Matters on which accounts clash, then those on which they differ or agree, side by side."""
    blocks: list[Block] = []
    for number, account in enumerate(material.accounts, start=1):
        lead = next((one for one in account.members if one.id == account.lead), account.members[0])
        state = Label("disputed", "denies") if account.disputed else Label("not disputed")
        blocks.append(Heading((f"Matter {number} ", state), f"matter-{number}"))
        blocks.append(Paragraph(_sides(material, account)))
        blocks.append(Paragraph((_counts(account), *_silent(account)), quiet=True))
        columns = [((SIDES[one],), tuple(_members(material, account, lead, one))) for one in _STANCES]
        filled = tuple((title, inside) for title, inside in columns if inside)
        blocks.append(Columns(filled))
    if not blocks:
        return None
    hint = Paragraph((
        "Statements and sentences that speak of the same matter, compared with the one marked “lead”. ",
        "Which side is right is not decided here.",
    ), quiet=True)  # fmt: skip
    return Section("disputes", "Disputes and agreement, side by side", (hint, *blocks))


def positions(material: Material) -> Section | None:
    """Standing relations between actors, each with its evidence."""
    blocks: list[Block] = []
    holder: str | None = None
    for one in material.positions:
        title = "Others, not named" if one.holder_id is None else ""
        if not blocks or one.holder_id != holder:
            blocks.append(Heading((title,) if title else material.name(one.holder_id)))
            holder = one.holder_id
        blocks.append(_position(material, one))
    if not blocks:
        return None
    words = "The days are those of the evidence, not of the beginning and the end of a position."
    hint = Paragraph((words,), quiet=True)
    return Section("positions", "Positions", (hint, *blocks))


def by_outlet(material: Material) -> Section:
    """For each outlet its reports, whom only it quotes, and the matters only it tells of or leaves out."""
    by: dict[str, list[StatementRow]] = {}
    for row in material.documents.values():
        if row.duplicate_of is None:
            by.setdefault(material.outlet(row.id), [])
    quoted: dict[str, set[str]] = {}
    for said in material.statements.values():
        by[material.outlet(said.document)].append(said)
        for speaker in said.speaker_ids:
            quoted.setdefault(speaker, set()).add(material.outlet(said.document))
    blocks: list[Block] = []
    for outlet, rows in by.items():
        blocks.append(Heading((AsGiven(outlet),)))
        blocks.append(Listed(tuple(_of_outlet(material, outlet, rows, quoted))))
    return Section("outlets", "Outlet by outlet", tuple(blocks))


def _of_outlet(
    material: Material, outlet: str, rows: Sequence[StatementRow], quoted: dict[str, set[str]]
) -> Iterable[Line]:
    own = [row for row in material.documents.values() if material.outlet(row.id) == outlet]
    links = joined((material.report(row.id),) for row in own)
    yield (*links, f": {counted(len(rows), 'statement')}")
    lone = [one for one in material.actors if quoted.get(one) == {outlet}]
    if lone:
        yield ("Only here quoted: ", *joined((_spoken(material, one, rows) for one in lone), "; "))
    shared = [one for one in material.actors if outlet in quoted.get(one, ()) and one not in lone]
    if shared:
        yield ("Also quoted elsewhere: ", *joined((_spoken(material, one, rows) for one in shared), "; "))
    unnamed = [(*speaker_of(material, row), material.mark(row)) for row in rows if not row.speaker_ids]
    if unnamed:
        yield ("Speakers without a name: ", *joined(unnamed, "; "))
    known = outlet in {row.outlet for row in own}
    alone = [n for n, one in enumerate(material.accounts, start=1) if known and one.outlets == (outlet,)]
    if alone:
        yield ("Matters only here: ", *joined((Link(f"Matter {one}", f"matter-{one}"),) for one in alone))
    left = [n for n, one in enumerate(material.accounts, start=1) if known and outlet in one.silent]
    if left:
        yield ("Does not mention: ", *joined((Link(f"Matter {one}", f"matter-{one}"),) for one in left))


def _spoken(material: Material, actor: str, rows: Sequence[StatementRow]) -> Line:
    marks = [material.mark(row) for row in rows if actor in row.speaker_ids]
    return (Link(material.actors[actor].name, f"said-{actor}"), *marks)


def _counts(account: Account) -> str:
    found = [counted(account.reports, "report")]
    if account.independent != account.reports:
        found.append(f"{account.independent} independent")
    if account.first or account.last:
        found.append(when_in_words(account.first, account.last))
    return ", ".join(found)


def _sides(material: Material, account: Account) -> Line:
    """Who is against whom, or with whom."""
    sides = [joined(_voices(material, account, one)) for one in ("supports", "contradicts", "differs")]
    with_lead, against, differing = sides
    line: list[Piece] = [*with_lead]
    line += [" against ", *against] if against else []
    line += [("; " if against else "") + "different in a detail: ", *differing] if differing else []
    return tuple(line)


def _voices(material: Material, account: Account, stance: AccountStance) -> list[Line]:
    """Those on one side, each once: names, the words for a speaker, reports."""
    found: dict[object, Line] = {}
    for one in account.members:
        if one.stance == stance and one.document_id in material.documents:
            words: Line = (AsGiven(one.unnamed),) if one.unnamed else (material.report(one.document_id),)
            key = one.speaker or one.unnamed or one.document_id
            found.setdefault(key, material.name(one.speaker) if one.speaker else words)
    return list(found.values())


def _silent(account: Account) -> Line:
    return ("; not mentioned by ", *names(account.silent)) if account.silent else ()


def _members(
    material: Material, account: Account, lead: AccountMember, stance: AccountStance
) -> Iterable[Block]:
    for one in account.members:
        side = "supports" if one is lead else one.stance
        if side == stance and one.document_id in material.documents:
            yield _member(material, one, leading=one is lead)


def _member(material: Material, one: AccountMember, *, leading: bool) -> DossierTold:
    """A member as a statement; a sentence that a report tells in its own name is told by the report."""
    reasons: list[Line] = [("lead",)] if leading else [(AsGiven(reason),) for reason in one.reasons]
    if not leading:
        reasons.append((f"comparison {share(one.confidence)}",))
    row = material.statements.get((one.document_id, one.id))
    if row is not None:
        block = told(material, row)
        if one.spans != row.content_spans:  # one of its sentences
            block = replace(block, what=material.quoted(one.document_id, one.spans, material.mark(row)))
        return DossierTold(block.who, block.what, joined([*reasons, block.about], " · "))
    hull = (one.spans[0][0], one.spans[-1][1])
    mark = material.noted((one.document_id, one.id), one.document_id, [("", hull)], ())
    report = material.report(one.document_id)
    who: list[Piece] = [*(material.name(one.speaker) if one.speaker else (report,)), " "]
    who.append(Label(VERBS[one.polarity], TONES.get(one.polarity, "other")))
    if not one.speaker:
        who.append(" (in its own name)")
    about: list[Line] = [*reasons, (report, ", ", AsGiven(one.outlet or "outlet not known"))]
    return DossierTold(tuple(who), material.quoted(one.document_id, one.spans, mark), joined(about, " · "))


def _position(material: Material, one: PositionRow) -> Entry:
    head: list[Piece] = []
    if one.holder_id is None:
        head += [" or ".join(f"{count} others" for count in one.unnamed) or "a number not given", " "]
    relations = RELATIONS if one.holder_id else RELATIONS_OF_SEVERAL
    head += [relations[one.relation], " ", *material.name(one.target_id)]
    if one.disputed:
        head += [" ", Label("disputed", "denies")]
    if one.status == "denied":
        head += [" ", Label("denied", "denies")]
    when = when_in_words(one.first, one.last)
    lines: list[Line] = [(f"{STATUSES[one.status]} · {counted(one.reports, 'report')} · evidence: {when}",)]
    lines += [("changed: ", AsGiven(change)) for change in one.changed]
    lines += [_seen(material, seen) for seen in one.seen if seen.document in material.documents]
    return Entry(tuple(head), tuple(lines))


def _seen(material: Material, one: PositionSeenRow) -> Line:
    sentence = (one.start, one.end)
    mark: Mark = material.place(one.document, sentence)
    row = material.statements.get((one.document, one.statement or ""))
    who: Line = (material.report(one.document), " in its own name")
    if row:
        verb = Label(VERBS[row.polarity], TONES.get(row.polarity, "other"))
        who = (*speaker_of(material, row), " ", verb)
    state: Line = (" ", Label("denied", "denies")) if one.status == "denied" else ()
    return (*who, *state, ": ", *material.quoted(one.document, (sentence,), mark))
