"""A build that is killed at any moment and started again ends as if it had never been killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made import QUICK, exported, folder, made

import onrecord

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX has them")]

HERE = Path(__file__).parent
STEPS = 32  # a build of the folder below, in batches of three, tells about so many
POINTS = 20
random_points = random.Random(20230306)
KILLS = [(random_points.randrange(STEPS), random_points.choice(["1KB", "16MB"])) for _ in range(POINTS)]
# A new record is 0.5 MB before the first report is in it: these deaths fall into making it, into the log and
# into checkpoints that make the file grow.
BYTES = [100, 9_000, 300_000] + [random_points.randrange(500_000, 900_000) for _ in range(3)]
# Of these deaths make test runs one each: while reports are read, after a batch is committed, while a build is
# finished, and in the middle of a write.
SMOKE = {(3, "1KB"), (25, "1KB"), (30, "1KB"), 300_000}


def some(deaths: list[Any]) -> list[Any]:
    """The cases, those of SMOKE marked."""
    return [
        pytest.param(*([one] if isinstance(one, int) else one), marks=[pytest.mark.smoke] * (one in SMOKE))
        for one in deaths
    ]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("reports"), count=12)


@pytest.fixture(scope="module")
def expected(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("whole") / "a.duckdb"
    made(path, reports)
    return exported(path)


def started(path: Path, reports: Path, checkpoint: str, *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])}
    command = [sys.executable, str(HERE / "build_once.py"), str(path), str(reports), "3", checkpoint, *more]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def killed(process: subprocess.Popen[str], step: int) -> None:
    """Kill ``process`` as soon as it has told ``step`` steps, wherever it is by then."""
    assert process.stdout is not None
    for _ in zip(range(step), process.stdout, strict=False):
        pass
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()


@pytest.mark.parametrize(("step", "checkpoint"), some([*KILLS, (30, "1KB")]))
def test_killed_and_started_again(
    tmp_path: Path, reports: Path, expected: dict[str, bytes], step: int, checkpoint: str
) -> None:
    """Whatever step SIGKILL comes at, the next build makes up for it, to the byte."""
    path = tmp_path / "a.duckdb"
    killed(started(path, reports, checkpoint, "0"), step)
    made(path, reports)
    assert exported(path) == expected
    with onrecord.open(path) as record:
        assert record.check() == []
        assert record.status().finished


@pytest.mark.parametrize("most", some(BYTES))
def test_dead_in_the_middle_of_a_write(
    tmp_path: Path, reports: Path, expected: dict[str, bytes], most: int
) -> None:
    """A death at a chosen byte of the database, its log or its checkpoint costs nothing either."""
    path = tmp_path / "a.duckdb"
    process = started(path, reports, "1KB", "0", str(most))
    process.communicate()
    assert process.returncode == -signal.SIGXFSZ
    made(path, reports)
    assert exported(path) == expected


def test_killed_again_and_again(tmp_path: Path, reports: Path, expected: dict[str, bytes]) -> None:
    """Three deaths in a row, with workers, are no worse than one; no worker outlives its parent."""
    path = tmp_path / "a.duckdb"
    for step in (1, 9, 21):
        killed(started(path, reports, "1KB", "1"), step)
    report = made(path, reports, replace(QUICK, batch=2))
    assert report.unchanged > 1
    assert exported(path) == expected


def test_a_killed_record_can_be_read(tmp_path: Path, reports: Path) -> None:
    """What was committed can be listed and checked at once, and status tells of the interruption."""
    path = tmp_path / "a.duckdb"
    killed(started(path, reports, "16MB", "0", "0", "25"), 25)
    with onrecord.open(path) as record:
        assert list(record.statements(all=True))
        assert record.check() == []
        assert not record.status().finished
        (run,) = record.runs()
        assert run.ended is None


def test_decisions_outlive_a_killed_build(tmp_path: Path, reports: Path) -> None:
    """What a person decided is there after a death, and holds for what was read before and after it."""
    paths = [tmp_path / name for name in ("killed.duckdb", "whole.duckdb")]
    for path in paths:
        made(path, [str(reports / "texts")])
        with onrecord.open(path) as record:
            one, other = [row.id for row in record.actors()][:2]
        onrecord.decide(path, "merge", one, other, note="one and the same", at="2024-05-01T10:00:00Z")
    killed(started(paths[0], reports, "1KB", "0"), 12)
    with onrecord.open(paths[0]) as record:
        assert [row.note for row in record.decisions()] == ["one and the same"]
    for path in paths:
        made(path, reports)
    assert exported(paths[0]) == exported(paths[1])
    with onrecord.open(paths[0]) as record:
        assert record.check() == []
