"""How well reports of one development are grouped, on a folder that holds ``news_cluster.jsonl.gz``.

Each row has story, title, text and published. The measure is B-cubed F1 over all reports; a report that is
alone in its story counts like any other.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.clusters import b_cubed, clusters
from onrecord.errors import NothingReadable
from onrecord.linking.stories.stories import Stories, StoryReport, find_stories

_SEED = 20


def evaluate(data_dir: Path, *, batch: int = 25) -> dict[str, Any]:
    """B-cubed precision, recall and F1, rounded to four digits, and whether a stream gives the same stories.

    Args:
        data_dir: the folder.
        batch: how many reports at a time arrive in the stream, in an order drawn at random.
    """
    path = data_dir / "news_cluster.jsonl.gz"
    if not path.is_file():
        raise NothingReadable(f"{data_dir}: no news_cluster.jsonl.gz here", hint="give the folder with it")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    reports = [
        StoryReport(f"{number:05}", row["title"], row["text"], row["published"])
        for number, row in enumerate(rows)
    ]
    found = find_stories(reports)
    gold = clusters((((n, n + 1), row["story"]) for n, row in enumerate(rows)), alone=True)
    share = b_cubed(gold, clusters(_named(found), alone=True))
    drawn = random.Random(_SEED).sample(reports, len(reports))
    streamed: Stories | None = None
    for start in range(0, len(drawn), batch):
        streamed = find_stories(drawn[start : start + batch], before=streamed)
    return {
        "reports": len(rows),
        "stories": len(gold),
        "found": len(found.stories),
        "precision": round(share.precision, 4),
        "recall": round(share.recall, 4),
        "f1": round(share.f1, 4),
        "stream_is_the_same": streamed == found,
    }


def _named(found: Stories) -> Iterable[tuple[tuple[int, int], object]]:
    for story in found.stories:
        for member in story.members:
            yield (int(member), int(member) + 1), story.id
