"""The first sections of a dossier: what was read and what could not be, and who is in it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.export.dossier.material import Material
from onrecord.export.dossier.parts import (
    AsGiven,
    Block,
    DossierTable,
    Entry,
    Heading,
    Line,
    Link,
    Listed,
    Paragraph,
    Piece,
    Section,
    Web,
    counted,
    day_in_words,
    is_web,
    joined,
    names,
)
from onrecord.store import AccountMemberRow, AccountRow, ActorRow, DocumentRow, FailureRow, OfficeRow, Record
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


_KINDS = (
    ("person", "Persons"),
    ("state", "States"),
    ("organisation", "Organisations"),
    ("force", "Armed forces"),
    ("outlet", "Outlets and agencies"),
    ("place", "Places"),
)


def scope(material: Material, failures: tuple[FailureRow, ...]) -> Section:
    """What was read, from when, by whom, and what could not be read."""
    status, rows = material.status, material.documents.values()
    outlets = [name for name in status.outlets if name]
    unknown = status.outlets.get("", 0)
    read: list[Piece] = [f"{counted(len(rows), 'report')} read"]
    if status.duplicates:
        copies = counted(status.duplicates, "of them a copy", "of them copies")
        read.append(f", {copies} of others, word for word")
    if outlets:
        read += [", from ", *names(outlets)]
    if unknown:
        read.append(f"; the outlet is not known for {unknown if unknown < len(rows) else 'any'} of them")
    blocks: list[Block] = [
        Paragraph((*read, f". {_period(material)} {counted(status.statements, 'statement')} by "
                   f"{_speakers(material)} are told here; left out as copies, repeated lines or rejected: "
                   f"{status.hidden:,}.")),
        *(_report(material, row) for row in rows),
    ]  # fmt: skip
    blocks.append(Heading(("What could not be read",)))
    if failures:
        cells = [((AsGiven(one.uri),), (AsGiven(one.reason),), (AsGiven(one.hint),)) for one in failures]
        blocks.append(DossierTable(("Where", "Why", "What to do"), tuple(cells)))
    else:
        blocks.append(Paragraph(("Everything that was given could be read.",)))
    return Section("scope", "What was read", tuple(blocks))


def cast(material: Material) -> Section:
    """Actors that speak, or that reports mention more than once, by kind; then all others by name."""
    blocks: list[Block] = []
    rest: list[ActorRow] = []
    for kind, title in _KINDS:
        found = [row for row in material.actors.values() if row.kind == kind]
        shown = [row for row in found if _is_shown(row)]
        rest += [row for row in found if row not in shown]
        if shown:
            blocks.append(Heading((title,)))
            blocks += [_actor(material, row) for row in shown]
    if rest:
        blocks.append(Heading(("Mentioned once or twice",)))
        blocks.append(Paragraph(joined(((AsGiven(row.name), *_first(material, row)) for row in rest), "; ")))
    if material.suggestions:
        blocks.append(Heading(("Perhaps the same",), "suggestions"))
        blocks.append(Paragraph(("Suggested, not merged: a person has to decide.",), quiet=True))
        blocks.append(Listed(tuple(
            (AsGiven(one.first_name), " and ", AsGiven(one.second_name), ": ", AsGiven(one.reason),
             f" (score {one.score:.2f}; onrecord decide merge {one.first} {one.second})")
            for one in material.suggestions
        )))  # fmt: skip
    return Section("cast", "Cast", tuple(blocks))


def _is_shown(row: ActorRow) -> bool:
    return bool(row.statements or row.mentions > 2 or row.documents > 1 or row.offices)


def _period(material: Material) -> str:
    status = material.status
    found = ""
    if status.earliest and status.latest:
        first, last = day_in_words(status.earliest), day_in_words(status.latest)
        found = f"Published on {first}." if first == last else f"Published from {first} to {last}."
    if status.undated:
        found += f" {counted(status.undated, 'report carries', 'reports carry')} no date."
    return found.strip()


def _speakers(material: Material) -> str:
    return counted(sum(row.statements > 0 for row in material.actors.values()), "named speaker")


def _report(material: Material, row: DocumentRow) -> Entry:
    number = material.numbers[row.id]
    head: Line = (f"Report {number} · ", AsGiven(row.outlet or "outlet not known", strong=True), " · ",
                  *(("“", AsGiven(row.title), "”") if row.title else ("no title",)))  # fmt: skip
    date: Line = (material.source_date(row.id),)
    basis = row.published_basis or row.bounded_basis
    if basis:
        date += (" (by ", AsGiven(basis), ")")
    lines: list[Line] = [date]
    people: list[Line] = [
        (f"{label} ", AsGiven(value))
        for label, value in (("byline", row.byline), ("wire", row.wire), ("translated by", row.translator))
        if value
    ]
    counts: Line = (f"{counted(row.words, 'word')}, {counted(row.statements, 'statement')}",)
    lines.append(joined([*people, counts, *_copy(material, row)], " · "))
    where: list[Line] = [(Web(row.url),)] if row.url and is_web(row.url) else []
    lines.append(joined([*where, *([(AsGiven(row.uri),)] if row.uri != row.url or not where else [])], " · "))
    return Entry(head, tuple(lines), f"report-{number}")


def _copy(material: Material, row: DocumentRow) -> Iterable[Line]:
    if row.duplicate_of in material.documents:
        yield ("the very text of ", material.report(row.duplicate_of or ""))


def _actor(material: Material, row: ActorRow) -> Entry:
    state: Line = (f" ({row.state})",) if row.state else ()
    head: Line = (AsGiven(row.name, strong=True), *state, *_first(material, row))
    lines: list[Line] = [*_offices(material, row)]
    if row.aliases:
        lines.append(("also called ", *names(row.aliases)))
    for one in material.suggestions:
        if row.id in (one.first, one.second):
            other = one.second_name if row.id == one.first else one.first_name
            lines.append(
                (
                    "perhaps the same as ",
                    AsGiven(other),
                    " (suggested: ",
                    AsGiven(one.reason),
                    ")",
                )
            )
    counts = f"{counted(row.statements, 'statement')}, {counted(row.mentions, 'mention')} in " + counted(
        row.documents, "report"
    )
    said: Piece = Link(counts, f"said-{row.id}") if row.statements else counts
    lines.append((said, " · identity: ", AsGiven(row.basis)))
    return Entry(head, tuple(lines), f"actor-{row.id}")


def _offices(material: Material, row: ActorRow) -> Iterable[Line]:
    """Each office once: with its dates and source, and every place in the reports that says so."""
    found: dict[tuple[str | None, ...], list[OfficeRow]] = {}
    for office in material.offices.get(row.id, ()):
        key = (office.title, office.state, office.since, office.until, office.source.split(":")[0])
        found.setdefault(key, []).append(office)
    seen = {key[:2] for key, rows in found.items() if any(one.document for one in rows)}
    for (title, state, since, until, source), rows in found.items():
        worded = joined(material.words_of(rows), ", ")
        if worded or ((title, state) not in seen and _in_period(material, since, until)):
            known = f"dates from the fact tables: {source}" if source != "report" else "so in the reports"
            about = joined([(AsGiven(one),) for one in (state, _held(since, until)) if one] + [(known,)])
            yield (AsGiven(title or ""), " (", *about, ")", *((": ", *worded) if worded else ()))


def _held(since: str | None, until: str | None) -> str | None:
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else None


def _in_period(material: Material, since: str | None, until: str | None) -> bool:
    """Whether an office that no report names was held in the time the statements are from."""
    days = [one for row in material.statements.values() for one in material.said(row) if one]
    return bool(days) and (not since or since <= max(days)) and (not until or until >= min(days))


def _first(material: Material, row: ActorRow) -> Line:
    if row.first_document not in material.documents or not row.first_spans:
        return ()
    return tuple(material.place(row.first_document or "", span) for span in row.first_spans)
