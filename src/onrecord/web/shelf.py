"""The record that is served: opened when somebody looks, given back when nobody does.

DuckDB lets a file be read by many or written by one. A server that kept it open would keep ``onrecord build``
out for as long as it runs, so the file is let go some seconds after the last question. Edits wait until all
who read are done, and who wants to read waits until an edit is done: for some seconds, since a page that does
not come looks like one that is lost; then it is told that the record is busy, and asks again by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import RecordLocked
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
