"""How well texts are cut into tokens and sentences, on treebanks of Universal Dependencies (``*.conllu``).

The text of a document is put together from the ``# text`` lines of its sentences: a space between two, a line
break in front of a paragraph (``# newpar``). A token or a sentence is right if both its ends are. Tokens are
compared with the syntactic words: the parts of ``don't``, not the whole.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import NothingReadable
from onrecord.text.doc import Doc
from onrecord.values import Span

_SUFFIXES = (".conllu", ".conllu.gz")


@dataclass(slots=True)
class GoldCut:
    """A document of a treebank: its text, and where its tokens and sentences are in it."""

    name: str
    text: str = ""
    tokens: list[Span] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)

    def add(self, surface: str, rows: Sequence[Sequence[str]], *, paragraph: bool) -> None:
        """Append a sentence, written as ``surface``, with its rows (number, form ...) of words."""
        if self.text:
            self.text += "\n" if paragraph else " "
        base, at = len(self.text), 0
        self.text += surface
        self.sentences.append((base, base + len(surface)))
        for written, parts in _written(rows):
            at = max(at, surface.find(written, at))
            for number, part in enumerate(parts):
                end = at + len(written) if number == len(parts) - 1 else min(at + len(part), len(surface))
                self.tokens.append((base + at, base + end))
                at, written = end, written[len(part) :]


def _written(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """What stands in the text, and the words it is: several for a row numbered as a range ("3-4")."""
    inside = 0
    for number, row in enumerate(rows):
        if "-" in row[0]:
            first, last = row[0].split("-")
            inside = int(last) - int(first) + 1
            yield row[1], [word[1] for word in rows[number + 1 : number + 1 + inside]]
        elif inside:
            inside -= 1
        elif "." not in row[0]:
            yield row[1], [row[1]]


def gold_cuts(path: Path) -> Iterator[GoldCut]:
    """The documents of a CoNLL-U file, plain or gzipped, or of the files of a folder by name.

    Raises:
        NothingReadable: there is no such file, or no sentence in it.
    """
    paths = sorted(one for one in path.iterdir() if one.name.endswith(_SUFFIXES)) if path.is_dir() else [path]
    empty = True
    for one in paths:
        for document in _documents(one):
            empty = False
            yield document
    if empty:
        raise NothingReadable(
            f"{path}: no sentences in CoNLL-U here",
            hint="give a *.conllu or *.conllu.gz file, or a folder of them",
        )


def _documents(path: Path) -> Iterator[GoldCut]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    document = GoldCut(path.name.split(".")[0])
    for block in text.split("\n\n"):
        lines = block.split("\n")
        surface = next((line[9:].rstrip() for line in lines if line.startswith("# text = ")), "")
        name = next((line.partition("=")[2].strip() for line in lines if line.startswith("# newdoc")), "")
        if name:
            if document.tokens:
                yield document
            document = GoldCut(name)
        if surface:
            paragraph = any(line.split("=")[0].strip() in ("# newpar", "# newpar id") for line in lines)
            rows = [line.split("\t") for line in lines if line[:1].isdigit()]
            document.add(surface, rows, paragraph=paragraph)
    if document.tokens:
        yield document


def evaluate(path: Path, *, only: Sequence[str] = ()) -> dict[str, Any]:
    """Precision, recall and F1 of tokens and of sentences, rounded to four digits.

    Args:
        path: a CoNLL-U file or a folder of them.
        only: take only documents with one of these in their names; all if none is given.

    Raises:
        NothingReadable: nothing there can be scored.
    """
    counts: Counter[str] = Counter()
    for gold in gold_cuts(path):
        if not only or any(part in gold.name for part in only):
            counts += count(gold)
    if not counts:
        raise NothingReadable(
            f"{path}: no document named {' or '.join(only)}", hint="see the names: # newdoc id"
        )
    report: dict[str, Any] = {"documents": counts["documents"]}
    for kind in ("tokens", "sentences"):
        right, found, gold_ones = (counts[f"{kind} {of}"] for of in ("right", "found", "gold"))
        report[kind] = {
            "gold": gold_ones,
            "precision": round(right / max(1, found), 4),
            "recall": round(right / max(1, gold_ones), 4),
            "f1": round(2 * right / max(1, found + gold_ones), 4),
        }
    return report


def count(gold: GoldCut) -> Counter[str]:
    """What is found and right in one document."""
    doc = Doc.of(gold.text)
    counts = Counter({"documents": 1})
    for kind, found, right in (
        ("tokens", set(zip(doc.starts, doc.ends, strict=True)), set(gold.tokens)),
        ("sentences", set(doc.sentences), set(gold.sentences)),
    ):
        counts += Counter(
            {f"{kind} found": len(found), f"{kind} gold": len(right), f"{kind} right": len(found & right)}
        )
    return counts
