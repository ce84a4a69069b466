"""The pair model trains on invented pairs, stops and goes on, and its export judges pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: make quality")

import numpy as np  # noqa: E402

from evaluation.pair_corpora import GoldPair, share  # noqa: E402
from onrecord.linking.claims.entailment import load  # noqa: E402
from onrecord.reading.network.runtime import GRID  # noqa: E402
from training.network import Size  # noqa: E402
from training.pairs.calibrate import fit, threshold  # noqa: E402
from training.pairs.data import (  # noqa: E402
    NOT_CONTRADICTED,
    NOT_SUPPORTED,
    batches,
    example,
    parts,
    turned_round,
    unlike,
)
from training.pairs.export import averaged, export  # noqa: E402
from training.pairs.network import PairModel  # noqa: E402
from training.pairs.train import Plan, Run, loss_of, plan_batches, train  # noqa: E402

pytestmark = pytest.mark.training

TINY = Size(hidden=32, heads=2, inner=64, layers=1)
TOWNS = ("Orlen", "Mirast", "Talvik", "Venn", "Dorsa", "Kelm")


def pairs(source: str = "train") -> list[GoldPair]:
    """Invented: counts of boats that agree, differ, or say nothing of each other."""
    found = []
    for number, town in enumerate(TOWNS):
        evidence = f"The harbour of {town} counted {number + 2} boats on the first day."
        for label, claim in (
            ("supports", f"{town} counted {number + 2} boats."),
            ("contradicts", f"{town} counted {number + 7} boats."),
            ("unrelated", f"The mayor of {town} likes boats and chess."),
        ):
            found.append(GoldPair(evidence, claim, label, source, town, town))
    return found


def run() -> Run:
    torch.manual_seed(3)
    torch.set_num_threads(1)
    plan = Plan(passes=2, positions=80, rate=3e-3, head_rate=1e-2, average=0.5)
    return Run(PairModel(TINY).train(), plan)


def test_stopping_and_going_on_gives_the_same_weights(tmp_path: Path) -> None:
    """A run cut after each batch is the run that was never cut."""
    learned = [example(pair) for pair in pairs()]
    whole, cut = run(), tmp_path / "cut.pt"
    ordered = plan_batches(learned, learned[:3], whole.plan)
    assert train(whole, ordered, tmp_path / "whole.pt", minutes=10)
    while True:
        part = run()
        if cut.exists():
            part.restore(cut)
        if train(part, ordered, cut, minutes=0):
            break
    for name, value in whole.mean.items():
        assert torch.allclose(value, part.mean[name], atol=1e-6), name


def test_an_exported_model_judges_like_the_checkpoint(tmp_path: Path) -> None:
    """Scores of the float export are those of the network; the int8 one gives probabilities."""
    learned = [example(pair) for pair in pairs()]
    trained, out = run(), tmp_path / "tiny.pt"
    train(trained, plan_batches(learned, (), trained.plan), out, minutes=10)
    model = averaged(out, TINY)
    for quantise in (False, True):
        export(model, tmp_path / "tiny.onnx", "tiny", quantise=quantise)
        network = load((tmp_path / "tiny.onnx").read_bytes())
        scores = network.scores([one.pair for one in learned])
        if not quantise:
            with torch.no_grad():
                for one, row in zip(learned, scores, strict=True):
                    inputs = (one.pair.ids, one.pair.shape, one.pair.side)
                    own = model(*(torch.from_numpy(array[None]).long() for array in inputs))
                    assert np.allclose(own.numpy()[0], row, atol=0.5 / GRID + 1e-4)
    fitted = fit(network, pairs())
    judged = fitted.judge([(pair.first, pair.second) for pair in pairs()])
    assert all(abs(one.supports + one.contradicts + one.unrelated - 1) < 1e-6 for one in judged)


def test_a_pair_only_known_not_to_support_wants_either_other_relation() -> None:
    """Its loss does not care which of the two it is, and falls with support."""
    label = torch.tensor([NOT_SUPPORTED])
    one = loss_of(torch.tensor([[0.0, 2.0, -1.0]]), label, 0.1)
    assert torch.isclose(one, loss_of(torch.tensor([[0.0, -1.0, 2.0]]), label, 0.1))
    assert one < loss_of(torch.tensor([[1.0, 2.0, -1.0]]), label, 0.1)


def test_a_turned_pair_is_a_contradiction_or_only_known_to_be_none() -> None:
    """The order of the texts tells the network nothing: pairs of every label are turned."""
    labels = [(one.label, turned_round(one).label) for one in map(example, pairs())]
    assert set(labels) == {(0, NOT_CONTRADICTED), (1, 1), (2, NOT_CONTRADICTED)}
    label = torch.tensor([NOT_CONTRADICTED])
    one = loss_of(torch.tensor([[2.0, 0.0, -1.0]]), label, 0.1)
    assert torch.isclose(one, loss_of(torch.tensor([[-1.0, 0.0, 2.0]]), label, 0.1))
    assert one < loss_of(torch.tensor([[2.0, 1.0, -1.0]]), label, 0.1)


def test_no_page_or_premise_is_learned_that_is_kept() -> None:
    """The parts are cut along groups."""
    nli = [GoldPair(f"A man walks {n} dogs.", f"Dogs {n}.", "supports", "snli-dev", f"p{n}") for n in range(300)]
    made = parts([], nli, strangers=0)
    kept = {pair.group for pair in made.confidence[1]}
    assert kept and len(made.every) == sum(share(pair) >= 0.14 for pair in nli)
    assert all(0.1 <= share(pair) < 0.14 for pair in made.confidence[1])


def test_unlike_pairs_are_of_two_pages() -> None:
    """A claim never meets the evidence of its own page."""
    made = unlike(pairs(), 10)
    assert made and all(pair.group not in pair.first and pair.label == "unrelated" for pair in made)


def test_batches_hold_every_example_once_and_are_not_too_large() -> None:
    """Nothing is lost by sorting along length."""
    learned = [example(pair) for pair in pairs()]
    made = batches(learned, positions=60, seed=1)
    assert sorted(id(one) for batch in made for one in batch) == sorted(map(id, learned))
    assert all(len(batch) * max(len(one.pair.ids) for one in batch) <= 60 for batch in made)


def test_the_threshold_is_the_lowest_that_is_precise_enough() -> None:
    """By weight; 1 where nothing is."""
    sure, right = np.array([0.9, 0.8, 0.7, 0.6]), [True, True, False, True]
    assert threshold(sure, right, np.ones(4), precision=0.9) == 0.8
    assert threshold(sure, right, np.ones(4), precision=0.7) == 0.6
    assert threshold(sure, right, np.array([1.0, 1.0, 9.0, 1.0]), precision=0.7) == 0.8
    assert threshold(sure, [False] * 4, np.ones(4), precision=0.5) == 1.0
