"""A limit to how long something may take in this process, where there is no worker that can be killed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

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
