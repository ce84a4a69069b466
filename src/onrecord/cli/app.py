"""The group of all commands."""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.cli import accounts, build, check, doctor, export, listings, read, show


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def onrecord() -> None:
    """Read news reports into a record anyone can check: who said what, in which words.

    \b
    onrecord build affair.duckdb reports/       read reports into a record
    onrecord statements affair.duckdb           who said what
    onrecord actors affair.duckdb               who they are, and what they are called
    onrecord timeline affair.duckdb             what was said when
    onrecord positions affair.duckdb            who recognizes, supports, opposes whom
    onrecord accounts affair.duckdb             where reports and speakers agree or clash
    onrecord show affair.duckdb ID              one statement in its context
    onrecord check affair.duckdb                every quote against its source
    onrecord serve affair.duckdb                all of it in a browser
    """


for _command in (
    build.build,
    build.rebuild,
    read.read,
    listings.statements,
    listings.timeline,
    listings.actors,
    listings.mentions,
    listings.documents,
    accounts.accounts,
    listings.stories,
    listings.positions,
    listings.copies,
    listings.dropped,
    check.failures,
    show.show,
    check.status,
    check.check,
    check.decide,
    export.export,
    export.serve,
    doctor.evaluate,
    doctor.doctor,
):
    onrecord.add_command(_command)
