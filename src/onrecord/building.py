"""Building a record: reports in, rows out, a batch at a time, so that it can be killed at any moment.

What is committed stays; what is not is read again by the next build. Ids come from content and what depends
on the whole is worked out at the end, so neither the order of reading nor an interruption shows.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Literal

from onrecord import __version__
from onrecord.derive.finish import finish
from onrecord.errors import Interrupted
from onrecord.files import Interrupts
from onrecord.ids import document_id, sha256
from onrecord.places import Folders, folders
from onrecord.reading.report import REPORT_IT, ReadSettings, reader_name
from onrecord.reading.workers import READER, read_all
from onrecord.sources import SourceSettings, find
from onrecord.store import (
    Batch,
    Connection,
    Place,
    Tuning,
    commit,
    create,
    duplicates_of_run,
    end_run,
    is_finished,
    is_there,
    known,
    locked,
    open_record,
    open_to_write,
    remove,
    resolve_retried,
    start_run,
)
from onrecord.values import Failure, RawDocument, Reading

Stage = Literal["created", "read", "committed", "finishing", "finished"]
_BATCH_BYTES = 32_000_000
COUNTED = ("documents", "new", "unchanged", "duplicates", "failed", "statements")
"""The numbers of a report of a build."""
_TOLD = 10  # failures that a report of a build has in full


Inputs = str | Path | Iterable[str | Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """How a record is built.

    Attributes:
        sources: limits and field names for finding reports.
        reading: how one report is read.
        workers: processes that read; None: one for each processor; 0: read in this process (in a thread
            that cannot be interrupted, by one process).
        batch: reports committed together; what a kill costs at most.
        seconds: how long one report may take before it is given up.
        tuning: what the database may use.
        reader: "module:function" that reads one report; another one is a seam for tests.
        judge: "module:value" that judges pairs of texts; None: the shipped model; a seam for tests.
    """

    sources: SourceSettings = field(default_factory=SourceSettings)
    reading: ReadSettings = field(default_factory=ReadSettings)
    workers: int | None = None
    batch: int = 64
    seconds: float = 600.0
    tuning: Tuning = field(default_factory=Tuning)
    reader: str = READER
    judge: str | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: reports found, of these new, unchanged; new ones that are duplicates; things that
    failed; statements in the new ones; and the first few failures."""

    documents: int
    new: int
    unchanged: int
    duplicates: int
    failed: int
    statements: int
    first_failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: what just happened, reports and failures so far, batches committed."""

    stage: Stage
    documents: int
    failed: int
    batches: int


Tell = Callable[[Progress], None]
Read = Callable[[Iterable[RawDocument]], Iterator[tuple[RawDocument, Reading | Failure]]]


def build(
    path: Path | str,
    inputs: Inputs,
    *,
    settings: BuildSettings | None = None,
    progress: Tell | None = None,
    stdin: BinaryIO | None = None,
) -> BuildReport:
    """Read ``inputs`` into the record at ``path``, which is made if it is not there.

    ``inputs``: files, folders, patterns, "-" for standard input; one of them or several.

    Only what is not in the record is read. Raises UsageError if ``path`` holds something else, RecordLocked
    if another process uses it, RecordVersion if another version made it.
    """
    settings = settings or BuildSettings()
    found = folders(Path(path)).told(find(_listed(inputs), settings=settings.sources, stdin=stdin))
    return build_found(Path(path), found, settings, progress or _silent, command="build")


def read(
    inputs: Inputs, *, settings: BuildSettings | None = None, stdin: BinaryIO | None = None
) -> Iterator[Reading | Failure]:
    """What is read from each report of ``inputs``, in this process and without a record.

    A report that cannot be read gives the reason in its place. Raises UsageError for an input that is none,
    ModelError if the model is missing.
    """
    settings = replace(settings or BuildSettings(), workers=0)
    failed: list[Failure] = []

    def reports() -> Iterator[RawDocument]:
        for one in find(_listed(inputs), settings=settings.sources, stdin=stdin):
            if isinstance(one, Failure):
                failed.append(one)
            else:
                yield one

    for _, found in read_by(settings, reports()):
        yield from failed
        failed.clear()
        yield found
    yield from failed


def _listed(inputs: Inputs) -> list[str]:
    return [str(inputs)] if isinstance(inputs, str | Path) else [str(one) for one in inputs]


def retry_failures(
    path: Path | str, *, settings: BuildSettings | None = None, progress: Tell | None = None
) -> BuildReport:
    """Read again just what failed before and has a local file; raises as ``build``."""
    settings, path = settings or BuildSettings(), Path(path)
    here = folders(path)
    with open_record(path) as record:
        again = {row.path: _typed(row.uri, row.path) for row in record.failures() if row.path is not None}
    found = _again({here.found(one): typed for one, typed in again.items()}, settings.sources, here)
    command = "failures --retry"
    return build_found(path, found, settings, progress or _silent, command=command, again=sorted(again))


def build_found(
    path: Path,
    found: Iterable[RawDocument | Failure],
    settings: BuildSettings,
    tell: Tell,
    *,
    command: str,
    read: Read | None = None,
    again: Sequence[str] = (),
) -> BuildReport:
    """Put what was ``found`` into the record at ``path``; raises as ``build``.

    Args:
        path: of the record.
        found: reports and failures, one after the other.
        settings: how they are read.
        tell: told of each step.
        command: what this run is called.
        read: gives each report with what was read from it; None: workers read the reports of local files.
            With it, none is a local file.
        again: paths of files that failed before and are in ``found`` again.
    """
    is_there(path)  # a name that cannot be one is told before anything stands beside it
    reader = reader_of(settings)
    with locked(path, command=f"onrecord {command}", since=_now()), Interrupts() as interrupts:
        begun = not is_there(path)
        building = _Building(reader, settings, tell, read, interrupts)
        if begun:
            create(path)
        try:
            with open_to_write(path, settings.tuning) as connection:
                report = building.run(connection, found, command, again)
        except BaseException as error:
            begun = begun and not building.kept
            if begun:
                remove(path)
            if isinstance(error, KeyboardInterrupt):
                raise Interrupted(building.kept, record=not begun) from None
            raise
        if begun and report.failed and not report.new + report.unchanged:
            remove(path)
    return report


def read_by(
    settings: BuildSettings, raws: Iterable[RawDocument]
) -> Iterator[tuple[RawDocument, Reading | Failure]]:
    """Each of ``raws`` with what was read from it, by as many workers as ``settings`` say."""
    workers = settings.workers
    return read_all(
        raws,
        settings=settings.reading,
        workers=(os.cpu_count() or 1) if workers is None else workers,
        seconds=settings.seconds,
        reader=settings.reader,
    )


class _Building:
    """One build under way: its counts and the batch not yet committed."""

    def __init__(
        self, reader: str, settings: BuildSettings, tell: Tell, read: Read | None, interrupts: Interrupts
    ) -> None:
        self._reader, self._settings, self._tell = reader, settings, tell
        self._read = read or partial(read_by, settings)
        self._interrupts = interrupts
        self._batch = Batch()
        self._sent: dict[str, list[Place]] = {}  # being read -> the places where it was found
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []  # the first few
        self.kept = 0  # new reports that are committed

    def run(
        self,
        connection: Connection,
        found: Iterable[RawDocument | Failure],
        command: str,
        again: Sequence[str],
    ) -> BuildReport:
        """Read what is new of ``found`` and finish the record; see ``build_found``."""
        self._connection = connection
        self._run = start_run(connection, _run_row(command, self._reader, self._settings))
        self.tell("created")
        self._read_all(found)
        resolve_retried(connection, again, self._run)
        if not is_finished(connection):
            self.tell("finishing")
            finish(connection, judge=judge_of(self._settings))
        self._counts["duplicates"] = duplicates_of_run(connection, self._run)
        report = self._report()
        end_run(connection, self._run, _now(), asdict(report))
        self.tell("finished")
        return report

    def tell(self, stage: Stage) -> None:
        """Tell how far this build is."""
        count = self._counts
        self._tell(Progress(stage, count["documents"], count["failed"], count["batches"]))

    def _report(self) -> BuildReport:
        counts = {name: self._counts[name] for name in COUNTED}
        return BuildReport(**counts, first_failures=tuple(self._failures))

    def _read_all(self, found: Iterable[RawDocument | Failure]) -> None:
        """Read what is new of ``found`` and commit it by batches; when interrupted, what is read by then."""
        results = self._read(self._new(found))
        try:
            for raw, result in results:
                with self._interrupts.held_off():
                    self._take(raw, result)
                    self._commit(self._settings.batch)
        except KeyboardInterrupt:
            with self._interrupts.held_off():
                for raw, result in _left(results):
                    self._take(raw, result)
                self._commit(1)
            raise
        with self._interrupts.held_off():
            self._commit(1)

    def _take(self, raw: RawDocument, result: Reading | Failure) -> None:
        places = self._sent.pop(document_id(raw))
        if isinstance(result, Failure):
            for place in places:
                self._fail(replace(result, uri=place.uri, path=place.path))
        else:
            self._keep(result, places)
        self.tell("read")

    def _new(self, found: Iterable[RawDocument | Failure]) -> Iterator[RawDocument]:
        """The reports of ``found`` that must be read; the others are dealt with on the way."""
        for one in found:
            with self._interrupts.held_off():
                new = not isinstance(one, Failure) and self._is_new(one)
                if isinstance(one, Failure):
                    self._fail(one)
                if not new:
                    self.tell("read")
                    self._commit(self._settings.batch)
            if new and not isinstance(one, Failure):
                yield one

    def _is_new(self, raw: RawDocument) -> bool:
        self._counts["documents"] += 1
        id = document_id(raw)
        place = Place(raw.uri, id, raw.path, raw.retrieved_at)
        if id in self._sent:
            self._counts["unchanged"] += 1
            self._sent[id].append(place)
            return False
        stored = self._batch.known(place) or known(self._connection, place)
        if stored is None:
            self._sent[id] = [place]
            return True
        if stored[0] != sha256(raw.data):
            self._fail(Failure(raw.uri, "reading", "error another document has the same id", REPORT_IT))
            return False
        self._counts["unchanged"] += 1
        if not stored[1]:
            self._batch.place(place)
        return False

    def _keep(self, reading: Reading, places: list[Place]) -> None:
        self._counts["new"] += 1
        self._counts["statements"] += len(reading.statements)
        self._batch.reading(reading)
        for place in places:
            self._batch.place(place)

    def _fail(self, failure: Failure) -> None:
        self._counts["failed"] += 1
        if len(self._failures) < _TOLD:
            self._failures.append(failure)
        self._batch.fail(failure)

    def _commit(self, least: int) -> None:
        """Commit what is there if it is at least so many rows, or much."""
        if len(self._batch) < least and self._batch.size < _BATCH_BYTES:
            return
        commit(self._connection, self._batch, run=self._run, reader=self._reader)
        self.kept += len(self._batch.readings)
        self._batch = Batch()
        self._counts["batches"] += 1
        self.tell("committed")


def _left(
    results: Iterator[tuple[RawDocument, Reading | Failure]],
) -> Iterator[tuple[RawDocument, Reading | Failure]]:
    """What was read already when Ctrl-C came between two of ``results``: nothing more is read for it."""
    if isinstance(results, Generator):
        with suppress(KeyboardInterrupt, StopIteration):
            yield results.throw(KeyboardInterrupt())
            yield from results


def _run_row(command: str, reader: str, settings: BuildSettings) -> dict[str, object]:
    values = json.dumps(settings, default=_plain, sort_keys=True)
    return {
        "command": command,
        "started": _now(),
        "version": __version__,
        "reader": reader,
        "settings": values,
    }


def _plain(value: Any) -> dict[str, Any]:
    """Settings and the mappings in them, for JSON."""
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return dict(value)


def _again(files: dict[str, str], settings: SourceSettings, here: Folders) -> Iterator[RawDocument | Failure]:
    """What ``files`` hold now, each under the name it was first told with."""
    for path, told in sorted(files.items()):
        for one in find([path], settings=settings):
            uri = told + one.uri.removeprefix(path) if one.uri.startswith(path) else one.uri
            yield replace(one, uri=uri, path=one.path and here.path(one.path))


def _typed(uri: str, path: str) -> str:
    """The file's part of ``uri`` as it was typed: "a.zip" of "a.zip!b.html", whose path ends in "a.zip"."""
    name = Path(path).name
    ends = [at for at, char in enumerate(uri) if char in "!#"] + [len(uri)]
    return next((uri[:end] for end in ends if uri[:end].endswith(name)), path)


def reader_of(settings: BuildSettings) -> str:
    """The name, with a hash, of what reads under ``settings``."""
    return reader_name() if settings.reader == READER else settings.reader


def judge_of(settings: BuildSettings) -> Any:
    """What judges pairs of texts under ``settings``; None: the shipped model."""
    if settings.judge is None:
        return None
    module, value = settings.judge.split(":")
    return getattr(import_module(module), value)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _silent(progress: Progress) -> None:
    """Say nothing."""
