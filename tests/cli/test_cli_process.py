"""What can only be seen from outside the process: imports, broken pipes, a broken installation."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import REPORTS, ROOT, run

HEAVY = {"duckdb", "pyarrow", "onnxruntime", "numpy", "trafilatura", "rich", "tokenizers", "lxml"}
DENIAL = REPORTS / "09-sarn-inform-denial.txt"


def python(*args: str, path: Path = ROOT / "src", **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(path), **more}
    return subprocess.run([sys.executable, *args], capture_output=True, env=environment, check=False)


def test_help_imports_nothing_heavy() -> None:
    """--help answers without loading a library that takes long to load."""
    code = (
        "import sys; from onrecord import cli; assert cli.run(['build', '--help']) == 0;"
        "sys.stderr.write(' '.join({name.split('.')[0] for name in sys.modules}))"
    )
    done = python("-c", code)
    assert done.returncode == 0
    assert HEAVY & set(done.stderr.decode().split()) == set()


def test_as_a_module() -> None:
    """python -m onrecord is the command, and knows its name and version."""
    done = python("-m", "onrecord", "--version")
    assert done.stdout.startswith(b"onrecord, version ")


def test_broken_pipe_is_quiet(example_record: Path) -> None:
    """A reader that leaves early, as head does, ends the command quietly."""
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "statements", str(example_record), "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the package without its model."""
    copy = tmp_path / "broken"
    shutil.copytree(
        ROOT / "src" / "onrecord", copy / "onrecord", ignore=shutil.ignore_patterns("*.onnx", "__pycache__")
    )
    return copy


@pytest.mark.long
def test_model_missing(broken: Path, tmp_path: Path) -> None:
    """Without the model, doctor, read and build end with 5 and say so; the other commands do not need it."""
    done = python("-m", "onrecord", "doctor", "--json", path=broken)
    assert done.returncode == 5
    states = {row["check"]: row["state"] for row in json.loads(done.stdout)}
    assert states.pop("model") == states.pop("files") == "wrong"
    for args in (["read", str(DENIAL)], ["build", str(tmp_path / "a.duckdb"), str(DENIAL)]):
        done = python("-m", "onrecord", *args, path=broken)
        assert done.returncode == 5, done.stderr.decode()
        assert b"model" in done.stderr
        assert done.stdout == b""


def test_model_of_another_hash(broken: Path) -> None:
    """A model that is not the one expected is not used."""
    (broken / "onrecord" / "data" / "reader.onnx").write_bytes(b"something else")
    done = python("-m", "onrecord", "read", str(DENIAL), path=broken)
    assert done.returncode == 5
    assert b"hash" in done.stderr


def test_bytes_do_not_depend_on_the_locale(example_record: Path) -> None:
    """Standard output is UTF-8 whatever the terminal is set to."""
    plain = python("-m", "onrecord", "statements", str(example_record), "--csv", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert plain.stdout == run("statements", example_record, "--csv").stdout


def test_doctor() -> None:
    """A sound installation is found sound."""
    result = run("doctor", "--json")
    assert result.code == 0, result.out
    assert {row["check"] for row in result.json()} == {
        "python",
        "packages",
        "files",
        "model",
        "model of pairs",
        "temporary folder",
        "terminal",
    }
    assert {row["state"] for row in result.json()} == {"ok"}


def test_doctor_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each setting is shown with its value and where it came from."""
    monkeypatch.chdir(tmp_path)
    Path("onrecord.toml").write_text('lines = "page"\n')
    rows = {row["setting"]: row for row in run("doctor", "--settings", "--json").json()}
    assert (rows["lines"]["value"], rows["lines"]["origin"]) == ("page", "onrecord.toml")
    assert (rows["workers"]["value"], rows["workers"]["origin"]) == (0, "ONRECORD_WORKERS")
    assert rows["min_confidence"]["origin"] == "default"
    assert run("doctor", "--settings").code == 0


def test_evaluate_quotes(tmp_path: Path) -> None:
    """A folder in PolNeAR's format is scored; --json is JSON; an empty folder is a usage error."""
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    text = "Strezin said there was no second ship."
    (tmp_path / "text" / "a.txt").write_text(text)
    (tmp_path / "attributions" / "a.ann").write_text(
        "T1\tSource 0 7\tStrezin\nT2\tCue 8 12\tsaid\nT3\tContent 13 37\tthere was no second ship\n"
        "T4\tAttribution 8 12\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    )
    result = run("evaluate", "quotes", "--data", tmp_path, "--json")
    assert result.code == 0, result.stderr
    assert result.json()["gold_attributions"] == 1
    assert "attribution all-exact" in run("evaluate", "quotes", "--data", tmp_path).out
    (tmp_path / "none").mkdir()
    assert run("evaluate", "quotes", "--data", tmp_path / "none").code == 2


def test_evaluate_pages(tmp_path: Path) -> None:
    """A folder in the format of WCXB is scored; an empty one has nothing to read."""
    for name in ("html", "ground-truth"):
        (tmp_path / name).mkdir()
    page = (REPORTS / "05-northern-observer-quellan-mediates.html").read_bytes()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(page))
    truth = {
        "url": "https://northern-observer.example/quellan",
        "ground_truth": {
            "main_content": "A week of silence costs more than a day of talk.",
            "title": "Quellan offers to mediate over detained ship",
            "publish_date": "2023-03-09",
        },
    }
    (tmp_path / "ground-truth" / "a.json").write_text(json.dumps(truth))
    result = run("evaluate", "pages", "--data", tmp_path, "--json")
    assert result.code == 0, result.stderr
    assert result.json()["pages"] == 1
    assert result.json()["dates"]["right"] == 1
    assert "date_right" in run("evaluate", "pages", "--data", tmp_path).out
    (tmp_path / "none").mkdir()
    assert run("evaluate", "pages", "--data", tmp_path / "none").code == 3
