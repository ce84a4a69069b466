"""build, read and failures: counts, failures, interruption, and every exit code they end with."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import REPORTS, ROOT, run

from onrecord.building import BuildReport
from onrecord.cli.build import summary

DENIAL = REPORTS / "09-sarn-inform-denial.txt"
BLOG = REPORTS / "04-harbour-light-blog.txt"


def test_the_line_a_build_ends_with() -> None:
    """The parts of the line add up to its documents."""
    report = BuildReport(documents=1201, new=1168, unchanged=31, duplicates=18, failed=5, statements=9000)
    assert summary(Path("affair.duckdb"), report) == (
        "1,204 documents: 1,150 new, 31 unchanged, 18 duplicates, 5 failed (onrecord failures affair.duckdb)"
    )
    report = BuildReport(documents=1, new=1, unchanged=0, duplicates=0, failed=0, statements=3)
    assert summary(Path("a b.duckdb"), report) == "1 document: 1 new, 0 unchanged"


@pytest.mark.long
def test_build_again_and_with_more(tmp_path: Path) -> None:
    """Building again reads nothing; with more input only what is new; the bytes do not depend on the way."""
    steps, once = tmp_path / "steps.duckdb", tmp_path / "once.duckdb"
    first = run("build", steps, BLOG)
    assert (first.code, first.stdout, first.stderr) == (0, b"", "1 document: 1 new, 0 unchanged\n")
    assert run("build", steps, BLOG).stderr == "1 document: 0 new, 1 unchanged\n"
    more = run("build", steps, REPORTS)
    assert more.stderr == "12 documents: 10 new, 1 unchanged, 1 duplicate\n"
    assert run("build", once, REPORTS).stderr == "12 documents: 11 new, 0 unchanged, 1 duplicate\n"
    for command in ("statements", "documents", "dropped"):
        assert run(command, steps, "--jsonl").stdout == run(command, once, "--jsonl").stdout


def bad_inputs(folder: Path) -> Path:
    """A folder with one report and two files that are none."""
    folder.mkdir()
    (folder / "good.txt").write_text("The minister said the ship was gone.\n\n“It sank,” he said.\n")
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    return folder


def test_failures_are_listed_and_tried_again(tmp_path: Path) -> None:
    """What cannot be read is a row with a hint; --strict tells by exit code; --retry reads it once mended."""
    folder, record = bad_inputs(tmp_path / "in"), tmp_path / "affair.duckdb"
    result = run("build", record, folder)
    assert result.code == 0
    assert result.stderr == (f"3 documents: 1 new, 0 unchanged, 2 failed (onrecord failures {record})\n")
    assert run("build", record, folder, "--strict").code == 1
    rows = run("failures", record, "--json").json()
    assert {Path(row["uri"]).name for row in rows} == {"empty.txt", "binary.txt"}
    assert all(row["reason"] and row["hint"] for row in rows)
    assert run("failures", record, "--retry", "--strict").code in (1, 3)
    (folder / "empty.txt").write_text("The mate said the ship had only been painted grey.\n")
    result = run("failures", record, "--retry")
    assert (result.code, result.stdout) == (0, b"")
    assert "1 new" in result.stderr
    assert {Path(row["uri"]).name for row in run("failures", record, "--json").json()} == {"binary.txt"}
    assert len(run("failures", record, "--json", "--all").json()) == 2


def test_nothing_readable(tmp_path: Path) -> None:
    """Where nothing can be read the exit code is 3, and why is said."""
    (tmp_path / "empty.txt").write_text("")
    result = run("build", tmp_path / "a.duckdb", tmp_path / "empty.txt", tmp_path / "missing.txt")
    assert result.code == 3
    assert "nothing in the input could be read, and no record was made" in result.stderr
    for name in ("empty.txt: empty", "missing.txt: missing"):
        assert re.search(rf"{name}: .*\n  → ", result.stderr)
    assert [one.name for one in tmp_path.iterdir()] == ["empty.txt"]
    result = run("read", tmp_path / "empty.txt", tmp_path / "missing.txt")
    assert (result.code, result.stdout) == (3, b"")
    for name in ("empty.txt", "missing.txt"):
        assert re.search(rf"{name}: .*\n  → ", result.stderr)


def test_nothing_readable_leaves_a_record_as_it_was(tmp_path: Path) -> None:
    """A wrong name costs a record nothing; of many failures the first are told, and how many more there are."""
    record = tmp_path / "affair.duckdb"
    assert run("build", record, DENIAL).code == 0
    before = run("statements", record, "--jsonl").stdout
    result = run("build", record, *(tmp_path / f"{number}.txt" for number in range(13)))
    assert result.code == 3
    assert result.stderr.count("missing: ") == 10 and "\n... and 3 more\n" in result.stderr
    assert "the record has what it had" in result.stderr
    assert run("statements", record, "--jsonl").stdout == before
    assert len(run("failures", record, "--json").json()) == 13


HOLD = """
import sys
from pathlib import Path
from onrecord.store import locked
with locked(Path(sys.argv[1]), command="onrecord build", since="2023-03-06T08:00:00Z"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_locked(tmp_path: Path) -> None:
    """A second writer gets exit code 4 and is told who the first is."""
    record = tmp_path / "affair.duckdb"
    assert run("build", record, DENIAL).code == 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", HOLD, str(record)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        result = run("build", record, BLOG)
        holder.communicate()
    assert result.code == 4
    assert f"process {holder.pid} (onrecord build), since 2023-03-06T08:00:00Z" in result.stderr


class Interrupted(io.RawIOBase):
    """Standard input at which somebody presses Ctrl-C."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise KeyboardInterrupt


@pytest.mark.long
def test_interrupted_build_goes_on(tmp_path: Path, example_record: Path) -> None:
    """Ctrl-C ends with 130 and the command to go on with; then the record is as if nothing had been."""
    record = tmp_path / "affair.duckdb"
    result = run("build", record, REPORTS, "-", stdin=io.BufferedReader(Interrupted()))
    assert result.code == 130
    assert result.stdout == b""
    assert f"12 documents read by then are kept. To go on, type again:\n  onrecord build {record}" in result.stderr
    assert len(run("documents", record, "--json").json()) == 12
    assert run("build", record, REPORTS).code == 0
    assert run("check", record).code == 0
    assert run("statements", record, "--jsonl").stdout == run("statements", example_record, "--jsonl").stdout


def test_interrupted_elsewhere() -> None:
    """Ctrl-C in another command ends with 130 too."""
    assert run("read", "-", stdin=io.BufferedReader(Interrupted())).code == 130


def test_read_jsonl() -> None:
    """One object a document, whose spans fit its text."""
    documents = run("read", DENIAL, BLOG, "--jsonl").jsonl()
    assert [Path(one["uri"]).name for one in documents] == [DENIAL.name, BLOG.name]
    for one in documents:
        assert list(one) == ["uri", "text", "statements"]
        for said in one["statements"]:
            assert list(said)[:5] == ["speaker", "cue", "content", "kind", "confidence"]
            assert {"id", "parent", "speaker_name", "polarity", "said"} == set(list(said)[5:])
            for part in ("speaker", "cue", "content"):
                assert all(0 <= start < end <= len(one["text"]) for start, end in said[part])
    assert any(one["statements"] for one in documents)


AS_IS = [
    "Plain said Ann.\r\n\r\nShare this article\r\n“Windows line ends,” he said.\r\n",
    "Non\u00a0breaking \U0001f6a2 said the captain. \u202bעברית\u202c and ﬁne ligatures, she said.\n\n\n",
    "\tTabs and   spaces said Bo.\n Sign up for our newsletter\n",
]


@pytest.mark.parametrize("text", AS_IS, ids=["crlf", "unicode", "spaces"])
def test_as_is_leaves_the_text_alone(text: str, tmp_path: Path) -> None:
    """With --as-is the text is that of the file, character for character."""
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    (document,) = run("read", path, "--as-is", "--jsonl").jsonl()
    assert document["text"] == text
    (document,) = run("read", "-", "--as-is", "--jsonl", stdin=text.encode("utf-8")).jsonl()
    assert document["text"] == text


def test_read_forms() -> None:
    """The table, CSV and JSON of read have the same statements; --json is an array of documents."""
    (document,) = run("read", DENIAL, "--json").json()
    table = run("read", DENIAL)
    rows = run("read", DENIAL, "--csv").out.count("\r\n") - 1
    assert len(document["statements"]) == rows
    assert table.stderr == ""
    assert "\x1b" not in table.out


def test_read_goes_on_after_a_failure(tmp_path: Path) -> None:
    """One unreadable input is named on standard error; the others are read; --strict tells by exit code."""
    folder = bad_inputs(tmp_path / "in")
    result = run("read", folder, "--jsonl")
    assert (result.code, len(result.jsonl())) == (0, 1)
    assert "empty.txt" in result.stderr
    assert run("read", folder, "--strict").code == 1


def test_field_mapping(tmp_path: Path) -> None:
    """--field says where the text and the outlet stand."""
    path = tmp_path / "articles.jsonl"
    row = {"piece": {"words": "“It sank,” the captain said."}, "paper": "Harbour Light"}
    path.write_text(json.dumps(row) + "\n")
    record = tmp_path / "affair.duckdb"
    result = run("build", record, path, "--field", "text=piece.words", "--field", "outlet=paper")
    assert result.code == 0, result.stderr
    (document,) = run("documents", record, "--json").json()
    assert "It sank" in document["text"]
    assert document["outlet"] == "Harbour Light"


def test_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """onrecord.toml of the folder holds; a slip in it stops the build before anything is read."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("“It sank,” the captain said.")
    Path("onrecord.toml").write_text("max_document_bytes = 5\n")
    assert run("build", "a.duckdb", "a.txt").code == 3
    assert run("build", "a.duckdb", "a.txt", "--max-document-bytes", "500").code == 0
    Path("onrecord.toml").write_text("max_dokument_bytes = 5\n")
    result = run("build", "b.duckdb", "a.txt")
    assert result.code == 2
    assert "onrecord.toml, line 1: unknown setting 'max_dokument_bytes'" in result.stderr
    assert "did you mean max_document_bytes?" in result.stderr
    assert not Path("b.duckdb").exists()
