"""``onrecord failures``: what could not be read, and trying again."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.build import finish
from onrecord.cli.choices import record_argument
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, output_options
from onrecord.cli.progress import progress

FAILURES = ("uri", "stage", "reason", "hint")


@click.command()
@record_argument
@click.option("--retry", is_flag=True, help="Read these inputs, and only these, again.")
@click.option("--all", "everything", is_flag=True, help="Also what has been read since.")
@click.option("--strict", is_flag=True, help="With --retry: end with exit code 1 if any still fails.")
@output_options
def failures(record: Path, output: Output, retry: bool, everything: bool, strict: bool) -> int:
    """What could not be read: where it is, why not, and what to do next."""
    if retry:
        return _retry(record, strict=strict)
    import onrecord
    from onrecord.record.rows import FailureRow

    with onrecord.open(record) as opened:
        found = opened.failures(resolved=everything)
        write_listing(found, output, FailureRow, FAILURES, noun="failure")
    return 0


def _retry(record: Path, *, strict: bool) -> int:
    from onrecord.build import retry_failures

    with progress("documents") as report_progress:
        report = retry_failures(record, progress=report_progress)
    return finish(record, report, strict=strict)
