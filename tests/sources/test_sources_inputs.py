"""Files, folders, patterns and standard input."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest
from sources_helpers import STORY, put, read

from onrecord.sources import SourceSettings, find
from onrecord.values import Failure, RawDocument


def test_a_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """A report's bytes, name, place and date are those of its file."""
    path = put(tmp_path / "a.txt", STORY)
    os.utime(path, (1_554_286_830, 1_554_286_830.9))
    documents, failures = read(path)
    assert not failures
    assert documents == [
        RawDocument(str(path), "a.txt", STORY.encode(), "text", "2019-04-03T10:20:30Z", path=str(path)),
    ]


def test_a_folder_is_read_in_order_and_hidden_files_are_not(tmp_path: Path) -> None:
    """Folders are recursive and sorted; names that begin with a dot are passed over."""
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        put(tmp_path / name, STORY + name)
    documents, failures = read(tmp_path)
    assert not failures
    names = [one.uri.removeprefix(str(tmp_path) + "/") for one in documents]
    assert names == ["a/b/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_places_are_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative input gives relative places, and failures the absolute path to try again."""
    put(tmp_path / "reports/a.txt", STORY)
    put(tmp_path / "reports/b.txt", "")
    monkeypatch.chdir(tmp_path)
    documents, failures = read("./reports/")
    assert [one.uri for one in documents] == ["reports/a.txt"]
    assert [(one.uri, one.path) for one in failures] == [("reports/b.txt", str(tmp_path / "reports/b.txt"))]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "x/b.txt", "x/y/c.txt"]),
        ("x/**", ["x/b.md", "x/b.txt", "x/y/c.txt"]),
        ("x/?.[mt]*", ["x/b.md", "x/b.txt"]),
        ("*/y", ["x/y/c.txt"]),
        ("x*/*/c.txt", ["x/y/c.txt"]),
    ],
)
def test_patterns(pattern: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns match as in a shell, ``**`` any depth; a folder that matches is read whole."""
    for name in ("a.txt", "x/b.txt", "x/b.md", "x/y/c.txt", ".no.txt", "x/.no/d.txt"):
        put(tmp_path / name, STORY + name)
    monkeypatch.chdir(tmp_path)
    documents, failures = read(pattern)
    assert not failures
    assert [one.uri for one in documents] == expected


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    """A file that is there is read, though its name could be a pattern."""
    path = put(tmp_path / "report [1].txt", STORY)
    assert [one.uri for one in read(path)[0]] == [str(path)]


@pytest.mark.parametrize("typed", ["nothing.txt", "no/such/folder", "*.nothing", "a\0b", "x" * 5000])
def test_nothing_there(typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is one failure with a hint, and the other inputs are read."""
    put(tmp_path / "a.txt", STORY)
    monkeypatch.chdir(tmp_path)
    documents, failures = read(typed, "a.txt")
    assert len(documents) == 1
    (failure,) = failures
    assert failure.reason.startswith(("missing: ", "unreadable: "))
    assert failure.hint


def test_a_web_address_is_not_fetched() -> None:
    """Nothing is fetched; the hint says how to go on."""
    (failure,) = read("https://example.org/a.html")[1]
    assert failure.reason.startswith("unsupported: ")
    assert "save the page" in failure.hint
    assert (failure.uri, failure.path) == ("https://example.org/a.html", None)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """A folder without files is a failure, not silence."""
    (failure,) = read(tmp_path)[1]
    assert failure.reason == "empty: the folder has no files"


def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    """One real file named by several inputs is one report."""
    path = put(tmp_path / "a.txt", STORY)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    documents, failures = read(path, tmp_path, link, tmp_path / "*.txt", path)
    assert [one.uri for one in documents] == [str(path)]
    assert not failures


def test_links_stay_in_the_folder(tmp_path: Path) -> None:
    """A link out of the folder, to nothing or in a circle is a failure and is not opened."""
    inside = tmp_path / "in"
    put(tmp_path / "out/secret.txt", "secret")
    put(inside / "a.txt", STORY)
    (inside / "b.txt").symlink_to(tmp_path / "out/secret.txt")
    (inside / "c").symlink_to(tmp_path / "out")
    (inside / "d").symlink_to("d")
    (inside / "e").symlink_to("nowhere")
    (inside / "same.txt").symlink_to("a.txt")
    (inside / "up").symlink_to("..")
    (inside / "here").symlink_to(".")
    for typed in (inside, inside / "*"):
        documents, failures = read(typed)
        assert [one.name for one in documents] == ["a.txt"]
        assert [Path(one.uri).name for one in failures] == ["b.txt", "c", "d", "e", "up"]
        assert all(one.reason.startswith("link: ") for one in failures)


def test_a_link_named_by_the_user_is_followed(tmp_path: Path) -> None:
    """What the user names is meant, be it a link."""
    put(tmp_path / "real/a.txt", STORY)
    (tmp_path / "link").symlink_to("real")
    assert [one.uri for one in read(tmp_path / "link")[0]] == [f"{tmp_path}/link/a.txt"]


def test_a_name_of_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty name, as of a variable that is not set, is not the folder one is in."""
    put(tmp_path / "a.txt", STORY)
    monkeypatch.chdir(tmp_path)
    documents, failures = read("")
    assert documents == []
    assert [one.reason for one in failures] == ["missing: the name is empty"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever; a failure says what it is."""
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s"))
        failures = read(tmp_path, "/dev/zero")[1]
    assert [one.reason for one in failures] == [
        "unsupported: this is a named pipe, not a file",
        "unsupported: this is a socket, not a file",
        "unsupported: this is a device, not a file",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    """No permission is a failure that says so."""
    put(tmp_path / "a.txt", STORY).chmod(0)
    (failure,) = read(tmp_path)[1]
    assert failure.reason.startswith("unreadable: Permission denied")


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any error of the system is a failure with its own words."""
    put(tmp_path / "a.txt", STORY)

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (failure,) = read(tmp_path)[1]
    assert failure.reason == "unreadable: Permission denied"


def test_standard_input_has_the_date_it_is_given() -> None:
    """``-`` is read once, by content, and its date is passed in: the clock is never asked."""
    stdin = io.BytesIO(b"<html><body><p>Closed.</p></body></html>")
    now = "2020-01-02T03:04:05Z"
    found = list(find(["-", "-"], settings=SourceSettings(), stdin=stdin, now=now))
    assert found == [RawDocument("-", "stdin", stdin.getvalue(), "html", now)]
    (later,) = find(["-"], stdin=io.BytesIO(b"A report."))
    assert isinstance(later, RawDocument)
    assert later.retrieved_at == "1970-01-01T00:00:00Z"


def test_no_standard_input_is_a_failure() -> None:
    """``-`` without a stream is said, not raised."""
    (failure,) = find(["-"])
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("missing: ")


def test_find_is_lazy(tmp_path: Path) -> None:
    """The second file is opened when the first report has been taken."""
    put(tmp_path / "a.txt", STORY)
    second = put(tmp_path / "b.txt", STORY)
    found = find([str(tmp_path)])
    next(found)
    second.write_text("Changed meanwhile.")
    report = next(found)
    assert isinstance(report, RawDocument)
    assert report.data == b"Changed meanwhile."


def test_a_name_that_is_no_unicode_can_be_stored(tmp_path: Path) -> None:
    """Places and names can always be written as UTF-8."""
    try:
        put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")), STORY)
    except OSError:
        pytest.skip("this file system allows only Unicode names")
    (report,) = read(tmp_path)[0]
    assert report.name == "caf\ufffd.txt"
    report.uri.encode("utf-8")
