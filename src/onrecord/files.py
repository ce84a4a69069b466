"""Files that appear whole or not at all, and interrupts that wait until they do."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
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


try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # a module or nothing

_DRAFT = re.compile(r"\.(?P<name>.+)\.\d+\.part")
CAN_HOLD = fcntl is not None
# For os.open. A link is not followed: what it leads to is somebody else's. A named pipe is not waited for.
PLAINLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft beside ``path``, or beside what it is a link to, that takes its place when all is written.

    Raises OSError if it cannot be written; then ``path`` is as it was. Drafts of ``path`` that a killed
    process left behind are removed.
    """
    path = Path(os.path.realpath(path))
    clear_drafts(path.parent, {path.name})
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = _made(draft)
    try:
        yield draft
        os.fsync(handle)
        if fcntl is None:  # where an open file cannot be renamed
            os.close(handle)
            handle = -1
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
        if handle >= 0:
            os.close(handle)


def clear_drafts(folder: Path, names: Collection[str]) -> None:
    """Remove drafts of files of these ``names`` in ``folder`` that nobody is writing any more."""
    if fcntl is None or not folder.is_dir():
        return
    for found in sorted(folder.iterdir()):
        draft = _DRAFT.fullmatch(found.name)
        if draft and draft["name"] in names:
            with suppress(OSError):
                remove_if_free(found)


def remove_if_free(path: Path) -> None:
    """Remove the file at ``path`` unless somebody holds it; raises OSError if that cannot be done."""
    handle = os.open(path, os.O_RDWR | PLAINLY)
    try:
        if hold(handle):
            path.unlink()
    finally:
        os.close(handle)


def hold(handle: int) -> bool:
    """Whether the open file is now held by who asks; it is until ``handle`` is closed."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_at(handle: int, path: Path) -> bool:
    """Whether the open file is still the one at ``path``, and no link leads there."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _made(draft: Path) -> int:
    """A new empty file, held. One who clears drafts may have been quicker: then it is made once more."""
    while True:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC | PLAINLY, 0o666)
        if hold(handle) and is_at(handle, draft):
            return handle
        os.close(handle)
