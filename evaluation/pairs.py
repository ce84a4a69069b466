"""How well the pair model tells what one text says of another, on corpora of labelled pairs.

Every pair is read in its own direction and takes the likeliest relation: accuracy, macro-F1, a table of what
was taken for what. Beside them stands what a user is shown: the pairs that the program calls contradictions,
how many are right, and how many of all contradictions they are. Corpora that only know "does not support" are
scored on that alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.pair_corpora import GoldPair, read_pairs, share
from onrecord.errors import UsageError
from onrecord.linking.claims import entailment
from onrecord.linking.claims.entailment import RELATIONS, PairNetwork, Relation

HELD_BACK = 0.1  # share of premises of SNLI and MNLI that were kept from training
NOT_SUPPORTED = "does not support"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PairScore:
    """The figures of one file; ``confusion`` counts (gold, found)."""

    name: str
    confusion: Counter[tuple[str, str]]
    told: int  # contradictions that the program shows
    told_right: int
    contradictions: int  # in the corpus
    calibration: float  # mean distance of confidence and share right, in ten bins of confidence

    @property
    def pairs(self) -> int:
        """How many."""
        return self.confusion.total()

    @property
    def accuracy(self) -> float:
        """Share of pairs that are right."""
        return sum(n for (gold, found), n in self.confusion.items() if gold == found) / max(1, self.pairs)

    @property
    def labels(self) -> list[str]:
        """The labels of the gold, in the order of RELATIONS."""
        known = {gold for gold, _ in self.confusion}
        return [name for name in (*RELATIONS, NOT_SUPPORTED) if name in known]

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return sum(map(self.f1, self.labels)) / max(1, len(self.labels))

    def f1(self, label: str) -> float:
        """F1 of one label."""
        right = self.confusion[label, label]
        named = sum(n for pair, n in self.confusion.items() for one in pair if one == label)
        return 2 * right / named if named else 0.0

    def as_json(self) -> dict[str, Any]:
        """Every figure, with plain names."""
        table: dict[str, dict[str, int]] = {
            gold: {found: self.confusion[gold, found] for found in self.labels} for gold in self.labels
        }
        return {
            "pairs": self.pairs,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "f1": {label: round(self.f1(label), 4) for label in self.labels},
            "confusion": table,
            "expected_calibration_error": round(self.calibration, 4),
            "contradictions_told": {
                "told": self.told,
                "precision": round(self.told_right / self.told, 4) if self.told else None,
                "recall": round(self.told_right / self.contradictions, 4) if self.contradictions else None,
            },
        }


@dataclass(frozen=True, slots=True)
class PairsReport:
    """The figures of all files of a corpus."""

    model: str
    scores: tuple[PairScore, ...]

    def as_json(self) -> dict[str, Any]:
        """Every figure, by file."""
        return {"model": self.model, "corpora": {one.name: one.as_json() for one in self.scores}}

    def text(self) -> str:
        """The figures for people."""
        return "\n".join(line for score in self.scores for line in _lines(score))


def evaluate(
    data: Path, *, held_back: bool = False, limit: int | None = None, network: PairNetwork | None = None
) -> PairsReport:
    """Scores the shipped pair model, or ``network``, on the pairs under ``data``.

    Args:
        data: a file or folder in a format of ``pair_corpora``.
        held_back: of SNLI and MNLI only the tenth of premises that was kept from training.
        limit: only the first so many pairs of each file.

    Raises:
        UsageError: there is no corpus of pairs.
        ModelError: the model is missing.
    """
    network = network or entailment.network()
    by_file: dict[str, list[GoldPair]] = defaultdict(list)
    for pair in read_pairs(data):
        if not held_back or share(pair) < HELD_BACK:
            by_file[pair.source].append(pair)
    if not by_file:
        raise UsageError(f"{data}: no pair is left", hint="leave out --held-back")
    files = dict(sorted(by_file.items()))
    scores = [_score(name, pairs[:limit], network) for name, pairs in files.items()]
    three_way = [one for one in scores if NOT_SUPPORTED not in one.labels]
    if len(three_way) > 1:
        scores.append(_together(three_way))
    return PairsReport(network.name, tuple(scores))


def _score(name: str, pairs: Sequence[GoldPair], network: PairNetwork) -> PairScore:
    read = network.probabilities([(pair.first, pair.second) for pair in pairs])
    two_way = any(pair.label is None for pair in pairs)
    gold = [pair.label or NOT_SUPPORTED for pair in pairs]
    found: list[str] = [RELATIONS[number] for number in read.argmax(axis=1)]
    sure = read.max(axis=1)
    if two_way:
        found = ["supports" if p >= 0.5 else NOT_SUPPORTED for p in read[:, 0]]
        sure = np.maximum(read[:, 0], 1 - read[:, 0])
    told = _told(pairs, read, network) if not two_way else []
    right = np.array([a == b for a, b in zip(gold, found, strict=True)], float)
    return PairScore(
        name,
        Counter(zip(gold, found, strict=True)),
        len(told),
        sum(one == "contradicts" for one in told),
        sum(one == "contradicts" for one in gold),
        calibration_error(sure, right),
    )


def _told(pairs: Sequence[GoldPair], read: Any, network: PairNetwork) -> list[Relation | None]:
    """The labels of the pairs that are shown as contradictions."""
    # Both orders are averaged: a pair below half the threshold one way cannot reach it.
    near = [n for n in range(len(pairs)) if read[n, 1] >= 2 * network.contradicts - 1]
    judged = network.judge([(pairs[n].first, pairs[n].second) for n in near])
    return [pairs[n].label for n, one in zip(near, judged, strict=True) if one.relation == "contradicts"]


def calibration_error(sure: Any, right: Any, *, bins: int = 10) -> float:
    """Mean distance of confidence and share right, weighted by pairs; arrays [N]."""
    if not len(sure):
        return 0.0
    where = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[where == n].mean() - right[where == n].mean()) * (where == n).mean() for n in set(where)]
    return float(sum(gaps))


def _together(scores: Sequence[PairScore]) -> PairScore:
    confusion: Counter[tuple[str, str]] = Counter()
    for one in scores:
        confusion += one.confusion
    return PairScore(
        "together",
        confusion,
        sum(one.told for one in scores),
        sum(one.told_right for one in scores),
        sum(one.contradictions for one in scores),
        sum(one.calibration * one.pairs for one in scores) / max(1, confusion.total()),
    )


def _lines(score: PairScore) -> Iterator[str]:
    yield f"{score.name}: {score.pairs:,} pairs"
    yield f"  accuracy {score.accuracy:.3f}   macro-F1 {score.macro_f1:.3f}"
    width = max(map(len, score.labels))
    yield "  " + "gold".ljust(width + 2) + "".join(name.rjust(width + 2) for name in score.labels)
    for gold in score.labels:
        counts = "".join(str(score.confusion[gold, found]).rjust(width + 2) for found in score.labels)
        yield f"  {gold.ljust(width + 2)}{counts}   F1 {score.f1(gold):.3f}"
    if score.told:
        yield (
            f"  contradictions told: {score.told}, precision {score.told_right / score.told:.3f},"
            f" recall {score.told_right / max(1, score.contradictions):.3f}"
        )
