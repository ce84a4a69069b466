"""Figures of times that may not fall: on WikiWars documents nothing was tuned on, and on the specs."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evaluation.times import evaluate

ROOT = Path(__file__).parents[2]
PINNED = json.loads((ROOT / "quality" / "times.json").read_text(encoding="utf-8"))
SHARED = ROOT.parent / "shared" / "data"


def digest(folder: Path, pattern: str) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def figure(report: dict[str, Any], measure: str) -> float:
    return report[measure].get("f1", report[measure].get("right"))


@pytest.mark.parametrize("corpus", PINNED)
def test_a_floor_is_never_lowered_in_silence(corpus: str) -> None:
    """Each entry has a date, in order; a lower one says why."""
    for entries in PINNED[corpus]["at_least"].values():
        assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
        for before, after in pairwise(entries):
            assert after["value"] >= before["value"] or len(after.get("reason", "")) >= 20


@pytest.mark.corpus
@pytest.mark.parametrize("corpus", PINNED)
def test_times_keep_their_floors(corpus: str) -> None:
    """On the pinned corpus no figure is below its floor."""
    pinned = PINNED[corpus]
    data = SHARED / pinned["data"]
    if not data.is_dir():
        pytest.skip(f"needs {pinned['data']} beside the repository (../shared/data)")
    assert digest(data, pinned["files"]) == pinned["digest"], "this is another corpus: it cannot be compared"
    got = evaluate(data, first=pinned["first"], every=pinned["every"])
    assert {m: figure(got, m) for m, e in pinned["at_least"].items() if figure(got, m) < e[-1]["value"]} == {}
