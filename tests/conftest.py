"""What holds for every test: no network, and no judgement by the clock."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import settings

# How fast a machine is says nothing about whether the program is right.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


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
