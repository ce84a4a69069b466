"""Adding reports through pages: what is sent, how far it is, what comes of it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from editing import STUB, added, editing
from made import story
from starlette.testclient import TestClient

import onrecord
from onrecord.errors import RecordLocked
from onrecord.reading.workers import READER
from onrecord.sources import Given
from onrecord.store import locked
from onrecord.web import app as app_module
from onrecord.web import jobs as jobs_module
from onrecord.web.jobs import Shelf, Waiting


@pytest.fixture()
def client(own_affair: Path) -> Any:
    with editing(own_affair) as made:
        yield made


def send(client: TestClient, *, files: list[tuple[str, bytes]] | None = None, **fields: str) -> str:
    """Send files or a text; the address of the page that tells how far it is."""
    parts = [("files", one) for one in files or []]
    answer = client.post("/add", data=fields, files=parts or None, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    added(client)
    return answer.headers["location"]


def test_files_are_added_and_listed(client: TestClient, own_affair: Path) -> None:
    """Many at once, archives too; what cannot be read is told with its reason, the rest is there."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/a.txt", story(1))
    where = send(
        client,
        files=[
            ("../../etc/one.txt", story(2).encode()), ("p.zip", packed.getvalue()),
            ("<b>bad</b>.bin", bytes(range(256))), ("", b""),
        ],
    )  # fmt: skip
    told = client.get(f"{where}.json").json()
    assert told["state"] == "done" and told["ended"]
    assert len(told["documents"]) == 2 and told["report"]["failed"] == 1
    assert [one["uri"] for one in told["failures"]] == ["added/b>.bin"]
    page = client.get(where).text
    assert page.count('href="/report/d_') == 2 and "<b>bad" not in page
    with onrecord.open(own_affair) as opened:
        found = {one.uri: one.id for one in opened.documents() if one.uri.startswith("added/")}
        assert set(found) == {"added/one.txt", "added/p.zip!in/a.txt"}
        assert set(found.values()) == set(told["documents"])
        assert opened.check() == []
        assert opened.status().finished
    failures = client.get("/failures").text
    assert "--retry" not in failures


def test_a_pasted_text_keeps_what_is_known_of_it(client: TestClient, own_affair: Path) -> None:
    send(client, text=story(7).replace("\n", "\r\n"), title="Berth\nseven", outlet="Morning <Post>", published="2023-03-06")
    with onrecord.open(own_affair) as opened:
        (row,) = [one for one in opened.documents() if one.uri.startswith("added/")]
        assert (row.title, row.outlet) == (row.title, row.outlet)
        assert "“It was ship 7,”" in row.text and "\r" not in row.text
        assert row.uri.startswith("added/Berth seven.json")
    send(client, text=story(8))
    with onrecord.open(own_affair) as opened:
        assert "added/pasted.txt" in {one.uri for one in opened.documents()}


def test_the_same_again_is_not_read_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client, files=[("a.txt", story(3).encode())])
    where = send(client, files=[("a.txt", story(3).encode())])
    assert client.get(f"{where}.json").json()["report"]["unchanged"] == 1
    assert "Here already" in client.get(where).text


def test_nothing_is_told_and_nothing_begins(client: TestClient) -> None:
    for data in ({}, {"text": " \n "}):
        answer = client.post("/add", data=data, files=[("files", ("", b""))])
        assert answer.status_code == 400 and "nothing to add" in answer.text
    assert client.get("/add.json").json() == []


def test_too_much_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    size = app_module.MOST_BYTES + 1
    answer = client.post("/add", content=b"x", headers={"content-length": str(size), "content-type": "text/plain"})
    assert answer.status_code == 413
    monkeypatch.setattr(jobs_module, "MOST_WAITING", 0)
    answer = client.post("/add", data={"text": story(1)})
    assert answer.status_code == 400 and "waiting already" in answer.text


@pytest.mark.long
def test_while_another_process_writes_it_fails_with_what_to_do(client: TestClient, own_affair: Path) -> None:
    with locked(own_affair, command="onrecord build", since="2024-05-01T10:00:00Z"):
        where = send(client, text=story(4))
    told = client.get(f"{where}.json").json()
    assert told["state"] == "failed" and "add the files again" in told["hint"]
    assert "added when the server is started again" in told["hint"]
    assert str(own_affair.parent) not in told["error"] + told["hint"]
    assert 'role="alert"' in client.get(where).text
    client.app.state.jobs.stop()  # type: ignore[attr-defined]
    assert after_a_start(own_affair, where)["report"]["new"] == 1


def after_a_start(record: Path, where: str) -> dict[str, Any]:
    """What a server that is started now tells of the upload at ``where``, once nothing is under way."""
    with editing(record) as client:
        added(client)
        told: dict[str, Any] = client.get(f"{where}.json").json()
    assert told["state"] == "done", told
    assert not record.with_name(record.name + ".uploads").exists()
    return told


KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord.sources import Given
from onrecord.web.jobs import Waiting
waiting = Waiting(Path(sys.argv[1]))
for number, text in enumerate(sys.argv[2:]):
    waiting.keep(f"{number}" * 16, "2024-05-01T10:00:00Z", [Given(f"../{number}.txt", text.encode())])
