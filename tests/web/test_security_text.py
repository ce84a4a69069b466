"""Nothing of a report is ever more than text: every vector in every place, in every page and its twins."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hostile
import invented
import pytest
from serving import Serve, client_of
from starlette.testclient import TestClient

from onrecord.export.files import decode_cell
from onrecord.web import guard
from onrecord.web.views import VIEWS
from onrecord.web.views.reader import outside

VECTORS = [vector for _, vector in hostile.vectors()]
FIRST = [vector for kind, vector in hostile.vectors() if kind in ("address", "break", "formula")]
# Told before anything else of a page runs. What a vector would do shows in ``ran``.
SPY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...given) => { window.ran.push(name + " " + given); };
}
addEventListener("securitypolicyviolation", (one) => window.ran.push(one.violatedDirective + " " + one.blockedURI), true);
addEventListener("submit", (one) => { one.preventDefault(); window.ran.push("submit"); }, true);
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A record with a report for each vector that does its work at the beginning of a value."""
    reports = [hostile.report(vector, number) for number, vector in enumerate(FIRST)]
    path = invented.record_of(tmp_path_factory.mktemp("alone") / "alone.duckdb", reports)
    with client_of(path) as made:
        yield made


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a few reports, each with many vectors at once."""
    path = tmp_path_factory.mktemp("packed") / "packed.duckdb"
    reports = [hostile.report(vector, number) for number, vector in enumerate(hostile.packed())]
    return invented.record_of(path, reports, name=hostile.FILE, empty=hostile.EMPTY)


def test_there_are_vectors_of_every_kind() -> None:
    kinds = {kind for kind, _ in hostile.vectors()}
    assert len(VECTORS) >= 80 and len(set(VECTORS)) == len(VECTORS)
    assert kinds == {
        "script", "break", "handler", "svg", "math", "frame", "address", "template", "style", "head", "form",
        "entity", "encoding", "text", "formula",
    }  # fmt: skip


def test_a_page_that_lets_a_vector_through_is_found_out() -> None:
    """The measure itself: it finds something wrong with each kind of what must not be there."""
    told = [hostile.faults(f"<main>{vector}</main>") for kind, vector in hostile.vectors() if kind in _LOUD]
    assert all(told)
    assert hostile.faults('<a href="javascript:alert(1)">x</a><img src=x>') != []
    assert hostile.faults('<a href="/report/d_1?at=3#at">x</a><p class="text">x</p>') == []


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LOUD = frozenset(["script", "handler", "svg", "math", "frame", "style", "head"])


def test_a_vector_that_begins_a_value_is_nothing_but_text(alone: TestClient) -> None:
    rows = {row["title"]: row["id"] for row in json.loads(alone.get("/reports.json").content)}
    assert len(rows) == len(FIRST)
    for vector in FIRST:
        answer = alone.get(f"/report/{rows[vector]}?show=statements,mentions,times&dropped=1")
        assert answer.status_code == 200, vector
        assert hostile.faults(answer.text) == [], vector
        # In the head of the page and in its title, in the text and in the cards.
        assert hostile.text_of(answer.text).count(hostile.seen(vector)) >= 4, vector


@pytest.mark.long
def test_every_page_is_sound_and_the_record_is_left_as_it_was(packed: Path) -> None:
    """As who may edit meets them: with all forms."""
    before = hashlib.sha256(packed.read_bytes()).hexdigest()
    reached, met, wrong = [], set(), []
    key = guard.Key()
    with client_of(packed, key) as client:
        client.get("/", params={"key": key.text})
        for address, status, answer in hostile.crawl(client, most=3):
            found = hostile.faults(answer)
            if status != 200 or found:
                wrong.append((address, status, found[:3]))
                continue
            if address.startswith("/report/"):
                for vector in _of_page(answer):
                    # In the head of the page, in the text and in the cards.
                    assert hostile.text_of(answer).count(hostile.seen(vector)) >= 4, vector
                    met.add(vector)
            reached.append(urlsplit(address).path.split("/")[1])
    assert wrong == []
    assert {view.path.split("/")[1] for view in VIEWS if view.menu} <= set(reached)
    assert met == set(VECTORS)
    assert hashlib.sha256(packed.read_bytes()).hexdigest() == before


def test_twins_say_what_was_written_and_compute_nothing(packed: Path) -> None:
    with client_of(packed) as client:
        rows = json.loads(client.get("/reports.json").content)
        pages = {"/reports", "/failures", "/about", *(f"/report/{row['id']}" for row in rows)}
        for path in sorted(pages):
            told = client.get(f"{path}.json")
            assert told.headers["content-type"] == "application/json; charset=utf-8"
            json.loads(told.content)
            table = client.get(f"{path}.csv")
            assert table.headers["content-type"].startswith("text/csv")
            cells = [cell for line in csv.reader(io.StringIO(table.content.decode(), newline="")) for cell in line]
            assert not [cell for cell in cells if cell[:1] in _FORMULA], path
        texts = " ".join(json.loads(client.get(f"/report/{row['id']}.json").content)["document"]["text"] for row in rows)
    for vector in VECTORS:
        assert hostile.kept(vector) in texts


def test_a_cell_that_begins_like_a_formula_is_text(alone: TestClient) -> None:
    table = alone.get("/reports.csv").content.decode()
    cells = [cell for line in csv.reader(io.StringIO(table, newline="")) for cell in line]
    assert not [cell for cell in cells if cell[:1] in _FORMULA]
    assert {vector for vector in FIRST if vector[0] in _FORMULA} <= {decode_cell(cell) for cell in cells if cell[:1] == "'"}


def test_errors_repeat_what_was_asked_as_text_only(packed: Path) -> None:
    with client_of(packed) as client:
        id = json.loads(client.get("/reports.json").content)[0]["id"]
        for pack in hostile.packed():
            whole = hostile.kept(pack)
            for path, name in (("/reports", "since"), ("/reports", "page"), (f"/report/{id}", "show"),
                               (f"/report/{id}", "statement"), ("/report/d_0", "at")):  # fmt: skip
                answer = client.get(path, params={name: whole})
                assert answer.status_code in (400, 404), answer.text
                assert hostile.faults(answer.text) == []
            answer = client.get("/reports", params={"outlet": whole})
            assert answer.status_code == 200 and hostile.faults(answer.text) == []


def _of_page(answer: str) -> list[str]:
    """The vectors of the report that a page shows."""
    text = hostile.text_of(answer)
    (pack,) = [one for one in hostile.packed() if text.startswith(hostile.seen(one))]
    at = hostile.packed().index(pack)
    size = -(-len(VECTORS) // len(hostile.packed()))
    return VECTORS[at * size : (at + 1) * size]


def test_only_addresses_of_the_web_become_links() -> None:
    for vector in VECTORS:
        goal = outside(vector)
        assert goal is None or (goal == vector and vector.startswith("https://example.org")), vector
    assert outside("https://example.org/a?b=1") == "https://example.org/a?b=1"


def test_in_a_browser_nothing_runs_nothing_loads_and_all_is_text(
    packed: Path, serve: Serve, watched: Callable[..., Any]
) -> None:
    """Every page that can be reached from the menu, as a browser takes it."""
    given = serve(packed, edit=True)
    base = given.partition("/?")[0]
    page = watched().page
    page.goto(given)
    requests: list[str] = []
    dialogs: list[str] = []
    page.add_init_script(SPY)
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    page.on("request", lambda one: requests.append(one.url))
    waiting, met, reports = ["/"], {"/"}, 0
    counts: dict[tuple[str, ...], int] = {}
    while waiting:
        address = waiting.pop(0)
        assert page.goto(base + address).status == 200, address
        state = page.evaluate(
            "({ran: window.ran, flag: typeof window.pwned, text: document.body.textContent,"
            " frames: window.frames.length, cookie: document.cookie, at: location.pathname + location.search,"
            " strange: document.querySelectorAll('iframe,object,embed,style,base,img,video,audio,math').length})"
        )
        assert state["ran"] == [] and state["flag"] == "undefined", address
        assert state["frames"] == 0 and state["strange"] == 0 and state["cookie"] == "", address
        assert state["at"] == address, "something led elsewhere"
        if urlsplit(address).path.startswith("/report/"):
            reports += 1
            title = hostile.seen(page.evaluate("document.querySelector('title').textContent"))
            (pack,) = [one for one in hostile.packed() if title.startswith(hostile.seen(one))]
            assert hostile.seen(state["text"]).count(hostile.seen(pack)) >= 4, address
        for goal in hostile.links(page.content()):
            if goal not in met and hostile.counted(goal, counts) <= 1:
                met.add(goal)
                waiting.append(goal)
    assert reports >= len(hostile.packed())
    assert dialogs == []
    assert {url for url in requests if not url.startswith(base + "/")} == set()
