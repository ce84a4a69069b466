"""Sets what is fitted after training: the confidence of an attribution.

    python -m training.calibrate --model work/reader.onnx --data DEV

A logistic turns what the network says of an attribution into the probability that it is right (source, cue
and content all overlap the gold). Favouring tags over "outside", or the other way round, was tried here too
and made every figure worse.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from evaluation.polnear import Article, read_corpus
from evaluation.quotes import annotated
from evaluation.score import MEASURES, Parts, pair, tidy_parts
from onrecord.reading.network.assemble import Found
from onrecord.reading.network.encoder import Network, load
from onrecord.reading.statements.quotes import raw_attributions
from training.export import describe


def parts(found: Sequence[Found]) -> list[Parts]:
    """What the scorer takes: the three roles of each."""
    return tidy_parts(one[:3] for one in found)


def fit_logistic(
    features: NDArray[np.float64], right: NDArray[np.float64], *, ridge: float = 1.0
) -> list[float]:
    """Offset and weights of a ridge logistic regression, by Newton's method; features [n, k], right [n]."""
    inputs = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(inputs.shape[1])
    penalty = np.diag([1e-9] + [ridge] * features.shape[1])
    for _ in range(50):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (guess - right) + penalty @ weights
        curve = (inputs.T * (guess * (1 - guess))) @ inputs + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return [float(value) for value in weights]


def fit_confidence(model: Network, articles: Sequence[Article]) -> list[float]:
    """Offset and weights of the confidence, fitted on whether each attribution is right."""
    features, right = [], []
    for one in articles:
        found = raw_attributions(model, one.text)
        paired = set(pair(annotated(one), parts(found), MEASURES["all-overlap"]).values())
        features += [list(item[3]) for item in found]
        right += [float(number in paired) for number in range(len(found))]
    return fit_logistic(np.array(features), np.array(right))


def main() -> None:
    """Fit, and write the result into the model file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    model = load(options.model.read_bytes(), threads=2)
    articles = [article for article in read_corpus(options.data) if article.annotations]
    network = onnx.load(str(options.model))
    learned = json.loads(network.metadata_props[0].value)
    learned["confidence"] = fit_confidence(model, articles)
    describe(options.model, learned)
    print(f"confidence {[round(value, 3) for value in learned['confidence']]}")


if __name__ == "__main__":
    main()
