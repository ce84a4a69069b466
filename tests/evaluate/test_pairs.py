"""Figures on pairs: counted by hand on an invented corpus in each format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from evaluation.pair_corpora import read_pairs, share
from evaluation.pairs import calibration_error, evaluate
from onrecord.errors import UsageError
from onrecord.linking.claims.entailment import SECOND_AMOUNT, SECOND_OWN, SECOND_SHARED, PairNetwork
from onrecord.linking.claims.quantities import EQUAL


@dataclass
class Counting:
    """A session that judges by whether all words of the second text are in the first, all but one, or fewer."""

    def run(self, names: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        side, equal = inputs["side"], SECOND_AMOUNT + EQUAL
        own = ((side == SECOND_OWN) | ((side >= SECOND_AMOUNT) & (side != equal))).sum(1)
        shared = ((side == SECOND_SHARED) | (side == equal)).sum(1)
        rows = [
            (4, 0, 0) if n == 0 and m else (0, 4, 0) if n == 1 else (0, 0, 4)
            for n, m in zip(own, shared, strict=True)
        ]
        return [np.array(rows, np.float32)]


NETWORK = PairNetwork(Counting(), "counting", temperature=1.0, supports=0.8, contradicts=0.8)
ROWS = [
    ("Twelve boats left.", "Twelve boats left.", "SUPPORTS"),
    ("Twelve boats left.", "Nine boats left.", "REFUTES"),
    ("Twelve boats left.", "Nine boats came back quickly.", "NOT ENOUGH INFO"),
    ("Twelve boats left.", "Some boats left.", "NOT ENOUGH INFO"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = [
        {"evidence": a, "claim": b, "label": label, "page": f"p{n}", "case_id": f"c{n}"}
        for n, (a, b, label) in enumerate(ROWS)
    ]
    (tmp_path / "vit.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


def test_figures_counted_by_hand(corpus: Path) -> None:
    """Three of four are right; one that says nothing is taken, and told, for a contradiction."""
    (score,) = evaluate(corpus, network=NETWORK).scores
    assert score.accuracy == 0.75
    assert [score.f1(label) for label in score.labels] == [1.0, pytest.approx(2 / 3), pytest.approx(2 / 3)]
    assert score.macro_f1 == pytest.approx(7 / 9)
    assert score.confusion["unrelated", "contradicts"] == 1
    report = score.as_json()["contradictions_told"]
    assert report == {"told": 2, "precision": 0.5, "recall": 1.0}


def test_every_format_is_read(corpus: Path) -> None:
    """VitaminC, SNLI and MNLI, FEVER; a quoted comma and a line break in a cell included."""
    (corpus / "snli.csv").write_text(
        'premise,hypothesis,label\n"Two boats, one ship.","A ship.",entailment\nA "b,"x\ny",neutral\n', "utf-8"
    )
    (corpus / "fever.txt").write_text("not_entailment\tTwo boats left.\tTen boats.\n", "utf-8")
    found = {pair.source: pair for pair in read_pairs(corpus)}
    assert found["vit"].first == "Twelve boats left." and found["vit"].label == "unrelated"
    assert found["fever"].label is None
    snli = [pair for pair in read_pairs(corpus) if pair.source == "snli"]
    assert [(one.second, one.label) for one in snli] == [("A ship.", "supports"), ("x\ny", "unrelated")]


def test_two_way_corpora_are_scored_on_support_alone(corpus: Path) -> None:
    """A contradiction does not support either."""
    (corpus / "fever.txt").write_text(
        "not_entailment\tTwo boats left.\tTen boats left.\nentailment\tTwo boats left.\tTwo boats.\n", "utf-8"
    )
    report = evaluate(corpus / "fever.txt", network=NETWORK)
    assert report.scores[0].accuracy == 1.0 and report.scores[0].told == 0


def test_only_what_was_held_back(tmp_path: Path) -> None:
    """The tenth is the same on every machine, and goes by premise."""
    lines = ["premise,hypothesis,label"] + [f"Boat {n} left.,Boat {n} left.,entailment" for n in range(200)]
    (tmp_path / "mnli.csv").write_text("\n".join(lines), "utf-8")
    kept = [pair for pair in read_pairs(tmp_path) if share(pair) < 0.1]
    assert 8 <= len(kept) <= 32
    assert evaluate(tmp_path, held_back=True, network=NETWORK).scores[0].pairs == len(kept)


def test_the_report_is_readable(corpus: Path) -> None:
    """For people: the table and what was told."""
    text = evaluate(corpus, network=NETWORK).text()
    assert "accuracy 0.750" in text and "contradictions told: 2, precision 0.500" in text


def test_no_corpus(tmp_path: Path) -> None:
    """An empty folder, and a file that is none, say what is wanted."""
    with pytest.raises(UsageError, match="no corpus of pairs"):
        read_pairs(tmp_path)
    (tmp_path / "bad.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(UsageError, match=r"bad\.jsonl"):
        read_pairs(tmp_path)


def test_calibration_error() -> None:
    """Nothing where confidence is the share right; the gap where it is not."""
    right = np.array([1.0, 1.0, 1.0, 0.0])
    assert calibration_error(np.full(4, 0.75), right) == pytest.approx(0.0)
    assert calibration_error(np.full(4, 0.95), right) == pytest.approx(0.2)
    assert calibration_error(np.zeros(0), np.zeros(0)) == 0.0
