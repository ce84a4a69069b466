"""Arrays of numbers of very many things, held as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def end_to_end(arrays: Sequence[NDArray[Any]], dtype: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """All numbers one after the other, and where those of each array begin and the last end: [arrays + 1].

    Args:
        arrays: each of one dimension.
        dtype: of the numbers, needed where there is no array.
    """
    starts = np.zeros(len(arrays) + 1, np.int64)
    np.cumsum([len(one) for one in arrays], out=starts[1:])
    return np.concatenate([np.empty(0, dtype), *arrays]), starts
