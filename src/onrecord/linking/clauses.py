"""Whether words may be a sentence: by a list of verbs and the forms of verbs."""

from __future__ import annotations

import re

from onrecord.lang import word_list
from onrecord.linking.aligned import words_in

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|does|do|did|will|would|can|could|(?-i:may)|might|must|should|shall|cannot"
    r"|ca|wo)(?:n['’]t)?\b|['’](?:re|ve|ll|d|m)\b(?=\s+\w)"
    # "It's", not "the owner's boat".
    r"|\b(?:it|he|she|that|there|here|who|what|where|how)['’]s\b(?=\s+\w)",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\b(?!need\b|seed\b|speed\b|indeed\b|hundred\b)[a-z]{2,}ed\b")
_IRREGULAR = word_list("linking", "irregular")


def has_verb(words: str) -> bool:
    """Whether there is what may be a finite verb: an auxiliary, a past in -ed, one of a list.

    >>> has_verb("the plight of the people"), has_verb("the bridge was mined"), has_verb("Talvik left")
    (False, True, True)
    """
    return bool(_AUXILIARY.search(words) or _REGULAR.search(words)) or any(
        one.low in _IRREGULAR for one in words_in(words)
    )
