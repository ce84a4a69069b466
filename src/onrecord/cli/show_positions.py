"""What ``onrecord show`` says of a position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.cli.carets import MARKS, in_context
from onrecord.cli.fields import WIDTH, field, spans_text
from onrecord.cli.listings_across import holder_in_words
from onrecord.cli.say import count

if TYPE_CHECKING:
    from onrecord.record.rows_across import PositionRow, PositionSeenRow
    from onrecord.record.shown_positions import ShownEvidence, ShownPosition

WHY_STATUS = {
    "asserted": "asserted: a report says so in its own name",
    "claimed": "claimed: no report says so in its own name, a speaker does",
    "denied": "denied: whoever speaks of it last says that it is not so",
    "planned": "planned: it is announced, not yet so",
}
DAYS = "the days of the evidence, not its beginning and its end"


def position(shown: ShownPosition, width: int) -> Iterator[str]:
    """A position, how it changed, and every place that tells of it."""
    from onrecord.record.listing_positions import RELATIONS

    one = shown.position
    holder = holder_in_words(one.holder, one.unnamed)
    yield f"{one.id}  {holder} {RELATIONS[one.relation]} {one.target}"
    yield ""
    if one.holder_id:
        yield from field("holder", _actor(one.holder, one.holder_id, one.holder_state), width)
    yield from field("target", _actor(one.target, one.target_id, one.target_state), width)
    yield from field("status", WHY_STATUS[one.status], width)
    if one.disputed:
        yield from field("disputed", "some say that it is so, others of the same time that it is not", width)
    for change in one.changed:
        yield from field("changed", change, width)
    for other in shown.others:
        yield from field("", f"{other.id}: {RELATIONS[other.relation]} {other.target}", width)
    days = f"{one.first or '?'} to {one.last or '?'}: {DAYS}" if one.first or one.last else "not known"
    yield from field("shown", days, width)
    outlets = f" ({', '.join(one.outlet)})" if one.outlet else ""
    independent = f", {one.independent} independent" if one.independent != one.reports else ""
    yield from field("told by", f"{count(one.reports, 'report')}{independent}{outlets}", width)
    chance = f"of places with the best confidence here, about {one.confidence:.0%} are read rightly"
    yield from field("confidence", chance, width)
    if one.hidden:
        yield from field("hidden", one.hidden, width)
    yield ""
    yield f"{count(len(shown.evidence), 'place')}, earliest first"
    for evidence in shown.evidence:
        yield ""
        yield from _evidence(evidence, width)
    yield ""
    yield "  " + "   ".join(f"{MARKS[name]} {name}" for name in ("holder", "relation", "target"))


def _actor(name: str | None, id: str, state: str | None) -> str:
    return f"{name}{f' ({state})' if state else ''} {id}"


def _evidence(shown: ShownEvidence, width: int) -> Iterator[str]:
    """Who says so, of what time, where it stands, and the sentence in its paragraph."""
    from onrecord.record.rows import short_said

    one = shown.seen
    yield from field(one.id, f"{_says(one)}; by: {one.rule}; confidence {one.confidence:.2f}", width)
    when = short_said(one.earliest, one.latest, "interval") or "a time that is not known"
    yield from field("of", f"since {when}" if one.since else when, width)
    said = ", ".join(filter(None, (one.outlet, one.published))) or "outlet and date unknown"
    yield from field("document", f"{one.document}  {said}", width)
    parts = (("holder", one.holder_spans), ("relation", one.quote_spans), ("target", one.target_spans))
    spans = [f"{name} {spans_text(found)}" for name, found in parts]
    if one.capacity:
        spans.append(f"as {one.capacity} {spans_text(one.capacity_spans)}")
    yield from field("characters", "; ".join(spans), width)
    marked = {"holder": shown.holder_spans, "relation": shown.relation_spans, "target": shown.target_spans}
    for line in in_context(shown.context, marked, width=min(width, WIDTH) - 2):
        yield "  " + line


def _says(one: PositionSeenRow) -> str:
    if one.statement is None:
        return "the report says it is not so" if one.status == "denied" else f"{one.status} by the report"
    verb = {"denied": "denied", "planned": "announced"}.get(one.status, "claimed")
    return f"{verb} by {one.speaker}{', who speaks for the holder' if one.own else ''} ({one.statement})"


def held(rows: tuple[PositionRow, ...], actor: str, width: int) -> Iterator[str]:
    """The positions of an actor and those towards it, one a line."""
    from onrecord.record.listing_positions import RELATIONS

    for one in rows:
        holder = holder_in_words(one.holder, one.unnamed)
        words = f"{RELATIONS[one.relation]} {one.target}"
        marks = [one.status, *(["disputed"] if one.disputed else []), *one.changed]
        said = words if one.holder_id == actor else f"{holder} {words}"
        yield from field(one.id, f"{said} ({'; '.join(marks)})", width)
