"""The example affair, served: to a client in this process, and to a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from serving import BROWSER, PATIENCE, QUIET, Serve, client_of, served
from starlette.testclient import TestClient

from onrecord.web import guard


@pytest.fixture(scope="session")
def affair(example_record: Path) -> Path:
    """A record of the example affair; not to be changed."""
    return example_record


@pytest.fixture()
def own_affair(affair: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy(affair, tmp_path / "affair.duckdb"))


@pytest.fixture(scope="session")
def client(affair: Path) -> Iterator[TestClient]:
    """Somebody who looks."""
    with client_of(affair) as made:
        yield made


@pytest.fixture()
def editor(own_affair: Path) -> Iterator[TestClient]:
    """Somebody who may edit a copy; ``editor.headers`` carry the form's secret."""
    key = guard.Key()
    with client_of(own_affair, key) as made:
        made.get("/", params={"key": key.text})
        made.headers["x-csrf"] = key.csrf
        yield made


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a record over a real port until the tests end; returns the address, with the key if any."""
    with ExitStack() as running:

        def start(path: Path, *, edit: bool = False) -> str:
            address, key = running.enter_context(served(path, edit=edit))
            return address + (f"?key={key.text}" if key else "")

        yield start


@pytest.fixture(scope="session")
def address(affair: Path, serve: Serve) -> str:
    """Where the example affair is served, read only."""
    return serve(affair)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser that runs for all tests."""
    if BROWSER is None:
        pytest.skip("no Chromium here: on Debian and Ubuntu, apt install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield browser
        browser.close()


class Watched:
    """A page in the browser, and what went wrong in it."""

    def __init__(self, page: Any) -> None:
        """Listens from now on."""
        self.page = page
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda one: one.type in ("error", "warning") and self.errors.append(one.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.elsewhere.append(request.url)


@pytest.fixture()
def watched(chromium: Any) -> Iterator[Callable[..., Watched]]:
    """Makes watched pages; each must end without an error and without a request to elsewhere."""
    made: list[tuple[Any, Watched]] = []

    def new(**options: Any) -> Watched:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        page = Watched(context.new_page())
        made.append((context, page))
        return page

    yield new
    for context, page in made:
        context.close()
        assert page.errors == []
        assert page.elsewhere == []
