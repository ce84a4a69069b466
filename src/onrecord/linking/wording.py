"""How two versions of one quotation differ, word by word; and both as one text."""

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
class QuotedWord:
    """A word, an ellipsis, or words in square brackets."""

    key: str  # what is compared: lower case; of a bracket, the words in it
    span: Span
    kind: WordKind


@dataclass(frozen=True, slots=True)
class WordingDifference:
    """A place where two versions of a quotation differ.

    cut: one has words that the other lacks, and does not show it; ellipsis: the other shows it by dots;
    bracket: one has words in brackets, in place of others or added; changed: other words. A span is None
    where that version has nothing.
    """

    kind: DifferenceKind
    first: Span | None
    second: Span | None


def words(text: str) -> tuple[QuotedWord, ...]:
    """The words of a quotation.

    >>> [(word.key, word.kind) for word in words("[He] can’t … go")]
    [('he', 'bracket'), ("can't", 'word'), ('…', 'ellipsis'), ('go', 'word')]
    """
    return tuple(_word(found) for found in _TOKEN.finditer(text))


def _word(found: re.Match[str]) -> QuotedWord:
    kind = found.lastgroup
    if kind == "ellipsis":
        return QuotedWord("…", found.span(), "ellipsis")
    key = found.group().translate(_APOSTROPHES).casefold()
    if kind == "bracket":
        return QuotedWord(key.strip("[] "), found.span(), "bracket")
    return QuotedWord(key, found.span(), "word")


def matched(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words meet when two texts are laid along one another."""
    return len(_aligned(one, other))


def differences(first: str, second: str) -> list[WordingDifference]:
    """Where two versions of a quotation differ, in their order; empty if they have the same words.

    Case, punctuation and the shape of apostrophes do not count, nor do brackets around a word that the other
    version has without them, but for the note that they are there.
    """
    a, b = words(first), words(second)
    pairs = _aligned([word.key for word in a], [word.key for word in b])
    found: list[WordingDifference] = []
    i = j = 0
    for at, to in [*pairs, (len(a), len(b))]:
        if at > i or to > j:
            found.append(_difference(a[i:at], b[j:to]))
        if at < len(a) and a[at].kind != b[to].kind:
            found.append(WordingDifference("bracket", a[at].span, b[to].span))
        i, j = at + 1, to + 1
    return found


def _difference(one: Sequence[QuotedWord], other: Sequence[QuotedWord]) -> WordingDifference:
    kinds = {word.kind for word in (*one, *other)}
    spans = _span(one), _span(other)
    if "bracket" in kinds:
        return WordingDifference("bracket", *spans)
    if "ellipsis" in kinds:
        return WordingDifference("ellipsis", *spans)
    return WordingDifference("changed" if one and other else "cut", *spans)


def _span(some: Sequence[QuotedWord]) -> Span | None:
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


Kind = DifferenceKind | Literal["same"]


@dataclass(frozen=True, slots=True)
class WordingStretch:
    """Words that both have ("same": as the first has them), or what each has in one place; either may be
    empty. The ``first`` of all stretches are the first text, character for character."""

    kind: Kind
    first: str
    second: str


def interleaved(first: str, second: str) -> tuple[WordingStretch, ...]:
    """The stretches of two versions, in order.

    >>> [(one.kind, one.first, one.second) for one in interleaved("a big red dog", "a red cat")]
    [('same', 'a ', ''), ('cut', 'big', ''), ('same', ' red ', ''), ('changed', 'dog', 'cat')]
    """
    one, other = words(first), words(second)
    made: list[WordingStretch] = []
    at = 0  # where the first text is told to
    for kind, (i, to), (j, end) in along(first, second):
        if kind == "same":
            continue
        span = _characters(one, i, to)
        start = max(span[0], at)
        if start > at:
            made.append(WordingStretch("same", first[at:start], ""))
        at = max(span[1], start)
        made.append(WordingStretch(kind, first[start:at], second[slice(*_characters(other, j, end))]))
    if at < len(first):
        made.append(WordingStretch("same", first[at:], ""))
    return tuple(made)


def along(first: str, second: str) -> Iterator[tuple[Kind, Span, Span]]:
    """Both versions from beginning to end: what kind of stretch it is, and which of its words (numbers,
    half-open) each has in it. Those of kind "same" have as many in both, and stand between all others."""
    one, other = words(first), words(second)
    i = j = 0
    for found in differences(first, second):
        # Between differences the words of both meet one by one, so that one text tells where the other is.
        same = (_index(one, found.first) - i) if found.first else (_index(other, found.second) - j)
        yield "same", (i, i + same), (j, j + same)
        i, j = i + same, j + same
        to, end = i + _count(one, found.first), j + _count(other, found.second)
        yield found.kind, (i, to), (j, end)
        i, j = to, end
    yield "same", (i, len(one)), (j, len(other))


def _index(some: Sequence[QuotedWord], span: Span | None) -> int:
    """The number of the first word of a difference."""
    assert span is not None
    return next(number for number, word in enumerate(some) if word.span[0] == span[0])


def _count(some: Sequence[QuotedWord], span: Span | None) -> int:
    return sum(1 for word in some if span[0] <= word.span[0] < span[1]) if span else 0


def _characters(some: Sequence[QuotedWord], start: int, end: int) -> Span:
    """Where words stand; if there are none, the place behind the word before them."""
    if start == end:
        return (some[start - 1].span[1],) * 2 if start else (0, 0)
    return some[start].span[0], some[end - 1].span[1]
