"""How far a long command is: a bar where the total is known, a counter where not, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int | None], None]


@contextmanager
def progress(noun: str) -> Iterator[Progress]:
    """A function to call with (done, total or None); draws on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.fields[said]}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, said=noun)

        def report(done: int, total: int | None) -> None:
            said = f"{noun} {done:,}" + ("" if total is None else f" of {total:,}")
            bar.update(task, completed=done, total=total, said=said)

        yield report


def _nothing(done: int, total: int | None) -> None:
    """Say nothing: nobody is watching."""
