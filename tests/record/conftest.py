"""Decisions on records of tests are judged as these records were: by a judge that says nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from stub_judges import SILENT


@pytest.fixture(autouse=True, scope="module")  # of no module elsewhere, and before what a module here makes
def _silent_judge() -> Iterator[None]:
    """A decision judges with the shipped model, whose accounts would differ from those of the build."""
    patch = pytest.MonkeyPatch()
    patch.setattr("onrecord.derive.accounts.shipped", lambda: SILENT)
    yield
    patch.undo()
