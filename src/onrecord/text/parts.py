"""A text as words, numbers and marks, each with its place, and where its sentences are.

Behind the last token stand a few empty ones, so that the grammar may look ahead without asking whether
anything is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from onrecord.times.lexicon import word_set

Kind = Literal["number", "word", "mark", "end"]

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|[^\s]")
_PADDING = 16
_ABBREVIATED = word_set(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun mr mrs "
    "ms dr gen col lt sgt capt maj adm gov sen rep rev hon st no vs u s a p m b c d e g i inc ltd co corp"
)


class Token(NamedTuple):
    """A word, a number or a mark; ``gap`` is what stands before it: nothing, white space or a line break."""

    start: int
    end: int
    text: str
    low: str
    kind: Kind
    gap: int  # 0 nothing, 1 white space, 2 a line break, 3 an empty line

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text, the number of the sentence of each, and how many are real."""

    tokens: tuple[Token, ...]
    sentences: tuple[int, ...]
    size: int


def words(text: str) -> Words:
    """The tokens of ``text``; linear in its length.

    >>> [token.text for token in words("At 5:30pm.").tokens[:5]]
    ['At', '5', ':', '30', 'pm']
    """
    tokens: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        piece = text[start:end]
        low = piece.lower()
        if "’" in low and end > start + 1:
            low = low.replace("’", "'")
        kind: Kind = "word" if piece[0].isalpha() else "number" if piece[0] in "0123456789" else "mark"
        tokens.append(Token(start, end, piece, low, kind, _gap(text[at:start]) if start > at else 0))
        at = end
    size = len(tokens)
    tokens.extend([Token(len(text), len(text), "", "", "end", 3)] * _PADDING)
    return Words(tuple(tokens), _sentences(tokens), size)


def _gap(between: str) -> int:
    if between == " ":
        return 1
    return min(3, 1 + (between.count("\n") or between.count("\r")))


def _sentences(tokens: list[Token]) -> tuple[int, ...]:
    numbers: list[int] = []
    number = 0
    before = ""
    for i, token in enumerate(tokens):
        gap = token[5]
        if gap and i and (gap > 1 or (before in _STOPS and _ends(tokens, i))):
            number += 1
        numbers.append(number)
        before = token[2]
    return tuple(numbers)


_STOPS = frozenset([".", "!", "?", "…", "”", '"', "’", ")", "'"])


def _ends(tokens: list[Token], i: int) -> bool:
    """Whether a sentence ends before token ``i``: a stop, perhaps closing marks, a space, no small letter."""
    token = tokens[i]
    if token.gap == 0 or token.text[:1].islower():
        return False
    k = i - 1
    while k > i - 3 and k >= 0 and tokens[k].text in ("”", '"', "’", ")", "'"):
        k -= 1
    if k < 0 or tokens[k].text not in (".", "!", "?", "…"):
        return False
    before = tokens[k - 1] if k else token
    abbreviated = before.low in _ABBREVIATED and (token.kind == "number" or len(before.low) < 3)
    return tokens[k].text != "." or k < i - 1 or not abbreviated
