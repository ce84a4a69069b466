"""How two versions of one quotation differ, word by word.

    a  We will not leave, and we  will not … be driven out of there
    b  We will not leave   …  [the troops] will      be driven out of here

A text is its words, its ellipses and its pieces in square brackets. Two are laid along one another so that
many words meet: same beginnings and ends first, then words that each has once, in one order; what lies
between is laid out by the longest common subsequence if it is short. What does not meet is a difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.values import Span

DifferenceKind = Literal["cut", "ellipsis", "bracket", "changed"]
WordKind = Literal["word", "ellipsis", "bracket"]
Match = tuple[int, int]

_TOKEN = re.compile(
    r"""
    (?P<ellipsis> [(\[]? (?: … | \.{3,} | \.(?:[ \u00a0]\.){2,} ) [)\]]? )   # also as [...]
    | (?P<bracket> \[ [^\[\]\n]{1,80} \] )
    | (?P<word> [^\W_]+ (?: [’'\u02bc] [^\W_]+ )* )
    """,
    re.VERBOSE,
)
_APOSTROPHES = str.maketrans("’ʼ", "''")
_CELLS = 40_000  # of a table of the longest common subsequence; beyond, only the words of anchors meet


@dataclass(frozen=True, slots=True)
class Word:
    """A word, an ellipsis, or words in square brackets."""

    key: str  # what is compared: lower case; of a bracket, the words in it
    span: Span
    kind: WordKind


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two versions of a quotation differ.

    cut: one has words that the other lacks, and does not show it; ellipsis: the other shows it by dots;
    bracket: one has words in brackets, in place of others or added; changed: other words. A span is None
    where that version has nothing.
    """

    kind: DifferenceKind
    first: Span | None
    second: Span | None


def words(text: str) -> tuple[Word, ...]:
    """The words of a quotation.

    >>> [(word.key, word.kind) for word in words("[He] can’t … go")]
    [('he', 'bracket'), ("can't", 'word'), ('…', 'ellipsis'), ('go', 'word')]
    """
    return tuple(_word(found) for found in _TOKEN.finditer(text))


def _word(found: re.Match[str]) -> Word:
    kind = found.lastgroup
    if kind == "ellipsis":
        return Word("…", found.span(), "ellipsis")
    key = found.group().translate(_APOSTROPHES).casefold()
    if kind == "bracket":
        return Word(key.strip("[] "), found.span(), "bracket")
    return Word(key, found.span(), "word")


def matched(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words meet when two texts are laid along one another."""
    return len(_aligned(one, other))


def differences(first: str, second: str) -> list[Difference]:
    """Where two versions of a quotation differ, in their order; empty if they have the same words.

    Case, punctuation and the shape of apostrophes do not count, nor do brackets around a word that the other
    version has without them, but for the note that they are there.
    """
    a, b = words(first), words(second)
    pairs = _aligned([word.key for word in a], [word.key for word in b])
    found: list[Difference] = []
    i = j = 0
    for at, to in [*pairs, (len(a), len(b))]:
        if at > i or to > j:
            found.append(_difference(a[i:at], b[j:to]))
        if at < len(a) and a[at].kind != b[to].kind:
            found.append(Difference("bracket", a[at].span, b[to].span))
        i, j = at + 1, to + 1
    return found


def _difference(one: Sequence[Word], other: Sequence[Word]) -> Difference:
    kinds = {word.kind for word in (*one, *other)}
    spans = _span(one), _span(other)
    if "bracket" in kinds:
        return Difference("bracket", *spans)
    if "ellipsis" in kinds:
        return Difference("ellipsis", *spans)
    return Difference("changed" if one and other else "cut", *spans)


def _span(some: Sequence[Word]) -> Span | None:
    return (some[0].span[0], some[-1].span[1]) if some else None


def _aligned(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """Numbers of words that meet, rising in both."""
    waiting = [(0, len(one), 0, len(other))]
    found: list[Match] = []
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        while a < a_end and b < b_end and one[a] == other[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and one[a_end - 1] == other[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            found.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        if (a_end - a) * (b_end - b) <= _CELLS:
            found += ((a + i, b + j) for i, j in _common(one[a:a_end], other[b:b_end]))
            continue
        anchors = [(a + i, b + j) for i, j in _anchors(one[a:a_end], other[b:b_end])]
        found += anchors
        if anchors:
            ends = [(a - 1, b - 1), *anchors, (a_end, b_end)]
            waiting += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(ends)]
    return sorted(found)


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[Match]:
    """The longest common subsequence, by a table."""
    wide = len(other) + 1
    table = [[0] * wide for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(other) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if one[i] == other[j] else max(below[j], row[j + 1])
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """Words that each side has once, as many as rise in both."""
    singles = {word for word, count in Counter(other).items() if count == 1}
    singles &= {word for word, count in Counter(one).items() if count == 1}
    place = {word: number for number, word in enumerate(other) if word in singles}
    pairs = [(number, place[word]) for number, word in enumerate(one) if word in singles]
    ends: list[int] = []  # the least end of a rising row of each length
    rows: list[int] = []  # and which pair it is
    before: list[int] = []
    for number, (_, to) in enumerate(pairs):
        length = bisect_left(ends, to)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1] = [to]
        rows[length : length + 1] = [number]
    chain: list[Match] = []
    at = rows[-1] if rows else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
