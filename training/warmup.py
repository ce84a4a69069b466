"""Masked-token warm-up of the encoder on plain news text, before it learns to find quotes.

    python -m training.warmup --articles FILE.jsonl.gz [--texts DIR] --out work/warmup.pt --minutes 20

The start weights were tuned for whole sentences; predicting hidden pieces sharpens them position by
position and gives the letter-shape and quotation-state inputs a meaning before the task does. Continues
from its own checkpoint when started again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.reading.network.windows import PAD, Window, pieces_of, spans_of_windows, window_of
from training.network import Encoder, Size, load_start_weights
from training.start import start_weights

MASK, BATCH, SHARE = 103, 20, 0.15


def texts(articles: Path, folder: Path | None) -> list[str]:
    """Texts of a gzipped JSONL file (field ``text``) and of the ``*.txt`` files of a folder."""
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["text"] for line in lines]
    return found + [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))] if folder else found


def windows(sources: list[str], seed: int) -> Iterator[Window]:
    """Windows of 192 positions over all texts, in an order that ``seed`` decides, without end."""
    chance = random.Random(seed)
    while True:
        order = list(range(len(sources)))
        chance.shuffle(order)
        for number in order:
            pieces = pieces_of(sources[number][:20_000])
            for span in spans_of_windows(pieces, length=192, context=0, shift=chance.randrange(96)):
                if span[2] - span[1] > 60:
                    yield window_of(pieces, span)


def batches(source: Iterator[Window], rng: np.random.Generator) -> Iterator[tuple[Tensor, ...]]:
    """Batches sorted by length, with hidden pieces: ids, shape, quote, and the true ids (-100 elsewhere)."""
    while True:
        pool = sorted((next(source) for _ in range(BATCH * 16)), key=lambda window: len(window.ids))
        for number in rng.permutation(16):
            yield hide(pool[number * BATCH : (number + 1) * BATCH], rng)


def hide(chosen: list[Window], rng: np.random.Generator) -> tuple[Tensor, ...]:
    """BERT's masking: of 15 % of the pieces, 80 % hidden, 10 % replaced by any, 10 % left."""
    longest = max(len(window.ids) for window in chosen)
    ids, shape, quote = (np.zeros((len(chosen), longest), np.int64) for _ in range(3))
    real = np.zeros((len(chosen), longest), bool)
    for row, window in enumerate(chosen):
        size = len(window.ids)
        ids[row, :size], shape[row, :size], quote[row, :size] = window.ids, window.shape, window.quote
        real[row, :size] = window.piece >= 0
    picked = real & (rng.random(ids.shape) < SHARE)
    target = np.where(picked, ids, -100)
    how = rng.random(ids.shape)
    ids = np.where(picked & (how < 0.8), MASK, ids)
    ids = np.where(picked & (how > 0.9), rng.integers(1000, 30522, ids.shape), ids)
    assert ids[real].min() > PAD
    return tuple(torch.from_numpy(array) for array in (ids, shape, quote, target))


class Masked(nn.Module):
    """The encoder with a prediction head tied to its word embeddings."""

    def __init__(self, size: Size) -> None:
        """Random at the start."""
        super().__init__()
        self.encoder = Encoder(size)
        self.turn = nn.Linear(size.hidden, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(size.vocabulary))
        nn.init.eye_(self.turn.weight)

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor, target: Tensor) -> Tensor:
        """Mean cross-entropy over the picked positions."""
        x = self.encoder(ids, shape, quote)[target >= 0]
        x = self.norm(F.gelu(self.turn(x)))
        return F.cross_entropy((x @ self.encoder.words.weight.T + self.bias).float(), target[target >= 0])


def main() -> None:
    """Run the warm-up until its time is up, then leave the encoder's weights in ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(options.seed)
    model = Masked(Size())
    load_start_weights(model.encoder, start_weights())
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-4, weight_decay=0.01)
    step, spent = 0, 0.0
    if options.out.exists():
        state = torch.load(options.out)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["minutes"]
    feed = batches(
        windows(texts(options.articles, options.texts), options.seed + step),
        np.random.default_rng(options.seed + step),
    )
    begun, losses = time.monotonic(), []
    while (share := (spent + (time.monotonic() - begun) / 60) / options.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 2e-4 * min(1.0, (step + 1) / 50) * (1 - share)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = model(*next(feed))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        losses.append(loss.item())
        if step % 20 == 0:
            print(f"step {step} {share:.0%} loss {np.mean(losses[-20:]):.3f}", flush=True)
        if step % 200 == 0:
            save(options.out, model, optimizer, step, spent + (time.monotonic() - begun) / 60)
    save(options.out, model, optimizer, step, options.minutes)


def save(out: Path, model: Masked, optimizer: torch.optim.Optimizer, step: int, minutes: float) -> None:
    """Writes a checkpoint whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part")
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "minutes": minutes,
    }
    torch.save(state, part)
    part.replace(out)


if __name__ == "__main__":
    main()
