"""Trains the line classifier and measures it out of fold: one command from pages to the shipped file.

    python -m training.lines.train PAGES --out src/onrecord/data/lines.json

Two stages. A logistic regression gives each word, pair of words and whole short line a weight; boosted trees
then judge a line by its shape, its words' weights, its neighbours and its place. The trees are trained on
word scores from pages the weights have not seen. Clean articles (the gold text alone) are among the training
documents, so that the trees know a text without a page around it. Folds are by page, the same for all ways
of stripping, and for a page no weight, tree or threshold has seen it in any form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from evaluation.pages import word_f1
from onrecord.documents.characters import lines
from onrecord.documents.features import features, tokens
from training.lines.corpus import WAYS, Labelled, labelled, pages

SEED = 7
FOLDS = 5
INNER = 4
MIN_PAGES = 4  # a word must stand on this many pages to get a weight
VOCABULARY = 6_000
SHIPPED_WORDS = 4_000  # those of greatest absolute weight
TREES = {
    "max_iter": 120,
    "learning_rate": 0.1,
    "max_leaf_nodes": 16,
    "max_depth": 6,
    "l2_regularization": 5.0,
    "min_samples_leaf": 40,
    "random_state": SEED,
}
Weights = dict[str, float]


def word_weights(documents: Sequence[Labelled]) -> Weights:
    """The weight of each known token for "part of the article", learned from lines of whole pages."""
    spread: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for line in set(document.lines):
            for token in tokens(line):
                spread[token].add(document.page)
    known = sorted(
        (t for t, on in spread.items() if len(on) >= MIN_PAGES), key=lambda t: (-len(spread[t]), t)
    )
    index = {token: i for i, token in enumerate(known[:VOCABULARY])}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    labels: list[int] = []
    for document in documents:
        if document.way != "block":
            continue
        for line, label in zip(document.lines, document.labels, strict=True):
            found = [index[token] for token in set(tokens(line)) if token in index]
            if found:
                rows += [len(labels)] * len(found)
                columns += found
                values += [(len(found) + 2) ** -0.5] * len(found)
                labels.append(label)
    table = csr_matrix((values, (rows, columns)), shape=(len(labels), len(index)))
    model = LogisticRegression(C=1.0, max_iter=200, random_state=SEED).fit(table, labels)
    pairs = zip(index, model.coef_[0].tolist(), strict=True)
    best = sorted(pairs, key=lambda pair: -abs(pair[1]))[:SHIPPED_WORDS]
    return {token: round(weight, 3) for token, weight in sorted(best)}


def fit(documents: Sequence[Labelled]) -> tuple[Weights, HistGradientBoostingClassifier]:
    """Word weights from all documents, and trees on word scores from weights that have not seen the page."""
    names = sorted({document.page for document in documents})
    tables, labels, importance = [], [], []
    for part in range(INNER):
        held = set(names[part::INNER])
        weights = word_weights([d for d in documents if d.page not in held])
        for document in documents:
            if document.page in held and document.lines:
                tables.append(features(document.lines, weights))
                labels.append(np.array(document.labels))
                # Lines count by their words, pages alike whatever their length: the measure does so too.
                words = tables[-1][:, 0] + 3
                importance.append(words / words.sum())
    weight = np.concatenate(importance)
    trees = HistGradientBoostingClassifier(**TREES)
    trees.fit(np.concatenate(tables), np.concatenate(labels), sample_weight=weight / weight.mean())
    return word_weights(documents), trees


def exported(weights: Weights, trees: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The model as plain lists: [T, N] nodes of T trees, padded; a leaf points to itself."""
    nodes = [each[0].nodes for each in trees._predictors]
    width = max(len(tree) for tree in nodes)
    out: dict[str, Any] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}
    for tree in nodes:
        leaf = tree["is_leaf"].astype(bool)
        own = np.arange(len(tree))
        pad = [0] * (width - len(tree))
        out["feature"].append(np.where(leaf, 0, tree["feature_idx"]).tolist() + pad)
        out["threshold"].append([float(f"{x:.6g}") for x in np.where(leaf, 0.0, tree["num_threshold"])] + pad)
        out["left"].append(np.where(leaf, own, tree["left"]).tolist() + pad)
        out["right"].append(np.where(leaf, own, tree["right"]).tolist() + pad)
        out["value"].append([float(f"{x:.5g}") for x in np.where(leaf, tree["value"], 0.0)] + pad)
    depth = max(int(tree["depth"].max()) for tree in nodes)
    return {
        "bias": float(np.ravel(trees._baseline_prediction)[0]),
        "depth": depth,
        "trees": out,
        "words": weights,
    }


def folds(names: Sequence[str]) -> list[set[str]]:
    """The pages in FOLDS parts, the same for the same names."""
    shuffled = sorted(names)
    random.Random(SEED).shuffle(shuffled)
    return [set(shuffled[part::FOLDS]) for part in range(FOLDS)]


def out_of_fold(documents: Sequence[Labelled]) -> dict[tuple[str, str], NDArray[np.float32]]:
    """For each page and way, the probability of each line from a model that has not seen the page."""
    found = {}
    for held in folds(sorted({d.page for d in documents})):
        weights, trees = fit([d for d in documents if d.page not in held])
        for document in documents:
            if document.page in held and document.lines:
                chances = trees.predict_proba(features(document.lines, weights))[:, 1]
                found[document.page, document.way] = chances.astype(np.float32)
        print(f"fold of {len(held)} pages done", flush=True)
    return found


def scores(
    documents: Sequence[Labelled],
    gold: dict[str, str],
    chances: dict[tuple[str, str], NDArray[np.float32]],
    threshold: float,
) -> dict[str, float]:
    """Mean word F1 over the pages for each way of stripping, without any rule on top."""
    by_way: dict[str, list[float]] = defaultdict(list)
    for document in documents:
        chance = chances.get((document.page, document.way), np.zeros(0))
        kept = [line for line, p in zip(document.lines, chance, strict=True) if p > threshold]
        by_way[document.way].append(word_f1("\n".join(kept), gold[document.page]))
    return {way: round(sum(values) / len(values), 4) for way, values in by_way.items()}


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--chances", type=Path, help="write the out-of-fold probabilities here (.npz)")
    options = parser.parse_args()
    corpus = list(pages(options.pages))
    gold = {page.name: page.gold for page in corpus}
    documents = [labelled(page, way) for page in corpus for way in WAYS]
    for page in corpus:
        own = [line.text for line in lines(page.gold)]
        documents.append(Labelled(page.name, "gold", own, [1] * len(own)))
    chances = out_of_fold(documents)
    figures = {str(t): scores(documents, gold, chances, t) for t in (0.3, 0.4, 0.5, 0.6)}
    print(json.dumps(figures, indent=1))
    if options.chances:
        named: dict[str, Any] = {f"{page}/{way}": p for (page, way), p in chances.items()}
        np.savez(options.chances, **named)
    model = exported(*fit(documents))
    digest = hashlib.sha256("".join(page.html + page.gold for page in corpus).encode()).hexdigest()
    card = {
        "what": "article line or leftover, from bare text of a whole web page",
        "data": "WCXB (Web Content eXtraction Benchmark), development part, article pages, CC BY 4.0",
        "pages": len(corpus),
        "digest": digest,
        "seed": SEED,
        "out of fold, word F1 by threshold and way of stripping": figures,
    }
    text = json.dumps({"card": card, **model}, ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
