"""What of a line, its neighbours and its page tells article from menu, form and footer.

Everything is computed from the bare text of the lines; shapes: L lines, F features a line has alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import either, word_list

Floats = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_STOP = re.compile(r"[.!?…]['\"”’»)\]]*$")
_INSIDE = re.compile(r"[.!?]['\"”’)]* +[\"“‘(]?[A-Z]")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(rf"\b(19|20)\d\d\b|\b({either('documents', 'date')})[a-z]*\.? \d", re.IGNORECASE)
_MARK = re.compile(r"[|»›→←↓▾✕×•·©®™]|https?:|www\.|@\w")
# Words without which hardly a sentence is written, in the languages of most scraped pages.
_FUNCTION = word_list("documents", "function")
LINE_FEATURES = 20
_LONGEST = 2_000  # characters of a line that are looked at: more adds nothing and costs time


def tokens(text: str) -> list[str]:
    """The words of a line that the word list knows: lower case, digits as one 0, pairs, whole short lines.

    >>> tokens("Log in 24")
    ['log', 'in', '0', 'log_in', 'in_0', '=log_in_0']
    """
    words = [_DIGITS.sub("0", word) for word in _WORD.findall(text[:_LONGEST].lower())][:60]
    pairs = [f"{a}_{b}" for a, b in pairwise(words)]
    whole = ["=" + "_".join(words)] if len(words) <= 4 else []
    return [*words, *pairs, *whole]


def word_scores(lines: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """float32 [L]: the mean weight of the known words of each line, damped for lines with few of them."""
    found = np.zeros(len(lines), np.float32)
    for i, line in enumerate(lines):
        known = [weights[token] for token in set(tokens(line)) if token in weights]
        found[i] = sum(known) / (len(known) + 2) ** 0.5 if known else 0.0
    return found


def _alone(line: str, seen: int) -> tuple[float, ...]:
    """The features of one line without its neighbours; ``seen``: how often the page has the line."""
    text = line[:_LONGEST]
    words = _WORD.findall(text)
    count = max(1, len(words))
    letters = [word for word in words if word[0].isalpha()]
    named = max(1, len(letters))
    return (
        float(len(words)),
        len(text) / count,
        float(bool(_STOP.search(text))),
        float(bool(_END.search(text))),
        float(len(_INSIDE.findall(text))),
        text.count(",") / count,
        sum(word[0].isupper() for word in letters) / named,
        sum(word.isupper() and len(word) > 1 for word in letters) / named,
        sum(word.lower() in _FUNCTION for word in words) / count,
        sum(word[0].isdigit() for word in words) / count,
        float(text[0].islower()),
        float(not text[0].isalnum()),
        float(len(_MARK.findall(text))),
        float(bool(_DATE.search(text))),
        float(text.endswith("?")),
        float(text.endswith(":")),
        float(any(mark in text for mark in '“”"«»')),
        float(min(seen, 5)),
        sum(map(len, words)) / count,
        float(sum(word.lower() in _FUNCTION for word in words)),
    )


def _shifted(column: Floats, by: int) -> Floats:
    """The column of the neighbour ``by`` lines further on, 0 beyond the page."""
    out = np.zeros_like(column)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


def _window(column: Floats, reach: int) -> Floats:
    """The mean over the lines within ``reach``, itself included."""
    sums = np.concatenate([[0.0], np.cumsum(column, dtype=np.float64)])
    at = np.arange(len(column))
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(column))
    return np.asarray((sums[high] - sums[low]) / (high - low), np.float32)


def _distances(flags: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How many lines back and ahead the nearest flagged line is, at most 50."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, at, -1000))
    following = np.minimum.accumulate(np.where(flags, at, 10**9)[::-1])[::-1]
    return np.minimum(at - last, 50).astype(np.float32), np.minimum(following - at, 50).astype(np.float32)


def _core(gain: Floats) -> tuple[int, int]:
    """The run of lines ``[low, high)`` with the greatest sum of gains (Kadane)."""
    best = total = 0.0
    low = high = start = 0
    for i, value in enumerate(gain.tolist()):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, low, high = total, start, i + 1
    return low, high


def features(lines: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """float32 [L, columns]: the features of each line of one page, its neighbours' among them."""
    seen = Counter(lines)
    alone = np.array([_alone(line, seen[line]) for line in lines], np.float32).reshape(
        len(lines), LINE_FEATURES
    )
    score = word_scores(lines, weights)
    words = alone[:, 0]
    prose = ((words >= 12) & (alone[:, 3] > 0)) | (words >= 30)
    size = max(1, len(lines))
    at = np.arange(len(lines), dtype=np.float32)
    before = np.cumsum(words, dtype=np.float64)
    total = float(before[-1]) if len(lines) else 1.0
    back, ahead = _distances(prose)
    gain = np.where(prose, np.minimum(words, 60), -6.0).astype(np.float32) + 4 * np.clip(score, -2, 2)
    low, high = _core(gain)
    logged = np.log1p(words)
    context = [
        _shifted(column, by) for column in (logged, score, alone[:, 3], alone[:, 6]) for by in (-2, -1, 1, 2)
    ]
    windows = [
        _window(column, reach) for column in (logged, score, prose.astype(np.float32)) for reach in (2, 5, 12)
    ]
    columns: list[Floats] = [
        score,
        *context,
        *windows,
        np.asarray(at / size, np.float32),
        np.minimum(at, 200),
        np.minimum(size - at, 200),
        (before / max(1.0, total)).astype(np.float32),
        back,
        ahead,
        ((at >= low) & (at < high)).astype(np.float32),
        np.clip(at - low, -50, 50),
        np.clip(high - at, -50, 50),
        np.full(size if len(lines) else 0, float(prose.mean()) if len(lines) else 0.0, np.float32),
        np.full(size if len(lines) else 0, np.log1p(total), np.float32),
        np.full(size if len(lines) else 0, np.log1p(size), np.float32),
    ]
    return np.column_stack([alone, *columns]).astype(np.float32)
