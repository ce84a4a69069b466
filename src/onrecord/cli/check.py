"""``onrecord check`` and ``onrecord status``: is the record sound, and what does it hold?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.build import quoted
from onrecord.cli.choices import json_option, record_argument
from onrecord.cli.filters import filter_options
from onrecord.cli.output import Output, json_line, output_options, write_rows, write_text
from onrecord.cli.say import count, say
from onrecord.errors import CheckFailed

if TYPE_CHECKING:
    from onrecord.record.rows import Status

PROBLEM = {"table": "text", "id": "text", "problem": "text"}


@click.command()
@record_argument
@output_options
def check(record: Path, output: Output) -> None:
    """Derive every quote of RECORD from its span, and every hash from its bytes, again.

    Each mismatch is a row; if there is any, the exit code is 1.
    """
    from onrecord.record import open_record

    with open_record(record) as opened:
        problems = map(dataclasses.asdict, opened.check())
        found = write_rows(problems, output, shape=PROBLEM, brief=tuple(PROBLEM))
    if found:
        hint = "build the record again from its inputs under a new name"
        raise CheckFailed(f"{record}: {count(found, 'mismatch')}", hint=hint)
    say(f"{record}: every quote and every hash agrees with its source")


@click.command()
@record_argument
@filter_options("count")
@json_option
def status(record: Path, count: Any, as_json: bool) -> None:
    """What RECORD holds: documents, statements, actors, failures, dates, versions."""
    from onrecord.record import open_record

    with open_record(record) as opened:
        found = opened.status(count=count)
    if as_json:
        write_text(json_line(dataclasses.asdict(found)) + "\n")
    else:
        write_text("".join(f"{name:12}  {value}\n" for name, value in _lines(record, found)))


def _lines(record: Path, found: Status) -> Iterator[tuple[str, str]]:
    yield (
        "documents",
        f"{found.documents:,} (copies {found.copied:,}, of these exact {found.duplicates:,}; "
        f"independent {found.independent:,}, of {count(found.sources, 'outlet')}; "
        f"without a date {found.undated:,})",
    )
    yield (
        "statements",
        f"{found.statements:,} (and {found.hidden:,} not listed: in copies and repeated lines)",
    )
    yield "kinds", _counts(found.kinds)
    yield "polarity", _counts(found.polarities)
    yield "actors", _actors(record, found)
    yield "accounts", _accounts(found)
    yield "outlets", _counts(found.outlets)
    if found.earliest:
        yield "published", f"{found.earliest} to {found.latest}"
    yield (
        "failures",
        f"{found.failures:,}" + (f" (onrecord failures {quoted(record)})" if found.failures else ""),
    )
    yield "read by", _counts(found.readers)
    yield "text by", _counts(found.extractors)
    yield "runs", f"{found.runs:,}" + ("" if found.finished else "; the last did not finish: run it again")


def _accounts(found: Status) -> str:
    if not found.judge:
        return "none: no model of pairs has judged this record"
    return f"{found.accounts:,} (disputed {found.disputed:,}; judged by {found.judge})"


def _actors(record: Path, found: Status) -> str:
    text = f"{found.actors:,}" + (f" ({_counts(found.actor_kinds)})" if found.actors else "")
    if found.suggestions:
        these = f"{quoted(record)} --suggestions"
        text += f"; {count(found.suggestions, 'pair')} may be one (onrecord actors {these})"
    return text + (f"; {count(found.decisions, 'decision')}" if found.decisions else "")


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name or 'unknown'} {number:,}" for name, number in found.items()) or "none"
