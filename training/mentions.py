"""Corpora of names and of mentions turned into training windows, and the losses of those heads."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from evaluation.corpora import GoldText
from onrecord.reading.network.encoder import (
    COREFERENCE,
    EDGE,
    MENTION_KINDS,
    NAME_TAGS,
    edge_bucket,
    mention_bucket,
)
from onrecord.reading.network.windows import LENGTH, Pieces, Window, pieces_of, spans_of_windows, window_of
from training.network import Reader, crf_loss

# Names: the corpora's own types; what is not here is outside.
NAME_KIND = {
    "PER": "person", "ORG": "organisation", "LOC": "place", "OTH": "nationality",
    "politician": "person", "person": "person", "organisation": "organisation",
    "politicalparty": "organisation", "country": "place", "location": "place",
}  # fmt: skip
# Mentions: GUM's and re3d's types; every other type of theirs is a thing.
MENTION_KIND = {
    "person": "person", "organization": "organisation", "place": "place", "time": "time",
    "Person": "person", "Organisation": "organisation", "Location": "place", "Temporal": "time",
}  # fmt: skip
SKIPPED = ("Nationality", "Quantity", "Frequency", "Coordinate", "CommsIdentifier", "Money")
NOT_ALL = 0.5  # weight of "no mention" in re3d, which leaves many out


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces, with word numbers: ``word`` [W] is the index of each word's first piece."""

    pieces: Pieces
    word: NDArray[np.int64]
    tags: NDArray[np.int64]  # [W] name tags; empty if the corpus has none
    mentions: tuple[tuple[int, int, int, int, int], ...]  # first word, last word, head word, kind, cluster
    none_weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """One window: word positions, and gold in numbers of its words."""

    window: Window
    words: NDArray[np.int64]
    core: NDArray[np.float32]
    paragraph: NDArray[np.int64]
    tags: NDArray[np.int64]
    mentions: tuple[tuple[int, int, int, int, int], ...]
    none_weight: float


def mark(gold: GoldText, *, names: bool) -> Marked:
    """``gold`` over the words of its text: tags where ``names``, else mentions with one head word each."""
    pieces = pieces_of(gold.text)
    word = np.flatnonzero(pieces.first)
    start = pieces.start[word]
    end = np.maximum.reduceat(pieces.end, word) if len(word) else start

    def place(span: tuple[int, int]) -> tuple[int, int]:
        return int(np.searchsorted(end, span[0], side="right")), int(np.searchsorted(start, span[1])) - 1

    if names:
        tags = np.zeros(len(word), np.int64)
        for one in gold.mentions:
            first, last = place(one.span)
            if one.kind in NAME_KIND and first <= last:
                begin = NAME_TAGS.index("B-" + NAME_KIND[one.kind])
                tags[first : last + 1] = begin + 1
                tags[first] = begin
        return Marked(pieces, word, tags, (), 1.0)
    chosen: dict[int, tuple[int, int, int, int, int]] = {}
    for one in gold.mentions:  # outer ones first
        first, last = place(one.span)
        head = place(one.head)[0]
        if not first <= head <= last or one.kind in SKIPPED:
            continue
        kind = MENTION_KINDS.index(MENTION_KIND.get(one.kind, "thing"))
        known = chosen.get(head)
        # Two phrases on one word: of "A and B" the part, else the whole.
        if known is None or " and " in gold.text[one.span[1] : int(end[known[1]])] or known[3] > 3 >= kind:
            chosen[head] = (first, last, head, kind, one.cluster)
    return Marked(
        pieces, word, np.zeros(0, np.int64), tuple(sorted(chosen.values(), key=lambda m: m[2])),
        1.0 if any(one.cluster >= 0 for one in gold.mentions) else NOT_ALL,
    )  # fmt: skip


def windows(marked: Marked, *, length: int, shift: int) -> Iterator[Example]:
    """The windows of one text with the gold that lies wholly in each."""
    pieces = marked.pieces
    for span in spans_of_windows(pieces, length=length, shift=shift):
        window = window_of(pieces, span)
        first, last = np.searchsorted(marked.word, span[0]), np.searchsorted(marked.word, span[2])
        if first == last:
            continue
        place = np.full(span[2] - span[0], -1, np.int64)
        real = np.flatnonzero(window.piece >= 0)
        place[window.piece[real] - span[0]] = real
        words = place[marked.word[first:last] - span[0]]
        inside = tuple(
            (int(one[0] - first), int(one[1] - first), int(one[2] - first), *one[3:])
            for one in marked.mentions
            if one[0] >= first and one[1] < last
        )
        yield Example(
            window, words, window.core[words].astype(np.float32),
            pieces.paragraph[marked.word[first:last]].astype(np.int64),
            marked.tags[first:last] if len(marked.tags) else marked.tags, inside, marked.none_weight,
        )  # fmt: skip


