"""Files that are written appear whole or not at all, and nothing that stands in their place is taken for one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.building import BuildSettings, build
from onrecord.errors import UsageError
from onrecord.export import export
from onrecord.files import whole
from onrecord.store.file.lock import holder_of, lock_path

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and locks as POSIX has them")
SETTINGS = BuildSettings(workers=0, reader="builtins:print")
# Writes half a file, says so, and waits.
HALF = """
import sys
from pathlib import Path
from onrecord.files import whole
with whole(Path(sys.argv[1])) as draft:
    draft.write_text("half")
    print("half", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    build(path, [], settings=SETTINGS)
    return path


@posix
def test_what_a_killed_export_left_is_cleared_and_what_another_writes_is_not(
    record: Path, tmp_path: Path
) -> None:
    """Nothing half-written stands under the final name; the next export, of whatever form, removes the rest."""
    out = tmp_path / "out"
    out.mkdir()
    writers = []
    for name in ("statements.csv", "actors.jsonl"):
        command = [sys.executable, "-c", HALF, str(out / name)]
        writers.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        assert writers[-1].stdout is not None
        assert writers[-1].stdout.readline() == "half\n"
    writers[0].kill()
    writers[0].communicate()
    (dead,) = out.glob(".statements.csv.*.part")
    assert not (out / "statements.csv").exists()
    (out / ".notes.1.part").write_text("somebody else's")
    with onrecord.open(record) as opened:
        export(opened, out, ["parquet"])
    assert not dead.exists()
    assert len(list(out.glob(".actors.jsonl.*.part"))) == 1
    assert (out / ".notes.1.part").exists()
    writers[1].communicate("")
    assert (out / "actors.jsonl").read_text() == "half"
    assert list(out.glob(".actors*")) == []


@posix
def test_a_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.csv").write_text("old")
    (tmp_path / "a.csv").symlink_to(tmp_path / "there" / "a.csv")
    with whole(tmp_path / "a.csv") as draft:
        draft.write_text("new")
    assert (tmp_path / "a.csv").is_symlink()
    assert (tmp_path / "there" / "a.csv").read_text() == "new"


@posix
@pytest.mark.parametrize("kind", ["link", "link to nothing", "second name", "pipe", "folder"])
def test_what_is_no_lock_is_not_used_as_one(kind: str, tmp_path: Path) -> None:
    """A link, a second name of a file, a pipe or a folder where the lock belongs: told, and left as it is."""
    path, other = tmp_path / "a.duckdb", tmp_path / "letter.txt"
    lock = lock_path(path)
    other.write_text("dear")
    if kind == "pipe":
        os.mkfifo(lock)
    elif kind == "folder":
        lock.mkdir()
    elif kind == "second name":
        lock.hardlink_to(other)
    else:
        lock.symlink_to(other if kind == "link" else tmp_path / "nothing")
    with pytest.raises(UsageError, match="a link or no plain file") as caught:
        build(path, [], settings=SETTINGS)
    assert "move it away" in caught.value.hint
    assert holder_of(path) is None
    assert other.read_text() == "dear"
    assert not (tmp_path / "nothing").exists() and not path.exists()
    assert os.path.lexists(lock)


@posix
def test_a_pipe_is_no_record(tmp_path: Path) -> None:
    """It is not waited for, by who reads or writes."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for use in (lambda: onrecord.open(path), lambda: build(path, [], settings=SETTINGS)):
        with pytest.raises(UsageError, match="a pipe or device, not a record"):
            use()


@pytest.mark.parametrize("name", ["a" * 300, "a.txt/b.duckdb", "none/b.duckdb", "a\0b"])
def test_names_that_are_none(name: str, tmp_path: Path) -> None:
    """Too long, below a file, in a folder that is not there: told in words."""
    (tmp_path / "a.txt").write_text("text")
    for use in (onrecord.open, lambda path: onrecord.decide(path, "undo", "x")):
        with pytest.raises(UsageError, match=r"no such record|cannot be opened: "):
            use(tmp_path / name)
    with pytest.raises(UsageError, match=r"cannot be|no such folder"):
        build(tmp_path / name, [], settings=SETTINGS)


def test_a_misspelt_record_is_told_with_what_is_like_it(record: Path) -> None:
    with pytest.raises(UsageError, match="no such record") as caught:
        onrecord.open(record.with_name("aa.duckdb"))
    assert f"did you mean {record}?" in caught.value.hint
