"""``python -m training.words --data DIR``: in how many articles each word stands, as a table.

Counted are the title and the first 150 words of each article of ``articles.jsonl.gz``, as stories are made
from them. Kept are words of five articles and more, without their counts: each has a level, in quarters of
the logarithm of how rare it is. No text can be had back from it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from pathlib import Path

from onrecord.linking.stories.words import LEVELS, words

_LEAST = 5  # articles; rarer words would only tell what these articles are about


def main() -> None:
    """Reads the articles, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of articles.jsonl.gz")
    parser.add_argument("--to", type=Path, default=Path("src/onrecord/data/words.gz"))
    options = parser.parse_args()
    articles: Counter[str] = Counter()
    total = 0
    with gzip.open(options.data / "articles.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            articles.update(words(row["title"], row["text"]).keys())
            total += 1
    levels: dict[int, list[str]] = {}
    for word, count in sorted(articles.items()):
        if count >= _LEAST:
            levels.setdefault(level(total, count), []).append(word)
    lines = [f"{level(total, 1)}\t\n"]
    lines += [f"{number}\t{' '.join(some)}\n" for number, some in sorted(levels.items())]
    options.to.write_bytes(gzip.compress("".join(lines).encode("utf-8"), mtime=0))


def level(total: int, count: int) -> int:
    """How rare a word of ``count`` in ``total`` articles is."""
    return round(LEVELS * math.log((total + 1) / (count + 0.5)))


if __name__ == "__main__":
    main()
