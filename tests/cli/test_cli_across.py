"""Copies, stories and shared quotations on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from running import run

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from copied_reports import copied_record


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_record(tmp_path_factory.mktemp("copied") / "affair.duckdb")


def test_copies_lists_pairs(copied: Path) -> None:
    """The pairs with what they share, by kind and document; people get long passages in short."""
    rows = run("copies", copied, "--json").json()
    assert len(rows) == 3 and all(row["first_pieces"] and row["origin"] for row in rows)
    assert run("copies", copied, "--kind", "quote", "--json").json() == []
    one = rows[0]["second"]
    found = run("copies", copied, "--document", one, "--json").json()
    assert len(found) == 2 and all(one in (row["first"], row["second"]) for row in found)
    table = run("copies", copied).out
    assert " … " in table and "customs house while buses" not in table


def test_counts(copied: Path) -> None:
    """--count changes what status and actors count."""
    numbers = {
        count: (
            run("status", copied, "--count", count, "--json").json()["statements"],
            run("actors", copied, "--actor", "Arve", "--count", count, "--json").json()[0]["documents"],
        )
        for count in ("report", "independent", "outlet")
    }
    assert numbers == {"report": (5, 4), "independent": (3, 2), "outlet": (3, 3)}
    assert "independent 2, of 3 outlets" in run("status", copied).out


def test_show_a_document_says_what_it_is_a_copy_of(copied: Path) -> None:
    """The origin with the reason, and the documents it shares wording with."""
    rows = run("documents", copied, "--json").json()
    copy = next(row for row in rows if row["origin"])
    out = run("show", copied, copy["id"]).out
    assert f"copy of       {copy['origin']}" in out and out.count("of its words are in") == 2
    alone = next(row for row in rows if row["title"] == "R3")
    out = run("show", copied, alone["id"]).out
    assert "copy of" not in out and "shares" not in out


def test_show_a_statement_says_where_else_it_is_quoted(copied: Path) -> None:
    """The other statements with the same quotation, and how they word it."""
    rows = run("statements", copied, "--json").json()
    cut = next(row for row in rows if row["content"].endswith("without bread,”"))
    out = run("show", copied, cut["id"]).out
    assert "the same quotation elsewhere: 3 statements" in out
    assert "cut: here nothing, there “and nobody" in out.replace("\n              ", " ")
    alone = next(row for row in rows if "Coal" in row["content"])
    assert "same quotation" not in run("show", copied, alone["id"]).out


def test_stories(copied: Path) -> None:
    """A story with its counts, its reports when shown, and as a filter."""
    (story,) = run("stories", copied, "--json").json()
    assert (story["title"], story["reports"], story["independent"], story["outlets"]) == ("R0", 3, 1, 3)
    assert len(run("stories", copied, "--all", "--json").json()) == 2
    for command, number in (("documents", 3), ("statements", 3)):
        assert len(run(command, copied, "--story", story["id"], "--json").json()) == number
    out = run("show", copied, story["id"]).out
    assert "3, 1 independent, 3 outlets" in out and out.count("copy of") == 2
