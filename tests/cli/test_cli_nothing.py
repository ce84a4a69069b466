"""Where there is nothing to list that is said, also into a pipe, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run

SPEAKERS = ("statements", "timeline", "actors", "mentions", "documents", "positions", "accounts")


@pytest.mark.parametrize("command", SPEAKERS)
def test_a_name_that_nobody_has(example_record: Path, command: str) -> None:
    """Standard output stays what it is for machines; the names that are like it go to people."""
    names = [row["name"] for row in run("actors", example_record, "--json").json() if row["kind"] == "person"]
    meant = max(names, key=len)
    misspelt = meant[:-2] + meant[-1] + meant[-2] + "x"
    result = run(command, example_record, "--actor", misspelt, "--json")
    assert (result.code, result.json()) == (0, [])
    assert result.stderr.startswith("0 ")
    assert f"no actor is called {misspelt!r}\n  → did you mean {meant}" in result.stderr


def test_a_name_like_none(example_record: Path) -> None:
    result = run("statements", example_record, "--actor", "Qqqqq")
    assert f"  → onrecord actors {example_record} lists them" in result.stderr


def test_one_who_said_nothing_of_the_kind(example_record: Path) -> None:
    """Whom there is is not asked about; a listing with rows says nothing into a pipe."""
    name = run("actors", example_record, "--json").json()[0]["name"]
    result = run("statements", example_record, "--actor", name, "--text", "zzzz")
    assert result.stderr == "0 statements\n"
    assert run("statements", example_record, "--actor", name).stderr == ""


def test_a_report_without_statements(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Harbour notes. Berth 7 is 40 metres long and 6 metres wide.\n")
    result = run("read", tmp_path / "a.txt", "--csv")
    assert (result.code, result.stderr) == (0, "0 statements\n")


@pytest.mark.parametrize("command", ["statements", "status", "export", "failures", "build"])
def test_a_record_of_no_name(command: str, tmp_path: Path) -> None:
    """An empty name, as of a variable that is not set."""
    more = {"export": ["--to", str(tmp_path)], "build": [str(tmp_path)]}.get(command, [])
    result = run(command, "", *more)
    assert result.code == 2
    assert "the name is empty" in result.stderr
