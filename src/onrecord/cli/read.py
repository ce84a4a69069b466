"""``onrecord read``: reports read once, without a record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import click

from onrecord.cli.carets import quoted
from onrecord.cli.choices import build_settings, reading_options
from onrecord.cli.output import Output, Row, output_options, write_rows
from onrecord.cli.say import count, say_error, say_on_terminal
from onrecord.errors import NothingReadable
from onrecord.values import Failure, Reading, Statement

STATEMENT = {
    "uri": "text",
    "speaker_text": "text",
    "cue_text": "text",
    "content_text": "text",
    "kind": "text",
    "confidence": "real",
    "speaker": "spans",
    "cue": "spans",
    "content": "spans",
}
BRIEF = ("kind", "confidence", "speaker_text", "cue_text", "content_text")
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
        rows = (_statement(reading, one) for reading in readings for one in reading.statements)
        written = write_rows(rows, output, shape=STATEMENT, brief=BRIEF)
        say_on_terminal(count(written, "statement"))
    if not tally.read:
        raise NothingReadable("nothing in the input could be read", hint="see the reasons above")
    return 1 if strict and tally.failed else 0


def _readings(
    inputs: tuple[str, ...], *, as_is: bool, flags: dict[str, Any], tally: _Tally
) -> Iterator[Reading]:
    from onrecord.reading.one import read_one
    from onrecord.sources import find

    settings = build_settings(as_is=as_is, **flags)
    for raw in find(inputs, settings=settings.sources, stdin=sys.stdin.buffer):
        found = raw if isinstance(raw, Failure) else read_one(raw, settings=settings.reading)
        if isinstance(found, Failure):
            tally.failed += 1
            say_error(f"{found.uri}: {found.reason}", found.hint)
        else:
            tally.read += 1
            yield found


def _document(reading: Reading) -> Row:
    said = [
        {name: getattr(one, name) for name in ("speaker", "cue", "content", "kind", "confidence")}
        for one in reading.statements
    ]
    return {"uri": reading.document.uri, "text": reading.document.text, "statements": said}


def _statement(reading: Reading, one: Statement) -> Row:
    text = reading.document.text
    return {
        "uri": reading.document.uri,
        "speaker_text": quoted(text, one.speaker),
        "cue_text": quoted(text, one.cue),
        "content_text": quoted(text, one.content),
        "kind": one.kind,
        "confidence": one.confidence,
        "speaker": one.speaker,
        "cue": one.cue,
        "content": one.content,
    }
