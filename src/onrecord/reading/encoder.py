"""The shipped network: loaded once, run over windows.

Dimension letters: B windows, T positions, K tags, D link size, N name
tags, M kinds of mentions, E edge size, C coreference size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.decode import Chain, forbidden_moves
from onrecord.reading.heads import NAME_TAGS
from onrecord.reading.link import Linker
from onrecord.reading.runtime import on_grid, session
from onrecord.reading.windows import Window
from onrecord.shipped import shipped

FILE = "reader.onnx"

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

    def read(self, windows: Iterable[Window]) -> Iterator[Scores]:
        """The scores of every window.

        Each is read alone: an int8 network scales what it reads by the largest value in the batch, so what is
        said of a window would hang on its neighbours. A window fits the cache of a core, and no padding is
        read. The room for all scores is taken at once: taken bit by bit between the passes, it splits what
        each pass gives back, and the process grows by several times the scores.
        """
        every, kept, at = list(windows), list[Floats](), 0
        total = sum(len(one.ids) for one in every)
        for one in every:
            arrays = self.run(one.ids[None], one.shape[None], one.quote[None])
            kept = kept or [np.empty((total, array.shape[2]), np.float32) for array in arrays]
            end = at + len(one.ids)
            for room, array in zip(kept, arrays, strict=True):
                room[at:end] = on_grid(array[0])
            yield Scores(*(room[at:end] for room in kept))
            at = end


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
    return load(shipped(FILE))
