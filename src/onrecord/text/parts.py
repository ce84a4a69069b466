"""A text in the parts that times are written in: finer than tokens, for "5:30" is a number, a mark, a number.

Behind the last part stand a few empty ones, so that the grammar may look ahead without asking whether
anything is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from onrecord.text.doc import Doc

Kind = Literal["number", "word", "mark", "end"]

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|[^\s]")
PADDING = 16


class Part(NamedTuple):
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
class Parts:
    """The parts of a text, the number of the sentence of each, and how many are real."""

    tokens: tuple[Part, ...]
    sentences: tuple[int, ...]
    size: int


def parts(doc: Doc) -> Parts:
    """The parts of a text, worked out once; linear in its length.

    >>> [part.text for part in parts(Doc.of("At 5:30pm.")).tokens[:5]]
    ['At', '5', ':', '30', 'pm']
    """
    return doc.once(_parts)


def _parts(doc: Doc) -> Parts:
    text = doc.text
    tokens: list[Part] = []
    sentences: list[int] = []
    begins = [doc.starts[first] for first in doc.firsts[1:]]
    at = sentence = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        piece = match[0]
        low = piece.lower()
        if "’" in low and end > start + 1:
            low = low.replace("’", "'")
        kind: Kind = "word" if piece[0].isalpha() else "number" if piece[0] in "0123456789" else "mark"
        tokens.append(Part(start, end, piece, low, kind, _gap(text[at:start]) if start > at else 0))
        while sentence < len(begins) and begins[sentence] <= start:
            sentence += 1
        sentences.append(sentence)
        at = end
    size = len(tokens)
    tokens.extend([Part(len(text), len(text), "", "", "end", 3)] * PADDING)
    return Parts(tuple(tokens), tuple(sentences), size)


def _gap(between: str) -> int:
    if between == " ":
        return 1
    return min(3, 1 + (between.count("\n") or between.count("\r")))
