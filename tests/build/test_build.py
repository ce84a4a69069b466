"""Building: nothing read twice, nothing lost, the same record whatever the order."""

from __future__ import annotations

import io
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from made import QUICK, exported, file, folder, made, story

import onrecord
from onrecord.building import BuildReport, Progress, build, retry_failures
from onrecord.errors import UsageError


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def built(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """A record of them, not to be changed, and what its build told."""
    path = tmp_path_factory.mktemp("built") / "a.duckdb"
    return path, made(path, reports)


def test_counts(built: tuple[Path, BuildReport]) -> None:
    """A build says what it did, and status agrees."""
    path, report = built
    assert (report.new, report.unchanged, report.failed) == (33, 1, 3)
    assert report.duplicates == 5  # four lines of the JSONL file and one text under another name
    with onrecord.open(path) as record:
        status = record.status()
        assert (status.documents, status.duplicates, status.failures) == (33, 5, 3)
        assert sum(status.kinds.values()) == status.statements == len(list(record.statements()))
        assert (
            status.statements + status.hidden == report.statements == len(list(record.statements(all=True)))
        )
        assert record.check() == []


@pytest.mark.long
def test_again_changes_nothing(reports: Path, built: tuple[Path, BuildReport], tmp_path: Path) -> None:
    """The same input again: nothing is read, no export changes, and the run is noted."""
    path = Path(shutil.copy(built[0], tmp_path))
    before = exported(path)
    again = made(path, reports)
    assert (again.new, again.unchanged, again.failed) == (0, 34, 3)
    assert exported(path) == before
    with onrecord.open(path) as record:
        assert [(run.id, run.new) for run in record.runs()] == [(1, 33), (2, 0)]


@pytest.mark.long
def test_order_and_steps_do_not_show(reports: Path, built: tuple[Path, BuildReport], tmp_path: Path) -> None:
    """In one go, in two steps, backwards or by several processes: the same exports."""
    steps = tmp_path / "b.duckdb"
    made(steps, [str(reports / "texts")])
    made(steps, [str(reports / "a.jsonl")])
    backwards = sorted((str(path) for path in reports.rglob("*.*")), reverse=True)
    made(tmp_path / "c.duckdb", backwards)
    made(tmp_path / "d.duckdb", reports, replace(QUICK, workers=2, batch=5))
    expected = exported(built[0])
    for name in "bcd":
        assert exported(tmp_path / f"{name}.duckdb") == expected, name


def test_places(reports: Path, built: tuple[Path, BuildReport]) -> None:
    """The same bytes under the same name are one document, at several places."""
    with onrecord.open(built[0]) as record:
        places = [str(reports / "texts" / name) for name in ("00.txt", "copy/00.txt")]
        found = [list(record.documents(document=place)) for place in places]
        assert found[0] == found[1]
        (row,) = found[0]
        assert row.uri == places[0]
        assert list(record.show(row.id).locations) == places


@pytest.mark.long
def test_originals_come_first(tmp_path: Path) -> None:
    """Of equal texts the one published first is the original, also when it is read last."""
    path = tmp_path / "a.duckdb"
    text = story(1)
    for name, day in (("late", "2023-05-02"), ("none", ""), ("early", "2023-05-01")):
        line = f'{{"text": {text!r}, "published": "{day}", "url": "https://example.org/{name}"}}'
        file(tmp_path / f"{name}.jsonl", line.replace("'", '"'))
        made(path, [str(tmp_path / f"{name}.jsonl")])
    with onrecord.open(path) as record:
        found = {row.url: row for row in record.documents()}
        early = found["https://example.org/early"]
        assert early.duplicate_of is None
        assert {row.duplicate_of for row in found.values() if row is not early} == {early.id}
        assert {row.document for row in record.statements()} == {early.id}
        assert {row.hidden for row in record.statements(all=True)} == {None, "duplicate"}


def test_repeated_lines_are_hidden(built: tuple[Path, BuildReport]) -> None:
    """What an outlet prints under every report is kept, but not listed as a statement."""
    with onrecord.open(built[0]) as record:
        assert "Bot" not in {row.speaker_text for row in record.statements()}
        hidden = [row for row in record.statements(all=True) if row.speaker_text == "Bot"]
        assert len(hidden) == 24
        assert {row.hidden for row in hidden} == {"boilerplate", "duplicate"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("SEGFAULT", "crashed: the process that read it ended with signal SIGSEGV"),
        ("EXIT", "crashed: the process that read it ended with exit code 3"),
        ("HANG", "timeout: not read within 1 seconds"),
    ],
)
def test_a_death_costs_its_report(tmp_path: Path, word: str, reason: str) -> None:
    """A report that kills or hangs its reader is a failure; all others are read."""
    for number in range(6):
        file(tmp_path / "in" / f"{number}.txt", story(number) + (f"\n{word}" if number == 2 else "\nPRINT"))
    settings = replace(
        QUICK, workers=2, reader="stub_readers:deadly", seconds=1.0 if word == "HANG" else 600.0
    )
    report = made(tmp_path / "a.duckdb", tmp_path / "in", settings)
    assert (report.new, report.failed) == (5, 1)
    with onrecord.open(tmp_path / "a.duckdb") as record:
        (failure,) = record.failures()
        assert (failure.uri, failure.stage, failure.reason) == (
            "in/2.txt",  # as seen from the folder of the record
            "reading",
            reason,
        )
        assert failure.hint
        assert failure.path == failure.uri


