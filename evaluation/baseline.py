"""The baseline that reading speed is told against: the encoder alone, with nothing done to make it fast.

The same network in the same int8 file, over the same texts, in windows of 128 positions, one window at a
time, every window padded to its full length, no overlap and no decoding; texts are cut into word pieces
before the clock starts. It stands for what the network costs on a machine, so a ratio to it carries over to
other machines.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.network.windows import CLS, PAD, QUOTE_STATES, SEP, Pieces, pieces_of

LENGTH = 128  # positions, two of them [CLS] and [SEP]
Ints = NDArray[np.int32]
# One pass of the network over ids, shapes and quotation states, each int32 [1, LENGTH].
Run = Callable[[Ints, Ints, Ints], object]


def bare_pass(texts: Sequence[str], run: Run, *, most: int = 400) -> tuple[int, float]:
    """Words read by bare passes and the CPU seconds, of all threads, they took.

    Args:
        texts: what to read; every ``n``-th only, if all would need more than ``most`` windows.
        run: one pass of the network.
        most: about how many windows to measure; a few hundred settle the figure.
    """
    every = max(1, sum(len(text) for text in texts) // (4 * LENGTH * most))
    chosen = texts[::every]
    windows = [window for text in chosen for window in _windows(pieces_of(text))]
    if not windows:
        return 0, 0.0
    run(*windows[0])  # what is loaded or planned at the first pass is not reading
    started = time.process_time()
    for window in windows:
        run(*window)
    return sum(len(text.split()) for text in chosen), time.process_time() - started


def _windows(pieces: Pieces) -> Iterator[tuple[Ints, Ints, Ints]]:
    for start in range(0, len(pieces.ids), LENGTH - 2):
        part = slice(start, start + LENGTH - 2)
        yield (
            _padded(pieces.ids[part], CLS, SEP, PAD),
            _padded(pieces.shape[part], 0, 0, 0),
            _padded(pieces.quote[part], QUOTE_STATES - 1, QUOTE_STATES - 1, QUOTE_STATES - 1),
        )


def _padded(values: Ints, first: int, last: int, rest: int) -> Ints:
    padded = np.full((1, LENGTH), rest, np.int32)
    padded[0, 0] = first
    padded[0, 1 : len(values) + 1] = values
    padded[0, len(values) + 1] = last
    return padded
