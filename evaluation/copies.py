"""How well copies are found, on copies made from real articles, and what is found among these themselves.

The folder holds ``articles.jsonl.gz``: id, title, text, outlet, url, published. The outlet of an article is
the host of its address. From articles drawn at random, copies of seven sorts are made, each sort by itself
added to all articles:

    half, quarter    the first half, the first quarter of its words
    5 %, 15 %        so many of its words replaced by words drawn from other articles
    third embedded   a third of its sentences in a row, put in the middle of an article of another outlet
    quote            one of its quotations of 12 words and more, put in an article of another outlet
    short quote      the same of 8 to 11 words, which we do not claim to find

Recall: of the copies, how many are paired with the article they are made from. Strays: pairs of a copy with
an article that is neither one it is made from nor paired with one of these.
"""

from __future__ import annotations

import gzip
import importlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import NothingReadable
from onrecord.linking.copies.find import Copies, CopyReport, find_copies
from onrecord.text.doc import Doc
from onrecord.text.quotation import OUT, quotation_state

READ = Path("quality/copies.jsonl")
_SEED = 20
_WORD = re.compile(r"\S+")
_MINHASH = {"permutations": 128, "threshold": 0.5, "shingle": 5}


@dataclass(frozen=True, slots=True)
class Made:
    """A copy and the articles it is made from; the first is the one to find."""

    report: CopyReport
    sources: tuple[str, ...]


def read_articles(data_dir: Path) -> list[CopyReport]:
    """The articles of a folder, by id. Raises NothingReadable where there are none."""
    path = data_dir / "articles.jsonl.gz"
    if not path.is_file():
        raise NothingReadable(f"{data_dir}: no articles.jsonl.gz here", hint="give the folder that holds it")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return sorted(map(_report, rows), key=lambda one: one.id)


def _report(row: dict[str, str]) -> CopyReport:
    host = urlsplit(row["url"] if "//" in row["url"] else "//" + row["url"]).hostname or row["outlet"]
    day = row["published"] if re.fullmatch(r"\d{4}-\d\d-\d\d.*", row["published"] or "") else None
    return CopyReport(row["id"], row["text"], host.removeprefix("www."), day)


def evaluate(
    data_dir: Path, *, every: int = 1, sources: int = 500, minhash: bool = True, read: Path = READ
) -> dict[str, Any]:
    """Figures on every ``every``-th article of the folder, rounded to four digits.

    ``pairs``: found among the articles themselves, by kind, and ``groups`` of them; ``unread``: of these
    pairs, those that nobody has read and found right; look at them. ``recall``, ``strays`` and ``kinds`` by
    sort of copy, as the module says. ``minhash``: recall of a MinHash library on the same copies if it is
    installed, and how many pairs it finds among the articles.

    Args:
        every: take each ``every``-th article.
        sources: how many articles copies are made from.
        minhash: measure the library too.
        read: JSON lines of pairs that were read and found right.
    """
    articles = read_articles(data_dir)[::every]
    found = find_copies(articles)
    figures: dict[str, Any] = {
        "articles": len(articles),
        "pairs": dict(sorted(Counter(pair.kind for pair in found.pairs).items())),
        "groups": len(found.groups),
        "unread": len(_named(found) - _right(read)),
        "recall": {},
        "strays": {},
        "kinds": {},
    }
    library = _library(articles) if minhash else None
    if library:
        figures["minhash"] = {}
    for name, copies in made(articles, sources=sources).items():
        recall, strays, kinds = _scored(found, copies)
        figures["recall"][name] = recall
        figures["strays"][name] = strays
        figures["kinds"][name] = kinds
        if library:
            hits = sum(one.sources[0] in library(one.report.text) for one in copies)
            figures["minhash"][name] = round(hits / len(copies), 4)
    if library:
        figures["minhash"]["pairs"] = sum(len(library(one.text)) - 1 for one in articles) // 2
    return figures


def _named(found: Copies) -> set[tuple[str, str]]:
    return {(pair.first, pair.second) for pair in found.pairs}


def _right(read: Path) -> set[tuple[str, str]]:
    lines = read.read_text(encoding="utf-8").splitlines() if read.is_file() else []
    return {(row["first"], row["second"]) for row in map(json.loads, lines) if row["right"]}


