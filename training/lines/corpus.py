"""Pages with gold articles as lines of bare text, each labelled article or not.

The tags of a page are taken off in three ways, since nobody knows how a given scraper did it: one line per
block element, one line per text node, and tags replaced by spaces with the line breaks of the source kept.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.documents.blocks import strip_tags
from onrecord.documents.characters import lines

_WORD = re.compile(r"\w+")
_SCRIPTS = re.compile(
    r"<(script|style|noscript|template|svg|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
_INLINE_BREAK = re.compile(r"(<[^>]*>)+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, HTML, address, and what its annotators hold to be the article."""

    name: str
    html: str
    url: str
    gold: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines of a page stripped in one way; ``labels[i]`` is 1 where line i is part of the article."""

    page: str
    way: str
    lines: list[str]
    labels: list[int]


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder in the format of WCXB, by name."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        with gzip.open(folder / "html" / f"{path.stem}.html.gz") as stream:
            html = stream.read().decode("utf-8", "replace")
        yield Page(path.stem, html, truth["url"], truth["ground_truth"]["main_content"])


def by_source_line(html: str) -> str:
    """Tags replaced by a space; lines are those of the source."""
    from html import unescape

    return unescape(_TAG.sub(" ", _SCRIPTS.sub("\n", html)))


def by_text_node(html: str) -> str:
    """Each run of tags replaced by a line break; white space of the source is one space."""
    from html import unescape

    flat = re.sub(r"\s+", " ", _SCRIPTS.sub("<br>", html))
    return unescape(_INLINE_BREAK.sub("\n", flat))


WAYS = {"block": strip_tags, "node": by_text_node, "source": by_source_line}


def labelled(page: Page, way: str) -> Labelled:
    """``page`` stripped in that way, with labels from its gold text."""
    texts = [line.text for line in lines(WAYS[way](page.html))]
    return Labelled(page.name, way, texts, label(texts, page.gold))


def label(texts: list[str], gold: str) -> list[int]:
    """1 for each line whose words stand in ``gold`` in the same order, 0 for the others.

    Lines of four words and more: at least half of their runs of three words stand in the gold text. Shorter
    ones: they are a line of it, or stand in it and within eight lines of a longer one that does.
    """
    words = _WORD.findall(gold.lower())
    runs = set(zip(words, words[1:], words[2:], strict=False))
    whole = {" ".join(_WORD.findall(line.lower())) for line in gold.split("\n")}
    joined = f" {' '.join(words)} "
    split = [_WORD.findall(text.lower()) for text in texts]
    sure = [_long(line, runs) for line in split]
    return [
        int(
            sure[i]
            or (
                len(line) < 4 and bool(line) and _short(line, whole, joined, any(sure[max(0, i - 8) : i + 9]))
            )
        )
        for i, line in enumerate(split)
    ]


def _long(line: list[str], runs: set[tuple[str, str, str]]) -> bool:
    own = list(zip(line, line[1:], line[2:], strict=False))
    return len(line) >= 4 and sum(run in runs for run in own) >= len(own) / 2


def _short(line: list[str], whole: set[str], joined: str, near: bool) -> bool:
    text = " ".join(line)
    return near and (text in whole or f" {text} " in joined)
