"""Pairs that a record shows: drawn the same each time, labelled without texts, scored."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from disputed_reports import disputed_record

import onrecord
from evaluation.record_pairs import ShownPair, drawn, score, shown_pairs
from onrecord.errors import UsageError


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[ShownPair]:
    with onrecord.open(disputed_record(tmp_path_factory.mktemp("disputed") / "a.duckdb")) as record:
        return shown_pairs(record)


def test_every_shown_pair_but_the_same_words(pairs: list[ShownPair]) -> None:
    """What one speaker says in the same words twice needs no label."""
    assert [one.member.stance for one in pairs] == ["supports", "contradicts", "differs"]


def test_contradictions_are_drawn_first(pairs: list[ShownPair]) -> None:
    """The same for one seed; never more than there are, each once."""
    assert [one.member.stance for one in drawn(pairs, 1, 1)] == ["contradicts"]
    assert drawn(pairs, 2, 7) == drawn(pairs[::-1], 2, 7)
    assert len({one.id for one in drawn(pairs, 99, 1)}) == len(pairs)


def test_labels_hold_no_text(pairs: list[ShownPair]) -> None:
    """Hashes and offsets only; the texts are for the one who labels."""
    label, texts = json.dumps(pairs[1].label()), json.dumps(pairs[1].texts())
    assert "mined" not in label and "Bodil" not in label
    assert "mined" in texts and "Bodil" in texts and pairs[1].id in label


def test_precision(pairs: list[ShownPair]) -> None:
    """Of what is shown and labelled; the rest is counted."""
    rows = [one.label() for one in pairs]
    found = score(pairs, rows)
    assert (found.unlabelled, found.precision("contradicts")) == (3, None)
    for row, label in zip(rows, ("unrelated", "contradicts", "differs"), strict=True):
        row["label"] = label
    found = score(pairs, [*rows, {**rows[0], "id": "w_0"}])
    precision = [found.precision(stance) for stance in ("contradicts", "differs", "supports")]
    assert precision == [1.0, 1.0, 0.0] and (found.unlabelled, found.not_shown) == (0, 1)
    rows[0]["label"] = "maybe"
    with pytest.raises(UsageError, match="no such label"):
        score(pairs, rows)
