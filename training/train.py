"""Trains the reader of quotes on a corpus in PolNeAR's format.

    python -m training.train --data DIR --start work/warmup.pt --out work/quotes.pt --passes 8 --minutes 60

Stops when its minutes are up, and continues from its checkpoint when started again: windows, annotators and
hidden pieces of a pass depend only on the seed and the pass. The learning rate falls over the whole of
``--passes``; layers nearer to the input learn more slowly; an average of the weights is what is exported.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from onrecord.evaluate.polnear import read_corpus
from training.examples import Example, Marked, batches, epoch, marked_articles
from training.losses import collate, loss_of
from training.network import Reader, Size, load_start_weights
from training.start import start_weights


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run does."""

    passes: int = 8
    batch: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    decay: float = 0.85  # of the rate, from each layer to the one below
    average: float = 0.995  # weight of the past in the averaged weights
    link_weight: float = 0.1
    seed: int = 1


def groups(model: Reader, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their own rates: heads fastest, embeddings slowest."""
    found = []
    depth = len(model.encoder.layers)
    for name, parameter in model.named_parameters():
        if not name.startswith("encoder."):
            rate = plan.head_rate
        elif name.startswith("encoder.layers."):
            rate = plan.rate * plan.decay ** (depth - 1 - int(name.split(".")[2]))
        else:
            rate = plan.rate * plan.decay**depth
        found.append(
            {"params": [parameter], "top": rate, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0}
        )
    return found


class Run:
    """A model with its optimizer, averaged weights and place in the plan; saved and restored whole."""

    def __init__(self, model: Reader, plan: Plan) -> None:
        """A run that has not begun."""
        self.model, self.plan = model, plan
        self.optimizer = torch.optim.AdamW(groups(model, plan), lr=0.0, betas=(0.9, 0.98))
        self.mean = {name: value.detach().clone() for name, value in model.named_parameters()}
        self.done, self.at = 0, 0  # passes finished; batches finished in the running one

    def save(self, out: Path) -> None:
        """Writes the checkpoint whole or not at all."""
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        state = {
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean,
            "done": self.done, "at": self.at, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, part)
        part.replace(out)

    def restore(self, out: Path) -> None:
        """Continues where ``save`` left off."""
        state = torch.load(out)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean, self.done, self.at = state["mean"], state["done"], state["at"]
        torch.set_rng_state(state["random"])

    def step(self, chosen: list[Example], share: float, rng: np.random.Generator) -> tuple[float, float]:
        """One batch; ``share`` is how much of the whole plan is done."""
        scale = min(1.0, share / 0.05 + 0.01) * (1.0 - share)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * scale
        tagging, linking = loss_of(self.model, collate(chosen, rng))
        (tagging + self.plan.link_weight * linking).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                self.mean[name].lerp_(value, 1 - self.plan.average)
        return tagging.item(), linking.item()


def train(run: Run, articles: list[tuple[Marked, ...]], out: Path, *, minutes: float) -> bool:
    """Runs until the plan is done (True) or the time is up (False); both leave a checkpoint in ``out``."""
    begun, saved = time.monotonic(), time.monotonic()
    while run.done < run.plan.passes:
        seed = run.plan.seed * 1000 + run.done + 1
        feed = batches(epoch(articles, seed), run.plan.batch, seed)
        losses = []
        for number in range(run.at, len(feed)):
            share = (run.done + number / len(feed)) / run.plan.passes
            losses.append(run.step(feed[number], share, np.random.default_rng((seed, number))))
            run.at = number + 1
            if (number + 1) % 20 == 0:
                tagging, linking = np.mean(losses[-20:], axis=0)
                spent = (time.monotonic() - begun) / 60
                place = f"pass {run.done + 1} batch {number + 1}/{len(feed)}"
                print(f"{place} tag {tagging:.4f} link {linking:.3f} {spent:.1f} min", flush=True)
            if time.monotonic() - saved > 240:
                run.save(out)
                saved = time.monotonic()
            if time.monotonic() - begun > minutes * 60:
                run.save(out)
                return False
        run.done, run.at = run.done + 1, 0
        run.save(out)
    return True


def main() -> None:
    """Train, or go on training, as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with text/ and attributions/")
    parser.add_argument("--start", type=Path, help="checkpoint of training.warmup")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=Plan().passes)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tiny", action="store_true", help="a random network of no use, for tests")
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(options.seed)
    size = Size(hidden=32, heads=2, inner=64, layers=1, link=16) if options.tiny else Size()
    model = Reader(size)
    if options.start:
        state = torch.load(options.start)["model"]
        model.encoder.load_state_dict({k[8:]: v for k, v in state.items() if k.startswith("encoder.")})
    elif not options.tiny:
        load_start_weights(model.encoder, start_weights())
    run = Run(model, Plan(passes=options.passes, seed=options.seed))
    if options.out.exists():
        run.restore(options.out)
    model.train()
    finished = train(
        run, marked_articles(list(read_corpus(options.data))), options.out, minutes=options.minutes
    )
    print("done" if finished else "time is up: start again to go on", flush=True)


if __name__ == "__main__":
    main()
