"""Reports handed over as bytes: the same record as building from files, without a trace of any place."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as chosen
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from made import QUICK, exported, file, made, story

import onrecord
from onrecord.adding import AddedPiece, prepare, put
from onrecord.building import BuildReport, BuildSettings, Progress
from onrecord.sources import Given
from onrecord.sources.inputs import label
from onrecord.store import open_record

NOW = "2024-05-01T10:00:00Z"
FILES = [Given(f"{n}.txt", story(n).encode()) for n in range(5)]


def add(path: Path, files: list[Given], settings: BuildSettings = QUICK) -> BuildReport:
    """Add ``files`` to the record at ``path``."""

    def is_known(id: str) -> bool:
        with open_record(path) as opened:
            return opened.has("document", id)

    prepared = prepare(files, settings=settings, now=NOW, is_known=is_known, tell=lambda piece: None)
    try:
        return put(path, prepared, settings=settings, tell=lambda progress: None)
    finally:
        prepared.close()


def empty(path: Path) -> Path:
    """A record of one report."""
    made(path, [str(file(path.parent / "first.txt", story(99)))])
    return path


def without_places(path: Path) -> list[tuple[object, ...]]:
    """Statements and who said them, without where their reports were found."""
    with onrecord.open(path) as opened:
        return sorted((one.id, one.document, one.speaker_ids, one.content, one.utterance) for one in opened.statements(all=True))


@pytest.mark.long
def test_same_record_as_of_files(tmp_path: Path) -> None:
    """Whether a report is sent or lies in a folder, it is the same report."""
    sent, built = empty(tmp_path / "a" / "a.duckdb"), empty(tmp_path / "b" / "a.duckdb")
    report = add(sent, FILES)
    made(built, [str(file(tmp_path / "b" / one.name, one.data)) for one in FILES])
    assert (report.documents, report.new, report.failed) == (5, 5, 0)
    assert without_places(sent) == without_places(built)
    with onrecord.open(sent) as opened:
        assert {one.uri for one in opened.documents()} >= {f"added/{n}.txt" for n in range(5)}
        assert {one.retrieved_at for one in opened.documents() if one.uri.startswith("added/")} == {NOW}
        assert opened.check() == []
        assert list(opened.runs())[-1].command == "add"
    again = add(sent, FILES)
    assert (again.new, again.unchanged) == (0, 5)


@pytest.mark.long
def test_nothing_of_this_machine_enters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that happens to lie where a label seems to point is none of its business."""
    record = empty(tmp_path / "a.duckdb")
    file(tmp_path / "added" / "x.txt", "other")
    monkeypatch.chdir(tmp_path)
    add(record, [Given("/etc/../x.txt", story(3).encode()), Given("bad.txt", b"  ")])
    with onrecord.open(record) as opened:
        (bad,) = opened.failures()
        assert (bad.uri, bad.path) == ("added/bad.txt", None)
        assert "--retry" not in bad.hint
    for name, data in exported(record).items():
        assert b"/etc" not in data, name
        if not name.endswith(".parquet"):
            assert b"added/x.txt" in data or b"documents" not in name.encode(), name


def test_a_zip_is_taken_apart_and_failures_are_told(tmp_path: Path) -> None:
    record = empty(tmp_path / "a.duckdb")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x/1.txt", story(1))
        archive.writestr("x/blank.txt", " ")
    pieces: list[AddedPiece] = []
    files = [Given("p.zip", packed.getvalue()), Given("b.bin", bytes(range(256)))]
    prepared = prepare(files, settings=QUICK, now=NOW, is_known=lambda id: False, tell=pieces.append)
    report = put(record, prepared, settings=QUICK, tell=lambda progress: None)
    prepared.close()
    assert (report.new, report.failed) == (1, 2)
    assert sorted((one.uri, one.failure is not None) for one in pieces) == [
        ("added/b.bin", True), ("added/p.zip!x/1.txt", False), ("added/p.zip!x/blank.txt", True),
    ]  # fmt: skip


@pytest.mark.long
def test_ended_while_writing_is_made_good(tmp_path: Path) -> None:
    """What was committed stays; adding again gives what one whole adding does."""
    cut, whole = empty(tmp_path / "a" / "a.duckdb"), empty(tmp_path / "b" / "a.duckdb")
    add(whole, FILES)
    small = replace(QUICK, batch=2)
    prepared = prepare(FILES, settings=small, now=NOW, is_known=lambda id: False, tell=lambda piece: None)

    def dies(progress: Progress) -> None:
        if progress.stage == "committed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(cut, prepared, settings=small, tell=dies)
    prepared.close()
    with onrecord.open(cut) as opened:
        assert not opened.status().finished
    add(cut, FILES)
    assert without_places(cut) == without_places(whole)


@chosen(st.text())
def test_labels_are_one_short_line_without_folders(name: str) -> None:
    found = label(name)
    assert 0 < len(found) <= 120
    assert "/" not in found and "\\" not in found and found.isprintable()
    assert found.strip(".")
    assert label(found) == found
