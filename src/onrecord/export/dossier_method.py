"""The last section of a dossier: how it was made, and what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.export.dossier_material import Material
from onrecord.export.dossier_parts import Block, Given, Heading, Line, Listed, Paragraph, Section, Table
from onrecord.export.dossier_said import UNSURE
from onrecord.export.dossier_words import counted, joined, share
from onrecord.record import DecisionRow, DroppedRow, FailureRow

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
        found = joined(((Given(reason), f" {number}") for reason, number in sorted(reasons.items())), "; ")
        words = f"{counted(len(dropped), 'piece')} of the originals are no part of the texts: "
        blocks += [Heading(("Left out of the texts",)), Paragraph((words, *found, "."))]
    blocks += [Heading(("Decisions of persons",)), *_decided(decisions)]
    blocks += [Heading(("The reports as they were read",)), _originals(material)]
    return Section("method", "Method and limits", tuple(blocks))


def _made(material: Material, version: str) -> Sequence[Block]:
    status = material.status
    readers, extractors = (
        joined((Given(name), f" ({counted(number, 'report')})") for name, number in each.items())
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
        Table(("Confidence", "Statements"), tuple(found)),
    )  # fmt: skip


def _decided(decisions: Sequence[DecisionRow]) -> Sequence[Block]:
    if not decisions:
        return (Paragraph(("None: no person has changed anything in this record.",)),)
    lines: list[Line] = []
    for one in decisions:
        line: Line = (Given(one.at), f": {one.verb} ", Given(" ".join(one.targets)))
        for label, value in ((" to ", one.value), (": ", one.note), (" (undone by ", one.undone_by)):
            line = (*line, label, Given(value), ")" if "(" in label else "") if value else line
        lines.append(line)
    return (Listed(tuple(lines)),)


def _originals(material: Material) -> Table:
    rows = [
        (
            (material.report(row.id),),
            (Given(row.retrieved_at),),
            (Given(row.extractor),),
            (Given(row.raw_sha256),),
            (Given(row.text_sha256),),
        )
        for row in material.documents.values()
    ]
    head = ("Report", "Fetched", "Text by", "SHA-256 of the original", "SHA-256 of the text")
    return Table(head, tuple(rows))
