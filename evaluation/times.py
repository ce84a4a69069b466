"""How well times are found and resolved, on TIMEX documents or on the specs of Recognizers-Text.

A folder of ``*.tml`` (or ``*.sgm``, ``*.xml`` with TIMEX2 or TIMEX3 tags) is scored as TempEval does: an
expression of ours is matched with one of the gold that it overlaps, each at most once. Extent: exact and by
overlap. Value: a matched expression is right if its value is the same string; precision is over what we
found, recall over the gold.

A folder of the English specs of Recognizers-Text (``DateParser.json``, ``DateTimeModel.json`` and their like)
is scored by cases. See ``specs.py`` for what counts.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from evaluation.specs import evaluate_specs
from onrecord.errors import NothingReadable
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval, Span, TimeExpression

_SUFFIXES = (".tml", ".sgm", ".xml")
_TAG = re.compile(r"<(/?)([A-Za-z]\w*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*\"([^\"]*)\"")
_TIMEX = frozenset(["TIMEX3", "TIMEX2"])


@dataclass(frozen=True, slots=True)
class GoldTime:
    """An annotated expression: ``text[span[0]:span[1]]`` and its value ("" if the annotators gave none)."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document without its tags, what is annotated in it, and when it was written."""

    name: str
    text: str
    anchor: Interval | None
    times: tuple[GoldTime, ...]


def gold_documents(data_dir: Path) -> Iterator[GoldDocument]:
    """The documents of a folder, by name. Raises NothingReadable where there are none."""
    paths = sorted(path for path in data_dir.iterdir() if path.suffix in _SUFFIXES)
    if not paths:
        raise NothingReadable(
            f"{data_dir}: no *.tml and no specs here",
            hint="give a folder of TIMEX documents or of Recognizers-Text specs",
        )
    for path in paths:
        yield parse_timex(path.stem, path.read_text(encoding="utf-8", errors="replace"))


def parse_timex(name: str, source: str) -> GoldDocument:
    """One document in TimeML or with TIMEX2 tags; of nested expressions the outermost counts."""
    anchor = _creation_time(source)
    inside = re.search(r"<TEXT>(.*)</TEXT>", source, re.DOTALL)
    body = inside[1] if inside else source
    pieces: list[str] = []
    times: list[GoldTime] = []
    open_: list[tuple[int, str]] = []
    at = length = 0
    for tag in _TAG.finditer(body):
        piece = html.unescape(body[at : tag.start()])
        pieces.append(piece)
        length, at = length + len(piece), tag.end()
        if tag[2] not in _TIMEX:
            continue
        if not tag[1]:
            attributes = dict(_ATTRIBUTE.findall(tag[3]))
            open_.append(
                (length, attributes.get("value") or attributes.get("VAL") or attributes.get("val") or "")
            )
        elif open_:
            start, value = open_.pop()
            if not open_ and start < length:
                times.append(GoldTime((start, length), value))
    pieces.append(html.unescape(body[at:]))
    return GoldDocument(name, "".join(pieces), anchor, tuple(times))


def _creation_time(source: str) -> Interval | None:
    head = re.search(r"<(DCT|DATETIME|DATE_TIME|DATE)>(.*?)</\1>", source, re.DOTALL)
    found = re.search(r"(\d{4})-?(\d\d)-?(\d\d)", head[2]) if head else None
    if not found:
        return None
    day = "-".join(found.groups())
    return Interval(day, day, "day", "document creation time")


def matches(
    found: Sequence[TimeExpression], gold: Sequence[GoldTime]
) -> list[tuple[TimeExpression, GoldTime]]:
    """Pairs that overlap, each side at most once: the largest overlaps first."""
    pairs = []
    for i, mine in enumerate(found):
        for j, one in enumerate(gold):
            shared = min(mine.span[1], one.span[1]) - max(mine.span[0], one.span[0])
            if shared > 0:
                pairs.append((-shared, i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    made = []
    for _, i, j in sorted(pairs):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            made.append((found[i], gold[j]))
    return made


def evaluate(data_dir: Path, *, first: int = 0, every: int = 1) -> dict[str, Any]:
    """Figures over the documents, or the specs, of a folder, rounded to four digits.

    For TIMEX documents: ``exact``, ``overlap`` and ``value``, each with precision, recall and F1 (see above);
    ``first`` and ``every`` take each ``every``-th document beginning with the ``first``, by name. Raises
    NothingReadable if the folder holds neither kind.
    """
    if any(data_dir.glob("Date*.json")):
        return evaluate_specs(data_dir)
    counts: Counter[str] = Counter()
    for document in islice(gold_documents(data_dir), first, None, every):
        counts += count(document)
    return figures(counts)


def count(document: GoldDocument) -> Counter[str]:
    """What is found and right in one document: documents, found, gold, exact, overlap, value."""
    found = find_times(Doc.of(document.text), anchor=document.anchor)
    pairs = matches(found, document.times)
    return Counter(
        documents=1,
        found=len(found),
        gold=len(document.times),
        overlap=len(pairs),
        exact=sum(mine.span == one.span for mine, one in pairs),
        value=sum(mine.value == one.value for mine, one in pairs),
    )


def figures(counts: Mapping[str, int]) -> dict[str, Any]:
    """Precision, recall and F1 from what ``count`` counts."""
    report: dict[str, Any] = {name: counts[name] for name in ("documents", "gold", "found")}
    for name in ("exact", "overlap", "value"):
        right = counts[name]
        precision, recall = right / max(1, counts["found"]), right / max(1, counts["gold"])
        report[name] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        }
    return report
