"""Accounts of a record in its exports and its dossier."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from disputed_reports import disputed_record

import onrecord
from onrecord.export import export


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disputed")
    with onrecord.open(disputed_record(folder / "a.duckdb")) as record:
        export(record, folder / "out", ("csv", "jsonl", "parquet", "markdown", "html"))
    return folder / "out"


def test_rows_with_their_members(written: Path) -> None:
    """Members stand within each account, and each is a row of its own file, too."""
    accounts = [json.loads(line) for line in (written / "accounts.jsonl").read_text("utf-8").splitlines()]
    members = [json.loads(line) for line in (written / "account_members.jsonl").read_text("utf-8").splitlines()]
    assert [row["kind"] for row in accounts] == ["disputed", "differs"]
    assert [one for row in accounts for one in row["members"]] == members
    with (written / "account_members.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["text"] for row in rows] == [row["text"] for row in members]
    assert (written / "account_members.parquet").stat().st_size > 0


def test_disputes_side_by_side(written: Path) -> None:
    """Who is against whom, each in their own words with a note, why, and who differs in a detail."""
    text = (written / "dossier.md").read_text("utf-8")
    section = text.split("## Disputes")[1].split("\n## ")[0]
    first, second = section.split("### Matter 2")
    assert "**Arve**, **Cato** against **Bodil**" in first
    assert first.index("On the one side") < first.index("was mined") < first.index("On the other side")
    assert "“mined” against “not mined”" in first and "[^" in first
    assert "different in a detail: **Embla**" in second and "14 against 19 sailors" in second
    assert "Bodil" in (written / "dossier.html").read_text("utf-8")
