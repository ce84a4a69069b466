"""The records that are open, and uploads on their way into one. Each waits in a file beside the record
until it is there: no end of the server, nor of the machine, loses what was handed over."""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from onrecord.adding import AddedPiece, prepare, put
from onrecord.building import BuildReport, BuildSettings, Progress
from onrecord.errors import OnrecordError, RecordLocked, UsageError, told
from onrecord.files import CAN_HOLD, PLAINLY, hold, is_at
from onrecord.sources import Given
from onrecord.sources.inputs import label
from onrecord.store import Record, open_record

IDLE = 3.0  # seconds
PATIENCE = 8.0  # seconds


class Shelf:
    """One record, lent to those who read it and, alone, to one who writes."""

    def __init__(self, path: Path, *, idle: float = IDLE, patience: float = PATIENCE) -> None:
        """Nothing is opened yet.

        Args:
            path: of the record.
            idle: seconds after the last reader until the file is let go.
            patience: seconds that a reader waits for one who writes.
        """
        self.path = path
        self._idle, self._patience = idle, patience
        self._free = threading.Condition()
        self._opened: Record | None = None
        self._readers = 0
        self._writing = False
        self._timer: threading.Timer | None = None

    def untold(self, words: str) -> str:
        """``words`` of an error or hint without the folder of the record: who looks learns its name alone."""
        folder = str(self.path.parent)
        return words if folder in (".", "/") else words.replace(f"{folder}/", "")

    @contextmanager
    def reading(self) -> Iterator[Record]:
        """The record, for one thread. Raises as ``open_record``, and RecordLocked if an edit takes long."""
        with self._free:
            self._wait_for_writer(self._patience)
            self._stop_timer()
            if self._opened is None:
                self._opened = open_record(self.path)
            self._readers += 1
            record = self._opened.for_thread()
        try:
            yield record
        finally:
            record.close()
            with self._free:
                self._readers -= 1
                if self._readers == 0:
                    self._start_timer()
                self._free.notify_all()

    @contextmanager
    def writing(self, *, patient: bool = True) -> Iterator[Path]:
        """The path of the record while nobody here has it open.

        ``patient``: wait as long as it takes; else raises RecordLocked as ``reading``.
        """
        with self._free:
            self._wait_for_writer(None if patient else self._patience)
            self._writing = True
            self._free.wait_for(lambda: self._readers == 0)
            self._let_go()
        try:
            yield self.path
        finally:
            with self._free:
                self._writing = False
                self._free.notify_all()

    def _wait_for_writer(self, patience: float | None) -> None:
        if not self._free.wait_for(lambda: not self._writing, patience):
            raise RecordLocked(
                f"{self.path.name} is being written: reports are added to it", hint="try again in a moment"
            )

    def close(self) -> None:
        """Let go of the file, once nobody reads."""
        with self.writing():
            pass

    def _let_go(self) -> None:
        self._stop_timer()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _start_timer(self) -> None:
        self._stop_timer()
        self._timer = threading.Timer(self._idle, self._when_idle)
        self._timer.daemon = True
        self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _when_idle(self) -> None:
        with self._free:
            if self._readers == 0 and not self._writing:
                self._let_go()


