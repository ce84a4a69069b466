"""How well the polarity, hedge and distance of statements are read, on annotated attributions.

The spans are given, from the annotation, so that only the stance is measured: the reader gets the article's
text with the annotated speaker, cue and content, and its labels are compared with the annotated ones. The
annotation, ``quality/stance.jsonl``, holds offsets and labels and no text; ``quality/stance.md`` says how it
was made. Part of it is a natural mix and part is enriched for rare classes, so figures are told for all
rows and for the natural mix alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, get_args

from evaluation.polnear import read_corpus
from evaluation.quotes import corpus_digest
from evaluation.score import Count
from onrecord.errors import UsageError
from onrecord.reading.stance.polarity import stance_of
from onrecord.text.doc import Doc
from onrecord.values import Polarity, Spans, Stance

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
NATURAL = "random"  # the part drawn without regard to words
_FLAGS = (True, False)
_ROLES = ("speaker", "cue", "content")


class Reader(Protocol):
    """What is scored: the stance of one attribution in its text."""

    def __call__(self, doc: Doc, /, *, speaker: Spans, cue: Spans, content: Spans) -> Stance:
        """The stance with its evidence."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The three labels of an attribution."""

    polarity: Polarity
    hedged: bool
    distanced: bool


@dataclass(frozen=True, slots=True)
class GoldStance:
    """One annotated attribution."""

    article: str
    speaker: Spans
    cue: Spans
    content: Spans
    labels: Labels
    part: str


@dataclass(frozen=True, slots=True)
class StanceScores:
    """Figures over one set of rows."""

    rows: int
    polarity: Mapping[Polarity, Count]
    table: Mapping[tuple[Polarity, Polarity], int]  # (gold, found) -> rows; pairs without rows are absent
    hedged: Count
    distanced: Count

    @property
    def measures(self) -> Mapping[str, Count]:
        """Every count by its name, polarities first."""
        polarities: dict[str, Count] = dict(self.polarity.items())
        return polarities | {"hedged": self.hedged, "distanced": self.distanced}

    @property
    def accuracy(self) -> float:
        """Share of rows with the right polarity, 0 without rows."""
        right = sum(count for (gold, found), count in self.table.items() if gold == found)
        return right / self.rows if self.rows else 0.0

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the polarities that are annotated at least once, 0 without rows."""
        scores = [count.f1 for count in self.polarity.values() if count.gold]
        return sum(scores) / len(scores) if scores else 0.0


@dataclass(frozen=True, slots=True)
class StanceReport:
    """What one evaluation found."""

    digest: str  # of the corpus's files, see corpus_digest
    scores: Mapping[str, StanceScores]  # "all" and one for the natural mix
    wrong: tuple[tuple[GoldStance, Labels], ...]  # rows with a wrong label, and what was found

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; ``wrong`` lists offsets and labels, no text."""
        return {
            "task": "stance",
            "digest": self.digest,
            "scores": {name: _plain(scores) for name, scores in self.scores.items()},
            "wrong": [
                {key: value for key, value in asdict(row).items() if key != "labels"}
                | {"gold": asdict(row.labels), "found": asdict(found)}
                for row, found in self.wrong
            ],
        }

    def text(self) -> str:
        """The report as tables for a terminal."""
        return "\n\n".join("\n".join(_tables(name, scores)) for name, scores in self.scores.items())


