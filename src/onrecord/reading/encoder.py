"""The shipped network: loaded once, checked against its pinned hash, run over batches of windows.

Dimension letters: B windows, T positions, K tags, D link size, N name
tags, M kinds of mentions, E edge size, C coreference size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.decode import Chain, forbidden_moves
from onrecord.reading.heads import NAME_TAGS
from onrecord.reading.link import Linker
from onrecord.reading.runtime import model_bytes, session
from onrecord.reading.windows import PAD, QUOTE_STATES, Window

FILE = "reader.onnx"
SHA256 = "e6e0da602967f4762ecadc0c5ca90b667d385dde674db750caf582a62a70a263"
# Windows times positions read at once. One window fits the cache of a core: batches of 4096 positions took
# 1.6 times the CPU time of single windows, and 300 MB more.
BATCH_POSITIONS = 256

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window: all its heads in one pass."""

    tags: Floats  # [T, K] of attributions
    ask: Floats  # [T, 2D] link vectors of those who ask
    answer: Floats  # [T, 2D] and of those who are asked
    names: Floats  # [T, N] tags of names
    mentions: Floats  # [T, M] kinds of mentions at the words they hang on
    edges: Floats  # [T, 4E] vectors of heads, then of words: for the first and the last word of a phrase
    corefer: Floats  # [T, 2C] vectors for going back and for being gone back to


@dataclass(frozen=True, slots=True)
class MentionWeights:
    """What was learned of names and mentions beside the encoder."""

    names: Chain
    edge_distance: Floats  # [2, EDGE_DISTANCES]


@dataclass(frozen=True, slots=True)
class Network:
    """A loaded model with what it learned beside the encoder."""

    session: Any
    name: str
    chain: Chain
    linker: Linker
    confidence: tuple[float, ...]
    mentions: MentionWeights

    def run(self, ids: Ints, shape: Ints, quote: Ints) -> tuple[Floats, ...]:
        """One pass over int32 [B, T] inputs: the arrays of ``Scores``, each with B in front."""
        return tuple(self.session.run(None, {"ids": ids, "shape": shape, "quote": quote}))

    def read(self, windows: Sequence[Window]) -> Iterator[tuple[int, Scores]]:
        """The number and scores of every window, in batches of like length."""
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
        while order:
            longest = len(windows[order[-1]].ids)
            count = max(1, BATCH_POSITIONS // longest)
            chosen, order = order[-count:], order[:-count]
            arrays = self.run(*_padded([windows[number] for number in chosen], longest))
            for row, number in enumerate(chosen):
                size = len(windows[number].ids)
                yield number, Scores(*(array[row, :size] for array in arrays))


def _padded(windows: Sequence[Window], longest: int) -> tuple[Ints, Ints, Ints]:
    ids = np.full((len(windows), longest), PAD, np.int32)
    shape = np.zeros_like(ids)
    quote = np.full_like(ids, QUOTE_STATES - 1)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size], shape[row, :size], quote[row, :size] = window.ids, window.shape, window.quote
    return ids, shape, quote


def load(data: bytes, *, threads: int = 1) -> Network:
    """A network from the bytes of its file.

    Raises:
        ModelError: onnxruntime cannot run it.
    """
    made, learned = session(data, threads=threads)
    array = {key: np.asarray(value, np.float32) for key, value in learned.items() if isinstance(value, list)}
    return Network(
        made,
        learned["name"],
        Chain(array["begin"], array["moves"]),
        Linker(array["nobody"], array["distance"], array["between"]),
        tuple(learned["confidence"]),
        MentionWeights(
            Chain(array["name_begin"], array["name_moves"], np.array(forbidden_moves(NAME_TAGS), np.float32)),
            array["edge_distance"],
        ),
    )


@lru_cache(maxsize=1)
def network() -> Network:
    """The shipped network, loaded once in each process."""
    return load(model_bytes(FILE, SHA256))
