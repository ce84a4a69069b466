"""``onrecord build``: reports into a record."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.choices import choices, read_settings, reading_options
from onrecord.cli.progress import progress
from onrecord.cli.say import count, say
from onrecord.errors import NothingReadable

if TYPE_CHECKING:
    from onrecord.build import BuildReport


@click.command()
@click.argument("record", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@reading_options
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read at the same time."
)
@click.option("--strict", is_flag=True, help="End with exit code 1 if any document failed.")
def build(record: Path, inputs: tuple[str, ...], workers: int | None, strict: bool, **flags: Any) -> int:
    """Read INPUTs into RECORD, a file that is made if it is not there.

    An INPUT is a file, a folder (with all in it), a pattern or - for standard input: HTML, plain text,
    Markdown, JSONL, CSV, RSS or Atom, WARC, each also gzipped or in a zip. Building again reads only what is
    new. What cannot be read is listed by "onrecord failures".
    """
    from onrecord.build import build as build_record

    with progress("documents") as report_progress:
        report = build_record(
            record,
            inputs,
            settings=read_settings(**flags),
            workers=choices(workers=workers)["workers"],
            progress=report_progress,
        )
    return finish(record, report, strict=strict)


def finish(record: Path, report: BuildReport, *, strict: bool) -> int:
    """Say what a build did in one line; the exit code that follows."""
    say(summary(record, report))
    if not report.documents:
        raise NothingReadable(
            "nothing in the input could be read", hint=f"onrecord failures {quoted(record)}"
        )
    return 1 if strict and report.failed else 0


def summary(record: Path, report: BuildReport) -> str:
    """The one line a build ends with."""
    parts = [f"{report.new:,} new", f"{report.unchanged:,} unchanged"]
    if report.duplicates:
        parts.append(count(report.duplicates, "duplicate"))
    if report.failed:
        parts.append(f"{report.failed:,} failed (onrecord failures {quoted(record)})")
    return f"{count(report.documents, 'document')}: {', '.join(parts)}"


def quoted(path: Path) -> str:
    """A path as it can be typed."""
    return shlex.quote(str(path))
