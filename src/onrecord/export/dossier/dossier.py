"""The dossier of a record as frozen values; its last section tells how it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import onrecord
from onrecord.export.dossier.cast import cast, scope
from onrecord.export.dossier.material import Material, read_material
from onrecord.export.dossier.parts import (
    AsGiven,
    Block,
    Dossier,
    DossierTable,
    Heading,
    Line,
    Listed,
    Paragraph,
    Section,
    counted,
    joined,
    share,
)
from onrecord.export.dossier.said import UNSURE, acts, by_speaker, second_hand, timeline
from onrecord.export.dossier.sides import by_outlet, disputes, matters_of, positions
from onrecord.store import DecisionRow, DroppedRow, FailureRow, PositionRow, Record
from onrecord.values import Account

_BANDS = ((0.9, "90 % and more"), (0.7, "70 to 89 %"), (UNSURE, "50 to 69 %"), (0.0, "below 50 %"))


def method(
    material: Material,
    *,
    version: str,
    failures: Sequence[FailureRow],
    decisions: Sequence[DecisionRow],
    dropped: Sequence[DroppedRow],
) -> Section:
    """Models and versions, what confidence means, what is uncertain, what persons decided, the originals."""
    blocks: list[Block] = [Heading(("How it was made",)), *_made(material, version)]
    blocks += [Heading(("What is uncertain",)), Listed(tuple(_uncertain(material, failures)))]
    blocks += [Heading(("How sure the attributions are",)), *_confidence(material)]
    if dropped:
        reasons = Counter(one.reason for one in dropped)
        found = joined(((AsGiven(reason), f" {number}") for reason, number in sorted(reasons.items())), "; ")
        words = f"{counted(len(dropped), 'piece')} of the originals are no part of the texts: "
        blocks += [Heading(("Left out of the texts",)), Paragraph((words, *found, "."))]
    blocks += [Heading(("Decisions of persons",)), *_decided(decisions)]
    blocks += [Heading(("The reports as they were read",)), _originals(material)]
    return Section("method", "Method and limits", tuple(blocks))


def _made(material: Material, version: str) -> Sequence[Block]:
    status = material.status
    readers, extractors = (
        joined((AsGiven(name), f" ({counted(number, 'report')})") for name, number in each.items())
        for each in (status.readers, status.extractors)
    )
    return (
        Paragraph((
            f"Made by onrecord {version} from a record of version {status.version}, by program; what persons "
            "decided is listed below. Read with the model ", *readers, "; texts taken out by ", *extractors,
            ". The dossier holds nothing that is not in the record; the same record gives the same dossier.",
        )),
        Paragraph((
            "A note gives the report and the characters, counted from 0 in the text as it was stored; the "
            "second number is that of the first character behind. A quote is those characters, whole and "
            "unchanged. “In the report’s words” means that the speaker may have put it otherwise; where a "
            "report is a translation, that goes for quotes as well.",
        )),
    )  # fmt: skip


def _uncertain(material: Material, failures: Sequence[FailureRow]) -> Sequence[Line]:
    rows = material.statements.values()
    nobody = sum(not row.speaker for row in rows)
    wide = sum(row.said_earliest != row.said_latest for row in rows)
    open_ended = sum(None in material.said(row) for row in rows)
    unsure = sum(row.confidence < UNSURE for row in rows)
    status = material.status
    return (
        (f"{nobody} of {counted(len(rows), 'statement')} could not be tied to a named speaker.",),
        (f"{wide} were said at a time that is known no closer than several days; {open_ended} of these have "
         "no bound on one side.",),
        (f"Marked as uncertain readings: {unsure}.",),
        (f"{counted(status.undated, 'report carries', 'reports carry')} no date of publication.",),
        (f"Pairs of actors that may be the same, with no decision yet: {status.suggestions}.",),
        (f"{counted(len(failures), 'input')} could not be read.",),
        ("Statements can be missed: what is not told here may still stand in the reports.",),
        ("Check denials first: a denial taken for an assertion turns its meaning around.",),
    )  # fmt: skip


def _confidence(material: Material) -> Sequence[Block]:
    rows = list(material.statements.values())
    found: list[tuple[Line, ...]] = []
    above = 2.0
    for floor, label in _BANDS:
        number = sum(floor <= row.confidence < above for row in rows)
        found.append(((label,), (f"{number:,}",)))
        above = floor
    mean = f" The mean is {share(sum(row.confidence for row in rows) / len(rows))}." if rows else ""
    return (
        Paragraph((
            "The figure in a note is the probability, adjusted on reports that people have marked, that "
            "these are the words of a statement and its speaker. It says nothing about what is said.",
            mean,
        )),
        DossierTable(("Confidence", "Statements"), tuple(found)),
    )  # fmt: skip


def _decided(decisions: Sequence[DecisionRow]) -> Sequence[Block]:
    if not decisions:
        return (Paragraph(("None: no person has changed anything in this record.",)),)
    lines: list[Line] = []
    for one in decisions:
        line: Line = (AsGiven(one.at), f": {one.verb} ", AsGiven(" ".join(one.targets)))
        for label, value in ((" to ", one.value), (": ", one.note), (" (undone by ", one.undone_by)):
            line = (*line, label, AsGiven(value), ")" if "(" in label else "") if value else line
        lines.append(line)
    return (Listed(tuple(lines)),)


def _originals(material: Material) -> DossierTable:
    rows = [
        (
            (material.report(row.id),),
            (AsGiven(row.retrieved_at),),
            (AsGiven(row.extractor),),
            (AsGiven(row.raw_sha256),),
            (AsGiven(row.text_sha256),),
        )
        for row in material.documents.values()
    ]
    head = ("Report", "Fetched", "Text by", "SHA-256 of the original", "SHA-256 of the text")
    return DossierTable(head, tuple(rows))


_NAMED = 4  # speakers in the line below the title


def dossier_of(
    record: Record,
    *,
    title: str | None = None,
    accounts: Sequence[Account] = (),
    held: Sequence[PositionRow] = (),
) -> Dossier:
    """The dossier of an opened record.

    Args:
        record: an opened record; all its texts are in memory while the dossier is made.
        title: of the affair; without one, the number of reports.
        accounts: what reports say about one matter, those that matter most first; none: no such section.
        held: positions, by holder; none: no such section.

    Returns:
        The same value for the same record, wherever the file lies.
    """
    material = read_material(record, accounts=accounts, positions=held)
    failures = tuple(record.failures())
    sections = (
        scope(material, failures),
        cast(material),
        disputes(material),
        positions(material),
        acts(material),
        timeline(material),
        by_speaker(material, matters_of(material)),
        second_hand(material),
        by_outlet(material),
        method(
            material,
            version=onrecord.__version__,
            failures=failures,
            decisions=tuple(record.decisions()),
            dropped=tuple(record.dropped()),
        ),
    )
    kept = tuple(one for one in sections if isinstance(one, Section) and one.blocks)
    named = title or f"Who said what in {counted(len(material.documents), 'report')}"
    return Dossier(named, _lead(material), kept, tuple(material.notes.values()))


def _lead(material: Material) -> Line:
    """Who says most."""
    speakers = [row for row in material.actors.values() if row.statements]
    if not speakers:
        return ("No speaker is named.",)
    line = joined((AsGiven(row.name),) for row in speakers[:_NAMED])
    more = len(speakers) - _NAMED
    return (*line, f" and {counted(more, 'other')}") if more > 0 else line
