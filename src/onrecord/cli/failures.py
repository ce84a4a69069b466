"""``onrecord failures``: what could not be read, and trying again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.cli.build import finish
from onrecord.cli.choices import build_settings, reading_options, record_argument, working_options
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, output_options
from onrecord.cli.progress import progress
from onrecord.cli.say import say

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
    from onrecord.record import open_record
    from onrecord.record.rows import FailureRow

    with open_record(record) as opened:
        found = opened.failures(resolved=everything)
        write_listing(found, output, FailureRow, FAILURES, noun="failure")
    return 0


def _retry(record: Path, *, strict: bool, flags: dict[str, Any]) -> int:
    from onrecord.build import retry_failures

    with progress(("-",)) as tell:
        report = retry_failures(record, settings=build_settings(**flags), progress=tell)
    if not report.new + report.unchanged + report.failed:
        say(f"{record}: nothing to read again")
        return 0
    return finish(record, report, strict=strict)