(waiting.folder / ".half.part").write_bytes(b"half")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX has them")
def test_what_was_handed_over_outlives_a_kill(own_affair: Path) -> None:
    """Uploads that waited when the server was killed are added at the next start, under their addresses."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    texts = [story(41), story(42)]
    done = subprocess.run([sys.executable, "-c", KILLED, own_affair, *texts], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    told = [after_a_start(own_affair, "/add/" + "0" * 16)]
    with onrecord.open(own_affair) as opened:
        assert {"added/0.txt", "added/1.txt"} <= {one.uri for one in opened.documents()}
        assert opened.check() == []
    assert [(one["started"], one["names"]) for one in told] == [("2024-05-01T10:00:00Z", ["0.txt"])]


@pytest.mark.long
def test_what_is_in_the_record_already_is_not_added_twice(own_affair: Path) -> None:
    """A death between writing and forgetting."""
    with editing(own_affair) as client:
        send(client, files=[("a.txt", story(43).encode())])
    kept = Waiting(own_affair).keep("a" * 16, "2024-05-01T10:00:00Z", [Given("a.txt", story(43).encode())])
    kept.release()
    report = after_a_start(own_affair, "/add/" + "a" * 16)["report"]
    assert (report["new"], report["unchanged"]) == (0, 1)


def test_what_another_server_adds_is_left_to_it(own_affair: Path) -> None:
    kept = Waiting(own_affair).keep("b" * 16, "2024-05-01T10:00:00Z", [Given("b.txt", b"Text.")])
    with editing(own_affair) as client:
        assert client.get("/add.json").json() == []
    assert kept.given() == [Given("b.txt", b"Text.")]
    kept.forget()


@pytest.mark.long
def test_a_stop_while_reading_loses_nothing(own_affair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read and what waits behind it go on at the next start."""
    began, go = threading.Event(), threading.Event()
    prepare = jobs_module.prepare

    def held(*arguments: Any, **named: Any) -> Any:
        began.set()
        assert go.wait(60)
        return prepare(*arguments, **named)

    monkeypatch.setattr(jobs_module, "prepare", held)
    with editing(own_affair) as client:
        pages = [client.post("/add", data={"text": story(number)}).url.path for number in (44, 45)]
        assert began.wait(60)
        client.app.state.jobs.stop()  # type: ignore[attr-defined]
        go.set()
        added(client)
        client.app.state.shelf.close()  # type: ignore[attr-defined]
    monkeypatch.undo()
    with editing(own_affair) as client:
        added(client)
        told = [client.get(f"{page}.json").json() for page in pages]
    assert [(one["state"], one["error"], one["report"]["new"]) for one in told] == [("done", "", 1)] * 2, told


def test_what_cannot_be_kept_is_not_taken(client: TestClient, own_affair: Path) -> None:
    """Where the disk takes nothing that is said at once, and no page promises anything."""
    own_affair.with_name(own_affair.name + ".uploads").write_text("in the way")
    answer = client.post("/add", data={"text": story(1)})
    assert answer.status_code == 400 and "cannot be kept" in answer.text and "nothing was taken" in answer.text
    assert client.get("/add.json").json() == []


@pytest.mark.long
def test_others_read_while_reports_are_read(own_affair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading reports closes the record to nobody; the page says how far it is."""
    began, go = threading.Event(), threading.Event()
    prepare = jobs_module.prepare

    def held(*arguments: Any, **named: Any) -> Any:
        began.set()
        assert go.wait(60)
        return prepare(*arguments, **named)

    monkeypatch.setattr(jobs_module, "prepare", held)
    with editing(own_affair) as client:
        page = client.post("/add", data={"text": story(5)})
        assert began.wait(60)
        assert 'http-equiv="refresh"' in page.text and "Reading" in client.get(page.url).text
        assert client.get("/reports").status_code == 200
        go.set()
        added(client)
        assert 'http-equiv="refresh"' not in client.get(page.url).text


def test_who_waits_too_long_for_a_writer_is_told(own_affair: Path) -> None:
    shelf = Shelf(own_affair, patience=0.01)
    held, done = threading.Event(), threading.Event()

    def write() -> None:
        with shelf.writing():
            held.set()
            assert done.wait(60)

    writer = threading.Thread(target=write)
    writer.start()
    assert held.wait(60)
    for asks in (shelf.reading(), shelf.writing(patient=False)):
        with pytest.raises(RecordLocked, match="reports are added"), asks:
            pass
    done.set()
    writer.join()
    with shelf.reading() as record:
        assert record.status().documents
    shelf.close()


@pytest.mark.long
def test_a_fault_is_told_and_the_next_upload_goes_on(
    own_affair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with editing(own_affair) as client:
        with monkeypatch.context() as patched:
            patched.setattr(jobs_module, "put", lambda *_, **__: 1 / 0)
            where = send(client, text=story(6))
        assert "fault of Onrecord" in client.get(where).text
        assert "ZeroDivisionError" in capsys.readouterr().err
        assert client.get(f"{send(client, text=story(6))}.json").json()["state"] == "done"


def test_the_model_reads_what_is_sent(own_affair: Path) -> None:
    """Once with the reader of the package, in this process."""
    text = "The harbour master, Ines Calder, said on Monday that the ferry would sail again in June."
    with editing(own_affair, replace(STUB, reader=READER)) as client:
        send(client, text=text, outlet="Quay Gazette", published="2023-03-07", title="Ferry to sail again")
    with onrecord.open(own_affair) as opened:
        (said,) = list(opened.statements(outlet="Quay Gazette"))
        assert (said.speaker, said.content) == ("Ines Calder", "that the ferry would sail again in June")
        assert said.published == "2023-03-07" and said.title == "Ferry to sail again"