def epoch(texts: Sequence[Marked], seed: int, *, length: int = LENGTH) -> list[Example]:
    """All windows of one pass, in an order and packing fixed by ``seed``."""
    chance = random.Random(seed)
    found = [one for text in texts for one in windows(text, length=length, shift=chance.randrange(90))]
    chance.shuffle(found)
    return found


def names_loss(model: Reader, names: Tensor, examples: Sequence[Example]) -> Tensor:
    """Tagging loss of names for each core word; names [B, T, K]."""
    most = max(len(one.words) for one in examples)
    words, tags = (torch.zeros(len(examples), most, dtype=torch.int64) for _ in range(2))
    weight = torch.zeros(len(examples), most)
    for row, one in enumerate(examples):
        count = len(one.words)
        words[row, :count] = torch.from_numpy(one.words)
        tags[row, :count] = torch.from_numpy(_lawful(one.tags))
        weight[row, :count] = torch.from_numpy(one.core)
    lengths = torch.tensor([len(one.words) for one in examples])
    at_words = names.gather(1, words[:, :, None].expand(-1, -1, names.shape[2]))
    begin = model.name_begin + model.name_forbidden[0]  # type: ignore[index]
    return crf_loss(at_words, tags, lengths, weight, begin, model.name_moves()) / weight.sum()


def _lawful(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """A window that begins inside a name begins it anew."""
    fixed = tags.copy()
    if len(fixed) and fixed[0] and fixed[0] % 2 == 0:
        fixed[0] -= 1
    return fixed


def mention_losses(
    model: Reader, kinds: Tensor, edges: Tensor, corefer: Tensor, examples: Sequence[Example]
) -> tuple[Tensor, Tensor, Tensor]:
    """Mean losses of head kinds, of edges, and of coreference, over a batch."""
    of_kinds, of_edges, of_links = [], [], []
    for row, one in enumerate(examples):
        words = torch.from_numpy(one.words)
        gold = torch.zeros(len(words), dtype=torch.int64)
        for mention in one.mentions:
            gold[mention[2]] = mention[3]
        weight = torch.from_numpy(one.core) * torch.where(gold > 0, 1.0, one.none_weight)
        of_kinds.append(F.cross_entropy(kinds[row, words], gold, reduction="none") * weight)
        if one.mentions:
            of_edges.append(_edge_loss(model, edges[row, words], one))
            if one.none_weight == 1.0:
                of_links.append(_link_loss(model, corefer[row, words], one))
    zero = kinds.sum() * 0
    total = sum(float(one.core.sum()) for one in examples)
    return (
        torch.cat(of_kinds).sum() / total,
        torch.cat(of_edges).mean() if of_edges else zero,
        torch.cat(of_links).mean() if of_links else zero,
    )


def _edge_loss(model: Reader, edges: Tensor, one: Example) -> Tensor:
    """Cross-entropy of the first and the last word of each mention; edges [W, 4E] -> [2M]."""
    heads = torch.tensor([mention[2] for mention in one.mentions])
    position = torch.arange(len(edges))
    apart = position[None, :] - heads[:, None]
    paragraph = torch.from_numpy(one.paragraph)
    same = paragraph[None, :] == paragraph[heads][:, None]
    bucket = torch.from_numpy(edge_bucket(apart.numpy()))
    losses = []
    for side in (0, 1):
        ask = edges[heads, side * EDGE : (side + 1) * EDGE]
        answer = edges[:, (2 + side) * EDGE : (3 + side) * EDGE]
        scores = ask @ answer.T / EDGE**0.5 + model.edge_distance[side][bucket]
        allowed = same & ((apart <= 0) if side == 0 else (apart >= 0))
        gold = torch.tensor([mention[side] for mention in one.mentions])
        losses.append(F.cross_entropy(scores.masked_fill(~allowed, -1e4), gold, reduction="none"))
    return torch.cat(losses)


def _link_loss(model: Reader, corefer: Tensor, one: Example) -> Tensor:
    """Loss of each mention's choice among all earlier ones and none: any of its cluster is right. [M]."""
    heads = torch.tensor([mention[2] for mention in one.mentions])
    cluster = torch.tensor([mention[4] for mention in one.mentions])
    back, target = corefer[heads, :COREFERENCE], corefer[heads, COREFERENCE:]
    count = len(heads)
    apart = torch.arange(count)[:, None] - torch.arange(count)[None, :]
    bias = model.mention_distance[torch.from_numpy(mention_bucket(apart.clamp(min=1).numpy()))]
    scores = back @ target.T / COREFERENCE**0.5 + bias
    earlier = apart > 0
    scores = torch.cat((model.new.expand(count, 1), scores.masked_fill(~earlier, -1e4)), 1)
    right = earlier & (cluster[:, None] == cluster[None, :])
    first = ~right.any(1, keepdim=True)
    gold = torch.cat((first, right), 1)
    return torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~gold, -1e4), 1)
