"""How well the shipped reader finds attributions, on a folder in PolNeAR's format.

The reader is run as is on each article's text (nothing taken out, so that offsets fit) and scored against
the first annotator in the order of their codes; ``score`` explains the measures. Speed is told as a ratio to
a baseline measured in the same run, because machines differ: see ``bare_pass``.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from evaluation.baseline import bare_pass
from evaluation.calibration import Bin, expected_calibration_error, reliability
from evaluation.polnear import Article, read_corpus
from evaluation.score import (
    MEASURES,
    ROLES,
    Count,
    Parts,
    intervals,
    pair,
    score_document,
    tidy_parts,
    total,
)
from onrecord.errors import UsageError
from onrecord.reading.network.encoder import network
from onrecord.reading.statements.quotes import Attribution, find_attributions


@dataclass(frozen=True, slots=True)
class Line:
    """A figure others reached on PolNeAR dev, F1 with the same scorer."""

    peer: float  # Citron retrained on the same train part
    people: float  # two trained annotators against each other
    reach: float
    aim: float


# From the issue this reader was built for; measured with the reference scorer before the project began.
LINES: Mapping[str, Line] = {
    "source set": Line(0.67, 0.78, 0.77, 0.83),
    "cue set": Line(0.55, 0.71, 0.68, 0.75),
    "content set": Line(0.42, 0.68, 0.60, 0.73),
    "attribution all-overlap": Line(0.65, 0.79, 0.74, 0.82),
    "attribution all-exact": Line(0.35, 0.57, 0.46, 0.60),
}
# On one machine a bare pass read 5,300 words a CPU second and Citron about 2,800, hence 1.5 times Citron is
# 1.5 * 2,800 / 5,300 of a bare pass.
BARE_PASS_OF_CITRON = 5300 / 2800
ASKED_OF_BARE_PASS = 0.79


@dataclass(frozen=True, slots=True)
class Speed:
    """Words (parts between white space) and the CPU seconds, of all threads, to read them."""

    words: int
    reader_seconds: float
    baseline_words: int
    baseline_seconds: float

    @property
    def reader(self) -> float:
        """Words per CPU second of our reading, from text to attributions."""
        return self.words / self.reader_seconds if self.reader_seconds else 0.0

    @property
    def baseline(self) -> float:
        """Words per CPU second of the bare pass."""
        return self.baseline_words / self.baseline_seconds if self.baseline_seconds else 0.0

    @property
    def of_baseline(self) -> float:
        """Our speed as a multiple of the bare pass's; at least ASKED_OF_BARE_PASS is asked."""
        return self.reader / self.baseline if self.baseline else 0.0


@dataclass(frozen=True, slots=True)
class QuotesReport:
    """What one evaluation found."""

    corpus: str
    digest: str  # of the corpus's files, see corpus_digest
    documents: int
    gold: int  # attributions annotated
    predicted: int  # attributions found
    counts: Mapping[str, Count]
    intervals: Mapping[str, tuple[float, float]]
    calibration: tuple[Bin, ...]  # confidence against "right by all-overlap"
    calibration_error: float
    speed: Speed
    memory: float  # highest resident memory of the process so far, MB
    lines: Mapping[str, Line] = field(default_factory=lambda: LINES)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        scores = {
            key: asdict(count) | {"p": count.precision, "r": count.recall, "f1": count.f1}
            for key, count in self.counts.items()
        }
        for key, (low, high) in self.intervals.items():
            scores[key]["f1_95"] = [low, high]
        speed = asdict(self.speed) | {
            "reader_words_per_cpu_second": self.speed.reader,
            "baseline_words_per_cpu_second": self.speed.baseline,
            "of_baseline": self.speed.of_baseline,
        }
        return {
            "task": "quotes",
            "corpus": self.corpus,
            "digest": self.digest,
            "documents": self.documents,
            "gold_attributions": self.gold,
            "predicted_attributions": self.predicted,
            "scores": scores,
            "lines": {key: asdict(line) for key, line in self.lines.items()},
            "calibration": [asdict(row) for row in self.calibration],
            "expected_calibration_error": self.calibration_error,
            "speed": speed,
            "peak_memory_mb": self.memory,
        }

    def text(self) -> str:
        """The report as tables for a terminal."""
        return "\n".join([*self._head(), "", *self._scores(), "", *self._calibration(), "", *self._cost()])

    def _head(self) -> Iterator[str]:
        yield f"{self.documents} documents, {self.gold} attributions annotated, {self.predicted} found"
        yield ""
        yield "F1                         ours  [95 %]       Citron  two people  reach   aim"
        for key, line in self.lines.items():
            low, high = self.intervals.get(key, (0.0, 0.0))
            ours = self.counts[key].f1 if key in self.counts else 0.0
            span = f"[{low:.2f} {high:.2f}]"
            yield (
                f"{key:25} {ours:5.3f}  {span:13} {line.peer:6.2f} {line.people:11.2f}"
                f" {line.reach:6.2f} {line.aim:5.2f}"
            )

    def _scores(self) -> Iterator[str]:
        yield "measure                                  gold   found       P      R     F1"
        for key, count in self.counts.items():
            if key.startswith("recall"):
                yield f"{key:38} {count.gold:6}                 {count.recall:6.3f}"
            else:
                figures = f"{count.precision:6.3f} {count.recall:6.3f} {count.f1:6.3f}"
                yield f"{key:38} {count.gold:6} {count.predicted:7}  {figures}"

    def _calibration(self) -> Iterator[str]:
        yield "confidence    found   mean confidence   right (all parts overlap)"
        for row in self.calibration:
            if row.count:
                yield f"{row.low:.1f} to {row.high:.1f} {row.count:8} {row.confidence:17.3f} {row.right:9.3f}"
        yield f"expected calibration error {self.calibration_error:.3f}"

    def _cost(self) -> Iterator[str]:
        speed = self.speed
        yield f"reading        {speed.reader:8,.0f} words per CPU second, text to attributions"
        if speed.baseline:
            citrons = speed.of_baseline * BARE_PASS_OF_CITRON
            yield f"bare pass      {speed.baseline:8,.0f} words per CPU second, windows of 128, one by one"
            yield f"ratio          {speed.of_baseline:8.2f} (asked: {ASKED_OF_BARE_PASS}, 1.5 times Citron;"
            yield f"                        by this measure ours is {citrons:.1f} times Citron)"
        yield f"peak memory    {self.memory:8,.0f} MB"


