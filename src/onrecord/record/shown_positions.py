"""A position in full: every place that tells of it in its paragraph, and what it followed or gave way to."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.database import Connection, first_row
from onrecord.record.derived import text_of_document
from onrecord.record.filters import Where
from onrecord.record.listing_positions import positions
from onrecord.record.rows_across import PositionRow, PositionSeenRow
from onrecord.record.shown_parts import moved, one_row, paragraphs
from onrecord.values import Spans


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One place that tells of a position; ``context`` is the paragraphs of its sentence and stands at
    ``start`` in the text of its report, the spans beside it are relative to it."""

    seen: PositionSeenRow
    start: int
    context: str
    holder_spans: Spans
    relation_spans: Spans
    target_spans: Spans
    capacity_spans: Spans


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """A position with its evidence, earliest first; ``others``: the positions it followed or gave way to."""

    position: PositionRow
    evidence: tuple[ShownEvidence, ...]
    others: tuple[PositionRow, ...]


def show_position(connection: Connection, id: str, path: str) -> ShownPosition:
    """The position with this id, or that a place with this id tells of; raises UsageError for none, many."""
    hint = f"onrecord positions {path} lists the ids"
    seen = "SELECT position_id FROM position_evidence WHERE seen_id = ?"
    found = first_row(connection, seen, [id]) if id.startswith("p_") else None
    row = one_row(connection, found[0] if found else id, positions, "position.id", hint=hint)
    others = Where()
    others.add("list_contains(?, position.id)", sorted({*row.before, *row.after} - {row.id}))
    return ShownPosition(
        row,
        tuple(_evidence(connection, one) for one in row.seen),
        tuple(positions(connection, others)) if row.changed else (),
    )


def _evidence(connection: Connection, seen: PositionSeenRow) -> ShownEvidence:
    text = text_of_document(connection, seen.document)
    start, end = paragraphs(text, [(seen.start, seen.end)])
    return ShownEvidence(
        seen,
        start,
        text[start:end],
        moved(seen.holder_spans, start),
        moved(seen.quote_spans, start),
        moved(seen.target_spans, start),
        moved(seen.capacity_spans, start),
    )
