"""The network that is trained: a small BERT with two more inputs, a CRF tagger, and a linker.

Dimension letters: B windows, T positions, W words, H = 384 hidden, K tags, D link size, S spans.
The start weights are those of all-MiniLM-L6-v2 (Apache-2.0); a random tiny network serves the smoke test.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.reading.network.decode import DISTANCE_BUCKETS, FORBIDDEN, OTHERS_BETWEEN, TAGS, forbidden_moves
from onrecord.reading.network.encoder import (
    COREFERENCE,
    EDGE,
    EDGE_DISTANCES,
    MENTION_DISTANCES,
    MENTION_KINDS,
    NAME_TAGS,
)
from onrecord.reading.network.windows import QUOTE_STATES, SHAPES
from training.crf import log_partition

# Low enough never to be chosen, high enough that its exponential is not zero: a rare contradiction in the
# gold tags then costs one bad step, not the whole run.
IMPOSSIBLE = -60.0


@dataclass(frozen=True, slots=True)
class Size:
    """How large the network is."""

    vocabulary: int = 30522
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    positions: int = 512
    link: int = 128
    dropout: float = 0.1


class Layer(nn.Module):
    """One transformer block in BERT's order: attention, add, norm; inner, add, norm."""

    def __init__(self, size: Size) -> None:
        """Random at the start."""
        super().__init__()
        self.heads, self.dropout = size.heads, size.dropout
        self.qkv = nn.Linear(size.hidden, 3 * size.hidden)
        self.mix = nn.Linear(size.hidden, size.hidden)
        self.mix_norm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.inner = nn.Linear(size.hidden, size.inner)
        self.outer = nn.Linear(size.inner, size.hidden)
        self.outer_norm = nn.LayerNorm(size.hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: [B, T, H]; mask: [B, 1, 1, T], 0 where read and very negative where padded."""
        batch, length, hidden = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: on processors torch's fused attention takes six times as long to go back through.
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2) + mask.to(query.dtype)
        mixed = scores.softmax(-1).to(value.dtype) @ value
        mixed = self.mix(mixed.transpose(1, 2).reshape(batch, length, hidden))
        x = self.mix_norm(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.outer(F.gelu(self.inner(x)))
        read: Tensor = self.outer_norm(x + F.dropout(inner, self.dropout, self.training))
        return read


class Encoder(nn.Module):
    """Word pieces, their letter shape and quotation state -> one vector a position."""

    def __init__(self, size: Size) -> None:
        """Random at the start."""
        super().__init__()
        self.size = size
        self.words = nn.Embedding(size.vocabulary, size.hidden)
        self.places = nn.Embedding(size.positions, size.hidden)
        self.shapes = nn.Embedding(len(SHAPES), size.hidden)
        self.quotes = nn.Embedding(QUOTE_STATES, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        # Zero at the start: the pretrained network is unchanged until these have learned something.
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.quotes.weight)

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor) -> Tensor:
        """ids, shape, quote: int64 [B, T]; position 0 of the vocabulary is padding. Returns [B, T, H]."""
        x: Tensor
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(place) + self.shapes(shape) + self.quotes(quote)
        x = F.dropout(self.norm(x), self.size.dropout, self.training)
        mask = (ids == 0).to(x.dtype)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Reader(nn.Module):
    """The encoder with its heads: tags and links of attributions; names; mentions, edges and coreference."""

    def __init__(self, size: Size) -> None:
        """Random at the start."""
        super().__init__()
        self.encoder = Encoder(size)
        self.emit = nn.Linear(size.hidden, len(TAGS))
        # content -> cue and cue -> speaker: who asks (dependent) and who is asked (head)
        self.ask = nn.Linear(size.hidden, 2 * size.link)
        self.answer = nn.Linear(size.hidden, 2 * size.link)
        self.nobody = nn.Parameter(torch.zeros(2))
        self.distance = nn.Parameter(torch.zeros(2, DISTANCE_BUCKETS))
        self.between = nn.Parameter(torch.zeros(2, OTHERS_BETWEEN))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.begin = nn.Parameter(torch.zeros(len(TAGS)))
        self.register_buffer("forbidden", torch.tensor(FORBIDDEN, dtype=torch.float32) * IMPOSSIBLE)
        self.names = nn.Linear(size.hidden, len(NAME_TAGS))
        self.name_transitions = nn.Parameter(torch.zeros(len(NAME_TAGS), len(NAME_TAGS)))
        self.name_begin = nn.Parameter(torch.zeros(len(NAME_TAGS)))
        forbidden = torch.tensor(forbidden_moves(NAME_TAGS), dtype=torch.float32) * IMPOSSIBLE
        self.register_buffer("name_forbidden", forbidden)
        self.mentions = nn.Linear(size.hidden, len(MENTION_KINDS))
        self.edges = nn.Linear(size.hidden, 4 * EDGE)  # of heads: first, last; of words: first, last
        self.edge_distance = nn.Parameter(torch.zeros(2, EDGE_DISTANCES))
        self.corefer = nn.Linear(size.hidden, 2 * COREFERENCE)  # going back; being gone back to
        self.mention_distance = nn.Parameter(torch.zeros(MENTION_DISTANCES))
        self.new = nn.Parameter(torch.zeros(1))  # score of going back to nothing

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor) -> tuple[Tensor, ...]:
        """Returns, each [B, T, ...]: attribution tags [K], ask [2D], answer [2D], name tags, kinds of mention
        heads, edges [4E], coreference [2C]."""
        x = self.encoder(ids, shape, quote).float()
        x = F.dropout(x, self.encoder.size.dropout, self.training)
        return (
            self.emit(x), F.gelu(self.ask(x)), F.gelu(self.answer(x)),
            self.names(x), self.mentions(x), self.edges(x), F.gelu(self.corefer(x)),
        )  # fmt: skip

    def moves(self) -> Tensor:
        """Transition scores [K, K] of attributions, from row to column, impossible ones very negative."""
        return self.transitions + self.forbidden  # type: ignore[operator]

    def name_moves(self) -> Tensor:
        """The same of names."""
        return self.name_transitions + self.name_forbidden  # type: ignore[operator]


def crf_loss(
    emissions: Tensor, tags: Tensor, lengths: Tensor, weight: Tensor, begin: Tensor, moves: Tensor
) -> Tensor:
    """Negative log likelihood of the gold tags, summed over words with ``weight`` (0 for context words).

    emissions [B, W, K], tags [B, W], lengths [B], weight [B, W], begin [K], moves [K, K]. Words of weight 0
    are summed over in both the score and the partition (any tag may stand there), so context is free.
    """
    gold = torch.zeros_like(emissions).scatter_(2, tags[:, :, None], 1.0)
    only_gold = torch.where(weight[:, :, None] > 0, (1.0 - gold) * IMPOSSIBLE, torch.zeros_like(gold))
    both = torch.cat((emissions, emissions + only_gold))
    free, kept = log_partition(both, moves, begin, lengths.repeat(2)).chunk(2)
    return (free - kept).sum()


def load_start_weights(encoder: Encoder, weights: Path) -> None:
    """Fills ``encoder`` from a BERT checkpoint in safetensors form (names as in Hugging Face's BERT)."""
    from safetensors.torch import load_file

    old = load_file(str(weights))
    with torch.no_grad():
        encoder.words.weight.copy_(old["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(
            old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, old, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            prefix = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [old[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.mix, old, prefix + "attention.output.dense")
            _copy(layer.mix_norm, old, prefix + "attention.output.LayerNorm")
            _copy(layer.inner, old, prefix + "intermediate.dense")
            _copy(layer.outer, old, prefix + "output.dense")
            _copy(layer.outer_norm, old, prefix + "output.LayerNorm")


def _copy(module: nn.Module, old: dict[str, Tensor], prefix: str) -> None:
    module.weight.copy_(old[prefix + ".weight"])  # type: ignore[operator]
    module.bias.copy_(old[prefix + ".bias"])  # type: ignore[operator]
