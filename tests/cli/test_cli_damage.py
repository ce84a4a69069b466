"""Damage, a full disk, no permission: errors in words that say what to do, and nothing recorded is lost."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from running import Result, run

RANDOM = random.Random(7)
FLIPS = [0, 9, 5000, 9000, *(RANDOM.randrange(12_288, 10_000_000) for _ in range(4))]


def flipped(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut in the head": lambda data: data[:100],
    "nothing": lambda data: b"",
    "another file": lambda data: b"Dear reader, this is a letter." * 100,
}
COMMANDS = (
    ("status",), ("statements",), ("decide", "reject", "s_0"), ("failures", "--retry"), ("build", "no input"),
    ("export", "--to"),
)  # fmt: skip


def all_of(path: Path, tmp_path: Path) -> Iterator[tuple[str, Result]]:
    for name, *rest in COMMANDS:
        where = [tmp_path / "out"] if name == "export" else []
        yield name, run(name, path, *rest, *where)


def in_words(result: Result) -> bool:
    """Whether an error was told with what to do, and no traceback."""
    return "→" in result.stderr and "fault of Onrecord" not in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_by_every_command(example_record: Path, tmp_path: Path, name: str) -> None:
    """``check`` says where and ends with 1; all others say so too; the file stays as it is."""
    path = tmp_path / "a.duckdb"
    damaged = DAMAGE[name](example_record.read_bytes())
    path.write_bytes(damaged)
    checked = run("check", path)
    assert checked.code == 1 and in_words(checked)
    for command, result in all_of(path, tmp_path):
        assert result.code == (1 if name.startswith("cut") else 2), (command, result.stderr)
        assert in_words(result), command
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("at", FLIPS)
def test_a_flipped_byte_is_found_or_of_no_account(example_record: Path, tmp_path: Path, at: int) -> None:
    """Either the check names the place, or the byte belongs to nothing and every row is as it was."""
    path = tmp_path / "a.duckdb"
    path.write_bytes(flipped(at)(example_record.read_bytes()))
    checked = run("check", path, "--jsonl")
    if checked.code == 0:
        for listing in ("statements", "mentions", "documents"):
            assert run(listing, path, "--jsonl") == run(listing, example_record, "--jsonl")
    else:
        assert checked.code == 1 and in_words(checked)
        assert all("damaged" in row["problem"] and row["table"] for row in checked.jsonl())


def test_what_is_missing_is_named(example_record: Path, tmp_path: Path) -> None:
    """A table and a column that are gone are told by name."""
    path = tmp_path / "a.duckdb"
    shutil.copy(example_record, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE time")
        connection.execute("ALTER TABLE actor DROP COLUMN basis")
    checked = run("check", path, "--jsonl")
    assert checked.code == 1 and in_words(checked)
    assert [(row["table"], row["problem"]) for row in checked.jsonl()] == [
        ("time", "the table is missing"), ("actor", "the column basis is missing"),
    ]  # fmt: skip
    for command, result in all_of(path, tmp_path):
        assert (result.code, in_words(result)) == (1, True), command
        assert "table time is missing" in result.stderr


def test_a_log_beside_the_record(example_record: Path, tmp_path: Path) -> None:
    """``status`` tells of it and what it holds counts; where it is damaged, that is said."""
    path, log = tmp_path / "a.duckdb", tmp_path / "a.duckdb.wal"
    shutil.copy(example_record, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("UPDATE failure SET hint = hint")
        connection.execute("UPDATE actor SET basis = basis || 'x'")
    size = log.stat().st_size
    assert run("status", path, "--json").json()["log"] == size
    assert f"a.duckdb.wal, {size:,} bytes" in run("status", path).out
    assert "log" not in run("status", example_record).out
    log.write_bytes(flipped(size - 30)(log.read_bytes()))
    for command in ("check", "status"):
        result = run(command, path)
        assert (result.code, in_words(result)) == (1, True)
        assert "damaged in its log" in result.stderr + result.out


@contextmanager
def no_file_longer(most: int) -> Iterator[None]:
    """No file can be written beyond ``most`` bytes, as on a disk that is full."""
    resource: Any = pytest.importorskip("resource", reason="POSIX only")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def held(path: Path) -> list[bytes]:
    return [run(name, path, "--jsonl").stdout for name in ("documents", "statements", "actors", "accounts")]


@pytest.mark.long
def test_nothing_recorded_is_lost_where_there_is_no_room(example_record: Path, tmp_path: Path) -> None:
    """Whatever is tried without room says so; the record stays as it was, and with room it goes on."""
    path, new, out = tmp_path / "a.duckdb", tmp_path / "new.txt", tmp_path / "out"
    shutil.copy(example_record, path)
    new.write_text("“The ferry is late,” said Minister Marta Vellin. " * 200, "utf-8")
    before, statement = held(path), run("statements", path, "--jsonl").jsonl()[0]["id"]
    for command in (
        ("build", path, new), ("decide", path, "reject", statement), ("export", path, "--to", out),
        ("export", path, "--to", out, "--format", "parquet,html"), ("mentions", path, "-o", tmp_path / "m.txt"),
        ("read", new, "-o", tmp_path / "r.txt"), ("build", tmp_path / "b.duckdb", new),
    ):  # fmt: skip
        with no_file_longer(4096):
            result = run(*command)
        assert (result.code, in_words(result)) == (2, True), (command, result.stderr)
        assert "file too large" in result.stderr.lower(), command
    assert {one.name for one in tmp_path.iterdir()} <= {"a.duckdb", "a.duckdb.wal", "new.txt", "out"}
    assert not [*out.iterdir()]
    assert held(path) == before
    assert run("check", path).code == 0
    assert run("decide", path, "list", "--jsonl").out == ""
    assert run("build", path, new).code == 0
    assert len(run("documents", path, "--jsonl").jsonl()) == len(before[0].splitlines()) + 1


def test_a_full_standard_output(example_record: Path) -> None:
    """A listing that goes into a file on a full disk ends with words, and with no second error at the end."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "onrecord", "mentions", str(example_record), "--jsonl"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
    assert ended.returncode == 2
    assert "standard output" in ended.stderr and len(ended.stderr.splitlines()) == 2


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO])
def test_a_place_that_the_system_refuses(
    example_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A read-only folder, no permission, no room or a faulty disk: the first thing that is tried says so."""
    path = tmp_path / "a.duckdb"
    shutil.copy(example_record, path)
    there = os.open

    def refused(name: Any, flags: int, *rest: Any, **more: Any) -> int:
        if str(name).endswith(".lock"):
            raise OSError(number, os.strerror(number), name)
        return there(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refused)
    for command in (("build", path, tmp_path), ("decide", path, "reject", "s_0")):
        result = run(*command)
        assert (result.code, in_words(result)) == (2, True), command
        assert os.strerror(number) in result.stderr


def test_a_read_only_record_can_be_read_and_not_written(example_record: Path, tmp_path: Path) -> None:
    """Without write permission every listing works, and what would write says why it cannot."""
    path = tmp_path / "a.duckdb"
    shutil.copy(example_record, path)
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        pytest.skip("root may write anywhere")
    assert run("statements", path).code == 0
    result = run("build", path, tmp_path)
    assert (result.code, in_words(result)) == (2, True)
    path.chmod(0o000)
    result = run("statements", path)
    assert (result.code, in_words(result)) == (2, True)
