"""Cuts a text into tokens: the words, numbers and marks that syntax is written on.

Tokens are the syntactic words of Universal Dependencies as the English Web Treebank writes them: ``do|n't``,
``Ann|'s``, ``can|not``, ``short|-|term`` but ``non-violent``, ``$|5``, ``5|%``, ``5|pm``, ``U.S.``, ``Mr.``,
``10:30``, ``9/11``, one token for an address, a picture, three full stops. The stop of an abbreviation stays
with it also at the end of a sentence, so that a name has the same tokens wherever it stands.

Text is cut at white space first; how a piece without white space is cut depends on that piece alone, so each
different piece is worked out once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import not_, sub
from typing import NamedTuple

from onrecord.lang import language
from onrecord.text.cutter import Cutter

_LONGEST = 1000  # characters looked at together: bounds the work, and what is remembered, on any text
_REMEMBERED = 1 << 15  # pieces: what some two hundred reports hold

# White space, or what stands between; with the space behind a stop where a number follows, which makes an
# abbreviation of "No." and its like.
_PIECE = re.compile(rf"\s+|\S{{1,{_LONGEST}}}(?:(?<=\.)[ \u00a0](?=\d))?")

Cut = Callable[[str], tuple[str, ...]]


class Tokens(NamedTuple):
    """The tokens of a text in order: three lists of one length.

    They do not overlap, and every character that is no white space lies in one of them.
    """

    starts: list[int]  # code points into the text
    ends: list[int]
    texts: list[str]


def tokens(text: str, code: str = "en") -> Tokens:
    """The tokens of ``text`` in the language ``code``; takes time linear in its length.

    >>> tokens("Mr. Lee didn't pay $5 (in the U.S.).").texts
    ['Mr.', 'Lee', 'did', "n't", 'pay', '$', '5', '(', 'in', 'the', 'U.S.', ')', '.']
    """
    cuts = list(chain.from_iterable(map(_cutter(code), _PIECE.findall(text))))
    real = list(map(not_, map(str.isspace, cuts)))
    texts = list(compress(cuts, real))
    ends = list(compress(accumulate(map(len, cuts)), real))
    return Tokens(list(map(sub, ends, map(len, texts))), ends, texts)


@lru_cache(maxsize=8)
def _cutter(code: str) -> Cut:
    """How a piece of text in a language is cut, remembered."""
    return lru_cache(maxsize=_REMEMBERED)(Cutter(language(code)).cut)
