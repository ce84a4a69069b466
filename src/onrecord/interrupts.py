"""Ctrl-C while something is under way that must not be torn apart.

first     raises KeyboardInterrupt where work may stop, and where it is held off, as soon as that ends
second    raises at once, wherever: what is being written is rolled back
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self


class Interrupts:
    """What Ctrl-C does within this context. Outside of the main thread, and where the program answers Ctrl-C
    in its own way, nothing is changed."""

    def __init__(self) -> None:
        """Nothing has been asked yet."""
        self._held = False
        self._asked = False
        self._waiting = False
        self._installed = False

    def __enter__(self) -> Self:
        """Answer from now on."""
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._answer)
            self._installed = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Answer no more."""
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def held_off(self) -> Iterator[None]:
        """Within this a first Ctrl-C waits until its end. Not to be nested."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._waiting:
            self._waiting = False
            raise KeyboardInterrupt

    def _answer(self, number: int, frame: FrameType | None) -> None:
        if self._held and not self._asked:
            self._asked = self._waiting = True
            return
        self._asked = True
        raise KeyboardInterrupt
