"""Figures that may not fall, and the form in which they are pinned."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.quotes import QuotesReport, corpus_digest, evaluate

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
FLOORS = json.loads((ROOT / "quality" / "floors.json").read_text(encoding="utf-8"))
BOUNDS = [
    (task, side, measure, entries)
    for task, pinned in FLOORS.items()
    for side in ("at_least", "at_most")
    for measure, entries in pinned[side].items()
]


def weakened(side: str, entries: list[dict]) -> list[dict]:
    """The entries that ask less than the one before them."""
    sign = 1 if side == "at_least" else -1
    return [b for a, b in pairwise(entries) if sign * b["value"] < sign * a["value"]]


@pytest.mark.parametrize(("task", "side", "measure", "entries"), BOUNDS, ids=lambda value: str(value)[:40])
def test_a_bound_is_never_weakened_in_silence(
    task: str, side: str, measure: str, entries: list[dict]
) -> None:
    """Each entry has a date and a number, in order; a weaker one says why."""
    assert entries and all({"since", "value"} <= entry.keys() for entry in entries)
    assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
    for entry in weakened(side, entries):
        assert len(entry.get("reason", "")) >= 20, (
            f"{task}: {measure} is weakened to {entry['value']}: say why"
        )


def test_a_weaker_entry_is_seen() -> None:
    """Lower is weaker for a floor, higher for a ceiling."""
    falling = [{"value": 0.7}, {"value": 0.6}]
    assert weakened("at_least", falling) == [{"value": 0.6}] and weakened("at_most", falling) == []


def figures(report: QuotesReport) -> dict[str, float]:
    scores = {key: count.f1 for key, count in report.counts.items()}
    return scores | {"expected calibration error": report.calibration_error}


@pytest.mark.corpus
def test_the_shipped_reader_keeps_its_floors() -> None:
    """On the pinned corpus no figure is worse than its bound."""
    pinned = FLOORS["quotes"]
    data = SHARED / pinned["data"]
    if not data.is_dir():
        pytest.skip(f"the corpus {pinned['data']} is not beside the repository")
    assert corpus_digest(data) == pinned["digest"], "this is another corpus: its figures cannot be compared"
    got = figures(evaluate(data, draws=0))
    worse = {m: got[m] for m, e in pinned["at_least"].items() if got[m] < e[-1]["value"]}
    worse |= {m: got[m] for m, e in pinned["at_most"].items() if got[m] > e[-1]["value"]}
    assert worse == {}
