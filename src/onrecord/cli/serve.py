"""``onrecord serve``: the record in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.choices import build_settings, record_argument
from onrecord.cli.say import say


@click.command()
@record_argument
@click.option("--edit", is_flag=True, help="Let who opens the printed address merge, rename, reject, add ...")
@click.option("-p", "--port", type=click.IntRange(0, 65535), help="Port; default: 8484, or a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("-o", "--open", "browse", is_flag=True, help="Open it in a browser.")
def serve(record: Path, edit: bool, port: int | None, host: str, browse: bool) -> None:
    """Look at RECORD in a browser: overview, timeline, statements, actors, accounts, reports.

    It listens on this machine only, and changes nothing without --edit. Ctrl+C ends it.
    """
    from onrecord.web.server import serve as run

    def ready(address: str) -> None:
        say(f"{record.name} is at {address}")
        if host not in ("127.0.0.1", "localhost", "::1"):
            say("Anyone who reaches this address can read the record.")
        say("Ctrl+C ends it.")

    settings = build_settings() if edit else None
    run(record, host=host, port=port, edit=edit, browse=browse, settings=settings, ready=ready)
