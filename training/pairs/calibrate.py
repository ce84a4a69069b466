"""Fits the confidence of an exported pair model and chooses the thresholds; writes them into the file.

    python -m training.pairs.calibrate --data ../shared/data --model work/pairs.onnx

On the pages of VitaminC kept for it (``training.pairs.data``): one temperature by likelihood, then the lowest
threshold at which what is told is right often enough. Contradictions are rarer among the pairs of a record
than in the corpora, so pairs are weighted as if only one in ten were one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.pair_corpora import GoldPair
from onrecord.linking.claims.differences import differences
from onrecord.linking.claims.entailment import RELATIONS, Floats, PairNetwork, load, pair_input, softmax
from training.export import describe
from training.pairs import data as corpora

PRIORS = (0.3, 0.1, 0.6)  # of RELATIONS among the candidate pairs of a record: an estimate on the safe side
PRECISION = {"contradicts": 0.9, "supports": 0.85}
TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(4.0), 60))


def temperature(network: PairNetwork, pairs: Sequence[GoldPair]) -> float:
    """The temperature under which the labels are likeliest."""
    scores = network.scores([pair_input(pair.first, pair.second) for pair in pairs])
    gold = np.array([RELATIONS.index(pair.label) for pair in pairs if pair.label])
    losses = [-np.log(softmax(scores / t)[np.arange(len(gold)), gold]).mean() for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def threshold(
    sure: Floats, right: Sequence[bool] | NDArray[np.bool_], weight: Floats, *, precision: float
) -> float:
    """The lowest value such that of the pairs at or above it at least ``precision`` are right, by weight.

    1.0 where there is none. ``sure``, ``right``, ``weight``: [N].
    """
    order = np.argsort(-sure, kind="stable")
    hits = np.cumsum(np.where(np.asarray(right)[order], weight[order], 0.0))
    shares = hits / np.cumsum(weight[order])
    enough = np.flatnonzero(shares >= precision)
    return float(sure[order][enough[-1]]) if len(enough) else 1.0


def weights(pairs: Sequence[GoldPair]) -> Floats:
    """[N]: each pair's weight, so that the labels are as frequent as PRIORS."""
    labels = [pair.label for pair in pairs]
    each = {name: share / max(1, labels.count(name)) for name, share in zip(RELATIONS, PRIORS, strict=True)}
    return np.array([each[label] for label in labels if label])


def fit(network: PairNetwork, pairs: Sequence[GoldPair]) -> PairNetwork:
    """The network with its temperature and thresholds.

    A record tells a contradiction only where the words show in what two texts differ (see ``weighing``), so
    its threshold is fitted on such pairs; the labels are as frequent among all pairs as PRIORS says.
    """
    fitted = replace(network, temperature=temperature(network, pairs), supports=1.0, contradicts=1.0)
    judged = fitted.judge([(pair.first, pair.second) for pair in pairs])
    explained = np.array([bool(differences(pair.first, pair.second)) for pair in pairs])
    found = {}
    for name in ("contradicts", "supports"):
        sure = np.array([getattr(one, name) for one in judged])
        right = np.array([pair.label == name for pair in pairs])
        some = explained if name == "contradicts" else np.ones_like(explained)
        found[name] = threshold(sure[some], right[some], weights(pairs)[some], precision=PRECISION[name])
    return replace(fitted, supports=found["supports"], contradicts=found["contradicts"])


def calibrate(model: Path, parts: corpora.Parts) -> None:
    """Fits the model file and writes what was fitted into it.

    The worded-alike pairs of VitaminC are nearer to a record's than invented scenes: they decide.
    """
    network = fit(load(model.read_bytes(), threads=2), parts.confidence[0])
    learned = {
        "name": network.name,
        "temperature": network.temperature,
        "supports": network.supports,
        "contradicts": network.contradicts,
    }
    describe(model, learned)
    print(json.dumps(learned), flush=True)


def main() -> None:
    """Calibrate as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    calibrate(options.model, corpora.load(options.data, options.model.parent / "pairs.parts"))


if __name__ == "__main__":
    main()
