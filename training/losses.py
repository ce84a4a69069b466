"""A batch as tensors, and the loss of the tagger and the linker on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.reading.network.decode import pair_features
from onrecord.reading.network.windows import Window
from training.examples import Example, Windowed
from training.network import Reader, crf_loss

MASK = 103
CURLY = {1523: 1000, 1524: 1000}  # “ and ” as the straight mark: half of the web writes it so
HIDDEN = 0.06  # share of pieces hidden: makes the network read what stands around a word
STRAIGHT = 0.15  # share of windows whose curly marks are made straight


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; lists of links are flat over the batch."""

    ids: Tensor
    shape: Tensor
    quote: Tensor
    words: Tensor
    tags: Tensor
    lengths: Tensor
    core: Tensor
    examples: list[Example]


def padded(examples: Sequence[Windowed], rng: np.random.Generator | None) -> tuple[Tensor, Tensor, Tensor]:
    """ids, shape and quotation state, int64 [B, T]; with ``rng``, pieces hidden and marks made straight."""
    longest = max(len(example.window.ids) for example in examples)
    ids, shape, quote = (np.zeros((len(examples), longest), np.int64) for _ in range(3))
    for row, example in enumerate(examples):
        size = len(example.window.ids)
        ids[row, :size] = _spoiled(example.window, rng) if rng else example.window.ids
        shape[row, :size], quote[row, :size] = example.window.shape, example.window.quote
    return torch.from_numpy(ids), torch.from_numpy(shape), torch.from_numpy(quote)


def collate(examples: list[Example], rng: np.random.Generator | None) -> Batch:
    """Pads ``examples``; with ``rng``, hides pieces and straightens marks (training only)."""
    most = max(len(example.words) for example in examples)
    words, tags = (np.zeros((len(examples), most), np.int64) for _ in range(2))
    core = np.zeros((len(examples), most), np.float32)
    for row, example in enumerate(examples):
        count = len(example.words)
        words[row, :count], tags[row, :count], core[row, :count] = example.words, example.tags, example.core
    lengths = np.array([len(example.words) for example in examples])
    return Batch(
        *padded(examples, rng),
        torch.from_numpy(words),
        torch.from_numpy(tags),
        torch.from_numpy(lengths),
        torch.from_numpy(core),
        examples,
    )


def _spoiled(window: Window, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    ids = window.ids.astype(np.int64)
    ids[(rng.random(len(ids)) < HIDDEN) & (window.piece >= 0)] = MASK
    if rng.random() < STRAIGHT:
        for curly, straight in CURLY.items():
            ids[ids == curly] = straight
    return ids


def loss_of(model: Reader, batch: Batch) -> tuple[Tensor, Tensor]:
    """Tagging loss for each core word, and mean cross-entropy of the links."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, ask, answer = model(batch.ids, batch.shape, batch.quote)[:3]
    emissions, ask, answer = emissions.float(), ask.float(), answer.float()
    at_words = emissions.gather(1, batch.words[:, :, None].expand(-1, -1, emissions.shape[2]))
    begin = model.begin + model.forbidden[0]  # type: ignore[index]
    tagging = crf_loss(at_words, batch.tags, batch.lengths, batch.core, begin, model.moves())
    tagging = tagging / batch.core.sum()
    linking = [
        part
        for row, example in enumerate(batch.examples)
        for part in _links(model, ask[row], answer[row], example)
    ]
    return tagging, torch.cat(linking).mean() if linking else emissions.sum() * 0


def _links(model: Reader, ask: Tensor, answer: Tensor, example: Example) -> list[Tensor]:
    """Cross-entropy of each content's choice of a cue and each cue's choice of a speaker, in one window."""
    by_role: list[list[tuple[int, int, int]]] = [[], [], []]
    for role, begin, end, cue in example.spans:
        by_role[role].append((begin, end, cue))
    speakers, cues, contents = by_role
    found = []
    for relation, (askers, heads) in enumerate(((contents, cues), (cues, speakers))):
        # The same speaker words can serve several cues: one candidate, right for each of them.
        merged: dict[tuple[int, int], set[int]] = {}
        for begin, end, cue in heads:
            merged.setdefault((begin, end), set()).add(cue)
        if not askers:
            continue
        scores = link_scores(model, ask, answer, relation, [a[:2] for a in askers], list(merged))
        gold = [
            next((n for n, owners in enumerate(merged.values()) if cue in owners), len(merged))
            for _, _, cue in askers
        ]
        found.append(F.cross_entropy(scores, torch.tensor(gold), reduction="none"))
    return found


def link_scores(
    model: Reader,
    ask: Tensor,
    answer: Tensor,
    relation: int,
    askers: list[tuple[int, int]],
    heads: list[tuple[int, int]],
) -> Tensor:
    """Scores [askers, heads + 1]; the last column is "nobody". ``ask``/``answer``: [T, 2D] of one window."""
    size = ask.shape[1] // 2
    part = slice(relation * size, (relation + 1) * size)
    nobody = model.nobody[relation].expand(len(askers), 1)
    if not heads:
        return nobody
    left = torch.stack([ask[begin:end, part].mean(0) for begin, end in askers])
    right = torch.stack([answer[begin:end, part].mean(0) for begin, end in heads])
    distance, between = pair_features(askers, heads)
    bias = (
        model.distance[relation][torch.from_numpy(distance)]
        + model.between[relation][torch.from_numpy(between)]
    )
    return torch.cat((left @ right.T / size**0.5 + bias, nobody), dim=1)
