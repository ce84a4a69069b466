"""``onrecord check``, ``status``, ``failures`` and ``decide``: the state of a record, and what a person
puts right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.build import finish, progress, quoted
from onrecord.cli.filters import (
    build_settings,
    filter_options,
    json_option,
    reading_options,
    record_argument,
    working_options,
)
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, count, json_line, output_options, say, write_rows, write_text
from onrecord.errors import CheckFailed, NotARecord, UsageError

if TYPE_CHECKING:
    from onrecord.store.schema.rows import Problem, Status
    from onrecord.values import Decision

DECISIONS = ("id", "at", "verb", "targets", "value", "note", "undone_by")


@click.command()
@record_argument
@click.argument(
    "verb", type=click.Choice(["merge", "split", "rename", "reject", "confirm", "undo", "list", "import"])
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--note", metavar="TEXT", help="Why, for those who come later.")
@output_options
def decide(record: Path, verb: Any, targets: tuple[str, ...], note: str | None, output: Output) -> None:
    """Decide on actors and statements of RECORD; every later build keeps to it.

    \b
    merge ACTOR ACTOR...               these are one
    split ACTOR DOCUMENT|MENTION...    there it is somebody else
    rename ACTOR "New Name"            list it under this name
    reject ID                          a statement or actor is wrong; a suggestion is not so
    confirm ID                         a statement or actor is right; a suggestion is so
    undo DECISION                      take a decision back; undo that to do it again
    list                               all decisions
    import FILE                        those of an export (decisions.jsonl) of another record

    TARGETs are ids, or beginnings that only one id has.
    """
    if verb == "list":
        _list(record, output)
        return
    if verb == "import":
        _import(record, targets)
        return
    from onrecord.derive.decide import decide as make

    made = make(record, verb, *targets, note=note)
    say(f"{_done(record, made)}\n  to take it back: onrecord decide {quoted(record)} undo {made.id}")


def _list(record: Path, output: Output) -> None:
    from onrecord.store import open_record
    from onrecord.store.schema.rows import DecisionRow

    with open_record(record) as opened:
        write_listing(opened.decisions(), output, DecisionRow, DECISIONS, noun="decision")


def _import(record: Path, files: tuple[str, ...]) -> None:
    from onrecord.derive.decide import carry_decisions

    if len(files) != 1:
        raise UsageError(
            f"import takes one file, not {len(files)}",
            hint=f"onrecord decide {quoted(record)} import FOLDER/decisions.jsonl",
        )
    carried = carry_decisions(record, files[0])
    say(f"{count(carried.added, 'decision')} added, {carried.known:,} there already")
    if carried.lost:
        say(f"  not found here, and left out: {', '.join(carried.lost)}")


def _done(record: Path, made: Decision) -> str:
    """What came of a decision, in one line."""
    from onrecord.store import open_record

    first = made.targets[0]
    if made.verb in ("reject", "confirm") and first.startswith("s_"):
        what = "left out of listings from now on" if made.verb == "reject" else "marked as right"
        return f"{first} is {what}"
    with open_record(record) as opened:
        actors = opened.actors_of(made.anchors)
    now = " and ".join(f"{one.name} ({one.id}, {one.documents:,} documents)" for one in actors) or "nothing"
    match made.verb:
        case "merge":
            return f"one actor: {now}"
        case "split":
            return f"an actor of its own: {now}"
        case "rename":
            return f"listed as {now}"
        case "undo":
            return f"{first} is taken back"
        case "reject":
            return f"rejected: {now}" if first.startswith("a_") else f"kept apart: {now}"
        case _:
            return f"confirmed: {now}"


FAILURES = ("uri", "stage", "reason", "hint")


@click.command()
@record_argument
@click.option("--retry", is_flag=True, help="Read these inputs, and only these, again.")
@click.option("--all", "everything", is_flag=True, help="Also what has been read since.")
@click.option("--strict", is_flag=True, help="With --retry: end with exit code 1 if any still fails.")
@reading_options
@working_options
@output_options
def failures(record: Path, output: Output, retry: bool, everything: bool, strict: bool, **flags: Any) -> int:
    """What could not be read: where it is, why not, and what to do next."""
    if retry:
        return _retry(record, strict=strict, flags=flags)
    from onrecord.store import open_record
    from onrecord.store.schema.rows import FailureRow

    with open_record(record) as opened:
        found = opened.failures(resolved=everything)
        write_listing(found, output, FailureRow, FAILURES, noun="failure")
    return 0


def _retry(record: Path, *, strict: bool, flags: dict[str, Any]) -> int:
    from onrecord.building import retry_failures

    with progress(("-",)) as tell:
        report = retry_failures(record, settings=build_settings(**flags), progress=tell)
    if not report.new + report.unchanged + report.failed:
        say(f"{record}: nothing to read again")
        return 0
    return finish(record, report, strict=strict)


LEFT_OUT = (
    "not worked out again: who speaks, polarity, times, actors, copies, stories, positions, accounts; "
    "onrecord check --again does that"
)

PROBLEM = {
    "table": "text",
    "id": "text",
    "problem": "text",
    "column": "text",
    "stands": "text",
    "should": "text",
}
BRIEF = ("table", "id", "problem")


@click.command()
@record_argument
@click.option("--again", is_flag=True, help="Also make the record again from what it keeps, and compare.")
@working_options
@output_options
def check(record: Path, output: Output, again: bool, **flags: Any) -> None:
    """Derive every quote of RECORD from its span, and every hash from its bytes, again.

    Each mismatch is a row; if there is any, the exit code is 1. With --again all reports are read and linked
    once more in a temporary folder, decisions are replayed, and every value of every row is compared: that
    takes as long as a build. Of a damaged record it is told where it is damaged.
    """
    from onrecord.store.file.check import check_path
    from onrecord.store.file.connection import what_to_do

    wrong: set[str] = set()  # tables
    notes: list[str] = []  # what is not compared

    def note(words: str) -> None:
        notes.append(words)
        say(words)

    try:
        if again:
            from onrecord.again import check_again

            with progress(("-",)) as tell:
                problems = check_again(record, settings=build_settings(**flags), progress=tell, note=note)
                found = _written(problems, output, wrong)
        else:
            found = _written(check_path(record), output, wrong)
    except NotARecord as error:
        raise CheckFailed(str(error), hint=error.hint) from error
    if found:
        hint = what_to_do(record, check=False, decisions=wrong.isdisjoint(("file", "decision", "meta")))
        raise CheckFailed(f"{record}: {count(found, 'mismatch')}", hint=hint)
    say(f"{record}: every quote and every hash agrees with its source")
    compared = "value compared" if notes else "value"
    say(f"  and every {compared} is the same when the record is made again" if again else f"  {LEFT_OUT}")


def _written(problems: Iterator[Problem], output: Output, wrong: set[str]) -> int:
    """Write ``problems``, adding their tables to ``wrong``; returns how many."""

    def rows() -> Iterator[dict[str, Any]]:
        for one in problems:
            wrong.add(one.table)
            yield dataclasses.asdict(one)

    return write_rows(rows(), output, shape=PROBLEM, brief=BRIEF)


@click.command()
@record_argument
@filter_options("count")
@json_option
def status(record: Path, count: Any, as_json: bool) -> None:
    """What RECORD holds: documents, statements, actors, failures, dates, versions."""
    from onrecord.store import open_record

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
    if found.log:
        yield (
            "log",
            f"{record.name}.wal, {count(found.log, 'byte')}: left by a process that was killed or had no "
            "room. What it holds counts: keep it beside the record; the next build or decision takes it in",
        )


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
