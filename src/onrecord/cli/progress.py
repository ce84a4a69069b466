"""How far a build is: a bar where the total is known, a counter where not, silence in a pipe."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.build import Progress

ONE_REPORT = {".txt", ".html", ".htm", ".xhtml", ".md"}  # files of these names hold one report each
MOST_COUNTED = 1_000_000  # files looked at in advance


@contextmanager
def progress(inputs: Sequence[str]) -> Iterator[Callable[[Progress], None] | None]:
    """What to call with the progress of a build of ``inputs``; it draws on standard error.

    None, and nothing is drawn, where that is no terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    total = expected(inputs)
    columns = [TextColumn("{task.description}"), TimeElapsedColumn()]
    if total is not None:
        columns[1:] = [BarColumn(), TimeRemainingColumn(), TextColumn("left")]
    with Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda now: bar.update(task, completed=now.documents, description=described(now, total))


def described(now: Progress, total: int | None) -> str:
    """The words beside the bar."""
    if now.stage == "finishing":
        return f"{now.documents:,} documents read, working out copies, dates and actors"
    of = f" of {total:,}" if total is not None and total >= now.documents else ""
    failed = f", {now.failed:,} failed" if now.failed else ""
    return f"{now.documents:,}{of} documents{failed}"


def expected(inputs: Sequence[str]) -> int | None:
    """How many reports ``inputs`` hold, if that can be told from the names of the files."""
    from onrecord.sources.walk import walk

    if "-" in inputs:
        return None
    total = 0
    for place in itertools.islice(itertools.chain.from_iterable(map(walk, inputs)), MOST_COUNTED):
        if place.problem is None:
            if place.path.suffix.lower() not in ONE_REPORT:
                return None
            total += 1
    return total if total < MOST_COUNTED else None
