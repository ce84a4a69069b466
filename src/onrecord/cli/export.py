"""``onrecord export``: the record as files."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.choices import record_argument
from onrecord.cli.say import say
from onrecord.errors import UsageError

FORMATS = ("csv", "jsonl", "parquet")


@click.command()
@record_argument
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Folder for the files, made if needed.",
)
@click.option(
    "--format", "formats", default="csv", metavar="F,...", help="csv, jsonl, parquet; default: csv."
)
def export(record: Path, to: Path, formats: str) -> None:
    """Write the documents, statements and all else of RECORD to files in FOLDER."""
    import onrecord
    from onrecord.export import export as write

    with onrecord.open(record) as opened:
        for path in write(opened, to, formats=_formats(formats)):
            say(str(path))


def _formats(typed: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(name.strip() for name in typed.split(",")))
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown:
        raise UsageError(
            f"--format: no such format: {', '.join(unknown)}", hint="formats: " + ", ".join(FORMATS)
        )
    return chosen
