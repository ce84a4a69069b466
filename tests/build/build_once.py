"""A build in a process of its own, to be killed: each step is told on standard output as it is reached.

usage: build_once.py RECORD INPUT BATCH CHECKPOINT WORKERS [MOST_BYTES [STEPS]]

After STEPS steps it goes no further and waits to be killed. With MOST_BYTES the process dies of SIGXFSZ as soon as a file of its grows beyond so many bytes: a death
in the middle of a write, at a chosen byte; 0 is no such limit.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from onrecord.building import BuildSettings, Progress, build
from onrecord.store import Tuning


def told(progress: Progress) -> None:
    """One line a step."""
    print(progress.stage, progress.batches, flush=True)
    left[0] -= 1
    if left[0] == 0:
        signal.pause()


if __name__ == "__main__":
    record, folder, batch, checkpoint, workers = sys.argv[1:6]
    most, *left = [*map(int, sys.argv[6:]), 0, 0][:2]
    if most:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    settings = BuildSettings(
        workers=int(workers),
        batch=int(batch),
        reader="stub_readers:plain",
        tuning=Tuning(threads=1, checkpoint=checkpoint),
    )
    build(Path(record), [folder], settings=settings, progress=told)
