"""What holds for every test: no network, no judgement by the clock, and one record of the examples for all."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

try:
    import fcntl
except ImportError:  # Windows, where tests run in one process
    fcntl = None  # type: ignore[assignment]

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"

# How fast a machine is says nothing about whether the program is right.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


@pytest.hookimpl(tryfirst=True)  # before pytest looks which tests are asked for by their markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a browser is one of the browser."""
    for one in items:
        if "chromium" in getattr(one, "fixturenames", ()):
            one.add_marker("browser")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Any:
    """A test that reaches for the network fails."""
    patch = pytest.MonkeyPatch()

    def refuse(self: socket.socket, address: Any) -> None:
        raise AssertionError(f"a test reached for the network: {address!r}")

    patch.setattr(socket.socket, "connect", refuse)
    patch.setattr(socket.socket, "connect_ex", refuse)
    yield
    patch.undo()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process of this run is in such a block with the lock file ``path``."""
    with path.open("w") as handle:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports, read by the shipped model; not to be written to.

    All processes of a run have the same: the first that asks makes it, and the others wait.
    """
    from onrecord.building import BuildSettings, build

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    whole, making = shared / "examples", shared / "examples-in-the-making"
    with one_at_a_time(shared / "examples.lock"):
        if not whole.exists():
            making.mkdir(exist_ok=True)
            build(making / "affair.duckdb", [str(EXAMPLES)], settings=BuildSettings(workers=0))
            making.rename(whole)
    return whole / "affair.duckdb"
