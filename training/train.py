"""Trains the reader on corpora of quotes, names and mentions, a batch of each in turn.

    python -m training.train --data ../shared/data --start work/warmup.pt --out work/reader.pt --steps 3000

Stops when its minutes are up, and continues from its checkpoint when started again: windows, annotators and
hidden pieces depend only on the seed and the place in each corpus. The learning rate falls over all of
``--steps``; layers nearer to the input learn more slowly; an average of the weights is what is exported.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

from evaluation.corpora import GoldText, crossner, gum, re3d, uner
from evaluation.polnear import read_corpus
from training import mentions
from training.augment import with_renamed
from training.examples import Marked, batches, epoch, marked_articles
from training.losses import collate, loss_of, padded
from training.network import Reader, Size, load_start_weights
from training.shipped import restore_shipped
from training.start import start_weights

Task = Literal["quotes", "names", "mentions"]
TASKS: tuple[Task, ...] = ("quotes", "names", "mentions")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run does. ``turns`` is which corpus gives each batch, over and over."""

    steps: int = 1500
    batch: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    decay: float = 0.85  # of the rate, from each layer to the one below
    average: float = 0.995  # weight of the past in the averaged weights
    link_weight: float = 0.1
    seed: int = 1
    turns: tuple[Task, ...] = (
        "names", "mentions", "quotes", "names", "mentions",
        "quotes", "names", "quotes", "mentions", "names",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpora:
    """What is learned from; an empty one is left out of the turns."""

    quotes: Sequence[tuple[Marked, ...]]
    names: Sequence[mentions.Marked] = ()
    mentions: Sequence[mentions.Marked] = ()


class Feed:
    """The batches of one task, pass after pass; a place in it is (pass, batch), and decides what follows."""

    def __init__(self, task: Task, corpora: Corpora, plan: Plan) -> None:
        """A feed that has given nothing."""
        self.task, self.corpora, self.plan = task, corpora, plan
        self.turn, self.at = 0, 0
        self._batches: list[Any] = []

    def go_to(self, turn: int, at: int) -> None:
        """Continue from this place."""
        self.turn, self.at, self._batches = turn, at, []

    def next(self) -> tuple[Any, np.random.Generator]:
        """The next batch, and the chance that goes with it."""
        if not self._batches:
            self._batches = self._pass(self.plan.seed * 1000 + self.turn + 1)
        chosen = self._batches[self.at]
        rng = np.random.default_rng((self.plan.seed * 1000 + self.turn + 1, self.at))
        self.at += 1
        if self.at == len(self._batches):
            self.go_to(self.turn + 1, 0)
        return chosen, rng

    def _pass(self, seed: int) -> list[Any]:
        size = self.plan.batch
        if self.task == "quotes":
            return batches(epoch(self.corpora.quotes, seed), size, seed)
        if self.task == "names":
            return batches(mentions.epoch(self.corpora.names, seed), size, seed)
        # Longer windows than are read later: more to go back to.
        return batches(mentions.epoch(self.corpora.mentions, seed, length=256), size, seed)


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
        self.step_number = 0
        self.places: dict[str, tuple[int, int]] = {}  # of each task's feed

    def save(self, out: Path) -> None:
        """Writes the checkpoint whole or not at all."""
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        state = {
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean,
            "step": self.step_number, "places": self.places, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, part)
        part.replace(out)

    def restore(self, out: Path) -> None:
        """Continues where ``save`` left off."""
        state = torch.load(out)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean, self.step_number, self.places = state["mean"], state["step"], state["places"]
        torch.set_rng_state(state["random"])

    def step(self, task: Task, chosen: list[Any], rng: np.random.Generator) -> list[float]:
        """One batch of one task; returns the parts of its loss."""
        share = self.step_number / self.plan.steps
        scale = min(1.0, share / 0.05 + 0.01) * max(0.0, 1.0 - share)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * scale
        parts = self._losses(task, chosen, rng)
        torch.stack(parts).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                self.mean[name].lerp_(value, 1 - self.plan.average)
        self.step_number += 1
        return [part.item() for part in parts]

    def _losses(self, task: Task, chosen: list[Any], rng: np.random.Generator) -> list[Tensor]:
        if task == "quotes":
            tagging, linking = loss_of(self.model, collate(chosen, rng))
            return [tagging, self.plan.link_weight * linking]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = self.model(*padded(chosen, rng))
        names, kinds, edges, corefer = (one.float() for one in outputs[3:])
        if task == "names":
            return [mentions.names_loss(self.model, names, chosen)]
        of_kinds, of_edges, of_links = mentions.mention_losses(self.model, kinds, edges, corefer, chosen)
        return [of_kinds, 0.3 * of_edges, 0.3 * of_links]


def train(run: Run, corpora: Corpora, out: Path, *, minutes: float) -> bool:
    """Runs until the plan is done (True) or the time is up (False); both leave a checkpoint in ``out``."""
    begun = saved = time.monotonic()
    feeds = {task: Feed(task, corpora, run.plan) for task in TASKS if getattr(corpora, task)}
    turns = [task for task in run.plan.turns if task in feeds]
    for task, place in run.places.items():
        feeds[task].go_to(*place)  # type: ignore[index]
    losses: dict[str, list[list[float]]] = {task: [] for task in feeds}
    while run.step_number < run.plan.steps:
        task = turns[run.step_number % len(turns)]
        losses[task].append(run.step(task, *feeds[task].next()))
        run.places[task] = (feeds[task].turn, feeds[task].at)
        if run.step_number % 30 == 0:
            told = " ".join(
                f"{name} {np.mean(some[-20:], axis=0).round(3)}" for name, some in losses.items() if some
            )
            spent = (time.monotonic() - begun) / 60
            print(f"step {run.step_number}/{run.plan.steps} {told} {run.places} {spent:.1f} min", flush=True)
        if time.monotonic() - saved > 240:
            run.save(out)
            saved = time.monotonic()
        if time.monotonic() - begun > minutes * 60:
            break
    run.save(out)
    return run.step_number >= run.plan.steps


def corpora_of(data: Path) -> Corpora:
    """The train parts under ``data``: polnear/train, and where they are there uner, crossner-politics,
    gum/train and re3d without every fourth document, which is held back."""
    names: list[GoldText] = []
    phrases: list[GoldText] = []
    if (path := data / "uner" / "en_ewt-ud-train.iob2").exists():
        names += uner(path)
    if (path := data / "crossner-politics" / "train.txt").exists():
        names += crossner(path)
    if (path := data / "gum" / "train").exists():
        phrases += gum(path)
    if (path := data / "re3d").exists():
        phrases += [one for number, one in enumerate(re3d(path)) if number % 4 != 3]
    return Corpora(
        marked_articles(list(read_corpus(data / "polnear" / "train"))),
        [mentions.mark(one, names=True) for one in with_renamed(names, seed=1)],
        [mentions.mark(one, names=False) for one in phrases],
    )


def main() -> None:
    """Train, or go on training, as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds polnear/train, uner, gum, re3d, ...")
    parser.add_argument(
        "--start", type=Path, help="checkpoint of the warm-up, or a shipped model (.onnx)"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Plan().steps)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    model = Reader(Size())
    if options.start and options.start.suffix == ".onnx":
        restore_shipped(model, options.start)
    elif options.start:
        state = torch.load(options.start)["model"]
        model.encoder.load_state_dict({k[8:]: v for k, v in state.items() if k.startswith("encoder.")})
    else:
        load_start_weights(model.encoder, start_weights())
    run = Run(model, Plan(steps=options.steps, seed=options.seed))
    if options.out.exists():
        run.restore(options.out)
    model.train()
    finished = train(run, corpora_of(options.data), options.out, minutes=options.minutes)
    print("done" if finished else "time is up: start again to go on", flush=True)


if __name__ == "__main__":
    main()
