"""How long the end of a build takes, step by step, of very many reports and of a few more: ``python -m``.

Reports are made as for ``evaluate.copies_load``, from the articles of a folder. They are not read by the
model: every two capitalised words are a person, whatever stands in quotation marks is said by the one named
before it, one report in ten has no date. The figures are processor seconds of one run, so they say how the
work grows, not how long a record of real reports takes.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from evaluation.copies import read_articles
from evaluation.copies_load import made_reports
from onrecord.derive.finish import steps
from onrecord.ids import document_id, sha256, statement_id
from onrecord.linking.copies.find import CopyReport
from onrecord.store import Batch, Connection, Place, Tuning, commit, create, open_to_write
from onrecord.values import Document, Entity, Interval, Office, RawDocument, Reading, Speaker, Statement

_NAME = re.compile(r"\b[A-Z][a-z]+\d* [A-Z][a-z]+\d*")
_QUOTE = re.compile(r"[“\"]([^”\"\n]{20,300})[”\"]")
_UNDATED = 10  # one report in so many
_BATCH = 64
_START = date(2019, 1, 1)
_RETRIEVED = "2024-01-01T00:00:00Z"


def made_reading(report: CopyReport) -> Reading:
    """What stands in for the reading of one report."""
    text = report.text
    raw = RawDocument(report.id, report.id, text.encode(), "text", _RETRIEVED)
    id = document_id(raw)
    spans: dict[str, tuple[int, int]] = {}
    for found in _NAME.finditer(text):
        spans.setdefault(found.group(), found.span())
    entities = tuple(
        Entity(number, "person", name, (name,), None, (Office("witness", "other", None, None, False, span),))
        for number, (name, span) in enumerate(spans.items())
    )
    statements = tuple(_statements(id, text, list(spans.values())))
    return Reading(_document(report, raw, id), raw, statements, (), entities)


def _document(report: CopyReport, raw: RawDocument, id: str) -> Document:
    drawn = zlib.crc32(report.id.encode())
    day = (_START + timedelta(drawn % 1500)).isoformat()
    return Document(
        id=id,
        uri=report.id,
        url=None,
        kind="text",
        outlet=report.outlet,
        title=None,
        byline=None,
        wire=None,
        translator=None,
        language="en",
        published=Interval(day, day, "day", "made") if drawn % _UNDATED else None,
        candidates=(),
        text=report.text,
        text_sha256=sha256(raw.data),
        raw_sha256=sha256(raw.data),
        retrieved_at=_RETRIEVED,
        charset="utf-8",
        extractor="made",
        words=len(report.text.split()),
        dropped=(),
    )


def _statements(id: str, text: str, names: Sequence[tuple[int, int]]) -> Iterator[Statement]:
    for found in _QUOTE.finditer(text):
        before = [number for number, (start, _) in enumerate(names) if start < found.start()]
        speaker = (names[before[-1]],) if before else ()
        content, cue = (found.span(),), ((found.end() - 1, found.end()),)
        who = (Speaker(before[-1], "name", speaker, 0.9),) if before else ()
        yield Statement(
            statement_id(id, speaker, cue, content), id, speaker, cue, content, "direct", 0.8, speakers=who
        )


def add(connection: Connection, readings: Iterator[Reading]) -> None:
    """Put readings into a record, whose end of a build is still to come."""
    while some := list(islice(readings, _BATCH)):
        batch = Batch()
        for one in some:
            batch.reading(one)
            batch.place(Place(one.raw.uri, one.document.id, None, _RETRIEVED))
        commit(connection, batch, run=1, reader="made")


def timed(connection: Connection) -> dict[str, float]:
    """Processor seconds of each step of the end of a build."""
    used = {}
    connection.execute("BEGIN")
    for name, step in steps().items():
        start = time.process_time()
        step(connection)
        used[name] = time.process_time() - start
    start = time.process_time()
    connection.execute("COMMIT")
    return {**used, "commit": time.process_time() - start}


def measure(data: Path, *, reports: int, added: int, where: Path) -> dict[str, dict[str, float]]:
    """Processor seconds by step: of ``all`` reports at once, of a ``few`` more, and of ``nothing`` more."""
    source = map(made_reading, made_reports(read_articles(data), reports + added))
    create(where)
    with open_to_write(where, Tuning(threads=1)) as connection:
        add(connection, islice(source, reports))
        every = timed(connection)
        add(connection, islice(source, added))
        few = timed(connection)
        return {"all": every, "few": few, "nothing": timed(connection)}


def main() -> None:
    """Says what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="holds articles.jsonl.gz")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.duckdb"
        used = measure(options.data, reports=options.reports, added=options.added, where=path)
    print(f"{'':16}{options.reports:>10,}{f'+{options.added}':>10}{'ratio':>8}{'+0':>8}")
    rows = {name: [used[which][name] for which in ("all", "few", "nothing")] for name in used["all"]}
    rows["together"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, (every, few, nothing) in rows.items():
        print(f"{name:16}{every:>10.2f}{few:>10.2f}{few / max(every, 0.01):>8.3f}{nothing:>8.2f}")


if __name__ == "__main__":
    main()