def corpus_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of ``text/*.txt`` and ``attributions/*.ann``, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("text/*.txt"), *folder.glob("attributions/*.ann")]):
        data = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name}\n{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def evaluate(
    data_dir: Path,
    *,
    limit: int | None = None,
    predictions: Path | None = None,
    gold: Path | None = None,
    draws: int = 1000,
) -> QuotesReport:
    """Reads and scores the articles of ``data_dir``.

    Args:
        data_dir: holds ``text/*.txt`` and ``attributions/*.ann``.
        limit: only so many articles, the first by name.
        predictions: where to write what was found, as JSON lines that other scorers read.
        gold: where to write what is annotated, in the same form, with the texts.
        draws: how often documents are drawn anew for the intervals.

    Raises:
        UsageError: ``data_dir`` is not such a folder or holds no annotated article.
        ModelError: the model is missing or is not the one whose hash is pinned.
    """
    find_attributions("Warm up: the model is loaded before the clock starts.")
    articles = [a for a in islice(read_corpus(data_dir), limit) if a.annotations]
    if not articles:
        raise UsageError(
            f"{data_dir}: no annotated article", hint="attributions/NAME.ann must stand beside text/NAME.txt"
        )
    found, speed = _read(articles)
    memory = peak_memory()
    if predictions is not None:
        _write(predictions, ((a.name, None, _roles(f)) for a, f in zip(articles, found, strict=True)))
    if gold is not None:
        _write(gold, ((a.name, a.text, annotated(a)) for a in articles))
    return _report(data_dir, articles, found, speed, memory, draws)


def _read(articles: list[Article]) -> tuple[list[list[Attribution]], Speed]:
    """What is found in each article, and the speed beside that of the bare pass.

    Every third article goes through the bare pass right after it was read: on a busy machine the speed of a
    core drifts by a fifth within a minute, and the ratio must not drift with it.
    """
    found = []
    words, bare_words, seconds, bare_seconds = 0, 0, 0.0, 0.0
    for number, article in enumerate(articles):
        started = time.process_time()
        found.append(find_attributions(article.text))
        seconds += time.process_time() - started
        words += len(article.text.split())
        if number % 3 == 0:
            more_words, more_seconds = bare_pass([article.text], network().run)
            bare_words, bare_seconds = bare_words + more_words, bare_seconds + more_seconds
    return found, Speed(words, seconds, bare_words, bare_seconds)


def _report(
    data_dir: Path,
    articles: list[Article],
    found: list[list[Attribution]],
    speed: Speed,
    memory: float,
    draws: int,
) -> QuotesReport:
    confidences: list[float] = []
    right: list[bool] = []
    counts = []
    for article, attributions in zip(articles, found, strict=True):
        marked, ours = annotated(article), _roles(attributions)
        counts.append(score_document(marked, ours, article.text))
        paired = set(pair(marked, ours, MEASURES["all-overlap"]).values())
        confidences += [one.confidence for one in attributions]
        right += [number in paired for number in range(len(ours))]
    table = reliability(confidences, right)
    return QuotesReport(
        corpus=data_dir.name,
        digest=corpus_digest(data_dir),
        documents=len(articles),
        gold=sum(len(annotated(article)) for article in articles),
        predicted=len(confidences),
        counts=total(counts),
        intervals=intervals(counts, draws=draws) if draws else {},
        calibration=table,
        calibration_error=expected_calibration_error(table),
        speed=speed,
        memory=memory,
    )


def annotated(article: Article) -> list[Parts]:
    """What the first annotator marked: several annotators are never mixed into one truth."""
    return tidy_parts((one.speaker, one.cue, one.content) for one in article.annotations[0])


def _roles(found: list[Attribution]) -> list[Parts]:
    return [(one.speaker, one.cue, one.content) for one in found]


def peak_memory() -> float:
    """The highest resident memory of this process so far, in MB."""
    import resource  # not on every system, and only needed here

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)  # macOS counts bytes, Linux kilobytes


def _write(path: Path, documents: Iterator[tuple[str, str | None, list[Parts]]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for name, text, attributions in documents:
            _write_document(file, name, text, attributions)


def _write_document(file: TextIO, name: str, text: str | None, attributions: list[Parts]) -> None:
    row: dict[str, Any] = {"doc": name}
    row["attributions"] = [dict(zip(ROLES, one, strict=True)) for one in attributions]
    if text is not None:
        row["text"] = text
    file.write(json.dumps(row, ensure_ascii=False) + "\n")
