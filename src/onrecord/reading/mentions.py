"""Mentions of actors and places in a text, from the network's scores for each window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.values import ActorKind, MentionForm, Span

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RawMention:
    """One mention as the network sees it, before anything is tied together.

    ``kind`` "thing" and "time" are mentions that no actor stands behind; they matter because a pronoun may go
    back to them. ``back`` and ``target`` [COREFERENCE] are the vectors of its head: how well a later mention j
    goes back to an earlier one i is told by ``j.back @ i.target / sqrt(COREFERENCE)``.
    """

    span: Span  # the whole phrase
    head: Span  # the word it hangs on
    name: Span | None  # the proper name in it
    kind: ActorKind | Literal["thing", "time"]
    form: MentionForm
    confidence: float
    back: Floats
    target: Floats
