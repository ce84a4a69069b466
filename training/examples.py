"""Annotated articles turned into training windows: pieces, gold tags over words, and gold links."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluation.polnear import Article, GoldAttribution
from onrecord.reading.network.decode import FORBIDDEN, ROLES, TAGS
from onrecord.reading.network.windows import Pieces, Window, pieces_of, spans_of_windows, window_of
from onrecord.values import Span


class Windowed(Protocol):
    """Anything made of one window."""

    @property
    def window(self) -> Window:
        """The window."""


One = TypeVar("One", bound=Windowed)


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A gold piece as a run of word pieces, and the cue it belongs to (its number in the article)."""

    role: int
    begin: int  # index into Pieces
    end: int
    cue: int


@dataclass(frozen=True, slots=True)
class Marked:
    """One article under one annotator."""

    pieces: Pieces
    tags: NDArray[np.int64]  # [N], of each piece; only first pieces of words are learned
    spans: tuple[GoldSpan, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its gold; positions are positions in the window."""

    window: Window
    tags: NDArray[np.int64]  # [W] of words
    words: NDArray[np.int64]  # [W] position of each word's first piece
    core: NDArray[np.float32]  # [W]
    spans: tuple[tuple[int, int, int, int], ...]  # role, first position, last + 1, cue


def mark(pieces: Pieces, gold: Sequence[GoldAttribution]) -> Marked:
    """Gold spans over the pieces of their text; pieces that a span only touches belong to it."""
    tags = np.zeros(len(pieces.ids), np.int64)
    spans: dict[GoldSpan, None] = {}
    for number, attribution in enumerate(gold):
        for role, parts in enumerate((attribution.speaker, attribution.cue, attribution.content)):
            for start, end in _one_paragraph(pieces, parts):
                tags[start:end] = TAGS.index("I-" + ROLES[role])
                tags[start] = TAGS.index("B-" + ROLES[role])
                spans[GoldSpan(role, start, end, number)] = None
    return Marked(pieces, tags, tuple(spans))


def _one_paragraph(pieces: Pieces, parts: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Runs of pieces under the character spans, cut where a paragraph ends."""
    for start, end in parts:
        first = int(np.searchsorted(pieces.end, start, side="right"))
        last = int(np.searchsorted(pieces.start, end, side="left"))
        while first and first < last and not pieces.first[first]:
            first -= 1
        while first < last:
            stop = int(np.searchsorted(pieces.paragraph, pieces.paragraph[first], side="right"))
            yield first, min(stop, last)
            first = min(stop, last)


def marked_articles(articles: Sequence[Article]) -> list[tuple[Marked, ...]]:
    """Each article once for each of its annotators."""
    found = []
    for article in articles:
        pieces = pieces_of(article.text)
        found.append(tuple(mark(pieces, gold) for gold in article.annotations))
    return found


def examples_of(article: Marked, *, shift: int) -> Iterator[Example]:
    """The windows of one article with the gold that falls into each."""
    pieces = article.pieces
    for span in spans_of_windows(pieces, shift=shift):
        window = window_of(pieces, span)
        place = {int(piece): position for position, piece in enumerate(window.piece) if piece >= 0}
        words = np.flatnonzero((window.piece >= 0) & pieces.first[window.piece])
        if not len(words):
            continue
        tags = _lawful(article.tags[window.piece[words]])
        inside = tuple(
            (gold.role, place[gold.begin], place[gold.end - 1] + 1, gold.cue)
            for gold in article.spans
            if gold.begin >= span[0] and gold.end <= span[2]
        )
        yield Example(window, tags, words, window.core[words].astype(np.float32), inside)


def _lawful(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """A tag that goes on from nothing (under another span, or where the window begins) begins instead."""
    fixed = tags.copy()
    for position, tag in enumerate(fixed):
        before = fixed[position - 1] if position else 0
        if FORBIDDEN[before][tag]:
            fixed[position] = tag - 1
    return fixed


def epoch(articles: Sequence[tuple[Marked, ...]], seed: int) -> list[Example]:
    """All windows of one pass: another packing and another annotator each time, fixed by ``seed``."""
    chance = random.Random(seed)
    found: list[Example] = []
    for versions in articles:
        if versions:
            found += examples_of(chance.choice(versions), shift=chance.randrange(120) if seed else 0)
    return found


def batches(examples: list[One], size: int, seed: int) -> list[list[One]]:
    """Batches of windows of like length, in an order fixed by ``seed``."""
    chance = random.Random(seed)
    chance.shuffle(examples)
    ordered: list[list[One]] = []
    for begin in range(0, len(examples), size * 20):
        pool = sorted(examples[begin : begin + size * 20], key=lambda example: len(example.window.ids))
        ordered += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(ordered)
    return ordered
