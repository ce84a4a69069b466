"""Training runs end to end on a tiny corpus of our own, stops, goes on, and gives a model that reads."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: make quality")

from evaluation.corpora import GoldMention, GoldText  # noqa: E402
from evaluation.polnear import read_corpus  # noqa: E402
from onrecord.reading.mentions import find_mentions  # noqa: E402
from onrecord.reading.network.encoder import load, pass_over  # noqa: E402
from onrecord.reading.statements.quotes import attributions_by  # noqa: E402
from onrecord.text.doc import Doc  # noqa: E402
from training.calibrate import fit_logistic  # noqa: E402
from training.crf import log_partition  # noqa: E402
from training.examples import epoch, marked_articles  # noqa: E402
from training.export import averaged, export, learned  # noqa: E402
from training.mentions import mark  # noqa: E402
from training.network import Reader, Size  # noqa: E402
from training.shipped import restore_shipped  # noqa: E402
from training.train import Corpora, Plan, Run, train  # noqa: E402

pytestmark = pytest.mark.training

TINY = Size(hidden=32, heads=2, inner=64, layers=1, link=16)
NAMES = ("Mira Talvik", "the mayor", "Orlo Venn", "she")
CUES = ("said", "warned", "told reporters")
CLAIMS = ("that the bridge is closed", "the boats will stay", "that nobody was hurt")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six invented articles in PolNeAR's format."""
    for kind in ("text", "attributions"):
        (tmp_path / kind).mkdir()
    combinations = list(product(NAMES, CUES, CLAIMS))
    for number in range(6):
        text, lines = "", []
        for event, (who, how, what) in enumerate(combinations[number * 6 : number * 6 + 6]):
            spans = []
            for role, words in (("Source", who), ("Cue", how), ("Content", what)):
                spans.append((role, len(text), len(text) + len(words)))
                text += words + " "
            text = text.rstrip() + ".\n"
            for role, (name, start, end) in enumerate(spans):
                lines.append(f"T{event * 3 + role}\t{name} {start} {end}\t{text[start:end]}")
            who, how, what = (f"T{event * 3 + role}" for role in range(3))
            lines.append(f"E{event}\tAttribution:{how} Content:{what} Cue:{how} Source:{who}")
        (tmp_path / "text" / f"a{number}.txt").write_text(text, "utf-8")
        (tmp_path / "attributions" / f"a{number}_0a1b.ann").write_text("\n".join(lines), "utf-8")
    return tmp_path


def _run() -> Run:
    torch.manual_seed(3)
    torch.set_num_threads(1)
    return Run(Reader(TINY).train(), Plan(steps=30, batch=2, rate=3e-3, head_rate=1e-2, average=0.9))


def _corpora(folder: Path) -> Corpora:
    """The invented articles, and two invented texts with names and mentions that go back to each other."""
    text = "Mira Talvik met Orlo Venn. She thanked him in Port Sarn."
    spans = {"Mira Talvik": 1, "Orlo Venn": 2, "She": 1, "him": 2, "Port Sarn": 3}
    marked = []
    for words, cluster in spans.items():
        start = text.index(words)
        span, kind = (start, start + len(words)), "place" if cluster == 3 else "person"
        form = "name" if " " in words else "pronoun"
        marked.append(GoldMention(span, (start, start + len(words.split()[0])), kind, form, cluster))
    gold = [GoldText(name, text, tuple(marked)) for name in "ab"]
    return Corpora(
        marked_articles(list(read_corpus(folder))),
        [mark(one, names=True) for one in gold],
        [mark(one, names=False) for one in gold],
    )


def test_a_run_cut_off_after_every_batch_ends_like_one_never_cut_off(corpus: Path, tmp_path: Path) -> None:
    """The checkpoint holds all that decides what comes next."""
    articles = _corpora(corpus)
    whole, out = _run(), tmp_path / "whole.pt"
    assert train(whole, articles, out, minutes=10)
    cut, times = tmp_path / "cut.pt", 0
    while True:
        run = _run()
        if cut.exists():
            run.restore(cut)
        if train(run, articles, cut, minutes=0):
            break
        times += 1
    assert times > 3
    for name, value in whole.mean.items():
        assert torch.allclose(value, run.mean[name], atol=1e-6), name


