"""``onrecord build``, and how far it is: a bar where the total is known, a counter where not, silence in a
pipe."""

from __future__ import annotations

import itertools
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filters import build_settings, reading_options, record_argument, working_options
from onrecord.cli.output import count, say, say_error
from onrecord.errors import NothingReadable

if TYPE_CHECKING:
    from onrecord.building import BuildReport, Progress

ONE_REPORT = {".txt", ".html", ".htm", ".xhtml", ".md"}  # files of these names hold one report each
MOST_COUNTED = 1_000_000  # files looked at in advance


@contextmanager
def progress(inputs: Sequence[str]) -> Iterator[Callable[[Progress], None] | None]:
    """What to call with the progress of a build of ``inputs``; it draws on standard error.

    None, and nothing is drawn, where that is no terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    total = expected(inputs)
    columns = [TextColumn("{task.description}"), TimeElapsedColumn()]
    if total is not None:
        columns[1:] = [BarColumn(), TimeRemainingColumn(), TextColumn("left")]
    with Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda now: bar.update(task, completed=now.documents, description=described(now, total))


def described(now: Progress, total: int | None) -> str:
    """The words beside the bar."""
    if now.stage == "finishing":
        return f"{now.documents:,} documents read, working out copies, dates and actors"
    of = f" of {total:,}" if total is not None and total >= now.documents else ""
    failed = f", {now.failed:,} failed" if now.failed else ""
    return f"{now.documents:,}{of} documents{failed}"


def expected(inputs: Sequence[str]) -> int | None:
    """How many reports ``inputs`` hold, if that can be told from the names of the files."""
    from onrecord.sources.inputs import walk

    if "-" in inputs:
        return None
    total = 0
    for place in itertools.islice(itertools.chain.from_iterable(map(walk, inputs)), MOST_COUNTED):
        if place.problem is None:
            if place.path.suffix.lower() not in ONE_REPORT:
                return None
            total += 1
    return total if total < MOST_COUNTED else None


@click.command()
@record_argument
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@reading_options
@working_options
@click.option("--strict", is_flag=True, help="End with exit code 1 if any document failed.")
def build(record: Path, inputs: tuple[str, ...], strict: bool, **flags: Any) -> int:
    """Read INPUTs into RECORD, a file that is made if it is not there.

    An INPUT is a file, a folder (with all in it), a pattern or - for standard input: HTML, plain text,
    Markdown, JSONL, CSV, RSS or Atom, WARC, each also gzipped or in a zip. Building again reads only what is
    new. What cannot be read is listed by "onrecord failures".
    """
    from onrecord.building import build as build_record

    settings = build_settings(**flags)
    with progress(inputs) as tell:
        report = build_record(record, inputs, settings=settings, progress=tell, stdin=sys.stdin.buffer)
    return finish(record, report, strict=strict)


@click.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@working_options
def rebuild(old: Path, new: Path, **flags: Any) -> int:
    """Make a record NEW of the originals that OLD keeps, also where OLD is of an earlier version.

    Every report is read anew, as the run that read it was told to; what persons decided is carried over.
    OLD stays as it is.
    """
    from onrecord.again import rebuild as make

    with progress(()) as tell:
        report, carried = make(old, new, settings=build_settings(**flags), progress=tell)
    code = finish(new, report, strict=False)
    if carried.added or carried.lost:
        say(f"{count(carried.added, 'decision')} carried over")
    if carried.lost:
        say(f"  not found in the new record, and left out: {', '.join(carried.lost)}")
    return code


def finish(record: Path, report: BuildReport, *, strict: bool) -> int:
    """Say what a build did in one line; the exit code that follows."""
    if not report.new + report.unchanged:
        raise nothing_readable(record, report)
    say(summary(record, report))
    return 1 if strict and report.failed else 0


def nothing_readable(record: Path, report: BuildReport) -> NothingReadable:
    """The error of a build that read nothing, once the reasons are said."""
    for one in report.first_failures:
        say_error(f"{one.uri}: {one.reason}", one.hint)
    more = report.failed - len(report.first_failures)
    if more:
        say(f"... and {more:,} more")
    if not record.exists():
        return NothingReadable("nothing in the input could be read, and no record was made")
    hint = f"onrecord failures {quoted(record)} lists the reasons"
    return NothingReadable("nothing in the input could be read; the record has what it had", hint=hint)


def summary(record: Path, report: BuildReport) -> str:
    """The one line a build ends with; its parts add up to the documents."""
    documents = report.new + report.unchanged + report.failed
    parts = [f"{report.new - report.duplicates:,} new", f"{report.unchanged:,} unchanged"]
    if report.duplicates:
        parts.append(count(report.duplicates, "duplicate"))
    if report.failed:
        parts.append(f"{report.failed:,} failed (onrecord failures {quoted(record)})")
    return f"{count(documents, 'document')}: {', '.join(parts)}"


def quoted(path: Path) -> str:
    """A path as it can be typed."""
    return shlex.quote(str(path))
