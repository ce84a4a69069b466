"""Actors in the browser's eyes: the list and its filters, one actor, and what shows who speaks of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from starlette.testclient import TestClient

from onrecord.store import AskedActors, Count, Record, open_record
from onrecord.values import ActorKind


@pytest.fixture()
def record(affair: Path) -> Iterator[Record]:
    with open_record(affair) as opened:
        yield opened


def ids(page: str) -> list[str]:
    """Actors listed on a page."""
    return re.findall(r'<li class="line" id="(a_\w+)"', page)


def one(record: Record, name: str) -> str:
    return next(row.id for row in record.actors(actor=name))


@pytest.mark.parametrize("kind", get_args(ActorKind))
def test_a_facet_says_what_choosing_it_shows(client: TestClient, record: Record, kind: ActorKind) -> None:
    count = record.cast.facets(AskedActors()).kinds.get(kind, 0)
    found = client.get("/actors", params={"kind": kind, "per": 500}).text
    assert len(ids(found)) == count


def test_facets_keep_to_the_other_filters(record: Record) -> None:
    found = record.cast.facets(AskedActors(outlet="Kalinsk Dispatch", kind="person"))
    assert found.outlets["Northern Observer"] > 0  # its own filter does not narrow a facet
    assert found.kinds["person"] == record.actors(outlet="Kalinsk Dispatch", kind="person").count()
    assert sum(found.kinds.values()) == record.actors(outlet="Kalinsk Dispatch").count()


def test_filters_stand_in_the_address_and_in_the_form(client: TestClient) -> None:
    page = client.get("/actors", params={"actor": "maranek", "kind": "person"}).text
    assert "Ilse Maranek" in page and "Lars Quist" not in page
    assert '<option selected>person</option>' in page.replace("\n", "")
    assert "/actors?kind=person" in unescape(page)  # takes the name out


@pytest.mark.parametrize("count", get_args(Count))
def test_counting(client: TestClient, record: Record, count: Count) -> None:
    page = client.get("/actors.json", params={"count": count, "actor": "Okerholt"}).json()
    assert [row["statements"] for row in page] == [row.statements for row in record.actors(actor="Okerholt", count=count)]


def test_pages(client: TestClient) -> None:
    first, second = (ids(client.get("/actors", params={"per": 10, "page": page}).text) for page in (1, 2))
    assert len(first) == len(second) == 10 and not set(first) & set(second)


@pytest.mark.parametrize("query", [{"kind": "planet"}, {"count": "moon"}, {"state": "Atlantis!"}])
def test_bad_filters_are_told(client: TestClient, query: dict[str, str]) -> None:
    answer = client.get("/actors", params=query)
    assert answer.status_code == 400 and 'role="alert"' in answer.text


def test_one_actor_tells_what_it_said_and_where(client: TestClient, record: Record) -> None:
    id = one(record, "Taradov")
    page = unescape(client.get(f"/actor/{id}").text)
    for row in record.statements(actor=id).page(5):
        assert f'href="/report/{row.document}?statement={row.id}#{row.id}"' in page
    office = next(iter(record.cast.offices(id)))
    assert f'href="/report/{office.document}?at={office.start}">“{office.quote}”</a>' in page
    for seen in record.cast.appearances(id):
        assert f'id="{seen.document}"' in page


def test_what_others_said_of_one_is_marked(client: TestClient, record: Record) -> None:
    id = one(record, "Maranek")
    heard = list(record.cast.said_of(id))
    assert heard and all(id not in row.speaker_ids for row in heard)
    page = client.get(f"/actor/{id}").text
    assert "<mark>Prime Minister Ilse Maranek</mark> for two hours" in page


def test_twins_of_one(client: TestClient, record: Record) -> None:
    id = one(record, "Maranek")
    data = client.get(f"/actor/{id}.json").json()
    assert data["actor"]["id"] == id
    assert [row["id"] for row in data["statements"]] == [row.id for row in record.statements(actor=id, order="said")]
    assert {row["id"] for row in data["said_of"]} == {row.id for row in record.cast.said_of(id)}
    assert sum(row["mentions"] for row in data["reports"] if not row["copy_of"]) == data["actor"]["mentions"]
    assert client.get(f"/actor/{id}.csv").text.startswith("id,")


def test_positions_of_one(client: TestClient, record: Record) -> None:
    held = [row for row in record.positions() if row.holder_id]
    assert held
    for row in held:
        page = client.get(f"/actor/{row.holder_id}").text
        assert f'id="{row.id}"' in page and f'href="/actor/{row.target_id}"' in page
        assert f'id="{row.id}"' in client.get(f"/actor/{row.target_id}").text


@pytest.mark.parametrize("path", ["/actor/a_0000000000000000", "/actor/a_", "/actor/nobody", "/network/edge?to=a_00"])
def test_unknown_actors(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "no such actor" in answer.text


def test_every_tie_is_shown_by_as_many_statements(client: TestClient, record: Record) -> None:
    """What the drawing and the table count is what the page behind a tie lists, word for word in the report."""
    ties = list(record.cast.ties())
    assert {one.relation for one in ties} == {"speaks_of", "addresses"}
    texts = {row.id: row.text for row in record.documents()}
    for tie in ties:
        shown = list(record.cast.said_of(tie.target_id, by=tie.actor_id, relations=(tie.relation,)))  # type: ignore[arg-type]
        assert (tie.count, tie.reports) == (len(shown), len({row.document for row in shown})), tie
        marks = record.cast.mentioned_at(tie.target_id, [row.document for row in shown])
        for row in shown:
            assert tie.actor_id in row.speaker_ids
            spans = row.content_spans if tie.relation == "speaks_of" else row.addressee_spans
            inside = [m for m in marks[row.document] if any(a <= m[0] and m[1] <= b for a, b in spans)]
            assert inside and all(texts[row.document][a:b] for a, b in inside)


def test_ties_of_one_and_of_a_kind(record: Record) -> None:
    every = list(record.cast.ties())
    id = one(record, "Strezin")
    assert list(record.cast.ties(actor=id)) == [row for row in every if id in (row.actor_id, row.target_id)]
    both = [row for row in every if row.actor_kind == row.target_kind == "person"]
    assert list(record.cast.ties(kind="person")) == both
    assert list(record.cast.ties(least=2)) == [row for row in every if row.count >= 2]


def test_the_network_is_whole_without_script(client: TestClient, record: Record) -> None:
    """Every tie stands in the table and in the title of an arrow, and both lead to all that shows it."""
    page = unescape(client.get("/network", params={"least": 2}).text)
    drawn = re.findall(r'<a class="tie" href="([^"]+)"><title>([^<]+)</title>', page)
    table = re.findall(r'<td><a href="([^"]+)">Read<span', page)
    assert drawn and sum(title.count("(") - title.count("((") for _, title in drawn) >= len(table) >= len(drawn)
    for goal, title in drawn:
        answer = client.get(goal)
        assert answer.status_code == 200
        number = sum(map(int, re.findall(r"\((\d+) statements?\)", title)))
        assert "/position/" in goal or answer.text.count('<li class="line" id="s_') == number


def test_the_network_around_one(client: TestClient, record: Record) -> None:
    page = client.get("/network", params={"actor": "Quist"}).text
    assert re.search(r'class="node centre" href="/actor/' + one(record, "Quist"), page)
    rows = client.get("/network.json", params={"actor": "Quist"}).json()
    assert rows and all(one(record, "Quist") in (row["actor_id"], row["target_id"]) for row in rows)
    assert "No tie fits" in client.get("/network", params={"actor": "Nobody Inparticular"}).text


def test_relations_of_the_network(client: TestClient, record: Record) -> None:
    for relation in ("speaks_of", "addresses"):
        rows = client.get("/network.json", params={"relation": relation}).json()
        assert {row["relation"] for row in rows} == {relation}
    held = [row.id for row in record.positions() if row.holder_id]
    rows = client.get("/network.json", params={"relation": "positions"}).json()
    assert sorted(row["position"] for row in rows) == sorted(held)


def test_a_stage_name_is_no_markup(client: TestClient, monkeypatch: pytest.MonkeyPatch, record: Record) -> None:
    """What a report calls somebody is text wherever it stands: in lists, titles of lines and boxes."""
    from dataclasses import replace

    from onrecord.store.shown.cast import Cast

    bad = '"><img src=x onerror=alert(1)>'
    row = replace(next(iter(record.actors())), name=bad, aliases=(bad,), offices=(bad,), first_context=bad)
    ties = [replace(tie, actor=bad, target=bad) for tie in record.cast.ties()]
    monkeypatch.setattr(Cast, "one", lambda self, id: row)
    monkeypatch.setattr("onrecord.web.views.network.strongest", lambda *given: ties)
    for path in (f"/actor/{row.id}", "/network", f"/network/edge?to={row.id}"):
        page = client.get(path).text
        assert "<img" not in page and "&lt;img" in page
