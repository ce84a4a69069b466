"""The dossier of a record: all of it in the order a reader wants it, as frozen values.

    record -> material (rows and notes) -> sections -> Dossier -> Markdown or HTML

Everything comes through the reading interface of the record. The dossier tells who said what; nothing in it
says whether what was said is so.
"""

from __future__ import annotations

from collections.abc import Sequence

import onrecord
from onrecord.export.dossier_cast import cast, scope
from onrecord.export.dossier_material import Material, read_material
from onrecord.export.dossier_method import method
from onrecord.export.dossier_parts import Dossier, Given, Line, Section
from onrecord.export.dossier_said import acts, by_speaker, second_hand, timeline
from onrecord.export.dossier_sides import by_outlet, disputes, matters_of, positions
from onrecord.export.dossier_words import counted, joined
from onrecord.record import PositionRow, Record
from onrecord.values import Account

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
    line = joined((Given(row.name),) for row in speakers[:_NAMED])
    more = len(speakers) - _NAMED
    return (*line, f" and {counted(more, 'other')}") if more > 0 else line
