"""Golden digests: what is exported of known reports is, byte for byte, what it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import onrecord
from quality.golden import differences, exported, made_of, main, mask, pinned_sets, sets
from quality.rows_changed import changes, difference

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "cases" / "rows_changed.jsonl").read_text("utf-8").splitlines()]
TO_NAME_THEM = "python -m quality.golden {} --against DIR names the rows (DIR: made by --keep before)"


def assert_pinned(name: str, made: dict[str, Any]) -> None:
    """What was made of a set is what is pinned."""
    told = list(differences(name, made, pinned_sets().get(name)))
    assert not told, "\n".join([*told, TO_NAME_THEM.format(name)])


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports of the examples and the record they were made of."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "made.json").write_text(json.dumps(made_of(sets()["examples"], folder, workers=0).as_json()))
    return folder


def test_the_examples_give_the_rows_they_gave(examples: Path) -> None:
    assert_pinned("examples", json.loads((examples / "made.json").read_text()))


@pytest.mark.long
def test_another_version_of_the_program_changes_no_digest(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onrecord, "__version__", "99.0")
    _, files = exported(examples / "record.duckdb", tmp_path)
    assert files == json.loads((examples / "made.json").read_text())["files"]


def test_a_row_that_changes_is_named(examples: Path, tmp_path: Path) -> None:
    """From the digest to the cell: the file that differs, then the row and what it said before."""
    denies, asserts = b'"polarity": "denies"', b'"polarity": "asserts"'
    for path in examples.glob("*.jsonl"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(denies, asserts))
    denials = (examples / "statements.jsonl").read_bytes().count(denies)
    told = list(changes(tmp_path, examples, most=1))
    assert denials > 0
    at = told.index(f"statements: 0 rows gone, 0 new, {denials} changed")
    assert told[at + 1].strip() == f"polarity in {denials}"
    assert re.fullmatch(r"  ~ s_\w+ d_\w+ polarity: asserts → denies", told[at + 2])


def test_no_text_is_pinned() -> None:
    """Digests and numbers of rows only."""

    def leaves(value: Any) -> list[Any]:
        if not isinstance(value, dict):
            return [value]
        return [leaf for one in value.values() for leaf in leaves(one)]

    for leaf in leaves(pinned_sets()):
        assert isinstance(leaf, int) or re.fullmatch("[0-9a-f]{64}", leaf)


def test_what_is_masked_is_only_version_and_model() -> None:
    text = "made by onrecord {} from a record of version {}; onrecord 1, lines".format
    assert mask(text(onrecord.__version__, 3).encode()) == mask(text(onrecord.__version__, 4).encode())
    assert b"onrecord 1, lines" in mask(text(onrecord.__version__, 3).encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_rows_that_differ(case: dict[str, Any]) -> None:
    found = difference(*([json.loads(json.dumps(row)) for row in rows] for rows in case["input"]))
    told = {
        "columns gone": list(found.columns_gone),
        "columns new": list(found.columns_new),
        "gone": list(found.gone),
        "new": list(found.new),
        "changed": dict(found.columns()),
        "moved": found.moved,
    }
    nothing = {"columns gone": [], "columns new": [], "gone": [], "new": [], "changed": {}, "moved": False}
    assert told == nothing | case["expected"]


def test_sets_without_data_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for by name, that is a failure."""
    assert main(["reports", "--shared", str(tmp_path)]) == 1
    assert "reports: left out" in capsys.readouterr().err


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "workers"), [("reports", 0), ("articles", 2)])
def test_a_corpus_gives_the_rows_it_gave(name: str, workers: int, tmp_path: Path) -> None:
    if not sets()[name].source.exists():
        pytest.skip(f"needs the shared data: {sets()[name].source}")
    assert_pinned(name, made_of(sets()[name], tmp_path, workers=workers).as_json())
