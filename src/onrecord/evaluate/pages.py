"""How well articles are taken out of web pages, on a folder in the format of WCXB."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

_WORD = re.compile(r"\w+")


def word_f1(predicted: str, reference: str) -> float:
    """F1 over the words of two texts as multisets, lower case: the measure of WCXB."""
    mine, gold = Counter(_WORD.findall(predicted.lower())), Counter(_WORD.findall(reference.lower()))
    if not mine or not gold:
        return float(mine == gold)
    shared = (mine & gold).total()
    return 2 * shared / (mine.total() + gold.total())


def evaluate(data_dir: Path) -> dict[str, Any]:
    """Figures over the pages in ``data_dir`` (``html/*.html.gz`` and ``ground-truth/*.json``)."""
    return {"pages": sum(1 for _ in (data_dir / "ground-truth").glob("*.json"))}
