"""The app for tests: asked in this process, or served over a real port."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.testclient import TestClient

from onrecord.web import guard
from onrecord.web.app import app_of
from onrecord.web.server import _listening

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Keeps the browser from asking its makers for anything.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120_000  # milliseconds that anything in the browser may take at most: reading loads the model
Serve = Callable[..., str]


def client_of(path: Path, key: guard.Key | None = None) -> TestClient:
    """A client that asks as a browser at the right address does."""
    app = app_of(path, host="127.0.0.1", port=80, key=key)
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


def follow(place: Any) -> None:
    """Click what is at ``place`` of a page in the browser, and wait until the page it leads to is there."""
    with place.page.expect_navigation():
        place.click()


@contextmanager
def served(path: Path, *, edit: bool = False, host: str = "127.0.0.1") -> Iterator[tuple[str, guard.Key | None]]:
    """The address at which a record is served, and the key of who may edit, until the end of the block."""
    listening = _listening(host, 0)
    port = listening.getsockname()[1]
    key = guard.Key() if edit else None
    app = app_of(path, host=host, port=port, key=key, allowed=["desk.example", "proxy.example:443"])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/", key
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.shelf.close()
