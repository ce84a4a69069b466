"""A record that is handed on tells nobody whose folders its reports lay in; builds and retries find them again."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from made import QUICK, exported, file, made, story

import onrecord
from onrecord.building import build, retry_failures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="home folders as POSIX has them")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of one who is called ada, with two reports that can be read and one that cannot."""
    home = tmp_path / "people" / "ada"
    for name in ("case/in/a.txt", "news/b.txt"):
        file(home / name, story(len(name)))
    file(home / "case" / "in" / "empty.txt", "")
    file(home / "news" / "empty.txt", "")
    monkeypatch.setenv("HOME", str(home))
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, "ada")
    return home


def told(path: Path) -> str:
    """All that is written in the record: every cell of every table."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return "\n".join(str(connection.execute(f'FROM "{name}"').fetchall()) for name in tables)


def places(path: Path) -> list[tuple[str, str | None]]:
    """Every place of a report or a failure, with what tells where to find it again."""
    sql = "SELECT uri, path FROM location UNION ALL SELECT uri, path FROM failure ORDER BY ALL"
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.long
@pytest.mark.parametrize("where", ["case", ".", "/"])
def test_nobody_is_told(home: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed from the root, from the home folder or anywhere, read in workers or here: no name of a person."""
    path = home / "case" / "a.duckdb"
    monkeypatch.chdir(home / where)
    inputs = [str(home / "case" / "in"), str(home / "news")]
    assert made(path, inputs, replace(QUICK, workers=1)).new == 2
    again = made(path, [one.removeprefix("/") for one in inputs] if where == "/" else inputs)
    assert (again.new, again.unchanged, again.failed) == (0, 2, 2)
    assert "ada" not in told(path) and str(home.parent) not in told(path)
    assert all(b"ada" not in data for data in exported(path).values())
    known = {
        "case": [("in/a.txt", "in/a.txt"), ("in/empty.txt", "in/empty.txt")],
        ".": [("case/in/a.txt", "in/a.txt"), ("case/in/empty.txt", "in/empty.txt")],
        "/": [("in/a.txt", "in/a.txt"), ("in/empty.txt", "in/empty.txt")],
    }[where]
    news = "news" if where == "." else "~/news"
    assert places(path)[:2] == known
    assert places(path)[2:] == [(f"{news}/{name}", f"~/news/{name}") for name in ("b.txt", "empty.txt")]


def test_what_is_typed_from_here_stays_as_typed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "case")
    made(Path("a.duckdb"), ["in", "../news/b.txt", "-"])
    assert [place for place, _ in places(Path("a.duckdb"))] == [
        "-", "../news/b.txt", "in/a.txt", "in/empty.txt",
    ]  # fmt: skip


def test_elsewhere_what_has_somebodys_name_is_cut_off(home: Path, tmp_path: Path) -> None:
    """A stick of ada's is not told, nor found again; a folder of nobody's is told whole."""
    path = tmp_path / "srv" / "a.duckdb"
    path.parent.mkdir()
    stick, common = (
        file(tmp_path / name / "c.txt", story(number)) for number, name in enumerate(("media/ada/x", "data"))
    )
    made(path, [str(stick.parent), str(common.parent), str(home / "case" / "in" / "a.txt")])
    assert places(path) == [
        (str(common), str(common)),
        ("~/case/in/a.txt", "~/case/in/a.txt"),
        ("…/x/c.txt", None),
    ]


@pytest.mark.long
def test_what_failed_is_found_again_after_a_move(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record and the reports below its folder go elsewhere together."""
    monkeypatch.chdir(home)
    made(home / "case" / "a.duckdb", [str(home / "case")])
    (home / "case").rename(home.parent / "moved")
    file(home.parent / "moved" / "in" / "empty.txt", story(5))
    path = home.parent / "moved" / "a.duckdb"
    assert retry_failures(path, settings=QUICK).new == 1
    with onrecord.open(path) as record:
        assert "case/in/empty.txt" in {row.uri for row in record.documents()}
        assert "case/in/empty.txt" not in {row.uri for row in record.failures()}


@pytest.mark.long
def test_a_record_made_before_opens_and_knows_its_files(home: Path) -> None:
    """One that has whole paths: nothing is read twice, and what failed is tried again."""
    path = home / "case" / "a.duckdb"
    made(path, [str(home / "case" / "in")])
    whole = f"{home}/case/"
    with duckdb.connect(str(path)) as connection:
        for table in ("location", "failure"):
            connection.execute(f"UPDATE {table} SET uri = ? || uri, path = ? || path", [whole, whole])
    assert made(path, [str(home / "case" / "in")]).unchanged == 1
    file(home / "case" / "in" / "empty.txt", story(5))
    assert retry_failures(path, settings=QUICK).new == 1
    with onrecord.open(path) as record:
        assert list(record.failures()) == []
        assert record.check() == []


def test_a_folder_that_cannot_be_read_is_told_by_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures of what was typed itself, and not of something in it."""
    (home / "none").mkdir()
    monkeypatch.chdir(home / "none")
    path = home / "case" / "a.duckdb"
    build(path, [".", str(home / "gone"), str(home / "news" / "b.txt")], settings=QUICK)
    with onrecord.open(path) as record:
        assert [row.uri for row in record.failures()] == [".", "~/gone"]
