"""Pairs of texts with what one says of the other, in the formats of public corpora.

- VitaminC, ``*.jsonl``: claim, evidence, label SUPPORTS, REFUTES or NOT ENOUGH INFO, page.
- SNLI and MNLI, ``*.csv``: premise, hypothesis, label entailment, contradiction or neutral.
- FEVER as two-way inference, ``*.txt``, tabs between: entailment or not_entailment, premise, hypothesis.

The evidence or premise is the first text of a pair, the claim or hypothesis the second.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.linking.claims.entailment import Relation

_LABELS: dict[str, Relation | None] = {
    "SUPPORTS": "supports", "REFUTES": "contradicts", "NOT ENOUGH INFO": "unrelated",
    "entailment": "supports", "contradiction": "contradicts", "neutral": "unrelated",
    "not_entailment": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldPair:
    """One pair; ``label`` is None where the corpus only says that the first does not support the second."""

    first: str
    second: str
    label: Relation | None
    source: str  # the file's name without its ending
    group: str  # the page or the premise: what a split must not cut through
    case: str = ""  # pairs of one case are edits of each other


def share(pair: GoldPair) -> float:
    """Where the pair's group falls between 0 and 1, the same for ever: splits are cut along it.

    Of SNLI and MNLI what lies below 0.1 was kept from training, for figures; see ``training/pairs``.
    """
    return int.from_bytes(sha256(f"onrecord pairs 1 {pair.group}".encode()).digest()[:6]) / 2**48


def read_pairs(path: Path) -> list[GoldPair]:
    """All pairs of the file or folder at ``path``, files in the order of their names.

    Raises:
        UsageError: there is no corpus of pairs, or a line is not in its format.
    """
    files = [path] if path.is_file() else sorted(one for one in path.iterdir() if one.suffix in _READERS)
    found = [pair for file in files if file.suffix in _READERS for pair in _read(file)]
    if not found:
        raise UsageError(
            f"{path}: no corpus of pairs here",
            hint="give a folder of VitaminC's *.jsonl, SNLI's or MNLI's *.csv, or FEVER's *.txt",
        )
    return found


def _read(file: Path) -> Iterator[GoldPair]:
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        try:
            yield from _READERS[file.suffix](stream, file.stem)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise UsageError(
                f"{file}: not a corpus of pairs: {error!r}", hint="see: onrecord evaluate pairs --help"
            ) from error


def _vitaminc(stream: Iterator[str], name: str) -> Iterator[GoldPair]:
    for line in stream:
        if line.strip():
            row = json.loads(line)
            yield GoldPair(
                row["evidence"], row["claim"], _LABELS[row["label"]], name, row["page"], row["case_id"]
            )


def _nli(stream: Iterator[str], name: str) -> Iterator[GoldPair]:
    for row in csv.DictReader(stream):
        yield GoldPair(
            row["premise"], row["hypothesis"], _LABELS[row["label"]], name, row["premise"], row["premise"]
        )


def _fever(stream: Iterator[str], name: str) -> Iterator[GoldPair]:
    for line in stream:
        if line.strip():
            label, premise, hypothesis = line.rstrip("\n").split("\t")
            yield GoldPair(premise, hypothesis, _LABELS[label], name, premise, premise)


_READERS = {".jsonl": _vitaminc, ".csv": _nli, ".txt": _fever}