@pytest.mark.long
def test_a_failure_is_resolved_by_a_retry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is read again alone, under the name it was typed with; the failure stays, as resolved."""
    monkeypatch.chdir(tmp_path)
    file(tmp_path / "in" / "a.txt", story(1))
    file(tmp_path / "in" / "b.txt", "")
    made(tmp_path / "a.duckdb", ["in"])
    file(tmp_path / "in" / "b.txt", story(2))
    file(tmp_path / "in" / "c.txt", story(3))
    report = retry_failures(tmp_path / "a.duckdb", settings=QUICK)
    assert (report.new, report.failed) == (1, 0)
    with onrecord.open(tmp_path / "a.duckdb") as record:
        assert {row.uri for row in record.documents()} == {"in/a.txt", "in/b.txt"}
        assert list(record.failures()) == []
        assert [row.uri for row in record.failures(resolved=True)] == ["in/b.txt"]
        assert [run.command for run in record.runs()] == ["build", "failures --retry"]


@pytest.mark.long
def test_a_retry_that_fails_again_stays(tmp_path: Path) -> None:
    """A failure that is still there is no less so for being tried twice."""
    file(tmp_path / "in" / "a.txt", story(1))  # where nothing could be read no record is left
    file(tmp_path / "in" / "b.txt", "")
    made(tmp_path / "a.duckdb", tmp_path / "in")
    before = exported(tmp_path / "a.duckdb")
    assert retry_failures(tmp_path / "a.duckdb", settings=QUICK).failed == 1
    assert exported(tmp_path / "a.duckdb") == before


def test_a_failure_is_resolved_by_a_build(tmp_path: Path) -> None:
    """A file that was empty and is not any more is no failure any more."""
    file(tmp_path / "in" / "a.txt", story(1))
    file(tmp_path / "in" / "b.txt", "")
    made(tmp_path / "a.duckdb", tmp_path / "in")
    file(tmp_path / "in" / "b.txt", story(2))
    made(tmp_path / "a.duckdb", tmp_path / "in")
    with onrecord.open(tmp_path / "a.duckdb") as record:
        assert list(record.failures()) == []


@pytest.mark.long
def test_a_report_that_fails_at_two_places(tmp_path: Path) -> None:
    """Two places of one report that cannot be read are two failures, and no orphan is left."""
    file(tmp_path / "in" / "b.txt", story(2))
    for name in ("x", "y"):
        file(tmp_path / "in" / name / "a.txt", story(1) + "SEGFAULT")
    made(tmp_path / "a.duckdb", tmp_path / "in", replace(QUICK, workers=1, reader="stub_readers:deadly"))
    with onrecord.open(tmp_path / "a.duckdb") as record:
        assert len(list(record.failures())) == 2
        assert record.check() == []


def test_standard_input(tmp_path: Path) -> None:
    """- is standard input."""
    report = build(tmp_path / "a.duckdb", ["-"], settings=QUICK, stdin=io.BytesIO(story(1).encode()))
    assert report.new == 1


def test_odd_names(tmp_path: Path) -> None:
    """A file name that is not UTF-8 costs nothing but its odd characters."""
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        file(tmp_path / "in" / name, story(1))
    except OSError:
        pytest.skip("this file system allows only names in UTF-8")
    assert made(tmp_path / "a.duckdb", tmp_path / "in").new == 1
    with onrecord.open(tmp_path / "a.duckdb") as record:
        (row,) = record.documents()
        assert row.text == story(1)
        assert record.check() == []


def test_progress_is_told(reports: Path, tmp_path: Path) -> None:
    """Who watches learns of every report and every batch."""
    told: list[Progress] = []
    build(tmp_path / "a.duckdb", [str(reports)], settings=QUICK, progress=told.append)
    assert [one.stage for one in told][:1] == ["created"]
    assert [one.stage for one in told][-1] == "finished"
    assert told[-1].documents == 34
    assert told[-1].batches == sum(one.stage == "committed" for one in told)


@pytest.mark.long
def test_any_order_any_batch(tmp_path: Path) -> None:
    """Files read in random orders give one record."""
    paths = [str(file(tmp_path / "in" / f"{n}.txt", story(n % 5))) for n in range(9)]
    results = set()
    for seed in range(3):
        random.Random(seed).shuffle(paths)
        path = tmp_path / f"{seed}.duckdb"
        made(path, list(paths), replace(QUICK, batch=seed + 1))
        results.add(tuple(sorted(exported(path).items())))
    assert len(results) == 1


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """A record in a folder that is not there says which."""
    with pytest.raises(UsageError, match="no such folder") as caught:
        made(tmp_path / "no" / "a.duckdb", [str(tmp_path)])
    assert "mkdir" in caught.value.hint