def _scored(base: Copies, copies: Sequence[Made]) -> tuple[float, int, str]:
    found = find_copies([one.report for one in copies], before=base)
    near: dict[str, dict[str, str]] = {}
    for pair in found.pairs:
        near.setdefault(pair.first, {})[pair.second] = pair.kind
        near.setdefault(pair.second, {})[pair.first] = pair.kind
    kinds: Counter[str] = Counter()
    strays = 0
    ours = {one.report.id for one in copies}
    for one in copies:
        mine = near.get(one.report.id, {})
        kinds[mine.get(one.sources[0], "missed")] += 1
        excused = set(one.sources).union(*(near.get(source, {}) for source in one.sources))
        strays += len(mine.keys() - excused - ours)
    recall = round(1 - kinds["missed"] / max(1, len(copies)), 4)
    return recall, strays, " ".join(f"{kind}:{count}" for kind, count in sorted(kinds.items()))


def made(articles: Sequence[CopyReport], *, sources: int) -> dict[str, list[Made]]:
    """Copies by sort, made from ``sources`` articles drawn at random; the same at each call."""
    draw = random.Random(_SEED)
    chosen = draw.sample(articles, min(sources, len(articles)))
    vocabulary = [word for one in draw.sample(articles, min(200, len(articles))) for word in one.text.split()]
    whole: dict[str, Callable[[str], str]] = {
        "half": lambda text: _head(text, 0.5),
        "quarter": lambda text: _head(text, 0.25),
        "5 %": lambda text: _changed(text, 0.05, vocabulary, draw),
        "15 %": lambda text: _changed(text, 0.15, vocabulary, draw),
    }
    result = {
        name: [Made(_as_copy(one, name, change(one.text)), (one.id,)) for one in chosen]
        for name, change in whole.items()
    }
    for name, piece in _PIECES.items():
        result[name] = list(_put(chosen, articles, name, piece, draw))
    return result


def _put(
    chosen: Sequence[CopyReport],
    articles: Sequence[CopyReport],
    name: str,
    piece: Callable[[str, random.Random], str | None],
    draw: random.Random,
) -> Iterator[Made]:
    """A piece of each that has one, in the middle of an article of another outlet."""
    for one in chosen:
        text = piece(one.text, draw)
        host = draw.choice(articles)
        if text and host.outlet != one.outlet:
            lines = host.text.split("\n")
            middle = len(lines) // 2
            joined = "\n".join([*lines[:middle], text, *lines[middle:]])
            yield Made(_as_copy(one, name, joined), (one.id, host.id))


def _as_copy(one: CopyReport, name: str, text: str) -> CopyReport:
    return replace(one, id=f"{one.id} {name}", text=text, outlet=None, published=None)


def _head(text: str, share: float) -> str:
    words = list(_WORD.finditer(text))
    return text[: words[int(len(words) * share)].start()]


def _changed(text: str, share: float, vocabulary: Sequence[str], draw: random.Random) -> str:
    return _WORD.sub(lambda word: draw.choice(vocabulary) if draw.random() < share else word.group(), text)


def _third(text: str, draw: random.Random) -> str | None:
    spans = Doc.of(text).sentences
    size = -(-len(spans) // 3)
    start = draw.randrange(max(1, len(spans) - size + 1))
    return text[spans[start][0] : spans[min(start + size, len(spans)) - 1][1]] if spans else None


def _quotation(text: str, draw: random.Random, least: int, most: int) -> str | None:
    """A quotation of some length, with its marks, as a paragraph with a speaker of its own."""
    state = "".join("." if one == OUT else "q" for one in quotation_state(text))
    quotes = [text[found.start() : found.end()] for found in re.finditer("q+", state)]
    some = [quote for quote in quotes if least <= len(quote.split()) <= most and "\n" not in quote]
    return f"{draw.choice(some)} the official said." if some else None


_PIECES: dict[str, Callable[[str, random.Random], str | None]] = {
    "third embedded": _third,
    "quote": lambda text, draw: _quotation(text, draw, 12, 10_000),
    "short quote": lambda text, draw: _quotation(text, draw, 8, 11),
}


def _library(articles: Sequence[CopyReport]) -> Callable[[str], set[str]] | None:
    """Ids of the articles that datasketch's MinHash finds for a text, or None if it is not installed."""
    try:
        datasketch: Any = importlib.import_module("datasketch")
    except ImportError:
        return None
    size = _MINHASH["permutations"]
    index = datasketch.MinHashLSH(threshold=_MINHASH["threshold"], num_perm=size)

    def sketch(text: str) -> Any:
        words = text.casefold().split()
        width = int(_MINHASH["shingle"])
        made = datasketch.MinHash(num_perm=size)
        count = max(1, len(words) - width + 1)
        made.update_batch([" ".join(words[i : i + width]).encode() for i in range(count)])
        return made

    for one in articles:
        index.insert(one.id, sketch(one.text))
    return lambda text: set(index.query(sketch(text)))
