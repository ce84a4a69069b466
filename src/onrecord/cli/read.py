"""``onrecord read``: reports read once, without a record."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import click

from onrecord.cli.filters import build_settings, reading_options
from onrecord.cli.listings import readable
from onrecord.cli.output import Output, Row, output_options, say_count, say_error, write_rows
from onrecord.cli.terminal import quoted
from onrecord.errors import NothingReadable
from onrecord.values import Failure, RawDocument, Reading, Statement

STATEMENT = {
    "uri": "text",
    "speaker": "text",
    "speaker_text": "text",
    "cue": "text",
    "content": "text",
    "kind": "text",
    "polarity": "text",
    "said": "text",
    "confidence": "real",
    "speaker_spans": "spans",
    "cue_spans": "spans",
    "content_spans": "spans",
}
BRIEF = ("kind", "confidence", "speaker", "cue", "content")
DOCUMENT = {"uri": "text", "text": "text", "statements": "texts"}


@dataclass(slots=True)
class _Tally:
    read: int = 0
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--as-is", is_flag=True, help="Leave the text exactly as it is, so that offsets fit the file.")
@reading_options
@click.option("--strict", is_flag=True, help="End with exit code 1 if any document failed.")
@output_options
def read(inputs: tuple[str, ...], output: Output, as_is: bool, strict: bool, **flags: Any) -> int:
    """Read INPUTs and show their statements, without making a record.

    INPUTs are what "onrecord build" takes; - is standard input. With --jsonl (and --json) there is one object
    for each document, with its text and the offsets of every speaker, cue and content in it.
    """
    tally = _Tally()
    readings = _readings(inputs, as_is=as_is, flags=flags, tally=tally)
    if output.form in ("json", "jsonl"):
        write_rows(map(_document, readings), output, shape=DOCUMENT, brief=())
    else:
        rows: Iterable[Row] = (_statement(reading, one) for reading in readings for one in reading.statements)
        if output.form == "table" and not output.columns:
            rows = map(readable, rows)
        written = write_rows(rows, output, shape=STATEMENT, brief=BRIEF)
        if tally.read:
            say_count(written, "statement")
    if not tally.read:
        raise NothingReadable("nothing in the input could be read", hint="see the reasons above")
    return 1 if strict and tally.failed else 0


def _readings(
    inputs: tuple[str, ...], *, as_is: bool, flags: dict[str, Any], tally: _Tally
) -> Iterator[Reading]:
    from onrecord.building import read_by
    from onrecord.sources import find

    settings = replace(build_settings(as_is=as_is, **flags), workers=0)

    def failed(failure: Failure) -> None:
        tally.failed += 1
        say_error(f"{failure.uri}: {failure.reason}", failure.hint)

    def reports() -> Iterator[RawDocument]:
        for one in find(inputs, settings=settings.sources, stdin=sys.stdin.buffer):
            if isinstance(one, Failure):
                failed(one)
            else:
                yield one

    for _, found in read_by(settings, reports()):
        if isinstance(found, Failure):
            failed(found)
        else:
            tally.read += 1
            yield found


def _document(reading: Reading) -> Row:
    same = ("speaker", "cue", "content", "kind", "confidence", "id", "parent")
    said = [
        {
            **{name: getattr(one, name) for name in same},
            "speaker_name": _speaker(reading, one),
            "polarity": one.stance.polarity,
            "said": _said(one),
        }
        for one in reading.statements
    ]
    return {"uri": reading.document.uri, "text": reading.document.text, "statements": said}


def _statement(reading: Reading, one: Statement) -> Row:
    text = reading.document.text
    return {
        "uri": reading.document.uri,
        "speaker": _speaker(reading, one),
        "speaker_text": quoted(text, one.speaker),
        "cue": quoted(text, one.cue),
        "content": quoted(text, one.content),
        "kind": one.kind,
        "polarity": one.stance.polarity,
        "said": _said(one),
        "confidence": one.confidence,
        "speaker_spans": one.speaker,
        "cue_spans": one.cue,
        "content_spans": one.content,
    }


def _speaker(reading: Reading, one: Statement) -> str | None:
    """The fullest names of the report for who speaks."""
    names = {entity.number: entity.name for entity in reading.entities}
    return "; ".join(dict.fromkeys(filter(None, (names.get(who.entity) for who in one.speakers)))) or None


def _said(one: Statement) -> str | None:
    from onrecord.store.schema.rows import short_said

    meant = one.said and one.said.interval
    return short_said(meant.earliest, meant.latest, meant.precision) if meant else None
