"""How well articles are taken out of web pages, on a folder in the format of WCXB.

The folder holds ``html/NAME.html.gz`` and ``ground-truth/NAME.json``. The measure for text is that of the
corpus: F1 over the words of two texts as multisets, lower case, averaged over the pages.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.documents import DocumentSettings, make_document
from onrecord.documents.blocks import strip_tags
from onrecord.documents.html import extract
from onrecord.documents.make import body_of
from onrecord.errors import NothingReadable
from onrecord.values import Document, Failure, Interval, RawDocument, RawKind

_WORD = re.compile(r"\w+")
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and what its annotators found in it; any part of the metadata may be None."""

    name: str
    url: str
    html: str
    text: str
    title: str | None
    date: str | None


def word_f1(predicted: str, reference: str) -> float:
    """F1 over the words of two texts as multisets, lower case: the measure of WCXB."""
    mine, gold = Counter(_WORD.findall(predicted.lower())), Counter(_WORD.findall(reference.lower()))
    if not mine or not gold:
        return float(mine == gold)
    shared = (mine & gold).total()
    return 2 * shared / (mine.total() + gold.total())


def gold_pages(data_dir: Path) -> Iterator[GoldPage]:
    """The pages of a folder, by name. Raises NothingReadable where there are none."""
    paths = sorted((data_dir / "ground-truth").glob("*.json"))
    if not paths:
        raise NothingReadable(
            f"{data_dir}: no ground-truth/*.json here", hint="give a folder in the format of WCXB"
        )
    for path in paths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        with gzip.open(data_dir / "html" / f"{path.stem}.html.gz") as stream:
            html = stream.read().decode("utf-8", "replace")
        gold = truth["ground_truth"]
        yield GoldPage(
            path.stem,
            truth["url"],
            html,
            gold["main_content"] or "",
            gold.get("title"),
            gold.get("publish_date"),
        )


def evaluate(data_dir: Path, *, every: int = 1) -> dict[str, Any]:
    """Figures over every ``every``-th page in ``data_dir``, rounded to four digits.

    ``html``: our canonical text without the headline in front. ``trafilatura``: its text alone, as it comes.
    ``stripped``: our text from the same page with its tags off, one line per block element or line break,
    scripts and what is never shown left out (``onrecord.documents.blocks.strip_tags``); ``stripped_raw``: all
    of that text, nothing dropped. A gold text has no headline, hence the one we put in front is not scored.
    ``clean_words_lost``: share of the words of the gold texts, given as plain text, that are dropped.
    ``date``: pages with a gold date are right (its day and no other), wide (an interval of several days that
    holds it), wrong or missing; ``date_right`` is right / all of these. Pages without one are abstained or
    invented. ``title_exact``: equal but for outer white space, among pages with a gold title.
    """
    sums: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    for page in islice(gold_pages(data_dir), 0, None, every):
        sums["pages"] += 1
        alone = extract(page.html, page.url)
        sums["trafilatura"] += word_f1(alone.text if alone else "", page.text)  # type: ignore[assignment]
        ours = _made(page, "html", page.html)
        sums["html"] += word_f1(_body(ours), page.text)  # type: ignore[assignment]
        flat = strip_tags(page.html)
        sums["stripped"] += word_f1(_body(_made(page, "text", flat)), page.text)  # type: ignore[assignment]
        sums["stripped_raw"] += word_f1(flat, page.text)  # type: ignore[assignment]
        sums["words"] += len(_WORD.findall(page.text))
        sums["lost"] += _lost(_made(page, "text", page.text), page.text)
        dates[_date_outcome(ours.published if isinstance(ours, Document) else None, page.date)] += 1
        if page.title:
            sums["titles"] += 1
            sums["title_exact"] += (
                isinstance(ours, Document) and (ours.title or "").strip() == page.title.strip()
            )
    return _figures(sums, dates)


def _figures(sums: Counter[str], dates: Counter[str]) -> dict[str, Any]:
    pages = sums["pages"]
    dated = sum(dates[name] for name in ("right", "wide", "wrong", "missing"))
    return {
        "pages": pages,
        **{
            name: round(sums[name] / pages, 4) for name in ("html", "trafilatura", "stripped", "stripped_raw")
        },
        "clean_words_lost": round(sums["lost"] / max(1, sums["words"]), 5),
        "date_right": round(dates["right"] / max(1, dated), 4),
        "dates": {
            name: dates[name] for name in ("right", "wide", "wrong", "missing", "abstained", "invented")
        },
        "title_exact": round(sums["title_exact"] / max(1, sums["titles"]), 4),
    }


def _made(page: GoldPage, kind: RawKind, text: str) -> Document | Failure:
    raw = RawDocument(page.url, page.url, b"", kind, _NEVER, url=page.url if kind == "html" else None)
    return make_document(raw, text, "utf-8", settings=DocumentSettings())


def _body(made: Document | Failure) -> str:
    return body_of(made) if isinstance(made, Document) else ""


def _lost(made: Document | Failure, text: str) -> int:
    """How many words of ``text`` are not in the canonical text made from it."""
    kept = Counter(_WORD.findall(made.text)) if isinstance(made, Document) else Counter()
    return (Counter(_WORD.findall(text)) - kept).total()


def _date_outcome(found: Interval | None, gold: str | None) -> str:
    if not gold:
        return "invented" if found else "abstained"
    if found is None:
        return "missing"
    if found.earliest <= gold[:10] <= found.latest:
        return "right" if found.earliest == found.latest else "wide"
    return "wrong"
