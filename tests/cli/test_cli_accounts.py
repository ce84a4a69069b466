"""Accounts on the command line: who is against whom, for people and for machines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from running import run

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from disputed_reports import disputed_record

from onrecord.linking.claims import entailment
from onrecord.shipped import pinned


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return disputed_record(tmp_path_factory.mktemp("disputed") / "affair.duckdb")


def test_json_carries_the_members(disputed: Path) -> None:
    """Each with its stance, its words, its speaker, its report and offsets; filters leave accounts out."""
    rows = run("accounts", disputed, "--json").json()
    assert [row["kind"] for row in rows] == ["disputed", "differs"]
    texts = {row["id"]: run("show", disputed, row["id"], "--json").json()["document"]["text"]
             for row in run("documents", disputed, "--json").json()}  # fmt: skip
    for row in rows:
        for member in row["members"]:
            assert member["stance"] and member["speaker"] and member["outlet"]
            assert [texts[member["document"]][a:b] for a, b in member["spans"]] == member["pieces"]
    assert run("accounts", disputed, "--kind", "differs", "--jsonl").jsonl() == rows[1:]
    assert run("accounts", disputed, "--actor", "Bodil", "--json").json() == rows[:1]
    assert run("accounts", disputed, "--outlet", "monitor", "--json").json() == []


def test_the_table_says_who_is_against_whom(disputed: Path) -> None:
    """The kind, both sides and what it is about."""
    result = run("accounts", disputed)
    assert result.code == 0
    line = next(line for line in result.out.splitlines() if "disputed" in line)
    assert "Arve; Cato" in line and "Bodil" in line and "The bridge of Talvik in Norway was mined" in line
    members = run("accounts", disputed, "--members", "--csv").out.splitlines()
    assert members[0].startswith("account,id,n,stance,lead") and len(members) == 7


def test_show_puts_the_sides_beside_each_other(disputed: Path) -> None:
    """Marks stand under the words that differ, reasons below; an actor is shown by the id of one."""
    rows = run("accounts", disputed, "--json").json()
    out = run("show", disputed, rows[0]["id"]).out
    assert "on the one side" in out and "on the other side" in out
    lines = out.splitlines()
    (against,) = [n for n, line in enumerate(lines) if "was not mined" in line and "“The bridge" in line]
    assert lines[against + 1].index("^^^") == lines[against].index("not mined")
    assert "because       “mined” against “not mined”" in out
    differs = run("show", disputed, rows[1]["id"][:9]).out
    assert "14 against 19 sailors" in differs and "different in a detail" in differs
    actor = run("actors", disputed, "--actor", "Arve", "--json").json()[0]["id"]
    assert run("show", disputed, actor).out.startswith(f"{actor}  Arve")
    shown = run("show", disputed, rows[0]["id"], "--json").json()
    assert shown["judge"] == "words 1" and len(shown["members"]) == 4
    missing = run("show", disputed, "acc_0")
    assert missing.code == 2 and "onrecord accounts" in missing.stderr


def test_status_and_doctor_tell_of_the_model(disputed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many accounts there are and who judged; whether this version carries a model of pairs."""
    assert "2 (disputed 1; judged by words 1)" in run("status", disputed).out
    monkeypatch.delitem(pinned(), entailment.FILE)
    row = next(row for row in run("doctor", "--json").json() if row["check"] == "model of pairs")
    assert row["state"] == "ok" and "no accounts" in row["found"]
    monkeypatch.setitem(pinned(), entailment.FILE, "0" * 64)
    entailment.network.cache_clear()
    assert run("doctor").code == 5
    entailment.network.cache_clear()
