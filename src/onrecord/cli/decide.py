"""``onrecord decide``: a person's edits, each of them kept and undoable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.build import quoted
from onrecord.cli.filters import record_argument
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, count, output_options, say
from onrecord.errors import UsageError

if TYPE_CHECKING:
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
    from onrecord.store.rows import DecisionRow

    with open_record(record) as opened:
        write_listing(opened.decisions(), output, DecisionRow, DECISIONS, noun="decision")


def _import(record: Path, files: tuple[str, ...]) -> None:
    from onrecord.derive.carry import carry_decisions

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
