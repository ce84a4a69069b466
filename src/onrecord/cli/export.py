"""``onrecord export``: the record as files."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.choices import record_argument
from onrecord.cli.paths import NamedPath
from onrecord.cli.say import say


@click.command()
@record_argument
@click.option(
    "--to",
    type=NamedPath(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Folder for the files, made if needed.",
)
@click.option(
    "--format",
    "formats",
    default="csv",
    metavar="F,...",
    help="csv, jsonl, parquet: rows; markdown, html: a dossier to read; default: csv.",
)
def export(record: Path, to: Path, formats: str) -> None:
    """Write documents, statements, actors and all else of RECORD, or a dossier of it, to files in FOLDER.

    The same reports give the same bytes, on any machine.
    """
    from onrecord.export import export as write
    from onrecord.record import open_record

    chosen = [name.strip() for name in formats.split(",")]
    with open_record(record) as opened:
        for path in write(opened, to, formats=chosen):
            say(str(path))
