"""Worker processes that read reports: one that dies costs its report and nothing else. And a limit to how
long something may take where there is no worker that can be killed."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from time import monotonic
from typing import Any, BinaryIO, TypeVar

from onrecord.errors import OnrecordError
from onrecord.values import Failure, RawDocument, Reading

T = TypeVar("T")
_AGAIN = 1.0  # seconds until the next reminder, should a library have swallowed the one before


class TooLong(BaseException):
    """The time is up. No Exception: what libraries catch of those must not swallow it."""


def can_limit() -> bool:
    """Whether ``in_time`` can be used here: a timer reaches the main thread only, and not on all systems."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def in_time(function: Callable[[], T], seconds: float) -> T:
    """What ``function`` gives; code in C that lets no signal in is waited for.

    A timer that ran before goes on afterwards. Raises TooLong after ``seconds``.
    """
    waiting = True

    def late(*_: Any) -> None:
        if waiting:
            raise TooLong

    began, before = monotonic(), signal.signal(signal.SIGALRM, late)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        return function()
    finally:
        waiting = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (monotonic() - began)), every)


READER = "onrecord.reading.report:read_one"
AHEAD = 8  # reports per worker read ahead of the one waited for
MOST_BYTES = 64_000_000  # of originals on their way at one time, beyond one report
_LENGTH = struct.Struct(">Q")
_BLANK = RawDocument("", "", b"", "text", "", fields={})

Result = Reading | Failure


def read_all(
    raws: Iterable[RawDocument], *, settings: Any, workers: int, seconds: float, reader: str = READER
) -> Iterator[tuple[RawDocument, Result]]:
    """Each of ``raws`` with what was read from it, in their order.

    Args:
        raws: reports as found; taken a few at a time.
        settings: handed to the reader as ``settings``; must be picklable.
        workers: processes; 0 reads in this one, where a crash is a crash of the program. In a thread that
            cannot be interrupted one process reads even so.
        seconds: how long one report may take before it is given up.
        reader: "module:function" that reads one report; another one is a seam for tests.
    """
    if workers == 0 and can_limit():
        function = _load(reader)
        for raw in raws:
            yield raw, _here(function, raw, settings, seconds)
        return
    with _Pool(settings, workers or 1, seconds, reader) as pool:
        yield from _in_order(raws, pool, (workers or 1) * AHEAD)


def _here(function: Callable[..., Result], raw: RawDocument, settings: Any, seconds: float) -> Result:
    try:
        return in_time(lambda: function(raw, settings=settings), seconds)
    except TooLong:
        return _late(raw, seconds)


def _late(raw: RawDocument, seconds: float) -> Failure:
    reason = f"timeout: not read within {seconds:g} seconds"
    return Failure(raw.uri, "reading", reason, "see whether the file is a report, and not a data dump")


def _in_order(raws: Iterable[RawDocument], pool: _Pool, ahead: int) -> Iterator[tuple[RawDocument, Result]]:
    waiting: deque[tuple[RawDocument, Future[Result]]] = deque()
    held = 0
    try:
        for raw in raws:
            waiting.append((raw, pool.submit(raw)))
            held += len(raw.data)
            while len(waiting) > ahead or (held > MOST_BYTES and waiting):
                held -= len(waiting[0][0].data)
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    except KeyboardInterrupt:  # what has been read by now need not be read again
        for raw, future in waiting:
            if future.done() and future.exception() is None:
                yield raw, future.result()
        raise


def _first(waiting: deque[tuple[RawDocument, Future[Result]]]) -> tuple[RawDocument, Result]:
    """The next report, as soon as it is read; until then it stays in ``waiting``."""
    result = waiting[0][1].result()
    return waiting.popleft()[0], result


class _Pool:
    """As many threads as workers; each talks to its own process and starts another if that one dies."""

    def __init__(self, settings: Any, workers: int, seconds: float, reader: str) -> None:
        self._start = (settings, seconds, reader)
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all = [_Worker(*self._start) for _ in range(workers)]
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._threads.shutdown(wait=False, cancel_futures=True)
        finally:  # also where a second Ctrl-C comes in between: nothing is to be waited for
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.kill()

    def submit(self, raw: RawDocument) -> Future[Result]:
        return self._threads.submit(self._read, raw)

    def _read(self, raw: RawDocument) -> Result:
        worker = self._idle.get()
        try:
            return worker.read(raw)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started when first needed."""

    def __init__(self, settings: Any, seconds: float, reader: str) -> None:
        self._settings, self._seconds, self._reader = settings, seconds, reader
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, raw: RawDocument) -> Result:
        late = threading.Event()
        process = self._process or self._begin()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            _send(process.stdin, raw)
            kind, value = _receive(process.stdout)
        except (EOFError, OSError):
            return self._dead(raw, process, late.is_set())
        finally:
            timer.cancel()
        if kind == "raise":
            raise value
        return replace(value, raw=raw) if isinstance(value, Reading) else value

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)

    def _begin(self) -> subprocess.Popen[bytes]:
        code = "from onrecord.reading.workers import serve; serve()"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._process = process
        assert process.stdin is not None and process.stdout is not None
        _send(process.stdin, (self._reader, self._settings))
        try:
            kind, value = _receive(process.stdout)  # loading the model is not the report's time
        except EOFError:
            raise OnrecordError(
                "a worker process ended before it could read", hint="see above; onrecord doctor may tell more"
            ) from None
        if kind == "raise":
            raise value
        return process

    def _dead(self, raw: RawDocument, process: subprocess.Popen[bytes], late: bool) -> Failure:
        self.kill()
        if late:
            return _late(raw, self._seconds)
        code = process.returncode
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return Failure(
            raw.uri,
            "reading",
            f"crashed: the process that read it ended with {how}",
            "try again with: onrecord failures RECORD --retry; if it stays, please report it with the file",
        )


def serve() -> None:
    """What a worker does: read reports from standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the answers
    try:
        reader, settings = _receive(source)
        try:
            function = _load(reader)
        except Exception as error:
            _send(sink, ("raise", error))
            return
        _send(sink, ("ready", None))
        while True:
            raw = _receive(source)
            _send(sink, _answer(function, raw, settings))
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _answer(function: Callable[..., Result], raw: RawDocument, settings: Any) -> tuple[str, Any]:
    try:
        value = function(raw, settings=settings)
    except Exception as error:
        return "raise", error
    return "result", replace(value, raw=_BLANK) if isinstance(value, Reading) else value


def _load(reader: str) -> Callable[..., Result]:
    module, _, name = reader.partition(":")
    function: Callable[..., Result] = getattr(import_module(module), name)
    return function


def _send(pipe: BinaryIO | Any, value: Any) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> Any:
    return pickle.loads(_exactly(pipe, _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]))


def _exactly(pipe: BinaryIO | Any, size: int) -> bytes:
    data: bytes = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _close(pipe: Any) -> None:
    with contextlib.suppress(OSError):  # what was left to write cannot be written any more
        pipe.close()
