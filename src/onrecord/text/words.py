"""A text in words as a reader names them: as its tokens, but "wake-up" and "cannot" are one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.text.doc import Doc
from onrecord.values import Span


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
