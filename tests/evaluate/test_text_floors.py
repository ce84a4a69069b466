"""Figures of tokens and sentences that may not fall."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.tokens import evaluate

ROOT = Path(__file__).parents[2]
PINNED = json.loads((ROOT / "quality" / "text.json").read_text(encoding="utf-8"))
SHARED = ROOT.parent / "shared" / "data"


def digest(path: Path) -> str:
    """Over the sorted relative names and bytes of all files; of a file, over the file."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    found = hashlib.sha256()
    for one in files:
        found.update(one.relative_to(path.parent).as_posix().encode() + b"\0" + one.read_bytes())
    return found.hexdigest()


@pytest.mark.parametrize("task", PINNED)
def test_a_floor_is_never_lowered_in_silence(task: str) -> None:
    """Each entry has a date, in order; a lower one says why."""
    for entries in PINNED[task]["at_least"].values():
        assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
        for before, after in pairwise(entries):
            assert after["value"] >= before["value"] or len(after.get("reason", "")) >= 20


@pytest.mark.parametrize("task", PINNED)
def test_cutting_keeps_its_floors(task: str) -> None:
    """On the pinned treebank no figure is below its floor."""
    pinned = PINNED[task]
    data = SHARED / pinned["data"]
    if not data.exists():
        pytest.skip(f"the treebank {pinned['data']} is not beside the repository")
    assert digest(data) == pinned["digest"], "this is another treebank: its figures cannot be compared"
    got = evaluate(data, only=pinned["only"])
    bounds = {kind: entries[-1]["value"] for kind, entries in pinned["at_least"].items()}
    assert {kind: got[kind]["f1"] for kind, bound in bounds.items() if got[kind]["f1"] < bound} == {}
