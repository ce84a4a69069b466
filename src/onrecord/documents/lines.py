"""Which lines of a bare text are the article, and why the others are not: by the shipped line classifier,
and by what an outlet repeats from report to report."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.documents import phrases
from onrecord.documents.characters import Line
from onrecord.documents.features import features
from onrecord.documents.phrases import drop_reason
from onrecord.shipped import shipped

_AT_ONCE = 4_000  # lines judged in one go: bounds memory at about T * 4,000 numbers


@dataclass(frozen=True, slots=True)
class LineModel:
    """T trees of at most N nodes, padded; a leaf is its own left and right. All arrays are [T, N]."""

    bias: float
    depth: int
    words: Mapping[str, float]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def chances(self, lines: Sequence[str]) -> list[float]:
        """For each line the probability that it is part of the article; all lines of one page, in order."""
        if not lines:
            return []
        table = features(lines, self.words)
        parts = [self._judge(table[at : at + _AT_ONCE]) for at in range(0, len(lines), _AT_ONCE)]
        return [float(p) for part in parts for p in part]

    def _judge(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """float64 [L] from features [L, columns]."""
        trees = np.arange(self.feature.shape[0])[:, None]
        rows = np.arange(len(table))[None, :]
        node = np.zeros((self.feature.shape[0], len(table)), np.int32)
        for _ in range(self.depth):
            goes_left = table[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        total = self.bias + self.value[trees, node].sum(axis=0)
        chances = 1 / (1 + np.exp(-total.astype(np.float64)))
        return np.asarray(chances, np.float64).round(4)  # exp differs in its last bits


def from_json(text: str) -> LineModel:
    """The model written by ``training.lines.train``."""
    raw = json.loads(text)
    trees = raw["trees"]
    return LineModel(
        bias=raw["bias"],
        depth=raw["depth"],
        words=raw["words"],
        feature=np.array(trees["feature"], np.int32),
        threshold=np.array(trees["threshold"], np.float32),
        left=np.array(trees["left"], np.int32),
        right=np.array(trees["right"], np.int32),
        value=np.array(trees["value"], np.float32),
    )


@cache
def line_model() -> LineModel:
    """The model in the package, read once."""
    return from_json(shipped("lines.json").decode("utf-8"))


Mode = Literal["auto", "page", "clean"]

# A page has many lines of a few words that end no sentence. On 300 pages stripped in three ways and their
# 300 gold articles: see docs/documents.md for what these two bounds and the shares below let through.
SHORT_WORDS = 6
MIN_SHORT = 15
MIN_SHARE = 0.25
EDGE = 8  # lines at either end where a page has its menus
EDGE_LEFT = 0.55  # share of them that must be no article
KEEP = 0.45  # probability from which a line of a page is kept
_STOP = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_COMMENTS = re.compile(
    r"(?:\d{1,4}|one) (?:thoughts?|comments?|responses?|replies|reply) (?:on|to):? [\"“‘'].{1,200}",
    re.IGNORECASE,
)
_WRAP = 100  # no line of a hard-wrapped text is longer, in characters


def judge(texts: Sequence[str], *, mode: Mode) -> list[str | None]:
    """For each line None if it is part of the article, else the reason why not."""
    reasons = [drop_reason(text) for text in texts]
    end = comments_at(texts)
    reasons[end:] = [reason or "reader comment" for reason in reasons[end:]]
    if mode == "clean" or (mode == "auto" and not _crowded(texts)):
        return reasons

    chances = line_model().chances(texts)
    if mode == "auto" and not is_page(chances):
        return reasons
    return [reason or _left_over(text, p) for text, p, reason in zip(texts, chances, reasons, strict=True)]


def comments_at(texts: Sequence[str]) -> int:
    """The line that heads the comments of readers ("2 thoughts on “Headline”"), or the number of lines."""
    return next((i for i, text in enumerate(texts) if i >= 3 and _COMMENTS.fullmatch(text)), len(texts))


def _crowded(texts: Sequence[str]) -> bool:
    """Whether so many lines are short that the text may be a whole page: rarely true of articles."""
    short = sum(
        1 for text in texts if len(text) < 80 and len(text.split()) <= SHORT_WORDS and not _STOP.search(text)
    )
    return short >= MIN_SHORT and short >= MIN_SHARE * len(texts)


def is_page(chances: Sequence[float]) -> bool:
    """Whether lines with these probabilities are a whole page: its first or last lines are no article."""
    ends = [*chances[:EDGE], *chances[-EDGE:]]
    return sum(chance < KEEP for chance in ends) >= EDGE_LEFT * len(ends)


def _left_over(text: str, chance: float) -> str | None:
    if chance >= KEEP:
        return None
    return "navigation" if len(text.split()) <= SHORT_WORDS else "left over from the page"


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs instead of lines, where a text is wrapped at a fixed width; else the lines as they are.

    Wrapped: no long line, paragraphs set off by blank lines and of several lines each, most of which break
    off within a sentence.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if line.blank_before or not groups:
            groups.append([])
        groups[-1].append(line)
    inner = [line.text for group in groups for line in group[:-1]]
    if len(inner) < len(groups) or any(len(line.text) > _WRAP for line in lines):
        return list(lines)
    if sum(len(text) >= 50 and not _STOP.search(text) for text in inner) < 0.6 * len(inner):
        return list(lines)
    return [
        Line(group[0].start, group[-1].end, " ".join(line.text for line in group), group[0].blank_before)
        for group in groups
    ]


# On 5,151 scraped articles of 222 outlets: lines classed as boilerplate hold .43 % of all words, in 34 % of
# the articles, if they stand in five or more of an outlet; with three .60 % and 36 %, with eight .33 % and
# 31 %.
MIN_DOCUMENTS = 5
_LONGEST_NAME = 6  # words of a line that is but a name

RepeatedClass = Literal["boilerplate", "credit", "article"]
_LINE = re.compile(r"[^\n]+")
_NOT_WORD = re.compile(r"[\W_]+")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:,? (?:de |van |von |al-)?[A-Z][\w.'’-]*){1,5}")


def key_text(line: str) -> str:
    """What of a line counts when lines are compared: letters and digits, lower case.

    >>> key_text("- Advertisement -")
    'advertisement'
    """
    return _NOT_WORD.sub(" ", line).strip().lower()


def line_keys(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, key)`` of each line of canonical text; a key is a 64-bit hash in 16 hex digits."""
    found = []
    for match in _LINE.finditer(text):
        words = key_text(match.group())
        if words:
            key = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            found.append((match.start(), match.end(), key))
    return found


def classify_repeated(line: str, count: int, *, min_documents: int = MIN_DOCUMENTS) -> RepeatedClass:
    """What a line is that stands in ``count`` documents of one outlet.

    "article": not repeated enough; "credit": a byline, credit or other metadata worth keeping, told by its
    wording or by being a name; "boilerplate": the rest.
    """
    if count < min_documents:
        return "article"
    reason = phrases.drop_reason(line)
    if reason in ("credit", "caption"):
        return "credit"
    short = len(line.split()) <= 30
    if reason is None and short and _is_name(line):
        return "credit"
    return "boilerplate"


def _is_name(line: str) -> bool:
    return len(line.split()) <= _LONGEST_NAME and _NAME.fullmatch(line) is not None
