"""A report that takes too long is a failure, and the next one is read: in this process as in others."""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from onrecord.reading.workers import TooLong, in_time, read_all
from onrecord.values import Failure, RawDocument

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a timer as POSIX has it")


def read(*words: str, workers: int = 0) -> list[str]:
    """The reasons of the failures that these reports become."""
    raws = [RawDocument(word, "", word.encode(), "text", "", fields={}) for word in words]
    found = read_all(raws, settings=None, workers=workers, seconds=0.2, reader="stub_slow:slow")
    return [result.reason for _, result in found if isinstance(result, Failure)]


@pytest.mark.parametrize("word", ["LOOP", "SWALLOW", "REGEX"])
def test_in_this_process(word: str) -> None:
    """Whether it runs in Python, in a library that catches what it can, or in a pattern."""
    assert read("first", word, "last") == ["first", "timeout: not read within 0.2 seconds", "last"]


def test_in_a_thread() -> None:
    """Where no timer reaches, another process reads, and is ended."""
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(read, "first", "LOOP", "last").result() == [
            "first",
            "timeout: not read within 0.2 seconds",
            "last",
        ]


def test_the_timer_of_another_goes_on() -> None:
    """What was set before is set afterwards, with what is left of its time."""
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 3600)
        with pytest.raises(TooLong):
            in_time(lambda: read("first") and endless(), 0.05)
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        assert 0 < left <= 3600
        signal.raise_signal(signal.SIGALRM)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def endless() -> None:
    """Never ends."""
    while True:
        pass
