"""How well articles are taken out of web pages, on a folder in the format of WCXB."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def evaluate(data_dir: Path) -> dict[str, Any]:
    """Figures over the pages in ``data_dir`` (``html/*.html.gz`` and ``ground-truth/*.json``)."""
    return {"pages": sum(1 for _ in (data_dir / "ground-truth").glob("*.json"))}
