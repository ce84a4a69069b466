"""``onrecord export`` and ``onrecord serve``: the record as files, and in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import build_settings, record_argument
from onrecord.cli.output import NamedPath, say


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
    from onrecord.store import open_record

    chosen = [name.strip() for name in formats.split(",")]
    with open_record(record) as opened:
        for path in write(opened, to, formats=chosen):
            say(str(path))


@click.command()
@record_argument
@click.option("--edit", is_flag=True, help="Let who opens the printed address merge, rename, reject, add ...")
@click.option("-p", "--port", type=click.IntRange(0, 65535), help="Port; default: 8484, or a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Answer under this name too, with or without a port, as of a proxy; repeat for several.",
)
@click.option("-o", "--open", "browse", is_flag=True, help="Open it in a browser.")
def serve(
    record: Path, edit: bool, port: int | None, host: str, allowed: tuple[str, ...], browse: bool
) -> None:
    """Look at RECORD in a browser: overview, timeline, statements, actors, accounts, reports.

    It listens on this machine only, and changes nothing without --edit. With --host 0.0.0.0 it is reached
    at every address of this machine. Ctrl+C ends it.
    """
    from onrecord.web.server import serve as run

    def ready(address: str) -> None:
        say(f"{record.name} is at {address}")
        if host not in ("127.0.0.1", "localhost", "::1"):
            every = host in ("0.0.0.0", "::")
            if every:
                say("So it is at every other address of this machine: put that in its place.")
            say(f"Anyone who reaches {'one of them' if every else 'this address'} can read the record.")
        say("Ctrl+C ends it.")

    settings = build_settings() if edit else None
    run(
        record,
        host=host,
        port=port,
        edit=edit,
        browse=browse,
        settings=settings,
        ready=ready,
        allowed=allowed,
    )
