"""A text in words as rules ask for them. ``parts`` is finer than tokens, for times: "5:30" is a number, a
mark, a number. ``words`` is coarser, as a reader names words: "wake-up" and "cannot" are one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from onrecord.text.doc import Doc
from onrecord.values import Span

Kind = Literal["number", "word", "mark", "end"]

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|[^\s]")
PADDING = 16


class FinePart(NamedTuple):
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
class FineParts:
    """The parts of a text, the number of the sentence of each, and how many are real."""

    tokens: tuple[FinePart, ...]
    sentences: tuple[int, ...]
    size: int


def parts(doc: Doc) -> FineParts:
    """The parts of a text, worked out once; linear in its length.

    >>> [part.text for part in parts(Doc.of("At 5:30pm.")).tokens[:5]]
    ['At', '5', ':', '30', 'pm']
    """
    return doc.once(_parts)


def _parts(doc: Doc) -> FineParts:
    text = doc.text
    tokens: list[FinePart] = []
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
        tokens.append(FinePart(start, end, piece, low, kind, _gap(text[at:start]) if start > at else 0))
        while sentence < len(begins) and begins[sentence] <= start:
            sentence += 1
        sentences.append(sentence)
        at = end
    size = len(tokens)
    tokens.extend([FinePart(len(text), len(text), "", "", "end", 3)] * PADDING)
    return FineParts(tuple(tokens), tuple(sentences), size)


def _gap(between: str) -> int:
    if between == " ":
        return 1
    return min(3, 1 + (between.count("\n") or between.count("\r")))


class Word(NamedTuple):
    """One word or mark: where it stands, and its lower-case form with a straight apostrophe."""

    start: int
    end: int
    low: str

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, and where each begins."""

    all: tuple[Word, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> Sequence[Word]:
        """Those that begin in ``text[start:end]``."""
        return (
            self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)] if start < end else ()
        )


def words(doc: Doc) -> Words:
    """The words of a text, worked out once; linear in its length.

    >>> [word.low for word in words(Doc.of("He can’t make a wake-up call.")).all]
    ['he', 'ca', "n't", 'make', 'a', 'wake-up', 'call', '.']
    """
    return doc.once(_words)


def _words(doc: Doc) -> Words:
    starts, ends, lower = doc.starts, doc.ends, doc.lower
    found: list[Word] = []
    at, count = 0, len(starts)
    while at < count:
        start, end, low = starts[at], ends[at], lower[at]
        at += 1
        if low == "can" and at < count and starts[at] == end and lower[at] == "not":
            end, low, at = ends[at], "cannot", at + 1
        while (
            at + 1 < count
            and lower[at] == "-"
            and starts[at] == end
            and starts[at + 1] == end + 1
            and low[-1].isalnum()
            and lower[at + 1][0].isalnum()
        ):
            end, low = ends[at + 1], f"{low}-{lower[at + 1]}"
            at += 2
        found.append(Word(start, end, low))
    return Words(tuple(found), tuple(one.start for one in found))