def test_a_trained_model_exports_and_reads(corpus: Path, tmp_path: Path) -> None:
    """Checkpoint to int8 ONNX to attributions whose spans lie in the text."""
    articles = list(read_corpus(corpus))
    run, out = _run(), tmp_path / "tiny.pt"
    train(run, _corpora(corpus), out, minutes=10)
    model = averaged(out, TINY)
    export(model, tmp_path / "tiny.onnx", learned(model, "tiny"))
    network = load((tmp_path / "tiny.onnx").read_bytes())
    assert network.name == "tiny"
    for article in articles:
        for one in attributions_by(network, article.text):
            assert all(0 <= a < b <= len(article.text) for a, b in (*one.speaker, *one.cue, *one.content))
        for mention in find_mentions(pass_over(network, article.text), network.mentions, [a for a, _ in Doc.of(article.text).sentences]):
            assert 0 <= mention.span[0] <= mention.head[0] < mention.head[1] <= mention.span[1]
            assert mention.span[1] <= len(article.text)


def test_training_goes_on_from_an_exported_model(corpus: Path, tmp_path: Path) -> None:
    """Every head keeps what it learned: in the graph up to int8, beside the graph exactly."""
    run, out = _run(), tmp_path / "tiny.pt"
    train(run, _corpora(corpus), out, minutes=10)
    model = averaged(out, TINY)
    export(model, tmp_path / "tiny.onnx", learned(model, "tiny"))
    again = Reader(TINY)
    restore_shipped(again, tmp_path / "tiny.onnx")
    before = dict(model.named_parameters())
    for name, value in again.named_parameters():
        assert torch.allclose(value, before[name], atol=before[name].abs().max().item() / 100 + 1e-6), name
    beside = ("transitions", "name_transitions", "name_begin", "edge_distance", "mention_distance", "new")
    assert all(before[name].abs().sum() > 0 for name in beside), "nothing was learned: the test says nothing"


def test_gold_spans_survive_the_way_into_windows(corpus: Path) -> None:
    """Every annotated span stands in the windows of one pass, none twice in a text that fits one window."""
    articles = list(read_corpus(corpus))
    spans = [len(example.spans) for example in epoch(marked_articles(articles), 0)]
    assert spans == [18] * 6


def test_log_partition_and_its_gradient() -> None:
    """Against trying every path, with windows of different length."""
    torch.manual_seed(0)
    lengths = torch.tensor([4, 2, 1])
    leaves = [
        torch.randn(size, dtype=torch.float64, requires_grad=True) for size in ((3, 4, 3), (3, 3), (3,))
    ]
    emissions, moves, begin = leaves

    def value(row: int, path: tuple[int, ...]) -> torch.Tensor:
        steps = sum(moves[a, b] for a, b in pairwise(path))
        return begin[path[0]] + steps + sum(emissions[row, n, tag] for n, tag in enumerate(path))

    tried = torch.stack(
        [
            torch.logsumexp(torch.stack([value(r, p) for p in product(range(3), repeat=int(n))]), 0)
            for r, n in enumerate(lengths)
        ]
    )
    ours = log_partition(emissions, moves, begin, lengths)
    assert torch.allclose(tried, ours)
    weight = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    for one, other in zip(
        torch.autograd.grad((tried * weight).sum(), leaves),
        torch.autograd.grad((ours * weight).sum(), leaves),
        strict=True,
    ):
        assert torch.allclose(one, other, atol=1e-5)


def test_logistic_regression_finds_what_made_the_data() -> None:
    """Weights are recovered from outcomes drawn from known ones."""
    import numpy as np

    rng = np.random.default_rng(0)
    features = rng.normal(size=(4000, 2))
    right = (rng.random(4000) < 1 / (1 + np.exp(-(0.5 + features @ [1.5, -1.0])))).astype(float)
    assert np.allclose(fit_logistic(features, right), [0.5, 1.5, -1.0], atol=0.15)
