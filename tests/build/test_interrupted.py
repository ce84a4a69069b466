"""Ctrl-C in a build: what was read by then is kept, and a second one ends at once."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made import QUICK, exported, file, made, story

import onrecord
from onrecord.building import BuildSettings, Progress, build
from onrecord.errors import Interrupted
from onrecord.reading import workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")

MANY = replace(QUICK, batch=64)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for number in range(9):
        file(tmp_path / "in" / f"{number}.txt", story(number))
    return tmp_path / "in"


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def interrupted(path: Path, reports: Path, settings: BuildSettings, *, after: int) -> Interrupted:
    """Build, with Ctrl-C when so many reports have been read."""
    told: list[str] = []

    def tell(progress: Progress) -> None:
        told.append(progress.stage)
        if told.count("read") == after and told[-1] == "read":
            ctrl_c()

    with pytest.raises(Interrupted) as caught:
        build(path, [str(reports)], settings=settings, progress=tell)
    return caught.value


@pytest.mark.long
@pytest.mark.parametrize("number", [0, 2])
def test_what_was_read_is_kept(number: int, reports: Path, tmp_path: Path) -> None:
    """Reports of a batch that is not full are committed too; the next build goes on from there."""
    path = tmp_path / "a.duckdb"
    settings = replace(MANY, workers=number)
    kept = interrupted(path, reports, settings, after=5).kept
    assert kept >= 5
    with onrecord.open(path) as record:
        assert len(list(record.documents())) == kept
        assert record.check() == []
        assert not record.status().finished
    again = made(path, reports, settings)
    assert (again.new, again.unchanged) == (9 - kept, kept)
    made(tmp_path / "whole.duckdb", reports, settings)
    assert exported(path) == exported(tmp_path / "whole.duckdb")


@pytest.mark.long
def test_what_workers_have_read_ahead_is_kept(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while one report takes long: those behind it that are read already are kept."""
    file(reports / "0.txt", story(0) + "\nHANG")
    path, ahead = tmp_path / "a.duckdb", 8
    settings = replace(MANY, workers=2, reader="stub_readers:deadly", seconds=600.0)
    done: list[object] = []
    read = workers._Pool._read

    def counted(pool: Any, raw: Any) -> Any:
        result = read(pool, raw)
        done.append(result)
        if len(done) == ahead:
            ctrl_c()
        return result

    monkeypatch.setattr(workers._Pool, "_read", counted)
    with pytest.raises(Interrupted) as caught:
        build(path, [str(reports)], settings=settings)
    assert caught.value.kept >= ahead - 1  # the last may be on its way still
    with onrecord.open(path) as record:
        assert record.check() == []
        assert "in/0.txt" not in {row.uri for row in record.documents()}


@pytest.mark.long
def test_a_second_ends_at_once_without_damage(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of keeping what was read: that is rolled back, and what was there before stays."""
    path = tmp_path / "a.duckdb"
    made(path, [str(reports / "0.txt")])
    before = exported(path)
    monkeypatch.setattr("onrecord.store.file.writer._add_places", _torn)
    error = interrupted(path, reports, MANY, after=5)
    assert (error.kept, error.record) == (0, True)
    monkeypatch.undo()
    assert exported(path) == before
    with onrecord.open(path) as record:
        assert record.check() == []
    assert made(path, reports).new == 8


def _torn(*_: Any) -> None:
    ctrl_c()
    raise AssertionError("the second came too late")


def test_nothing_read_leaves_no_record(reports: Path, tmp_path: Path) -> None:
    """Of a record that was begun for it and has no report."""
    path = tmp_path / "a.duckdb"
    for name in ("0.txt", "1.txt"):
        file(reports / name, "")
    error = interrupted(path, reports, replace(MANY, workers=0), after=2)
    assert (error.kept, error.record) == (0, False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in"]


def test_the_programs_own_answer_is_left_alone(reports: Path, tmp_path: Path) -> None:
    """A program that answers Ctrl-C in its own way still does, within a build and after it."""
    met: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: met.append(number))
    try:
        build(tmp_path / "a.duckdb", [str(reports)], settings=MANY, progress=lambda now: ctrl_c())
        assert met
    finally:
        signal.signal(signal.SIGINT, before)
    assert signal.getsignal(signal.SIGINT) is before