@dataclass(slots=True)
class KeptUpload:
    """One upload in its file: what it is called, when it was sent (ISO 8601, UTC), and the names in it."""

    path: Path
    id: str
    started: str
    names: tuple[str, ...]
    handle: int = -1

    def given(self) -> list[Given]:
        """What was sent."""
        with self.path.open("rb") as file:
            return [Given(name, file.read(size)) for name, size in json.loads(file.readline())["files"]]

    def forget(self) -> None:
        """It is in the record."""
        self.path.unlink(missing_ok=True)
        self.release()
        with suppress(OSError):  # others wait there
            self.path.parent.rmdir()

    def release(self) -> None:
        """Hold it no more; it is left over."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


class Waiting:
    """The uploads that wait beside one record."""

    def __init__(self, record: Path) -> None:
        """``record``: its path."""
        self.folder = record.with_name(record.name + ".uploads")

    def keep(self, id: str, started: str, given: Sequence[Given]) -> KeptUpload:
        """Write an upload to the disk; raises UsageError if that cannot be done, and then it is not taken."""
        path = self.folder / f"{started.replace(':', '')}-{id}"
        draft = path.with_name(f".{path.name}.part")
        head = {"id": id, "started": started, "files": [(one.name, len(one.data)) for one in given]}
        handle = -1
        try:
            self.folder.mkdir(exist_ok=True)
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | PLAINLY, 0o666)
            hold(handle)
            with open(handle, "wb", closefd=False) as file:
                file.write(json.dumps(head).encode() + b"\n")
                file.writelines(one.data for one in given)
            os.fsync(handle)
            if not CAN_HOLD:  # where an open file cannot be renamed
                os.close(handle)
                handle = -1
            draft.rename(path)
            _to_disk(self.folder)
        except OSError as error:
            if handle >= 0:
                os.close(handle)
            with suppress(OSError):
                draft.unlink()
            reason = error.strerror or str(error)
            raise UsageError(f"the upload cannot be kept: {reason}", hint="nothing was taken") from error
        return KeptUpload(path, id, started, tuple(one.name for one in given), handle)

    def left(self) -> list[KeptUpload]:
        """What earlier starts left over, the oldest first; held from now on."""
        if not self.folder.is_dir():
            return []
        found = [_taken(path) for path in sorted(self.folder.iterdir())]
        return [one for one in found if one is not None]


def _taken(path: Path) -> KeptUpload | None:
    """The upload at ``path``; None if another server has it, or it is none. Half a one is removed."""
    handle = -1
    try:
        handle = os.open(path, os.O_RDWR | PLAINLY)
        if hold(handle) and is_at(handle, path):
            if path.suffix == ".part":
                path.unlink()
            else:
                with open(handle, "rb", closefd=False) as file:
                    head = json.loads(file.readline())
                names = tuple(str(name) for name, _ in head["files"])
                return KeptUpload(path, str(head["id"]), str(head["started"]), names, handle)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if handle >= 0:
        os.close(handle)
    return None


def _to_disk(folder: Path) -> None:
    """A name in a folder outlives the machine once the folder is on the disk."""
    if not CAN_HOLD:  # where folders cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


State = Literal["waiting", "reading", "writing", "done", "failed"]
MOST_WAITING = 8  # uploads; each may hold as many bytes as one upload may have
_KEPT = 50  # jobs that are remembered


class _Stopped(Exception):
    """The server ends."""


@dataclass(slots=True)
class Job:
    """One upload: what was sent, how far it is, and what came of it.

    Attributes:
        id: of its page; not to be guessed.
        names: of the files, as labels.
        started: when it was sent, ISO 8601 in UTC.
        state: waiting for another job, reading reports, writing them, done, or failed as a whole.
        pieces: reports and failures found so far.
        step: what writing is doing.
        report: what came of it.
        error: why it failed as a whole.
        hint: what to do about that.
    """

    id: str
    names: tuple[str, ...]
    started: str
    state: State = "waiting"
    pieces: list[AddedPiece] = field(default_factory=list)
    step: str = ""
    report: BuildReport | None = None
    error: str = ""
    hint: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ("done", "failed")

    @property
    def failures(self) -> list[AddedPiece]:
        """What could not be read."""
        return [one for one in self.pieces if one.failure]

    @property
    def documents(self) -> list[str]:
        """Ids of the reports in it, each once."""
        return list(dict.fromkeys(one.document for one in self.pieces if one.document))


class Jobs:
    """All uploads of this start of the server, and those that an earlier one left over."""

    def __init__(self, shelf: Shelf, settings: BuildSettings | None = None) -> None:
        """None yet; ``settings`` say how reports are found and read."""
        self._shelf, self._settings = shelf, settings or BuildSettings()
        self._lock = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._room = Waiting(shelf.path)
        self._waiting: list[tuple[Job, KeptUpload]] = []
        self._failed: list[KeptUpload] = []  # are tried again at the next start
        self._busy = self._stopped = False

    def take(self, given: Sequence[Given]) -> Job:
        """Begin to add ``given`` as soon as those before are done; raises UsageError if too many wait."""
        job = Job(secrets.token_hex(8), tuple(label(one.name) for one in given), _now())
        if len(self._waiting) >= MOST_WAITING:
            raise UsageError(
                f"{MOST_WAITING} uploads are waiting already", hint="send this one when they are done"
            )
        self._queue(job, self._room.keep(job.id, job.started, given))
        return job

    def resume(self) -> None:
        """Go on with what earlier starts left over."""
        for kept in self._room.left():
            self._queue(Job(kept.id, tuple(map(label, kept.names)), kept.started), kept)

    def _queue(self, job: Job, kept: KeptUpload) -> None:
        with self._lock:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                if self._jobs[old].ended:
                    del self._jobs[old]
            self._waiting.append((job, kept))
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, name="adding", daemon=True).start()

    def get(self, id: str) -> Job | None:
        """The job with this id."""
        return self._jobs.get(id)

    def all(self) -> list[Job]:
        """Every job, the newest first."""
        return list(reversed(self._jobs.values()))

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is under way; whether that is so."""
        with self._lock:
            return self._lock.wait_for(lambda: not self._busy, timeout)

    def stop(self) -> None:
        """Begin nothing more; what is being written is written to its end."""
        with self._lock:
            self._stopped = True
            for kept in [*self._failed, *(kept for _, kept in self._waiting)]:
                kept.release()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting or self._stopped:
                    self._busy = False
                    self._lock.notify_all()
                    return
                job, kept = self._waiting.pop(0)
            self._add(job, kept)

    def _add(self, job: Job, kept: KeptUpload) -> None:
        try:
            self._put(job, kept.given())
        except OnrecordError as error:
            locked = isinstance(error, RecordLocked)
            job.error = str(error)
            job.hint = "wait until it has ended, then add the files again" if locked else error.hint
        except _Stopped:
            job.error, job.hint = "the server was ended", ""
        except Exception as error:
            words = told(error) if isinstance(error, OSError) else None
            if words is None:
                traceback.print_exception(error, file=sys.stderr)
            job.error = str(words or "this is a fault of Onrecord, not of yours")
            job.hint = words.hint if words else "the terminal of the server tells more"
        if not job.error:
            kept.forget()
        else:
            again = f"what was sent is kept in {_where(kept)} and added when the server is started again"
            job.error = self._shelf.untold(job.error)
            job.hint = self._shelf.untold("; ".join(filter(None, (job.hint, again))))
            with self._lock:
                self._failed.append(kept)
                if self._stopped:
                    kept.release()
        job.state = "failed" if job.error else "done"

    def _put(self, job: Job, given: Sequence[Given]) -> None:
        def read(piece: AddedPiece) -> None:
            job.pieces.append(piece)
            if self._stopped:
                raise _Stopped

        def wrote(progress: Progress) -> None:
            job.step = progress.stage

        job.state = "reading"
        prepared = prepare(
            given, settings=self._settings, now=job.started, is_known=self._is_known, tell=read
        )
        try:
            with self._shelf.writing() as path:
                job.state = "writing"
                job.report = put(path, prepared, settings=self._settings, tell=wrote)
        finally:
            prepared.close()

    def _is_known(self, document: str) -> bool:
        with self._shelf.reading() as record:
            return record.has("document", document)


def _where(kept: KeptUpload) -> str:
    return f"{kept.path.parent.name}/{kept.path.name}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
