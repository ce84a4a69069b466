"""Whether words may be a sentence: by a list of verbs and the forms of verbs."""

from __future__ import annotations

import re

from onrecord.linking.aligned import word_set, words_in

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|does|do|did|will|would|can|could|(?-i:may)|might|must|should|shall|cannot"
    r"|ca|wo)(?:n['’]t)?\b|['’](?:re|ve|ll|d|m)\b(?=\s+\w)"
    # "It's", not "the owner's boat".
    r"|\b(?:it|he|she|that|there|here|who|what|where|how)['’]s\b(?=\s+\w)",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\b(?!need\b|seed\b|speed\b|indeed\b|hundred\b)[a-z]{2,}ed\b")
_IRREGULAR = word_set(
    "began became broke brought built bought came chose cut drew drove fell felt fought found gave got"
    " grew held"
    " hit kept knew laid led left let lost made met paid put ran read rose said sank saw sent set shot"
    " shut sold"
    " spent spoke stood struck swore took taught thought told threw understood went withdrew won wore"
    " wrote flew"
    " says say knows know want wants need needs means mean remains remain continues continue supports support"
    " plans plan seeks seek recognises recognizes recognise recognize opposes oppose demands calls call"
    " holds hold"
    " lists keeps shows show carries runs makes make takes take gives give works serves lies stands comes"
    " goes"
    " believe believes think thinks threatens threaten denies deny costs owns burns helps help hurts"
)


def has_verb(words: str) -> bool:
    """Whether there is what may be a finite verb: an auxiliary, a past in -ed, one of a list.

    >>> has_verb("the plight of the people"), has_verb("the bridge was mined"), has_verb("Talvik left")
    (False, True, True)
    """
    return bool(_AUXILIARY.search(words) or _REGULAR.search(words)) or any(
        one.low in _IRREGULAR for one in words_in(words)
    )
