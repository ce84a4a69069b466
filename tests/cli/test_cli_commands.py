"""Every command: as JSON, in a pipe, with broken input, with its exit code."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from running import REPORTS, run

LISTINGS = ("statements", "timeline", "actors", "mentions", "documents", "dropped", "failures")
PARTS = {"speaker": "speaker_text", "cue": "cue", "content": "content"}
ON_A_RECORD = (*LISTINGS, "status", "check")
DRAWN = re.compile("[\u2500-\u257f\x1b]")


@pytest.mark.parametrize("command", ON_A_RECORD)
def test_json(command: str, example_record: Path) -> None:
    """--json is JSON and nothing else."""
    result = run(command, example_record, "--json")
    assert result.code == 0, result.stderr
    assert isinstance(result.json(), dict if command == "status" else list)


@pytest.mark.parametrize("command", ON_A_RECORD)
def test_in_a_pipe(command: str, example_record: Path) -> None:
    """In a pipe nothing is drawn, and people are told nothing that was not asked for, but that there is nothing."""
    result = run(command, example_record)
    assert result.code == 0, result.stderr
    assert not DRAWN.search(result.out)
    assert result.stderr.count("\n") == (2 if command == "check" else 0 if result.stdout else 1)


@pytest.mark.long
@pytest.mark.parametrize("command", ON_A_RECORD)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_same_record_same_bytes(command: str, options: list[str], example_record: Path) -> None:
    """Asking twice gives the same bytes."""
    assert run(command, example_record, *options).stdout == run(command, example_record, *options).stdout


@pytest.mark.parametrize("command", (*ON_A_RECORD, "show", "export", "retry"))
@pytest.mark.parametrize("what", ["nothing", "text", "folder"])
def test_no_record(command: str, what: str, tmp_path: Path) -> None:
    """What is no record is refused with a hint, nothing on standard output, and left alone: exit code 2, or 1 of a
    check that finds something else there."""
    path = tmp_path / "x.duckdb"
    if what == "text":
        path.write_text("This is a report and no record of reports.")
    elif what == "folder":
        path.mkdir()
    more: list[str] = {"show": ["s_1"], "export": ["--to", str(tmp_path / "out")], "retry": ["--retry"]}.get(
        command, []
    )
    result = run("failures" if command == "retry" else command, path, *more)
    assert result.code == (1 if (command, what) == ("check", "text") else 2)
    assert result.stdout == b""
    assert result.stderr.startswith("onrecord: ")
    assert "\n  → " in result.stderr
    assert path.exists() == (what != "nothing")


@pytest.mark.parametrize("command", LISTINGS)
def test_forms_agree(command: str, example_record: Path) -> None:
    """JSON, JSONL, CSV and TSV have the same rows and the same columns."""
    rows = run(command, example_record, "--json").json()
    assert run(command, example_record, "--jsonl").jsonl() == rows
    table = list(csv.DictReader(io.StringIO(run(command, example_record, "--csv").out, newline="")))
    lines = [line.split("\t") for line in run(command, example_record, "--tsv").out.split("\n")[:-1]]
    assert len(table) == len(lines) - 1 == len(rows)
    if rows:
        assert list(table[0]) == lines[0] == list(rows[0])
    limited = run(command, example_record, "--json", "--limit", "1").json()
    assert limited == rows[:1]


def test_statements_are_complete_rows(example_record: Path) -> None:
    """Every span of every statement covers its quote in the text of its document."""
    texts = {row["id"]: row["text"] for row in run("documents", example_record, "--json").json()}
    rows = run("statements", example_record, "--json").json()
    assert rows
    for row in rows:
        text = texts[row["document"]]
        for part, quote in PARTS.items():
            assert " … ".join(text[a:b] for a, b in row[f"{part}_spans"]) == row[quote]


def test_piped_table_holds_whole_quotes(example_record: Path) -> None:
    """The table of a pipe cuts no quote."""
    out = run("statements", example_record).out
    for row in run("statements", example_record, "--json").json():
        assert " ".join(row["content"].split()) in out


def test_filters(example_record: Path, statement: dict[str, Any]) -> None:
    """Filters keep what they say and nothing else."""
    speaker = statement["speaker_text"]
    rows = run("statements", example_record, "--json", "--speaker", speaker.upper()).json()
    assert statement["id"] in {row["id"] for row in rows}
    assert all(speaker.lower() in row["speaker_text"].lower() for row in rows)
    words = statement["content"].split()
    rows = run("statements", example_record, "--json", "--text", " ".join(words[:3]).upper()).json()
    assert statement["id"] in {row["id"] for row in rows}
    assert run("statements", example_record, "--json", "--text", f'"{" ".join(words[:3])}"').json()
    assert run("timeline", example_record, "--json", "--text", "nobodysaidthisword").json() == []
    assert run("statements", example_record, "--text", "?!").code == 2
    title = run("documents", example_record, "--json", "--document", statement["document"]).json()[0]["title"]
    if title:
        found = run("documents", example_record, "--json", "--title", title[3:-3].upper()).json()
        assert statement["document"] in {row["id"] for row in found}
    for kind in ("direct", "indirect", "mixed"):
        rows = run("statements", example_record, "--json", "--kind", kind).json()
        assert {row["kind"] for row in rows} <= {kind}
    rows = run("statements", example_record, "--json", "--document", statement["document"]).json()
    assert {row["document"] for row in rows} == {statement["document"]}
    everything = run("statements", example_record, "--json", "--all").json()
    assert len(everything) >= len(run("statements", example_record, "--json").json())
    assert run("statements", example_record, "--json", "--min-confidence", "1").json() == [
        row for row in run("statements", example_record, "--json").json() if row["confidence"] >= 1
    ]


def test_min_confidence_from_the_environment(example_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting of the environment holds where no flag is given, and a flag beats it."""
    monkeypatch.setenv("ONRECORD_MIN_CONFIDENCE", "1.1")
    assert run("statements", example_record, "--json").json() == []
    assert run("statements", example_record, "--json", "--min-confidence", "0").json() != []


