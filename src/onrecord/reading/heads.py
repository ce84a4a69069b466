"""What the network says beside attributions: names, heads of mentions, their edges, and who is whom.

The names are tags over words ("Yuri Borisov"). Mentions are found by the word they hang on ("minister" in
"the deputy minister he had met"), because they lie inside one another: each head word has a kind, and
asks for the first and the last word of its phrase. Two vectors at each head word say how well it goes
back to an earlier one. Training and reading share these constants.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
