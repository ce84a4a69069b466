"""How fast reading is beside an earlier state of it, measured in the same run.

    python -m quality.speed 918f1d7                words a CPU second, and CPU without the network, as ratios
    python -m quality.speed 918f1d7 --articles 60 --rounds 3

The earlier state is checked out into a folder of its own. Both read the same articles of
``../shared/data/articles`` by turns, each in a process of its own, so that a busy machine slows both. Both
processes load what they need before any clock runs, and CPU seconds are counted, not time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT.parent / "shared" / "data" / "articles" / "articles.jsonl.gz"

# Runs in the process of either state, so it finds the modules where they were: one line in, one line out.
READ = """
import json, sys, time
try:
    from onrecord.reading.report import ReadSettings, read_one
    from onrecord.reading.network.encoder import Network
except ImportError:
    from onrecord.reading.one import ReadSettings, read_one
    from onrecord.reading.encoder import Network
from onrecord.sources import Given, find_given
spent, run = [0.0], Network.run
def timed(self, *inputs):
    began = time.process_time()
    try:
        return run(self, *inputs)
    finally:
        spent[0] += time.process_time() - began
Network.run = timed
settings = ReadSettings()
given = [Given("a.jsonl", open(sys.argv[1], "rb").read())]
reports = list(find_given(given, now="2025-01-01T00:00:00Z"))
for report in reports[:10]:
    read_one(report, settings=settings)
for line in sys.stdin:
    spent[0], began = 0.0, time.process_time()
    for report in reports:
        read_one(report, settings=settings)
    print(json.dumps([time.process_time() - began, spent[0]]), flush=True)
"""


@contextmanager
def state(revision: str, folder: Path) -> Iterator[Path]:
    """The sources of an earlier state, checked out for as long as they are needed."""
    tree = folder / "earlier"
    subprocess.run(
        ["git", "-C", ROOT, "worktree", "add", "--detach", tree, revision],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield tree
    finally:
        subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", tree], check=True)


def reader(tree: Path, reports: Path) -> subprocess.Popen[str]:
    """A process that reads all reports once for each line it gets."""
    env = {**os.environ, "PYTHONPATH": str(tree / "src"), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", READ, str(reports)]
    return subprocess.Popen(
        command, env=env, cwd=tree, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def once(process: subprocess.Popen[str]) -> tuple[float, float]:
    """CPU seconds of one reading of all reports, and of its network."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    whole, network = json.loads(process.stdout.readline())
    return whole, network


def main() -> None:
    """Prints both states and their ratios; the least of all rounds counts, which others disturbed least."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("revision", help="the earlier state, as git names it")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    chosen = every[:: max(1, len(every) // asked.articles)][: asked.articles]
    words = sum(len(one["text"].split()) for one in chosen)
    with tempfile.TemporaryDirectory() as name, state(asked.revision, Path(name)) as tree:
        reports = Path(name) / "reports.jsonl"
        reports.write_text("".join(json.dumps(one) + "\n" for one in chosen), encoding="utf-8")
        processes = [reader(one, reports) for one in (tree, ROOT)]
        rounds = [[once(process) for process in processes] for _ in range(asked.rounds)]
        for process in processes:
            process.communicate()
    least = [
        (min(one[at][0] for one in rounds), min(one[at][0] - one[at][1] for one in rounds)) for at in (0, 1)
    ]
    for label, (whole, rest) in zip((asked.revision, "now"), least, strict=True):
        print(f"{label}: {words / whole:,.0f} words a CPU second; without the network {rest:.2f} CPU s")
    (whole, rest), (whole_now, rest_now) = least
    print(
        f"ratios: words a CPU second {whole / whole_now:.2f}; CPU without the network {rest_now / rest:.2f}"
    )


if __name__ == "__main__":
    main()
