"""Fits the ranker of antecedents on texts with annotated chains, and writes
src/onrecord/data/antecedents.json.

    python -m training.antecedents --data ../shared/data/gum/train --model work/reader.onnx

Names and offices are tied by the rules, as in reading; what the ranker is to choose is then shown the
annotated
antecedent: a chain is right if most of its annotated mentions are of the cluster. Mentions are the
network's own where
they hang on an annotated head. News, interviews, speeches and lives count in full, other texts half.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evaluation.corpora import GoldText, gum
from onrecord.reading.actors.antecedents import link
from onrecord.reading.actors.candidates import FEATURES, Telling
from onrecord.reading.actors.entities import prepared
from onrecord.reading.actors.items import Item, ToldAttribution
from onrecord.reading.actors.roles import Board, MentionChain
from onrecord.reading.actors.speakers import first_persons
from onrecord.reading.mentions import RawMention
from onrecord.reading.network.encoder import Network, load
from onrecord.reading.report import mentions_in
from onrecord.reading.statements.quotes import attributions_by
from onrecord.text.doc import Doc

FULL = ("news", "interview", "speech", "bio")
HIDDEN = 32
NETWORK = tuple(FEATURES.index(name) for name in ("network best", "network last"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One mention's candidates: rows [N + 1, F], which are right, and how much it counts."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float


def choices_of(
    gold: GoldText,
    mentions: Sequence[RawMention],
    attributions: Sequence[ToldAttribution],
    weight: float,
) -> list[Choice]:
    """All choices in one text, each made as annotated before the next."""
    cluster_of = {one.head: one.cluster for one in gold.mentions}
    board, telling = prepared(Doc.of(gold.text), mentions, attributions)
    return _walk(board, telling, cluster_of, weight)


def _walk(
    board: Board, telling: Telling, cluster_of: dict[tuple[int, int], int], weight: float
) -> list[Choice]:
    found: list[Choice] = []

    def cluster(number: int) -> int | None:
        return cluster_of.get(board.items[number].raw.head)

    def choose(item: Item, candidates: Sequence[MentionChain], rows: NDArray[np.float32]) -> int | None:
        own = cluster(item.number)
        if own is None:
            return None
        right = [_of(chain, cluster) == own for chain in candidates]
        at = next((n for n, one in enumerate(right) if one), None)
        found.append(Choice(rows, np.array([*right, at is None]), weight))
        return at

    link(board, telling, choose, skip=first_persons(board, telling), overrule=False)
    return found


def _of(chain: MentionChain, cluster) -> int | None:  # type: ignore[no-untyped-def]
    """The cluster that most mentions of a chain are of."""
    votes = Counter(one for number in chain.items if (one := cluster(number)) is not None)
    return votes.most_common(1)[0][0] if votes else None


def fit(
    choices: Sequence[Choice], *, epochs: int, noise: float, seed: int, decay: float = 3e-4
) -> nn.Module:
    """A network with one hidden layer; the probability of all right candidates together is made great.

    ``noise`` is added to the scores of the encoder: it has seen these texts and is surer of them than of
    others.
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(len(FEATURES), HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1, bias=False))
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=decay)
    order = np.random.default_rng(seed)
    batches = max(1, len(choices) // 64) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / batches))
    for _ in range(epochs):
        for batch in np.array_split(order.permutation(len(choices)), max(1, len(choices) // 64)):
            loss = _loss(model, [choices[n] for n in batch], noise)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return model


def _loss(model: nn.Module, batch: Sequence[Choice], noise: float) -> Tensor:
    rows = torch.from_numpy(np.concatenate([one.rows for one in batch]))
    if noise:
        rows = rows.clone()
        # One draw for the mention as well as one for the pair: a network that is off is off for all.
        rows[:, list(NETWORK)] += noise * torch.randn(len(rows), 1) * (rows[:, [0]] == 0)
    scores = model(rows)[:, 0]
    losses, at = [], 0
    for one in batch:
        own = scores[at : at + len(one.right)]
        at += len(one.right)
        right = torch.from_numpy(one.right)
        losses.append(one.weight * (own.logsumexp(0) - own[right].logsumexp(0)))
    return torch.stack(losses).mean()


def weights_of(model: nn.Module) -> str:
    """The JSON that reading loads."""
    first, second = model[0], model[2]  # type: ignore[index]
    rounded = [
        np.round(part.detach().numpy(), 4).tolist() for part in (first.weight, first.bias, second.weight[0])
    ]
    return json.dumps(
        dict(zip(("features", "first", "bias", "second"), (list(FEATURES), *rounded), strict=True))
    )


def right_share(model: nn.Module, choices: Sequence[Choice]) -> float:
    """The share of choices whose best candidate is right."""
    with torch.no_grad():
        best = [int(model(torch.from_numpy(one.rows))[:, 0].argmax()) for one in choices]
    return float(np.mean([one.right[at] for one, at in zip(choices, best, strict=True)]))


def read(texts: Sequence[GoldText], network: Network) -> list[list[Choice]]:
    """The choices of each text, with the network's mentions and attributions."""
    return [
        choices_of(
            gold, mentions_in(Doc.of(gold.text), model=network), attributions_by(network, gold.text),
            1.0 if any(f"_{one}_" in gold.name for one in FULL) else 0.5,
        )
        for gold in texts
    ]  # fmt: skip


def main() -> None:
    """Fits and writes; says how well texts held back are met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of GUM's training files")
    parser.add_argument("--model", type=Path, required=True, help="the exported reader")
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/data/antecedents.json"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--noise", type=float, default=0.3)
    options = parser.parse_args()
    every = read(gum(options.data), load(options.model.read_bytes()))
    held = [choice for number, one in enumerate(every) if number % 6 == 0 for choice in one]
    rest = [choice for number, one in enumerate(every) if number % 6 for choice in one]
    trial = fit(rest, epochs=options.epochs, noise=options.noise, seed=1)
    print(
        f"held back: {right_share(trial, held):.3f} of {len(held)}; fitted on: {right_share(trial, rest):.3f}"
    )
    model = fit([*rest, *held], epochs=options.epochs, noise=options.noise, seed=1)
    options.out.write_text(weights_of(model) + "\n", "utf-8")


if __name__ == "__main__":
    main()
