"""Trains the pair model.

    python -m training.pairs.train --data ../shared/data --out work/pairs.pt --passes 3 --minutes 45

Stops when its minutes are up, and goes on from its checkpoint when started again: the order of the batches
depends only on the seed. The learning rate falls over all passes; layers nearer to the input learn more
slowly, and the word pieces' vectors not at all: they are half of the weights, and of the time to change them;
an average of the weights is what is exported.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.linking.claims.entailment import (
    FIRST_AMOUNT,
    FIRST_SHARED,
    RELATIONS,
    SECOND_AMOUNT,
    SECOND_SHARED,
    SIDES,
    padded,
)
from onrecord.linking.claims.quantities import EQUAL, STANDINGS
from training.network import Size, load_start_weights
from training.pairs.data import Example, batches, load
from training.pairs.network import PairModel
from training.start import start_weights


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run does."""

    passes: int = 3
    positions: int = 1536  # in a batch, with padding
    rate: float = 1.5e-4
    head_rate: float = 7e-4
    decay: float = 0.85  # of the rate, from each layer to the one below
    average: float = 0.995  # weight of the past in the averaged weights
    smooth: float = 0.05  # of each label given to the others
    turned: float = 0.15  # share of pairs read in the other order
    seed: int = 1


def groups(model: PairModel, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their own rates: head fastest, embeddings slowest, the new inputs as the top layer."""
    depth = len(model.encoder.layers)
    found = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if not name.startswith("encoder."):
            rate = plan.head_rate
        elif name.startswith("encoder.layers."):
            rate = plan.rate * plan.decay ** (depth - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.shapes.", "encoder.quotes.")):
            rate = plan.head_rate
        else:
            rate = plan.rate * plan.decay**depth
        found.append(
            {"params": [parameter], "top": rate, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0}
        )
    return found


def loss_of(scores: Tensor, labels: Tensor, smooth: float) -> Tensor:
    """Mean cross-entropy; a pair only known not to be of one relation wants either of the others.

    scores [B, R], labels int64 [B].
    """
    logs = F.log_softmax(scores, 1)
    gold = F.one_hot(labels.clamp(min=0), len(RELATIONS)).to(logs.dtype)
    gold = gold * (1 - smooth) + smooth / len(RELATIONS)
    exact = -(gold * logs).sum(1)
    # NOT_SUPPORTED leaves out relation 0, NOT_CONTRADICTED relation 1.
    left_out = F.one_hot((-1 - labels).clamp(min=0), len(RELATIONS)).bool()
    other = -torch.logsumexp(logs.masked_fill(left_out, -torch.inf), 1)
    return torch.where(labels >= 0, exact, other).mean()


class Run:
    """A model with its optimizer, averaged weights and place in the plan; saved and restored whole."""

    def __init__(self, model: PairModel, plan: Plan) -> None:
        """A run that has not begun."""
        self.model, self.plan = model, plan
        model.encoder.words.requires_grad_(False)
        self.optimizer = torch.optim.AdamW(groups(model, plan), lr=0.0, betas=(0.9, 0.98), fused=True)
        self.mean = {name: value.detach().clone() for name, value in model.named_parameters()}
        self.step_number = 0

    def save(self, out: Path) -> None:
        """Writes the checkpoint whole or not at all."""
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        state = {
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean,
            "step": self.step_number, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, part)
        part.replace(out)

    def restore(self, out: Path) -> None:
        """Continues where ``save`` left off."""
        state = torch.load(out)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean, self.step_number = state["mean"], state["step"]
        torch.set_rng_state(state["random"])

    def step(self, batch: Sequence[Example], total: int) -> float:
        """One batch of ``total``; returns its loss."""
        share = self.step_number / total
        scale = min(1.0, share / 0.06 + 0.01) * max(0.0, 1.0 - share)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * scale
        inputs = [torch.from_numpy(array).long() for array in padded([one.pair for one in batch])]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.model(*inputs)
        loss = loss_of(scores.float(), torch.tensor([one.label for one in batch]), self.plan.smooth)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                if value.requires_grad:
                    self.mean[name].lerp_(value, 1 - self.plan.average)
        self.step_number += 1
        return loss.item()


def plan_batches(every: Sequence[Example], once: Sequence[Example], plan: Plan) -> list[list[Example]]:
    """The batches of all passes, in order; ``once`` is in the first pass only."""
    made: list[list[Example]] = []
    for number in range(plan.passes):
        chosen = [*every, *once] if number == 0 else every
        made += batches(chosen, positions=plan.positions, seed=plan.seed * 1000 + number, turned=plan.turned)
    return made


def train(run: Run, ordered: Sequence[list[Example]], out: Path, *, minutes: float) -> bool:
    """Runs until the batches are done (True) or the time is up (False); both leave a checkpoint."""
    begun = saved = time.monotonic()
    recent: list[float] = []
    while run.step_number < len(ordered):
        recent.append(run.step(ordered[run.step_number], len(ordered)))
        now = time.monotonic()
        if run.step_number % 50 == 0:
            mean = sum(recent[-100:]) / len(recent[-100:])
            spent = (now - begun) / 60
            print(f"step {run.step_number}/{len(ordered)} loss {mean:.3f} {spent:.1f} min", flush=True)
        if now - saved > 180:
            run.save(out)
            saved = now
        if now - begun > minutes * 60:
            break
    run.save(out)
    return run.step_number >= len(ordered)


def start(model: PairModel, where: Path | None) -> None:
    """Fills the model: from the start weights, or from a pair model's checkpoint (.pt).

    A checkpoint that knows fewer sides gives its own; numbers begin as words that are shared where they are
    equal, as words of one text where they are not.
    """
    if where is None:
        load_start_weights(model.encoder, start_weights())
        return
    mean = torch.load(where)["mean"]
    known = mean["encoder.quotes.weight"]
    if len(known) < SIDES:
        sides = known.new_zeros(SIDES, known.shape[1])
        sides[:FIRST_AMOUNT] = known[:FIRST_AMOUNT]
        for amount, shared in ((FIRST_AMOUNT, FIRST_SHARED), (SECOND_AMOUNT, SECOND_SHARED)):
            sides[amount : amount + len(STANDINGS)] = known[shared + 1]
            sides[amount + EQUAL] = known[shared]
        mean["encoder.quotes.weight"] = sides
    model.load_state_dict(mean)


def main() -> None:
    """Train, or go on training, as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds vitaminc/train.jsonl and nli/")
    parser.add_argument("--start", type=Path, help="a checkpoint of a pair model to start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=Plan().passes)
    parser.add_argument("--rate", type=float, default=Plan().rate)
    parser.add_argument("--two-way", action="store_true", help="learn FEVER's pairs in the first pass")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    parts = load(options.data, options.out.parent / "pairs.parts")
    model = PairModel(Size())
    start(model, options.start)
    run = Run(model, Plan(passes=options.passes, seed=options.seed, rate=options.rate))
    if options.out.exists():
        run.restore(options.out)
    every, once = parts.every, parts.once if options.two_way else ()
    model.train()
    finished = train(run, plan_batches(every, once, run.plan), options.out, minutes=options.minutes)
    print("done" if finished else "time is up: start again to go on", flush=True)


if __name__ == "__main__":
    main()
