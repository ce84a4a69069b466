"""One pass of the encoder over a segment of text: what every reader of it starts from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import Network, Scores
from onrecord.reading.windows import Pieces, Window, pieces_of, spans_of_windows, window_of


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
