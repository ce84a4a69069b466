"""Serving the app on this machine. The only module that imports uvicorn."""

from __future__ import annotations

import errno
import re
import socket
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

import uvicorn

from onrecord.building import BuildSettings
from onrecord.errors import UsageError
from onrecord.store import open_record
from onrecord.web.app import app_of
from onrecord.web.guard import Key

HOST = "127.0.0.1"
PORT = 8484
# What means every address of this machine, and one of these to reach it at from here.
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_NAME = re.compile(r"(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d+)?|[\da-fA-F:.]+")


def serve(
    path: Path,
    *,
    host: str = HOST,
    port: int | None = None,
    edit: bool = False,
    browse: bool = False,
    settings: BuildSettings | None = None,
    ready: Callable[[str], None] = print,
    allowed: Sequence[str] = (),
) -> None:
    """Serve the record at ``path`` until interrupted.

    Args:
        path: the record.
        host: the address to listen at; anything but a local one lets others read the record.
        port: None: 8484, or a free one if that is taken; 0: any free one.
        edit: whether who opens the printed address may change the record.
        browse: also open it in a browser.
        settings: how reports that are added are read.
        ready: told the address once connections are taken.
        allowed: names, with or without a port, under which it answers too: of this machine, or of a proxy.

    Raises:
        UsageError: there is no such record, or the port cannot be had.
        RecordLocked, RecordVersion: see ``open_record``.
    """
    for name in allowed:
        if not _NAME.fullmatch(name):
            hint = "give it as in an address, without http://: desk.example or desk.example:8080"
            raise UsageError(f"{name} is no name to answer under", hint=hint)
    open_record(path).close()
    listening = _listening(host, port)
    number = listening.getsockname()[1]
    key = Key() if edit else None
    reached = _ANY.get(host, host)
    shown = f"[{reached}]" if ":" in reached else reached
    address = f"http://{shown}:{number}/" + (f"?key={key.text}" if key else "")
    app = app_of(path, host=host, port=number, key=key, settings=settings, allowed=allowed)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", proxy_headers=False
    )
    server = uvicorn.Server(config)
    ready(address)
    if browse:
        Timer(0.3, webbrowser.open, [address]).start()
    try:
        server.run(sockets=[listening])
    finally:
        app.state.jobs.stop()
        app.state.shelf.close()
        listening.close()


def _listening(host: str, port: int | None) -> socket.socket:
    """A socket that listens; connections made from now on wait until the server takes them."""
    if not host:  # which would mean every address of this machine
        raise UsageError("the address to listen at is empty", hint="leave out --host, or give an address")
    wanted = [port] if port is not None else [PORT, 0]
    for number in wanted:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(128)
            return made
        except OSError as error:
            made.close()
            reason = error.strerror or str(error)
            wrong = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
            hint = "give an address of this machine with --host" if wrong else "give another port with -p"
    raise UsageError(f"cannot listen at {host}, port {wanted[0]}: {reason}", hint=hint)
