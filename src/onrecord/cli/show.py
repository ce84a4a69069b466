"""``onrecord show``: one statement or document, its evidence in context, and why it is there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import table
from onrecord.cli.carets import MARKS, in_context
from onrecord.cli.choices import json_option, record_argument
from onrecord.cli.output import json_line, write_text

if TYPE_CHECKING:
    from onrecord.record.rows import DocumentRow, Shown, StatementRow

WIDTH = 88  # of the context in a pipe; wider lines are hard to follow
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


@click.command()
@record_argument
@click.argument("id")
@json_option
def show(record: Path, id: str, as_json: bool) -> None:
    """One statement or document of RECORD: fields, quoted evidence in context, and why it is there.

    ID is what the first column of "onrecord statements" and "onrecord documents" shows.
    """
    from onrecord.record import open_record

    with open_record(record) as opened:
        shown = opened.show(id)
    if as_json:
        write_text(json_line(dataclasses.asdict(shown)) + "\n")
        return
    width = table.terminal_width() or WIDTH
    lines = _statement(shown, shown.statement, width) if shown.statement else _document(shown, width)
    write_text("".join(line + "\n" for line in lines))


def _statement(shown: Shown, statement: StatementRow, width: int) -> Iterator[str]:
    yield f"{statement.id}  {statement.kind}, confidence {statement.confidence:.2f}"
    yield ""
    for name in ("speaker", "cue", "content"):
        yield from _field(name, getattr(statement, f"{name}_text") or "(none)", width)
    yield ""
    yield from _where(shown.document, width)
    spans = "; ".join(
        f"{name} {_spans(getattr(statement, name))}" for name in MARKS if getattr(statement, name)
    )
    yield from _field("characters", spans, width)
    yield ""
    parts = {"speaker": shown.speaker, "cue": shown.cue, "content": shown.content}
    for line in in_context(shown.context, parts, width=min(width, WIDTH) - 2):
        yield "  " + line
    yield ""
    yield "  " + "   ".join(f"{mark} {name}" for name, mark in MARKS.items())
    yield ""
    yield from _why(shown, statement, width)


def _why(shown: Shown, statement: StatementRow, width: int) -> Iterator[str]:
    yield from _field("found by", shown.document.reader, width)
    yield from _field(statement.kind, WHY_KIND[statement.kind], width)
    chance = f"of statements with this confidence, about {statement.confidence:.0%} are right"
    yield from _field("confidence", chance, width)
    if statement.hidden:
        yield from _field("hidden", WHY_HIDDEN.get(statement.hidden, statement.hidden), width)
    for place in shown.locations[1:]:
        yield from _field("also at", place, width)


def _document(shown: Shown, width: int) -> Iterator[str]:
    yield f"{shown.document.id}  {shown.document.words:,} words, {len(shown.statements)} statements"
    yield ""
    yield from _where(shown.document, width)
    for name in DOCUMENT_FIELDS:
        value = getattr(shown.document, name)
        if value:
            yield from _field(name, value, width)
    if shown.document.published_basis:
        yield from _field("dated by", shown.document.published_basis, width)
    if shown.document.duplicate_of:
        yield from _field("copy of", shown.document.duplicate_of, width)
    yield from _field("text by", shown.document.extractor, width)
    for place in shown.locations[1:]:
        yield from _field("also at", place, width)
    yield ""
    for one in shown.statements:
        yield from _field(one.id, f"{one.speaker_text or '…'} [{one.cue_text}] {one.content_text}", width)
    yield ""
    for paragraph in shown.context.split("\n"):
        yield from table.wrap(table.one_line(paragraph), min(width, WIDTH)) if paragraph else [""]


def _where(document: DocumentRow, width: int) -> Iterator[str]:
    said = ", ".join(filter(None, (document.outlet, document.published))) or "outlet and date unknown"
    yield from _field("document", f"{document.id}  {said}", width)
    yield from _field("found at", document.uri, width)


def _field(name: str, value: str, width: int) -> Iterator[str]:
    """A name and its value, wrapped beside it."""
    name = name.ljust(12)
    for number, line in enumerate(table.wrap(table.one_line(value), max(20, width - len(name) - 2))):
        yield f"{'' if number else name:{len(name)}}  {line}".rstrip()


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{a}-{b}" for a, b in spans)