def read_gold(path: Path) -> tuple[GoldStance, ...]:
    """The annotated attributions of a file like ``quality/stance.jsonl``.

    Raises:
        UsageError: the file cannot be read, has no rows, or a line is not such a row; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: the annotation cannot be read: {error}",
            hint="run this in the project's folder, or name the file with --gold",
        ) from error
    rows = tuple(_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not rows:
        raise UsageError(f"{path}: no annotated row", hint="quality/stance.md says what a row holds")
    return rows


def _row(path: Path, number: int, line: str) -> GoldStance:
    try:
        row = json.loads(line)
        speaker, cue, content = (tuple((int(start), int(end)) for start, end in row[role]) for role in _ROLES)
        labels = Labels(row["polarity"], row["hedged"], row["distanced"])
        article, part = str(row["article"]), str(row["part"])
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}, line {number}: not an annotated attribution ({type(error).__name__}: {error})",
            hint="quality/stance.md says what a row holds",
        ) from error
    if labels.polarity not in POLARITIES or not (labels.hedged in _FLAGS and labels.distanced in _FLAGS):
        raise UsageError(
            f"{path}, line {number}: unknown label in {labels}",
            hint=f"polarity is one of {', '.join(POLARITIES)}; hedged and distanced are true or false",
        )
    return GoldStance(article, speaker, cue, content, labels, part)


def labels_of(stance: Stance) -> Labels:
    """The labels that the annotation has, of a stance as it is read.

    >>> labels_of(Stance(polarity="denies", hedges=((4, 7),)))
    Labels(polarity='denies', hedged=True, distanced=False)
    """
    return Labels(stance.polarity, bool(stance.hedges), bool(stance.distances))


def score(pairs: Sequence[tuple[Labels, Labels]]) -> StanceScores:
    """The figures over (annotated, found) pairs."""
    table = Counter((gold.polarity, found.polarity) for gold, found in pairs)
    return StanceScores(
        rows=len(pairs),
        polarity={
            name: _count((gold.polarity == name, found.polarity == name) for gold, found in pairs)
            for name in POLARITIES
        },
        table=dict(table),
        hedged=_count((gold.hedged, found.hedged) for gold, found in pairs),
        distanced=_count((gold.distanced, found.distanced) for gold, found in pairs),
    )


def _count(pairs: Iterable[tuple[bool, bool]]) -> Count:
    kept = list(pairs)
    both = sum(gold and found for gold, found in kept)
    return Count(sum(gold for gold, _ in kept), sum(found for _, found in kept), both, both)


def evaluate(data_dir: Path, *, gold: Path, reader: Reader = stance_of) -> StanceReport:
    """Reads the stance of every annotated attribution and scores it.

    Args:
        data_dir: the corpus the annotation is of, with ``text/*.txt`` and ``attributions/*.ann``.
        gold: the annotation.
        reader: what is scored.

    Raises:
        UsageError: the corpus or the annotation cannot be read, or they do not belong together.
    """
    rows = read_gold(gold)
    texts = {article.name: article.text for article in read_corpus(data_dir)}
    found = [_found(reader, texts, row) for row in rows]
    pairs = list(zip(rows, found, strict=True))
    natural = [(row.labels, labels) for row, labels in pairs if row.part == NATURAL]
    return StanceReport(
        digest=corpus_digest(data_dir),
        scores={"all": score([(row.labels, labels) for row, labels in pairs]), NATURAL: score(natural)},
        wrong=tuple((row, labels) for row, labels in pairs if row.labels != labels),
    )


def _found(reader: Reader, texts: Mapping[str, str], row: GoldStance) -> Labels:
    text = texts.get(row.article)
    spans = row.speaker + row.cue + row.content
    if text is None or not all(0 <= start < end <= len(text) for start, end in spans):
        raise UsageError(
            f"{row.article}: the annotation is of another corpus: no such article, or it is shorter",
            hint="--data must be the corpus that quality/stance.md names",
        )
    return labels_of(reader(Doc.of(text), speaker=row.speaker, cue=row.cue, content=row.content))


def _plain(scores: StanceScores) -> dict[str, Any]:
    return {
        "rows": scores.rows,
        "accuracy": scores.accuracy,
        "macro_f1": scores.macro_f1,
        "measures": {
            name: asdict(count) | {"p": count.precision, "r": count.recall, "f1": count.f1}
            for name, count in scores.measures.items()
        },
        "confusion": {
            gold: {found: scores.table.get((gold, found), 0) for found in POLARITIES} for gold in POLARITIES
        },
    }


def _tables(name: str, scores: StanceScores) -> Iterator[str]:
    yield f"{name}: {scores.rows} rows, accuracy {scores.accuracy:.3f}, macro F1 {scores.macro_f1:.3f}"
    yield ""
    yield "              gold   found       P      R     F1"
    for label, count in scores.measures.items():
        figures = f"{count.precision:6.3f} {count.recall:6.3f} {count.f1:6.3f}"
        yield f"{label:12} {count.gold:5} {count.predicted:7}  {figures}"
    yield ""
    yield "gold, found  " + " ".join(f"{found:>9}" for found in POLARITIES)
    for gold in POLARITIES:
        yield f"{gold:12} " + " ".join(f"{scores.table.get((gold, found), 0):9}" for found in POLARITIES)
