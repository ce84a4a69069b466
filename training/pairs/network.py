"""The pair model: the encoder over both texts at once, and a head over what it made of each.

The encoder is the reader's; its input for quotation states takes the side of each word instead (see
``onrecord.linking.claims.entailment``). The start
weights were tuned to tell like sentences by their mean vectors,
so the head starts from the means of the two texts, their difference and product, and from [CLS].
Dimension letters: B pairs, T positions, H hidden, R relations.
"""

from __future__ import annotations

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
)
from training.network import Encoder, Size


class PairModel(nn.Module):
    """Two texts -> scores of the relations."""

    def __init__(self, size: Size) -> None:
        """Random at the start."""
        super().__init__()
        self.encoder = Encoder(size)
        self.encoder.quotes = nn.Embedding(SIDES, size.hidden)
        nn.init.zeros_(self.encoder.quotes.weight)
        self.join = nn.Linear(5 * size.hidden, size.hidden)
        self.relate = nn.Linear(size.hidden, len(RELATIONS))

    def forward(self, ids: Tensor, shape: Tensor, side: Tensor) -> Tensor:
        """ids, shape, side: int [B, T]. Returns float32 scores [B, R]."""
        x = self.encoder(ids, shape, side).float()
        in_first = within(side, FIRST_SHARED, SECOND_SHARED) | within(side, FIRST_AMOUNT, SECOND_AMOUNT)
        in_second = within(side, SECOND_SHARED, FIRST_AMOUNT) | within(side, SECOND_AMOUNT, SIDES)
        first, second = mean_over(x, in_first), mean_over(x, in_second)
        both = torch.cat((x[:, 0], first, second, (first - second).abs(), first * second), dim=1)
        both = F.dropout(both, self.encoder.size.dropout, self.training)
        joined = F.dropout(F.gelu(self.join(both)), self.encoder.size.dropout, self.training)
        scores: Tensor = self.relate(joined)
        return scores


def within(side: Tensor, begin: int, end: int) -> Tensor:
    """Where ``begin <= side < end``: bool [B, T]."""
    return (side >= begin) & (side < end)


def mean_over(x: Tensor, chosen: Tensor) -> Tensor:
    """x [B, T, H] averaged over the chosen positions [B, T]; zero where none is. Returns [B, H]."""
    weight = chosen.to(x.dtype)[:, :, None]
    mean: Tensor = (x * weight).sum(1) / weight.sum(1).clamp(min=1.0)
    return mean
