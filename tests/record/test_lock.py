"""One writer at a time, and plain words about who it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import onrecord
from onrecord.building import BuildSettings, build
from onrecord.errors import OnrecordError, RecordLocked, RecordVersion, UsageError
from onrecord.store.file.lock import holder_of, lock_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")

SETTINGS = BuildSettings(workers=0, reader="builtins:print")
# Holds the record as a build does until its standard input closes.
HOLD = """
import sys
from pathlib import Path
from onrecord.store import Tuning, locked, open_to_write
path = Path(sys.argv[1])
with locked(path, command="onrecord build", since="2023-03-06T07:00:00Z"), open_to_write(path, Tuning()):
    print("held", flush=True)
    sys.stdin.read()
"""

READ = """
import sys
import onrecord
with onrecord.open(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path, code: str = HOLD) -> Iterator[int]:
    """Another process that holds ``path``; its id."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process.pid
    finally:
        process.communicate("")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    build(path, [], settings=SETTINGS)
    return path


def test_a_second_writer_is_told_who_writes(record: Path) -> None:
    """The error names process, command and time, and ends a command with exit code 4."""
    with held(record) as pid, pytest.raises(RecordLocked) as caught:
        build(record, [], settings=SETTINGS)
    assert str(caught.value) == (
        f"{record} is being written by process {pid} (onrecord build), since 2023-03-06T07:00:00Z"
    )
    assert caught.value.exit_code == 4
    assert caught.value.hint


def test_a_reader_is_told_who_writes(record: Path) -> None:
    """Nobody reads a record while it is written; the error is the writer's name, not DuckDB's words."""
    with held(record) as pid, pytest.raises(RecordLocked, match=f"written by process {pid}"):
        onrecord.open(record)


def test_a_reader_keeps_writers_out(record: Path) -> None:
    """Who reads is named too, as far as DuckDB knows."""
    with held(record, READ) as pid:
        with pytest.raises(RecordLocked, match=f"in use by process {pid}"):
            build(record, [], settings=SETTINGS)
        with onrecord.open(record) as opened:  # two readers are no trouble
            assert opened.check() == []


def test_a_lock_left_by_the_dead_is_none(record: Path) -> None:
    """The lock belongs to a process: a file that a killed build left behind locks nothing."""
    lock_path(record).write_text('{"pid": 1, "command": "onrecord build", "since": "2023"}')
    assert holder_of(record) is None
    build(record, [], settings=SETTINGS)
    assert not lock_path(record).exists()


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04 no database" * 100, b"\x00" * 5000])
def test_another_file_is_never_overwritten(tmp_path: Path, content: bytes) -> None:
    """The record and an input swapped on the command line: an error, and the file stays as it is."""
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    for use in (lambda: onrecord.open(path), lambda: build(path, [], settings=SETTINGS)):
        with pytest.raises(UsageError, match="not a record"):
            use()
    assert path.read_bytes() == content


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    """A folder where the record should be is said to be one."""
    with pytest.raises(UsageError, match="is a folder"):
        build(tmp_path, [], settings=SETTINGS)


def test_another_database_is_no_record(tmp_path: Path) -> None:
    """A DuckDB file of somebody else's is left alone."""
    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).execute("CREATE TABLE t (a INTEGER)").close()
    with pytest.raises(UsageError, match="not a record"):
        build(path, [], settings=SETTINGS)


def test_another_version_is_refused(record: Path) -> None:
    """A record of another version is not guessed at: exit code 4, and what to do."""
    duckdb.connect(str(record)).execute("UPDATE meta SET value = '99' WHERE key = 'version'").close()
    with pytest.raises(RecordVersion, match="version 99") as caught:
        onrecord.open(record)
    assert caught.value.exit_code == 4
    assert "onrecord rebuild" in caught.value.hint


def test_no_record(tmp_path: Path) -> None:
    """A record that is not there: how to make one."""
    with pytest.raises(UsageError, match="no such record") as caught:
        onrecord.open(tmp_path / "a.duckdb")
    assert "onrecord build" in caught.value.hint


def test_a_log_without_its_record(tmp_path: Path) -> None:
    """A record removed without its log: nothing is replayed into a new one."""
    (tmp_path / "a.duckdb.wal").write_bytes(b"log")
    with pytest.raises(UsageError, match="without its record"):
        build(tmp_path / "a.duckdb", [], settings=SETTINGS)


def test_storage_version_is_pinned(record: Path) -> None:
    """The file can be opened by DuckDB 1.5, whatever version made it."""
    with duckdb.connect(str(record), read_only=True) as connection:
        (row,) = connection.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert row[0]["storage_version"].startswith("v1.5")


def test_the_database_cannot_reach_out(record: Path) -> None:
    """No extension is fetched or loaded, no file outside is opened."""
    with onrecord.open(record) as opened:
        for sql in ("SELECT * FROM read_csv('/etc/passwd')", "INSTALL httpfs", "COPY meta TO 'out.csv'"):
            with pytest.raises(duckdb.Error):
                opened._connection.execute(sql)


def test_a_folder_without_permission(tmp_path: Path) -> None:
    """Where nothing can be written, that is said."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(OnrecordError, match="cannot be written"):
        build(tmp_path / "a.duckdb", [], settings=SETTINGS)
