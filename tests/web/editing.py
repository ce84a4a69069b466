"""A client that may edit a record, with readers that need no model."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from made import QUICK

from onrecord.building import BuildSettings
from onrecord.web import guard
from onrecord.web.app import app_of

STUB = replace(QUICK, batch=64)
LONG = 120.0  # seconds that a test waits at most for what a thread does


@contextmanager
def editing(path: Path, settings: BuildSettings = STUB) -> Iterator[TestClient]:
    """Somebody who may edit the record at ``path``; follows redirects."""
    key = guard.Key()
    app = app_of(path, host="127.0.0.1", port=80, key=key, settings=settings)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        made.get("/", params={"key": key.text})
        made.headers["x-csrf"] = key.csrf
        yield made
        assert app.state.jobs.wait(LONG)


def added(client: TestClient) -> None:
    """Wait until all that was sent is in the record."""
    assert client.app.state.jobs.wait(LONG)  # type: ignore[attr-defined]
