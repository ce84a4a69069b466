"""Figures of speakers, polarity, mentions and coreference that may not fall."""

import hashlib
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation import coref, mentions, speakers, stance

ROOT = Path(__file__).parents[2]
PINNED = json.loads((ROOT / "quality" / "reading.json").read_text(encoding="utf-8"))
SHARED = ROOT.parent / "shared" / "data"


def digest(path: Path) -> str:
    """Over the sorted relative names and bytes of all files; of a file, over the file."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    found = hashlib.sha256()
    for one in files:
        found.update(one.relative_to(path.parent).as_posix().encode() + b"\0" + one.read_bytes())
    return found.hexdigest()


def of_speakers(data: Path) -> dict[str, float]:
    report = speakers.evaluate(data, ROOT / "quality" / "speakers.jsonl")
    return {"right": report.share(report.verdicts), "right, natural mix": report.natural()}


def of_stance(data: Path) -> dict[str, float]:
    scores = stance.evaluate(data, gold=ROOT / "quality" / "stance.jsonl").scores
    return {
        f"{part} {name}": getattr(one, name)
        for part, one in scores.items()
        for name in ("accuracy", "macro_f1")
    }


def of_mentions(data: Path, *, every: int = 1) -> dict[str, float]:
    report = mentions.evaluate(data, every=every)
    return {
        f"{view} {key}": count.f1 for view, counts in report.counts.items() for key, count in counts.items()
    }


def of_coref(data: Path) -> dict[str, float]:
    report = coref.evaluate(data)
    tied = {f"{form} tied": one.share for form, one in report.tied.items()}
    return {f"CoNLL {row}": report.conll(row) for row in report.shares} | tied


FIGURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "speakers": of_speakers,
    "stance": of_stance,
    "uner": of_mentions,
    "gum": of_mentions,
    "re3d": lambda data: of_mentions(data, every=4),
    "coref": of_coref,
}


@pytest.mark.parametrize("task", PINNED)
def test_a_floor_is_never_lowered_in_silence(task: str) -> None:
    """Each entry has a date, in order; a lower one says why."""
    for entries in PINNED[task]["at_least"].values():
        assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
        for before, after in pairwise(entries):
            assert after["value"] >= before["value"] or len(after.get("reason", "")) >= 20


@pytest.mark.corpus
@pytest.mark.parametrize("task", PINNED)
def test_reading_keeps_its_floors(task: str) -> None:
    """On the pinned corpus no figure is below its floor."""
    pinned = PINNED[task]
    data = SHARED / pinned["data"]
    if not data.exists():
        pytest.skip(f"the corpus {pinned['data']} is not beside the repository")
    assert digest(data) == pinned["digest"], "this is another corpus: its figures cannot be compared"
    got = FIGURES[task](data)
    assert {m: got[m] for m, e in pinned["at_least"].items() if got[m] < e[-1]["value"]} == {}
