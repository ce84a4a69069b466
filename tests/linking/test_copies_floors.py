"""Figures of copies, stories and pairs that may not fall."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation import copies, pairs, stories

ROOT = Path(__file__).parents[2]
PINNED = json.loads((ROOT / "quality" / "linking.json").read_text(encoding="utf-8"))
FILES = {"copies": "articles.jsonl.gz", "stories": "news_cluster.jsonl.gz", "pairs": "dev.jsonl"}
BOUNDS = [
    (side, sign, entries)
    for pinned in PINNED.values()
    for side, sign in (("at_least", 1), ("at_most", -1))
    for entries in pinned[side].values()
]


@pytest.mark.parametrize(("side", "sign", "entries"), BOUNDS)
def test_a_bound_is_never_weakened_in_silence(side: str, sign: int, entries: list[dict]) -> None:
    """Each entry has a date, in order; a weaker one says why."""
    assert [entry["since"] for entry in entries] == sorted(entry["since"] for entry in entries)
    for before, after in pairwise(entries):
        assert sign * after["value"] >= sign * before["value"] or len(after.get("reason", "")) >= 20


def corpus(task: str) -> Path:
    """The folder of a pinned corpus, if it is there and the same."""
    folder = ROOT.parent / "shared" / "data" / PINNED[task]["data"]
    if not folder.is_dir():
        pytest.skip(f"the corpus {PINNED[task]['data']} is not beside the repository")
    digest = hashlib.sha256((folder / FILES[task]).read_bytes()).hexdigest()
    assert digest == PINNED[task]["digest"], "this is another corpus: its figures cannot be compared"
    return folder


def worse(task: str, got: dict) -> dict:
    """The figures that are worse than their bounds."""
    pinned = PINNED[task]
    return {m: got[m] for m, e in pinned["at_least"].items() if got[m] < e[-1]["value"]} | {
        m: got[m] for m, e in pinned["at_most"].items() if got[m] > e[-1]["value"]
    }


@pytest.mark.corpus
def test_copies_keep_their_floors() -> None:
    """Copies are found, and no pair among real articles that nobody has read."""
    pinned = PINNED["copies"]
    got = copies.evaluate(
        corpus("copies"),
        every=pinned["every"],
        sources=pinned["sources"],
        minhash=False,
        read=ROOT / "quality" / "copies.jsonl",
    )
    assert worse("copies", got["recall"] | {"unread": got["unread"]}) == {}


@pytest.mark.corpus
def test_stories_keep_their_floors() -> None:
    """Stories are as good as they were, and the same in a stream."""
    got = stories.evaluate(corpus("stories"))
    assert worse("stories", got) == {} and got["stream_is_the_same"]


@pytest.mark.corpus
def test_pairs_keep_their_floors() -> None:
    """What the shipped model says of claims and evidence on pages it has not seen."""
    (score,) = pairs.evaluate(corpus("pairs") / FILES["pairs"]).scores
    assert worse("pairs", score.as_json()) == {}
