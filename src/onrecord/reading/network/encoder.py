"""The shipped network: loaded once, run over windows; one pass of it over a segment of text, and what it
says beside attributions: names, heads of mentions, their edges, and who is whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.network.decode import Linker, TagChain, best_paths, forbidden_moves
from onrecord.reading.network.runtime import on_grid, session
from onrecord.reading.network.windows import Pieces, Window, pieces_of, spans_of_windows, window_of
from onrecord.shipped import shipped

NAME_KINDS = ("person", "organisation", "place", "nationality")
NAME_TAGS = ("O", *(f"{place}-{kind}" for kind in NAME_KINDS for place in "BI"))
MENTION_KINDS = ("none", "person", "organisation", "place", "thing", "time")
EDGE = 32  # size of the vectors by which a head finds the first and the last word of its phrase
COREFERENCE = 64  # size of the vectors by which a mention finds an earlier one
EDGE_DISTANCES = 16  # buckets of words between a head and an edge
MENTION_DISTANCES = 10  # buckets of mentions between two mentions
_WORDS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 26, 34, 44, 60])
_MENTIONS = np.array([2, 3, 4, 5, 8, 12, 20, 32, 64])

Ints = NDArray[np.int64]


def edge_bucket(words: Ints) -> Ints:
    """The bucket of a distance in words between a head and an edge, 0 to EDGE_DISTANCES - 1."""
    bucket: Ints = np.searchsorted(_WORDS, np.abs(words), side="right")
    return bucket


def mention_bucket(mentions: Ints) -> Ints:
    """The bucket of a distance in mentions, 1 being the one right before; 0 to MENTION_DISTANCES - 1."""
    bucket: Ints = np.searchsorted(_MENTIONS, mentions, side="right")
    return bucket


FILE = "reader.onnx"

Floats = NDArray[np.float32]
Ints32 = NDArray[np.int32]


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

    names: TagChain
    edge_distance: Floats  # [2, EDGE_DISTANCES]


@dataclass(frozen=True, slots=True)
class Network:
    """A loaded model with what it learned beside the encoder."""

    session: Any
    name: str
    chain: TagChain
    linker: Linker
    confidence: tuple[float, ...]
    mentions: MentionWeights

    def run(self, ids: Ints32, shape: Ints32, quote: Ints32) -> tuple[Floats, ...]:
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
        TagChain(array["begin"], array["moves"]),
        Linker(array["nobody"], array["distance"], array["between"]),
        tuple(learned["confidence"]),
        MentionWeights(
            TagChain(
                array["name_begin"], array["name_moves"], np.array(forbidden_moves(NAME_TAGS), np.float32)
            ),
            array["edge_distance"],
        ),
    )


@lru_cache(maxsize=1)
def network() -> Network:
    """The shipped network, loaded once in each process."""
    return load(shipped(FILE))


@dataclass(frozen=True, slots=True)
class Pass:
    """A text with its pieces, its windows and the scores of each."""

    text: str
    pieces: Pieces
    windows: list[Window]
    scores: list[Scores]

    def words(self) -> list[NDArray[np.intp]]:
        """Of each window, the positions that begin words."""
        pieces = self.pieces
        return [np.flatnonzero((one.piece >= 0) & pieces.first[one.piece]) for one in self.windows]


def pass_over(model: Network, text: str, pieces: Pieces | None = None) -> Pass:
    """The scores of all windows of ``text``, whose pieces may be known."""
    pieces = pieces_of(text) if pieces is None else pieces
    windows = [window_of(pieces, span) for span in spans_of_windows(pieces)]
    return Pass(text, pieces, windows, list(model.read(windows)))


_AT_ONCE = 64  # windows whose paths are sought together


def paths(
    pieces: Pieces,
    windows: Sequence[Window],
    emissions: Sequence[Floats],
    words: Sequence[NDArray[np.intp]],
    chain: TagChain,
    *,
    opens: bool = False,
) -> Iterator[NDArray[np.int8]]:
    """The best tags of the words of each window.

    Args:
        pieces: those of the text.
        windows: over them.
        emissions: of each window, float32 [T, K].
        words: of each window, the positions that begin words.
        chain: how tags follow one another.
        opens: no span goes on into the first word of a window.
    """
    for begin in range(0, len(windows), _AT_ONCE):
        part = range(begin, min(begin + _AT_ONCE, len(windows)))
        lengths = np.array([len(words[n]) for n in part], np.int64)
        most = max(1, int(lengths.max()))
        scores = np.zeros((len(part), most, len(chain.begin)), np.float32)
        breaks = np.zeros((len(part), most), np.bool_)
        for row, n in enumerate(part):
            scores[row, : lengths[row]] = emissions[n][words[n]]
            breaks[row, 1 : lengths[row]] = np.diff(pieces.paragraph[windows[n].piece[words[n]]]) > 0
        breaks[:, 0] = opens
        tags = best_paths(scores, lengths, breaks, chain)
        yield from (tags[row, : lengths[row]] for row in range(len(part)))
