"""``onrecord positions`` and ``show`` of a position, on invented reports, the example affair and real reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from held_reports import held_record

REPORTS = ROOT.parent / "shared" / "reports"
COUNTED = (2399, 2485)  # the sentence with the 54, as characters of its report


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held_record(tmp_path_factory.mktemp("held") / "affair.duckdb")


def told(rows: list[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    """Holder (or how many), relation, target, status of each row."""
    return {
        (row["holder"] or " ".join(row["unnamed"]), row["relation"], row["target"], row["status"]) for row in rows
    }


def test_the_table_shows_counts_disputes_and_changes(held: Path) -> None:
    """Who is not named is counted; a status that is no plain assertion, and a change, stand beside the row."""
    lines = run("positions", held).out.splitlines()
    assert any(line.startswith("10 others, not named  recognizes") for line in lines)
    (claim,) = [line for line in lines if "has forces in" in line]
    assert "claimed; disputed" in claim
    changed = [line for line in lines if "recognizes until 2019-02-01, opposes since 2021-05-06" in line]
    assert len(changed) == 2 and all(line.startswith("Peru") for line in changed)


def test_filters_and_forms(held: Path) -> None:
    """Filters as on other listings; JSON has the evidence within each row, CSV holds the same."""
    rows = run("positions", held, "--holder", "Peru", "--relation", "recognizes", "--json").json()
    assert told(rows) == {("Peru", "recognizes", "Ana Soto", "asserted")}
    (seen,) = rows[0]["seen"]
    assert seen["holder_text"] == "Peru" and seen["sentence"].startswith("Peru recognizes")
    assert run("positions", held, "--status", "denied", "--json").json() == []
    assert len(run("positions", held, "--actor", "Ana Soto", "--limit", "2", "--jsonl").jsonl()) == 2
    assert "p_" in run("positions", held, "--csv").out
    assert run("positions", held, "--relation", "loves").code == 2
    failed = run("positions", held, "--since", "spring")
    assert failed.code == 2 and "not a date" in failed.stderr


def test_show_a_position(held: Path) -> None:
    """Every place with who says so and marks under holder, relation and target; also by the id of a place."""
    (row,) = run("positions", held, "--relation", "has_forces_in", "--json").json()
    out = run("show", held, row["id"]).out
    assert "claimed by Iva Vega (s_" in out and "denied by Ira Rey, who speaks for the holder (s_" in out
    assert "disputed" in out and out.count("=======") == 2
    assert run("show", held, row["seen"][0]["id"]).out == out
    shown = run("show", held, row["id"], "--json").json()
    for one in shown["evidence"]:
        (a, b), (c, d) = one["holder_spans"][0], one["target_spans"][0]
        assert (one["context"][a:b], one["context"][c:d]) == ("Bolivia", "Chile")
    failed = run("show", held, "pos_0000")
    assert failed.code == 2 and "onrecord positions" in failed.stderr


def test_show_tells_a_change_and_an_actor_its_positions(held: Path) -> None:
    """What it gave way to stands below the change; the actor lists both."""
    opposes, recognizes = run("positions", held, "--holder", "Peru", "--json").json()
    out = run("show", held, recognizes["id"]).out
    assert "recognizes until 2019-02-01, opposes since 2021-05-06" in out and opposes["id"] in out
    out = run("show", held, recognizes["target_id"]).out
    assert "4 positions" in out and "Peru recognizes Ana Soto" in out


@pytest.mark.long
def test_exports_and_dossier_hold_positions(held: Path, tmp_path: Path) -> None:
    """Both tables as files, and a section of the dossier with the change."""
    assert run("export", held, "--to", tmp_path, "--format", "csv,jsonl,parquet,markdown,html").code == 0
    for name in ("positions", "position_seen"):
        assert all((tmp_path / f"{name}.{form}").stat().st_size for form in ("csv", "jsonl", "parquet"))
    dossier = (tmp_path / "dossier.md").read_text("utf-8")
    assert "## Positions" in dossier and "recognizes until 2019-02-01" in dossier
    assert 'id="positions"' in (tmp_path / "dossier.html").read_text("utf-8")


def test_the_example_affair_shows_positions(example_record: Path) -> None:
    """One claimed and denied, one given up, three countries without a name."""
    rows = run("positions", example_record, "--json").json()
    found = told(rows)
    assert ("3", "recognizes", "Ardaval", "asserted") in found
    (supports,) = [one for one in rows if (one["holder"], one["relation"]) == ("Quellan", "supports")]
    assert supports["target"] == "Sarnovia" and supports["disputed"]
    (given_up,) = [one for one in rows if (one["holder"], one["relation"]) == ("Quellan", "recognizes")]
    assert given_up["changed"] == ["recognizes until 2023-03-12, does not recognize since 2023-03-16"]


@pytest.mark.corpus
def test_who_recognizes_whom_in_real_reports(tmp_path: Path) -> None:
    """The three reports that the design names: by name, and 54 countries as one row with their number."""
    if not REPORTS.is_dir():
        pytest.skip(f"needs the three reports in {REPORTS.name} beside this checkout")
    path = tmp_path / "affair.duckdb"
    assert run("build", path, REPORTS).code == 0
    rows = run("positions", path, "--relation", "recognizes", "--json").json()
    maduro, guaido = "Nicolás Maduro", "Juan Guaidó"
    assert {one[:3] for one in told(rows)} >= {
        ("China", "recognizes", maduro),
        ("Iran", "recognizes", maduro),
        ("Russia", "recognizes", maduro),
        ("2 or more", "recognizes", maduro),
        ("United States", "recognizes", guaido),
        ("54", "recognizes", guaido),
    }
    (counted,) = [one for one in rows if one["unnamed"] == ["54"]]
    assert [(one["start"], one["end"]) for one in counted["seen"]] == [COUNTED]
    (forces,) = run("positions", path, "--relation", "has_forces_in", "--target", "Venezuela", "--json").json()
    assert forces["holder"] == "Russia" and forces["disputed"]
    assert {one["speaker"] for one in forces["seen"]} >= {"Craig Faller", "Sergei Ryabkov"}
    assert run("check", path).code == 0
