"""Cuts a text into the windows the encoder reads, and says for each token what it covers.

A text becomes pieces (word pieces of an uncased vocabulary) with their characters; pieces are packed,
paragraph by paragraph, into windows of at most ``LENGTH`` positions. Each window starts with the tail of
what stands before it, so that a speaker or an opened quotation just above is seen; the pieces of that tail
are context only and are read for good in the window before. Because the vocabulary is uncased, two small
inputs give back what it loses: the letter shape of the word and the quotation state of the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from onrecord.shipped import shipped
from onrecord.text.quotation import quotation_state

LENGTH = 192  # positions in a window: attention over 256 cost 3 % of speed and gave no better figures
CONTEXT = 32  # pieces shown again inside a paragraph that was cut; a quarter of them before a new one
CLS, SEP, PAD = 101, 102, 0
SHAPES = ("special", "lower", "capital", "upper", "mixed", "digits", "mark")
QUOTE_STATES = 6  # quotation_state's five, and one for positions without a character

Ints = NDArray[np.int32]
_PARAGRAPH = re.compile(r"\S[^\n]*")
_BLOCK = 200_000  # characters tokenised at once: bounds memory on huge texts


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text; arrays int32 [N], in the order of the text."""

    ids: Ints
    start: Ints  # code points into the text
    end: Ints
    first: NDArray[np.bool_]  # the piece begins a word
    shape: Ints  # index into SHAPES, of the whole word
    quote: Ints  # quotation state of the first character
    paragraph: Ints  # number of the paragraph


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder, arrays int32 [L]; ``piece`` is -1 where a position has no piece."""

    ids: Ints
    shape: Ints
    quote: Ints
    piece: Ints  # index into Pieces
    core: NDArray[np.bool_]  # the position is read for good in this window


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The tokenizer shipped with the package (BERT's uncased word pieces, without special tokens)."""
    return Tokenizer.from_str(shipped("tokenizer.json").decode("utf-8"))


@lru_cache(maxsize=50_000)
def word_shape(word: str) -> int:
    """The index into SHAPES of the letters of ``word``.

    >>> [SHAPES[word_shape(w)] for w in ("said", "Moscow", "US", "McCain", "2019", "“")]
    ['lower', 'capital', 'upper', 'mixed', 'digits', 'mark']
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("digits" if any(c.isdigit() for c in word) else "mark")
    if not any(c.isupper() for c in letters):
        return SHAPES.index("lower")
    if all(c.isupper() for c in letters):
        return SHAPES.index("upper" if len(letters) > 1 else "capital")
    return SHAPES.index(
        "capital" if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else "mixed"
    )


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The spans of the lines of ``text`` from their first character that is no space."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def pieces_of(text: str, known: NDArray[np.uint8] | None = None) -> Pieces:
    """All word pieces of ``text``, whose ``quotation_state`` may be known."""
    states = (quotation_state(text) if known is None else known).astype(np.int32)
    parts = [_paragraph(text, *found) for found in _encodings(text)]
    if not parts:
        none = np.zeros(0, np.int32)
        return Pieces(none, none, none, none.astype(np.bool_), none, none, none)
    ids, start, end, first, shape, paragraph = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Pieces(ids, start, end, first, shape, states[start], paragraph)


def _paragraph(text: str, number: int, offset: int, encoding: Encoding) -> tuple[NDArray[Any], ...]:
    """Columns of Pieces, without the quotation state, for the encoding of ``text[offset:]``."""
    offsets = np.asarray(encoding.offsets, np.int32).reshape(-1, 2) + offset
    words = np.asarray(encoding.word_ids, np.int32)
    start, end = offsets[:, 0], offsets[:, 1]
    first = np.diff(words, prepend=-1) != 0
    begins = np.flatnonzero(first)
    lengths = np.diff(begins, append=len(words))
    ends = end[begins + lengths - 1]
    shapes = [word_shape(text[a:b]) for a, b in zip(start[begins].tolist(), ends.tolist(), strict=True)]
    shape = np.repeat(np.asarray(shapes, np.int32), lengths)
    return np.asarray(encoding.ids, np.int32), start, end, first, shape, np.full(len(words), number, np.int32)


def _encodings(text: str) -> Iterator[tuple[int, int, Encoding]]:
    batch: list[tuple[int, int, str]] = []
    size = 0
    for number, (start, end) in enumerate(paragraphs(text)):
        batch += [(number, at, text[at : min(end, at + _BLOCK)]) for at in range(start, end, _BLOCK)]
        size += end - start
        if size > _BLOCK:
            yield from _encode(batch)
            batch, size = [], 0
    yield from _encode(batch)


def _encode(batch: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, Encoding]]:
    encodings = tokenizer().encode_batch([part for _, _, part in batch], add_special_tokens=False)
    for (number, begin, _), encoding in zip(batch, encodings, strict=True):
        yield number, begin, encoding


def spans_of_windows(
    pieces: Pieces, *, length: int = LENGTH, context: int = CONTEXT, shift: int = 0
) -> list[tuple[int, int, int]]:
    """How the pieces are packed: ``(context start, core start, core end)`` of each window.

    Paragraphs are kept whole where they fit; a longer one is cut at a word. ``shift`` makes the first window
    shorter by that many positions, so that training sees other packings of the same text.
    """
    total = len(pieces.ids)
    bounds = np.flatnonzero(np.diff(pieces.paragraph)) + 1
    ends = [*bounds.tolist(), total] if total else []
    windows: list[tuple[int, int, int]] = []
    start, room = 0, length - 1 - min(shift, length // 2)
    position = 0
    while start < total:
        within = start > 0 and pieces.paragraph[start - 1] == pieces.paragraph[start]
        begin = max(0, start - (context if within else context // 4))
        used = (start - begin) + int(np.count_nonzero((bounds > begin) & (bounds <= start)))
        stop = start
        while position < len(ends) and used + (ends[position] - stop) + 1 <= room:
            used += ends[position] - stop + 1
            stop = ends[position]
            position += 1
        if stop == start:
            stop = min(ends[position], start + room - used - 1)
            while stop > start + 1 and stop < total and not pieces.first[stop]:
                stop -= 1
            if stop == ends[position]:
                position += 1
        windows.append((begin, start, stop))
        start, room = stop, length - 1
    return windows


def window_of(pieces: Pieces, span: tuple[int, int, int]) -> Window:
    """The encoder's input for one packing span: [CLS], then each paragraph's pieces and [SEP]."""
    begin, core, stop = span
    numbers = pieces.paragraph[begin:stop]
    breaks = np.flatnonzero(np.diff(numbers)) + 1
    order = np.arange(begin, stop, dtype=np.int32)
    piece = np.concatenate(([-1], np.insert(order, breaks, -1), [-1])).astype(np.int32)
    real = piece >= 0
    ids = np.where(real, pieces.ids[piece], SEP).astype(np.int32)
    ids[0] = CLS
    return Window(
        ids,
        np.where(real, pieces.shape[piece], 0).astype(np.int32),
        np.where(real, pieces.quote[piece], QUOTE_STATES - 1).astype(np.int32),
        piece,
        real & (piece >= core),
    )
