"""The words that tell what a report is about, and how much each counts.

Counted are the words of the title, three times, and the first 150 of the text. A word counts the more the
fewer reports of news in general have it: ``data/words.gz`` holds a level for common words, made from 5,151
articles by ``training/words``. So a word weighs the same in every record, and adding reports changes no
other report's weights; with one exception. The words that a whole record is about (an eighth of its reports
have them) do not tell its developments apart, and count less.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from math import log, sqrt

TABLE = "words.gz"
LEVELS = 4  # levels of rarity in one unit of the natural logarithm

_TITLE, _BODY = 3, 150  # as in the published baselines of story clustering
_WORD = re.compile(r"[^\W_]+")
# What is left of the weight of a word that more than such a share of the reports have. Shares are smoothed
# with _PRIOR reports of news in general: a record of a few reports, all about one event, says little.
_SUBJECT = ((1 / 2, 0.0), (1 / 4, 1 / 3), (1 / 8, 2 / 3))
_PRIOR = 50
_LITTLE = 10.0  # as much as one rare word; a report of 150 words has about 45


def words(title: str | None, text: str) -> dict[str, int]:
    """The words of a report that count, lower case, and how often.

    >>> words("Talks fail", "Talks failed.")
    {'talks': 4, 'fail': 3, 'failed': 1}
    """
    found = Counter(_WORD.findall((title or "").lower()))
    for word in found:
        found[word] *= _TITLE
    for count, match in enumerate(_WORD.finditer(text)):
        if count == _BODY:
            break
        found[match.group().lower()] += 1
    return dict(found)


def rarity(word: str) -> float:
    """How rare a word is in news: the natural logarithm of one in how many reports has it, in quarters."""
    levels, unknown = _table()
    return levels.get(word, unknown) / LEVELS


def subject(reports: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """Words that the record as a whole is about, and what is left of their weights.

    Args:
        reports: the words of each.
    """
    count: Counter[str] = Counter()
    size = 0
    for one in reports:
        count.update(one.keys())
        size += 1
    left = {}
    for word, number in count.items():
        usual = 2.718281828**-rarity(word)
        share = (number + _PRIOR * usual) / (size + _PRIOR)
        factor = next((factor for least, factor in _SUBJECT if share >= least), 1.0)
        if factor < 1:
            left[word] = factor
    return left


def weights(counts: Mapping[str, int], left: Mapping[str, float]) -> dict[str, float]:
    """The weight of each word of a report, sorted by word, zeros left out.

    Their squares sum to 1; to less in a report that has too little to tell what it is about.

    Args:
        counts: how often each word stands in it.
        left: what ``subject`` gives.
    """
    raw = {
        word: weight
        for word, count in sorted(counts.items())
        if (weight := (1 + log(count)) * rarity(word) * left.get(word, 1.0)) > 0
    }
    length = max(_LITTLE, sqrt(sum(weight * weight for weight in raw.values())))
    return {word: weight / length for word, weight in raw.items()}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], int]:
    """The levels of the shipped table, and that of a word it does not have."""
    text = gzip.decompress(files("onrecord").joinpath("data", TABLE).read_bytes()).decode("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return {word: int(level) for level, some in rows[1:] for word in some.split(" ")}, int(rows[0][0])
