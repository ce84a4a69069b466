"""Sets what is fitted after training: the leaning of the tagger and the confidence of an attribution.

    python -m training.calibrate --model work/quotes.onnx --data DEV

Two things only are fitted on DEV: how much a tag other than "outside" is favoured (one number out of a short
list), and the logistic that turns what the network
says of an attribution into the probability that it is right (source, cue and content all overlap the gold).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from onrecord.evaluate.polnear import Article, read_corpus
from onrecord.evaluate.quotes import annotated
from onrecord.evaluate.score import MEASURES, Parts, pair, score_document, tidy_parts, total
from onrecord.reading.assemble import Found, assemble
from onrecord.reading.decode import TAGS
from onrecord.reading.encoder import Network, Scores, load
from onrecord.reading.windows import Pieces, Window, pieces_of, spans_of_windows, window_of
from training.export import describe

LEANS = (-0.5, -0.25, 0.0, 0.25, 0.5)
AIMS = ("source set", "cue set", "content set", "attribution all-overlap", "attribution all-exact")


@dataclass(frozen=True, slots=True)
class Read:
    """An article with everything the network says of it."""

    article: Article
    pieces: Pieces
    windows: list[Window]
    scores: list[Scores]


def read(model: Network, article: Article) -> Read:
    """One pass of the network over ``article``."""
    pieces = pieces_of(article.text)
    windows = [window_of(pieces, span) for span in spans_of_windows(pieces)]
    scores = dict(model.read(windows))
    return Read(article, pieces, windows, [scores[number] for number in range(len(windows))])


def found_with(model: Network, one: Read, lean: float) -> list[Found]:
    """The attributions of an article if every tag but "outside" is favoured by ``lean``."""
    favour = np.array([0.0] + [lean] * (len(TAGS) - 1), np.float32)
    chain = replace(model.chain, lean=favour)
    return list(assemble(one.article.text, one.pieces, one.windows, one.scores, chain, model.linker))


def figures(model: Network, articles: Sequence[Read], lean: float) -> dict[str, float]:
    """F1 of AIMS."""
    counts = total(
        score_document(annotated(one.article), parts(found_with(model, one, lean)), one.article.text)
        for one in articles
    )
    return {aim: counts[aim].f1 for aim in AIMS}


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


def fit_confidence(model: Network, articles: Sequence[Read], lean: float) -> list[float]:
    """Offset and weights of the confidence, fitted on whether each attribution is right."""
    features, right = [], []
    for one in articles:
        found = found_with(model, one, lean)
        paired = set(pair(annotated(one.article), parts(found), MEASURES["all-overlap"]).values())
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
    articles = [read(model, article) for article in read_corpus(options.data) if article.annotations]
    best, top = 0.0, -1.0
    for lean in LEANS:
        values = figures(model, articles, lean)
        mean = sum(values.values()) / len(values)
        print(
            f"lean {lean}: mean {mean:.4f}",
            {key: round(value, 4) for key, value in values.items()},
            flush=True,
        )
        best, top = (lean, mean) if mean > top else (best, top)
    network = onnx.load(str(options.model))
    learned = json.loads(network.metadata_props[0].value)
    learned["lean"] = [0.0] + [best] * (len(TAGS) - 1)
    learned["confidence"] = fit_confidence(model, articles, best)
    describe(options.model, learned)
    print(f"lean {best}, confidence {[round(value, 3) for value in learned['confidence']]}")


if __name__ == "__main__":
    main()
