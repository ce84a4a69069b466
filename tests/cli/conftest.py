"""No settings from outside, and a statement of the example record."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from running import run


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the developer's, and one process: starting others costs more than twelve reports."""
    for name in [one for one in os.environ if one.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ONRECORD_WORKERS", "0")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="session")
def statement(example_record: Path) -> dict[str, Any]:
    """The first statement with all three parts."""
    rows = run("statements", example_record, "--json").json()
    found: dict[str, Any] = next(row for row in rows if row["speaker_text"] and row["cue"] and row["content"])
    return found
