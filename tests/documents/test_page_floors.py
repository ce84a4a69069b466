"""Figures of the documents part that may not fall, on a fixed part of the pages."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.pages import evaluate

ROOT = Path(__file__).parents[2]
PINNED = json.loads((ROOT / "quality" / "pages.json").read_text(encoding="utf-8"))["pages"]
DATA = ROOT.parent / "shared" / "data" / PINNED["data"]


@pytest.mark.parametrize(("side", "sign"), [("at_least", 1), ("at_most", -1)])
def test_a_bound_is_never_weakened_in_silence(side: str, sign: int) -> None:
    """Each entry has a date, in order; a weaker one says why."""
    for entries in PINNED[side].values():
        assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
        for before, after in pairwise(entries):
            assert sign * after["value"] >= sign * before["value"] or len(after.get("reason", "")) >= 20


@pytest.mark.corpus
@pytest.mark.skipif(not DATA.is_dir(), reason="needs the pages beside the repository (../shared/data/pages)")
def test_pages_keep_their_floors() -> None:
    """On the pinned pages no figure is worse than its bound, and ours is not below trafilatura's."""
    names = sorted(path.name for path in (DATA / "ground-truth").glob("*.json"))
    digest = hashlib.sha256("".join((DATA / "ground-truth" / n).read_text("utf-8") for n in names).encode())
    assert digest.hexdigest() == PINNED["digest"], "these are other pages: figures cannot be compared"
    got = evaluate(DATA, every=PINNED["every"])
    assert got["html"] >= got["trafilatura"]
    assert {m: got[m] for m, e in PINNED["at_least"].items() if got[m] < e[-1]["value"]} == {}
    assert {m: got[m] for m, e in PINNED["at_most"].items() if got[m] > e[-1]["value"]} == {}