def test_bad_date(example_record: Path) -> None:
    """A date that is none is a usage error."""
    assert run("statements", example_record, "--since", "last Friday").code == 2


def test_output_file(example_record: Path, tmp_path: Path) -> None:
    """-o writes the file and nothing to standard output."""
    path = tmp_path / "rows.csv"
    result = run("statements", example_record, "--csv", "-o", path)
    assert (result.code, result.stdout) == (0, b"")
    assert path.read_bytes() == run("statements", example_record, "--csv").stdout
    assert run("statements", example_record, "-o", tmp_path / "no" / "such" / "folder").code == 2


def test_show_statement(example_record: Path, statement: dict[str, Any]) -> None:
    """A statement is shown with its parts, its place, and marks under it."""
    result = run("show", example_record, statement["id"])
    assert result.code == 0
    assert not DRAWN.search(result.out)
    for part in ("speaker_text", "cue", "uri"):
        assert statement[part] in result.out
    assert re.search(r"^ +[\^=~ ]*\^", result.out, re.MULTILINE)
    shown = run("show", example_record, statement["id"], "--json").json()
    for part, quote in PARTS.items():
        found = " … ".join(shown["context"][a:b] for a, b in shown[f"{part}_spans"])
        assert found == statement[quote]


def test_show_document(example_record: Path, statement: dict[str, Any]) -> None:
    """A document is shown with its statements and its text; the start of an id is enough."""
    result = run("show", example_record, statement["document"][:9])
    assert result.code == 0
    assert statement["id"] in result.out


@pytest.mark.parametrize("id", ["s_ffffffffffffffff", "d_ffffffffffffffff", "x"])
def test_show_unknown(id: str, example_record: Path) -> None:
    """An id that is not there is a usage error."""
    assert run("show", example_record, id).code == 2


def test_check_finds_damage(example_record: Path, tmp_path: Path) -> None:
    """A quote that is not at its span is found, listed, and the exit code is 1."""
    import duckdb

    path = Path(shutil.copy(example_record, tmp_path))
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE document SET text = 'Never ' || text")
    result = run("check", path, "--json")
    assert result.code == 1
    assert {row["table"] for row in result.json()} >= {"document", "statement"}
    assert "mismatch" in result.stderr


def test_another_version(tmp_path: Path) -> None:
    """A record of another version is refused with exit code 4."""
    import duckdb

    path = tmp_path / "affair.duckdb"
    assert run("build", path, REPORTS / "09-sarn-inform-denial.txt").code == 0
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'version'")
    for result in (run("statements", path), run("build", path, REPORTS)):
        assert result.code == 4
        assert "version 999" in result.stderr


def test_export(example_record: Path, tmp_path: Path) -> None:
    """Every format is written, the same bytes twice, and as the listings have them."""
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        result = run("export", example_record, "--to", folder, "--format", "csv,jsonl,parquet")
        assert (result.code, result.stdout) == (0, b""), result.stderr
    names = sorted(path.name for path in folders[0].iterdir())
    assert {"statements.csv", "statements.jsonl", "statements.parquet", "documents.csv"} <= set(names)
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    for form in ("csv", "jsonl"):
        listed = run("statements", example_record, "--all", f"--{form}").stdout
        assert (folders[0] / f"statements.{form}").read_bytes() == listed


def test_export_unknown_format(example_record: Path, tmp_path: Path) -> None:
    """A format that is not there is a usage error that names those that are."""
    result = run("export", example_record, "--to", tmp_path, "--format", "xlsx")
    assert result.code == 2
    assert "csv, jsonl, parquet" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["bild"],
        ["build"],
        ["build", "x.duckdb"],
        ["read"],
        ["statements"],
        ["statements", "x.duckdb", "--kind", "loud"],
        ["statements", "x.duckdb", "--json", "--csv"],
        ["show", "x.duckdb"],
        ["export", "x.duckdb"],
        ["evaluate"],
        ["evaluate", "quotes"],
        ["evaluate", "quotes", "--data", "no-such-folder"],
        ["read", "x.txt", "--field", "text"],
        ["read", "x.txt", "--field", "colour=red"],
        ["read", "x.txt", "--charset", "klingon"],
    ],
    ids=" ".join,
)
def test_usage(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed wrongly ends with exit code 2 and says nothing on standard output."""
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.code == 2, result.stderr
    assert result.stdout == b"" or not args
    assert list(tmp_path.iterdir()) == []
