"""How long copies take to find among very many reports, and how much memory: ``python -m`` this module.

Reports are made from the articles of a folder in the format of ``evaluate.copies``. Each article is told in
as many versions as are needed; in each version most of its rarer words are others, so that versions share
common phrases and here and there a run of words, as reports of one affair do, without being copies. One
report in five is then a copy of the one before it: cut to half, or with every twentieth word changed.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from evaluation.copies import read_articles
from onrecord.linking.copies.find import CopyReport, find_copies

_COMMON = 300  # words that are the same in all versions
_OTHER = 0.7  # of the rarer words, so many are others
_OUTLETS = 500  # that print copies
_WORD = re.compile(r"[^\W_]+")


def made_reports(articles: Sequence[CopyReport], size: int) -> Iterator[CopyReport]:
    """``size`` reports, one at a time; the same at each call."""
    words = Counter(word for one in articles for word in _WORD.findall(one.text))
    common = {word for word, _ in words.most_common(_COMMON)}
    number = 0
    for version in range(size):
        for one in articles:
            text = _WORD.sub(lambda found, v=version: _told(found.group(), v, common), one.text)  # type: ignore[misc]
            yield CopyReport(f"{number:07}", text, one.outlet)
            if number % 4 == 0:
                yield CopyReport(f"{number:07} copy", _copied(text, number), f"outlet {number % _OUTLETS} b")
            number += 1


def _told(word: str, version: int, common: set[str]) -> str:
    if word in common or zlib.crc32(f"{word} {version}".encode()) % 100 >= 100 * _OTHER:
        return word
    return f"{word}{version}"


def _copied(text: str, number: int) -> str:
    if number % 8:
        return text[: len(text) // 2]
    return " ".join("other" if place % 20 == 0 else word for place, word in enumerate(text.split()))


def main() -> None:
    """Finds the copies and says what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="holds articles.jsonl.gz")
    parser.add_argument("--reports", type=int, default=100_000)
    options = parser.parse_args()
    articles = read_articles(options.data)
    making = 0.0

    def timed() -> Iterator[CopyReport]:
        nonlocal making
        source = islice(made_reports(articles, options.reports), options.reports)
        while True:
            start = time.process_time()
            one = next(source, None)
            making += time.process_time() - start
            if one is None:
                return
            yield one

    start, wall = time.process_time(), time.monotonic()
    found = find_copies(timed())
    used = time.process_time() - start - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # kilobytes on Linux
    count = Counter(one.kind for one in found.pairs)
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(count.items()))
    words = sum(facts.words for facts, _ in found.known.values())
    print(f"{len(found.known)} reports, {words} words: {used:.0f} s of one core, peak {peak:.2f} GB")
    print(f"  (making them took {making:.0f} s more; {time.monotonic() - wall:.0f} s by the clock)")
    print(f"  {len(found.groups)} groups; pairs: {kinds}; compared and different: {len(found.different)}")


if __name__ == "__main__":
    main()
