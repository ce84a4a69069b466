"""Decisions through pages: what they do, what is said of them, and how they are taken back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from editing import editing
from starlette.testclient import TestClient

import onrecord
from onrecord.store import ActorRow, locked
from onrecord.store.shown.shown import ShownStatement
from onrecord.web.views.review import around


@pytest.fixture()
def client(own_affair: Path) -> Iterator[TestClient]:
    with editing(own_affair) as made:
        yield made


def actor(path: Path, name: str) -> ActorRow:
    with onrecord.open(path) as opened:
        return next(one for one in opened.actors(all=True) if one.name == name)


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def decide(client: TestClient, verb: str, *targets: str, **more: str) -> str:
    """The page that follows a decision."""
    answer = client.post("/decide", data={"verb": verb, "targets": list(targets), **more})
    assert answer.status_code == 200, plain(answer.text)
    return answer.text


def test_merge_says_what_it_did_and_can_be_undone(client: TestClient, own_affair: Path) -> None:
    """The button that the page then has takes it back; and its button does it again."""
    with onrecord.open(own_affair) as opened:
        one = next(iter(opened.suggestions()))
        before = {row.id for row in opened.actors()}
    page = decide(client, "merge", one.first, one.second, next="/decisions", note="one agency")
    assert "Made one:" in plain(page)
    assert one.first_name in plain(page) and one.second_name in plain(page)
    for undo, now in (("Undo", len(before)), ("Do it again", len(before) - 1)):
        form = re.search(rf'<form[^>]*action="/decide">(?:(?!</form>).)*<button[^>]*>{undo}', page, re.DOTALL)
        assert form
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
        page = client.post("/decide", data=fields).text
        with onrecord.open(own_affair) as opened:
            assert len(list(opened.actors())) == now
    log = plain(client.get("/decisions").text)
    assert "one agency" in log and "3 decisions" in log


def test_an_actor_that_gets_another_id_is_still_gone_to(client: TestClient, own_affair: Path) -> None:
    with onrecord.open(own_affair) as opened:
        one = next(iter(opened.suggestions()))
    for goal in (one.first, one.second):
        data = {"verb": "merge", "targets": [one.first, one.second], "next": f"/actor/{goal}"}
        where = client.post("/decide", data=data, follow_redirects=False).headers["location"]
        found = re.fullmatch(r"/actor/(a_\w+)\?done=(x_\w+)", where)
        assert found
        with onrecord.open(own_affair) as opened:
            assert opened.has("actor", found[1])
        decide(client, "undo", found[2])


def test_rename_and_split(client: TestClient, own_affair: Path) -> None:
    velinova = actor(own_affair, "Darya Velinova")
    decide(client, "rename", velinova.id, value="  D.  <b>Velinova</b> ", next="/decisions")
    assert actor(own_affair, "D. <b>Velinova</b>").id == velinova.id
    page = client.get(f"/split/{velinova.id}")
    documents = re.findall(r'type="checkbox" name="targets" value="(d_\w+)"', page.text)
    with onrecord.open(own_affair) as opened:
        assert set(documents) == {one.document for one in opened.entities() if one.actor_id == velinova.id}
    decide(client, "split", velinova.id, documents[0], next="/decisions")
    with onrecord.open(own_affair) as opened:
        mine = [one for one in opened.entities() if "Velinova" in (one.name or "")]
        assert len({one.actor_id for one in mine}) == 2
        apart = {one.actor_id for one in mine if one.document == documents[0]}
        assert apart.isdisjoint(one.actor_id for one in mine if one.document != documents[0])
    listed = client.get("/decisions").text
    assert "&lt;b&gt;Velinova&lt;/b&gt;" in listed and "D. <b>" not in listed


def test_reject_and_confirm_a_statement(client: TestClient, own_affair: Path) -> None:
    with onrecord.open(own_affair) as opened:
        one, other = (row.id for row, _ in zip(opened.statements(), range(2), strict=False))
    assert "Rejected:" in plain(decide(client, "reject", one, next="/"))
    assert "Confirmed:" in plain(decide(client, "confirm", other, next="/"))
    with onrecord.open(own_affair) as opened:
        rows = {row.id: row for row in opened.statements(all=True)}
        assert rows[one].hidden and rows[other].confirmed


def test_done_is_told_from_the_record_only(client: TestClient) -> None:
    """What an address claims is not said, nor carried on."""
    page = client.get("/decisions", params={"done": "<script>You have won</script>"}).text
    assert "won" not in page and 'class="told"' not in page


def test_merge_page_finds_by_name_and_by_id(client: TestClient, own_affair: Path) -> None:
    velinova, quist = actor(own_affair, "Darya Velinova"), actor(own_affair, "Continental Press Service")
    for wanted in ("press service", quist.id):
        page = client.get(f"/merge/{velinova.id}", params={"find": wanted}).text
        assert f'name="targets" value="{quist.id}"' in page
    assert "No other actor" in client.get(f"/merge/{velinova.id}", params={"find": "Nobody At All"}).text
    assert client.get("/merge/a_0000").status_code == 404


WRONG = (
    ({"verb": "merge", "targets": ["a_nothing", "a_none"]}, "no actor has the id"),
    ({"verb": "destroy", "targets": ["a_1"]}, "nothing is decided by"),
    ({"verb": "merge", "targets": []}, "takes at least two"),
    ({"verb": "rename", "targets": ["a_1"]}, "lacks 'value'"),
    ({"targets": ["a_1"]}, "lacks 'verb'"),
    ({"verb": "undo", "targets": ["x_none"]}, "no decision has the id"),
)


@pytest.mark.parametrize(("data", "told"), WRONG)
def test_what_makes_no_sense_is_told_with_a_way_back(
    client: TestClient, own_affair: Path, data: dict[str, object], told: str
) -> None:
    answer = client.post("/decide", data={**data, "next": "/review?n=3"})
    assert answer.status_code == 400
    assert told in plain(answer.text)
    assert 'href="/review?n=3"' in answer.text
    assert str(own_affair.parent) not in answer.text
    assert "onrecord " not in plain(answer.text).replace("Onrecord 0", "")


def test_while_a_build_writes_nothing_is_decided(client: TestClient, own_affair: Path) -> None:
    """The page says so, with what to do, and is not sent again by itself."""
    with onrecord.open(own_affair) as opened:
        one = next(iter(opened.statements())).id
    with locked(own_affair, command="onrecord build", since="2024-05-01T10:00:00Z"):
        answer = client.post("/decide", data={"verb": "reject", "targets": one, "next": "/decisions"})
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text and "being written" in answer.text
    assert 'http-equiv="refresh"' not in answer.text and 'href="/decisions"' in answer.text
    assert str(own_affair.parent) not in answer.text


@pytest.mark.long
def test_review_goes_from_the_least_sure_on(client: TestClient, own_affair: Path) -> None:
    """Each thing once, in order of confidence; what is decided on leaves, what is undone comes back."""
    with onrecord.open(own_affair) as opened:
        rows = list(opened.review.queue())
        assert [one.confidence for one in rows] == sorted(one.confidence for one in rows)
        shown = {one.id for one in opened.statements()} | {one.id for one in opened.suggestions()}
        assert {one.id for one in rows} == shown and len(rows) == len(shown)
        assert {one.kind for one in opened.review.queue(kind="suggestion")} == {"suggestion"}
        said = {one.id for one in opened.statements(actor="Velinova")}
        assert {one.id for one in opened.review.queue(kind="statement", actor="Velinova")} == said
        assert {one.outlet for one in opened.review.queue(kind="statement", outlet="northern")} == {"Northern Observer"}
        page_of = {one.id: n + 1 for n, one in enumerate(rows)}
    first, second = (one for one in rows if one.kind == "statement" and page_of[one.id] > 3).__next__(), rows[0]
    page = client.get("/review", params={"n": page_of[first.id]}).text
    assert f"{page_of[first.id]} of {len(rows)}" in plain(page)
    assert f'name="targets" value="{first.id}"' in page
    decide(client, "confirm", first.id, next="/review")
    decide(client, "reject", second.id, next="/review")
    with onrecord.open(own_affair) as opened:
        assert {one.id for one in opened.review.queue()} == shown - {first.id, second.id}
        last = list(opened.decisions())[-1].id
    decide(client, "undo", last, next="/review")
    with onrecord.open(own_affair) as opened:
        assert [one.id for one in opened.review.queue()] == [one.id for one in rows if one.id != first.id]
    assert f"/{len(rows)}" not in plain(client.get("/review", params={"n": 10**6}).text)
    assert client.get("/review.json").json()[0]["id"] == rows[0].id
    assert client.get("/review", params={"kind": "nothing"}).status_code == 400


def test_decided_by_the_command(own_affair: Path) -> None:
    """Pages and the command line share one log."""
    with onrecord.open(own_affair) as opened:
        one = next(iter(opened.statements())).id
    made = onrecord.decide(own_affair, "reject", one)
    with editing(own_affair) as client:
        page = client.get("/decisions").text
        assert f'id="{made.id}"' in page and f'value="{made.id}"' in page
        assert client.get("/decisions.json").json()[0]["id"] == made.id


@pytest.mark.parametrize("most", [0, 3, 700])
def test_a_cut_context_keeps_its_marks(own_affair: Path, most: int) -> None:
    with onrecord.open(own_affair) as opened:
        for row, _ in zip(opened.review.queue(kind="statement"), range(20), strict=False):
            shown = opened.show(row.id)
            assert isinstance(shown, ShownStatement)
            found = around(shown, most)
            for layer in ("speaker", "cue", "content"):
                marked = "".join(one.text for one in found if layer in one.layers)
                spans = getattr(shown, f"{layer}_spans")
                assert marked == "".join(shown.context[a:b] for a, b in spans)
            assert "".join(one.text for one in found).strip("… ") in shown.context
