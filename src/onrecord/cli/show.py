"""``onrecord show``: one row with all that is known of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import terminal
from onrecord.cli.filters import json_option, record_argument
from onrecord.cli.listings import holder_in_words, readable
from onrecord.cli.output import count, json_line, write_text
from onrecord.cli.terminal import MARKS, WIDTH, field, in_context, spans_text

if TYPE_CHECKING:
    from onrecord.store.schema.rows import DocumentRow, StatementRow
    from onrecord.store.schema.rows_linked import PositionRow, PositionSeenRow
    from onrecord.store.shown.parts import ShownEvidence, ShownPosition
    from onrecord.store.shown.shown import Shown, ShownDocument, ShownStatement, Why

WHY_STATUS = {
    "asserted": "asserted: a report says so in its own name",
    "claimed": "claimed: no report says so in its own name, a speaker does",
    "denied": "denied: whoever speaks of it last says that it is not so",
    "planned": "planned: it is announced, not yet so",
}
DAYS = "the days of the evidence, not its beginning and its end"


def position(shown: ShownPosition, width: int) -> Iterator[str]:
    """A position, how it changed, and every place that tells of it."""
    from onrecord.store.listing.linked import RELATIONS

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
    from onrecord.store.schema.rows import short_said

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
    from onrecord.store.listing.linked import RELATIONS

    for one in rows:
        holder = holder_in_words(one.holder, one.unnamed)
        words = f"{RELATIONS[one.relation]} {one.target}"
        marks = [one.status, *(["disputed"] if one.disputed else []), *one.changed]
        said = words if one.holder_id == actor else f"{holder} {words}"
        yield from field(one.id, f"{said} ({'; '.join(marks)})", width)


DOCUMENT_FIELDS = ("title", "byline", "wire", "translator", "language", "url")
WHY_KIND = {
    "direct": "all of the content stands in quotation marks",
    "indirect": "none of the content stands in quotation marks",
    "mixed": "a part of the content stands in quotation marks",
}
WHY_HIDDEN = {
    "duplicate": "left out of listings: the document is a copy of another",
    "boilerplate": "left out of listings: its outlet repeats the line in many reports",
}
WHY_POLARITY = {
    "asserts": "nothing shows that it is denied, declined, asked, promised or called for",
    "denies": "the speaker says that the content is not so",
    "declines": "the speaker does not say the content",
    "questions": "the speaker asks, or doubts, whether the content is so",
    "promises": "the speaker says what they will do",
    "calls_for": "the speaker wants somebody to do it",
}


@click.command()
@record_argument
@click.argument("id")
@json_option
def show(record: Path, id: str, as_json: bool) -> None:
    """One row of RECORD in full: fields, quoted evidence in context, and why it is as it is.

    ID is of a statement, document, actor, mention, position, story, account, suggestion or decision, as the
    listings
    show it.
    """
    from onrecord.store import open_record

    with open_record(record) as opened:
        shown = opened.show(id)
    if as_json:
        write_text(json_line(dataclasses.asdict(shown)) + "\n")
        return
    width = terminal.terminal_width() or WIDTH
    write_text("".join(line + "\n" for line in _lines(shown, width)))


def _lines(shown: Shown, width: int) -> Iterator[str]:
    from onrecord.cli import accounts, show_actors
    from onrecord.store.shown import parts
    from onrecord.store.shown import shown as kinds

    match shown:
        case kinds.ShownStatement():
            return _statement(shown, width)
        case kinds.ShownDocument():
            return _document(shown, width)
        case kinds.ShownActor():
            return show_actors.actor(shown, width)
        case kinds.ShownMention():
            return show_actors.mention(shown, width)
        case kinds.ShownSuggestion():
            return show_actors.suggestion(shown, width)
        case kinds.ShownStory():
            return show_actors.story(shown, width)
        case kinds.ShownDecision():
            return show_actors.decision(shown, width)
        case parts.ShownPosition():
            return position(shown, width)
        case parts.ShownAccount():
            return accounts.account(shown, width)


def _statement(shown: ShownStatement, width: int) -> Iterator[str]:
    statement = shown.statement
    yield f"{statement.id}  {statement.kind}, {statement.polarity}, confidence {statement.confidence:.2f}"
    yield ""
    if statement.speaker:
        state = f" ({statement.speaker_state})" if statement.speaker_state else ""
        yield from field("speaker", f"{statement.speaker}{state}", width)
    words = "in words" if statement.speaker else "speaker"
    parts = ((words, statement.speaker_text), ("cue", statement.cue), ("content", statement.content))
    for name, value in parts:
        yield from field(name, value or "(none)", width)
    for name, found in (("said", statement.said), ("via", statement.via)):
        if found:
            yield from field(name, found, width)
    yield ""
    yield from where(shown.document, width)
    yield from _marked(shown, width)
    yield from _why(shown, statement, width)
    yield from _tree(shown, width)
    yield from _also(shown, width)


def _marked(shown: ShownStatement, width: int) -> Iterator[str]:
    """The statement in its paragraphs, with marks under its parts."""
    one = shown.statement
    stand = {"speaker": one.speaker_spans, "cue": one.cue_spans, "content": one.content_spans}
    spans = "; ".join(f"{name} {spans_text(found)}" for name, found in stand.items() if found)
    yield from field("characters", spans, width)
    yield ""
    parts = {"speaker": shown.speaker_spans, "cue": shown.cue_spans, "content": shown.content_spans}
    for line in in_context(shown.context, parts, width=min(width, WIDTH) - 2):
        yield "  " + line
    yield ""
    yield "  " + "   ".join(f"{MARKS[name]} {name}" for name in parts)
    yield ""


def _why(shown: ShownStatement, statement: StatementRow, width: int) -> Iterator[str]:
    yield from field("found by", shown.document.reader, width)
    yield from field(statement.kind, WHY_KIND[statement.kind], width)
    chance = f"of statements with this confidence, about {statement.confidence:.0%} are right"
    yield from field("confidence", chance, width)
    for one in shown.why:
        yield from _because(one, shown.document.text, width)
    if not any(one.what == "speaker" for one in shown.why):
        yield from field("speaker", "no actor that the report names could be tied to these words", width)
    if statement.hidden:
        yield from field("hidden", WHY_HIDDEN.get(statement.hidden, statement.hidden), width)
    for decided in shown.decisions:
        yield from field("decided", f"{decided.verb} ({decided.id}, {decided.at})", width)
    for place in shown.locations[1:]:
        yield from field("also at", place, width)


def _because(why: Why, text: str, width: int) -> Iterator[str]:
    """What was decided, by what rule, and the words that show it, in their context."""
    parts = [why.value]
    if why.what == "polarity":
        parts = [f"{why.value.replace('_', ' ')}: {WHY_POLARITY[why.value]}"]
    if why.by:
        parts.append(f"by: {why.by}")
    if why.confidence is not None:
        parts.append(f"confidence {why.confidence:.2f}")
    yield from field(why.what, "; ".join(parts), width)
    for line in in_context(text, {"evidence": why.spans}, width=min(width, WIDTH) - 14, around=50):
        yield f"{'':14}{line}"


def _tree(shown: ShownStatement, width: int) -> Iterator[str]:
    """The statement among those it stands in and those that stand in it."""
    if not shown.tree:
        return
    yield ""
    yield "speech inside speech"
    for depth, one in shown.tree:
        row = readable(dataclasses.asdict(one))
        mark = "→" if one.id == shown.statement.id else " "
        words = f"{row['speaker'] or '…'} [{row['cue']}] {one.content}"
        yield from field(f"{mark} {'  ' * depth}{one.id}", words, width)


def _also(shown: ShownStatement, width: int) -> Iterator[str]:
    """Others that have the same quotation, and how they word it."""
    if not shown.also:
        return
    yield ""
    yield f"the same quotation elsewhere: {count(len(shown.also), 'statement')}"
    for one in shown.also:
        row = one.statement
        said = ", ".join(filter(None, (row.outlet, row.published, row.hidden)))
        yield from field(row.id, f"{said or row.document}: {row.content}", width)
        for each in one.differences:
            here, there = (f"“{words}”" if words else "nothing" for words in (each.here, each.there))
            yield from field("", f"{each.kind}: here {here}, there {there}", width)
        if not one.differences:
            yield from field("", "in the same words", width)


def _copies(shown: ShownDocument, width: int) -> Iterator[str]:
    """What it is a copy of and why, and the documents it shares wording with."""
    document = shown.document
    reason = next((one.reason for one in shown.copies if one.reason), None)
    if document.origin:
        yield from field("copy of", f"{document.origin} ({reason})" if reason else document.origin, width)
    elif document.duplicate_of:
        yield from field("copy of", document.duplicate_of, width)
    elif document.copy_group:
        yield from field("copies", f"it is likely the origin of others ({reason})", width)
    if document.story:
        yield from field("story", document.story, width)
    for one in shown.copies:
        mine, other, outlet = one.first_share, one.second, one.second_outlet
        if other == document.id:
            mine, other, outlet = one.second_share, one.first, one.first_outlet
        said = f"{one.kind}: {mine:.0%} of its words are in {other} ({outlet or 'outlet unknown'})"
        yield from field("shares", said, width)


def _document(shown: ShownDocument, width: int) -> Iterator[str]:
    document = shown.document
    yield f"{document.id}  {document.words:,} words, {len(shown.statements)} statements"
    yield ""
    yield from where(document, width)
    for name in DOCUMENT_FIELDS:
        value = getattr(document, name)
        if value:
            yield from field(name, value, width)
    yield from _dated(document, width)
    yield from _copies(shown, width)
    yield from field("text by", document.extractor, width)
    for place in shown.locations[1:]:
        yield from field("also at", place, width)
    yield ""
    for one in shown.statements:
        row = readable(dataclasses.asdict(one))
        yield from field(one.id, f"{row['speaker'] or '…'} [{row['cue']}] {one.content}", width)
    yield ""
    for paragraph in document.text.split("\n"):
        yield from terminal.wrap(terminal.one_line(paragraph), min(width, WIDTH)) if paragraph else [""]


def _dated(document: DocumentRow, width: int) -> Iterator[str]:
    from onrecord.store.schema.rows import short_said

    if document.published_basis:
        yield from field("dated by", document.published_basis, width)
    elif document.bounded_latest:
        bounds = short_said(document.bounded_earliest, document.bounded_latest, "interval")
        yield from field("published", f"{bounds} ({document.bounded_basis})", width)


def where(document: DocumentRow, width: int) -> Iterator[str]:
    """Which report, of what outlet and day, found where."""
    said = ", ".join(filter(None, (document.outlet, document.published))) or "outlet and date unknown"
    yield from field("document", f"{document.id}  {said}", width)
    yield from field("found at", document.uri, width)
