"""From the encoder's tag scores to spans: the best path through a linear-chain CRF.

A tag sequence over words says where speakers, cues and contents begin and go on (BIO, 7 tags). PolNeAR's
annotation is such a sequence: no word belongs to two attributions.
"""

from __future__ import annotations

TAGS = ("O", "B-speaker", "I-speaker", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("speaker", "cue", "content")
# Going on is only possible after beginning or going on in the same role. Row: from, column: to.
FORBIDDEN = tuple(
    tuple(float(to.startswith("I") and before[2:] != to[2:]) for to in TAGS) for before in TAGS
)
