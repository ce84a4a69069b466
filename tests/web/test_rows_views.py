"""Positions, reports, stories, copies, failures and what is said about the record."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from invented_positions import POSITIONS
from serving import client_of
from starlette.testclient import TestClient

from onrecord.building import BuildSettings, build
from onrecord.store import PositionRow, Record
from onrecord.store.listing.actors import PositionChoices
from onrecord.web.ask import Some
from onrecord.web.views import overview as about_view
from onrecord.web.views.overview import parts


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.fixture()
def held(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Somebody who looks at invented positions."""
    monkeypatch.setattr(Record, "positions", lambda self, **given: Some(PositionRow, POSITIONS))
    monkeypatch.setattr(Record, "positions_of", lambda self, ids: {row.id: row for row in POSITIONS if row.id in ids})
    return client


def positions_of(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return re.findall(r'<li id="([^"]+)" data-row', answer.text)


def test_positions_read_as_sentences(held: TestClient) -> None:
    page = plain(held.get("/positions").text)
    assert "Ostrava OST recognizes Council" in page
    assert "12 others, not named, recognize Council" in page
    assert "Belmar does not recognize Council Disputed" in page
    assert "Who recognizes Council" in page


def test_a_change_of_position_leads_both_ways(held: TestClient) -> None:
    page = held.get("/positions").text
    later, before = page.index("Later, from"), page.index("Before, until")
    assert 'href="/position/p_0000000000000003"' in page[later : later + 200]
    assert 'href="/position/p_0000000000000004"' in page[before : before + 200]


@pytest.mark.parametrize("query", ["relation=loves", "status=unsure"])
def test_unknown_relation_or_status_is_told(held: TestClient, query: str) -> None:
    assert held.get(f"/positions?{query}").status_code == 400


def test_a_position_shows_each_sentence_and_who_says_so(held: TestClient) -> None:
    page = held.get("/position/p_0000000000000001").text
    sentences = [plain(one) for one in re.findall(r'<blockquote class="said">(.*?)</blockquote>', page, re.DOTALL)]
    assert sentences == [row.sentence for row in POSITIONS[0].seen]
    assert "told by Mira Sole, who speaks for the holder" in plain(page)
    assert "told by the report itself" in plain(page)
    assert '<span class="hl hl-cue ">recognizes</span>' in page
    assert "/report/d_1111111111111111?statement=s_2222222222222222&amp;at=100#s_2222222222222222" in page
    assert "/report/d_1111111111111111?at=100" in page


def test_what_stands_in_a_sentence_is_text(held: TestClient) -> None:
    page = held.get("/position/p_0000000000000003").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_twins_of_a_position(held: TestClient) -> None:
    row = held.get("/position/p_0000000000000001.json").json()
    assert [one["id"] for one in row["seen"]] == ["e_1", "e_2"]
    assert held.get("/position/p_0000000000000001.csv").text.count("p_0000000000000001") == 2


def test_unknown_position_is_not_found(held: TestClient) -> None:
    answer = held.get("/position/p_9999999999999999")
    assert (answer.status_code, "no such position" in answer.text) == (404, True)


def test_a_record_without_positions_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Record, "positions", lambda self, **given: Some(PositionRow, ()))
    monkeypatch.setattr(Record, "position_choices", lambda self: PositionChoices((), ()))
    assert "No report in this record tells of a position." in client.get("/positions").text


def test_positions_of_the_affair_open(client: TestClient) -> None:
    """Those that the example affair has, on the page and one by one."""
    ids = positions_of(client.get("/positions"))
    assert ids
    for id in ids:
        assert client.get(f"/position/{id}").status_code == 200


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    found = re.findall(r'<th scope="row"><a href="/report/[^"]*">(.*?)</a>', answer.text, re.DOTALL)
    return [html.unescape(one) for one in found]


def test_reports_are_found_by_words_of_the_title(client: TestClient) -> None:
    every, some = titles(client.get("/reports")), titles(client.get("/reports?title=KESTREL"))
    assert some == [one for one in every if "kestrel" in one.lower()]
    assert 0 < len(some) < len(every)


def test_outlets_of_reports_lead_to_their_reports(client: TestClient) -> None:
    page = client.get("/reports").text
    facet = page[page.index("<h2>Outlet</h2>") : page.index("</section>")]
    links = re.findall(r'<a href="([^"]*)"><span>(.*?)</span> <span class="number">(\d+)</span>', facet)
    assert links
    for url, _, number in links:
        assert len(titles(client.get(html.unescape(url)))) == int(number)
        assert 'aria-current="true"' in client.get(html.unescape(url)).text


def test_a_copy_names_what_it_is_of(client: TestClient) -> None:
    rows = client.get("/reports.json").json()
    copy = next(row for row in rows if row["duplicate_of"])
    page = client.get("/reports").text
    line = page[page.index(f'<tr id="{copy["id"]}"') :].split("</tr>")[0]
    assert f'href="/report/{copy["duplicate_of"]}"' in line
    assert "the very same text" in line
    pair = client.get(f"/copies?document={copy['id']}").text
    assert f'href="/report/{copy["id"]}"' in pair
    assert f'href="/report/{copy["duplicate_of"]}"' in pair


def test_copies_show_their_passages(client: TestClient) -> None:
    rows = client.get("/copies.json").json()
    page = client.get("/copies").text
    assert rows
    for row in rows:
        for side in ("first", "second"):
            assert f'/report/{row[side]}?at={row[f"{side}_spans"][0][0]}"' in page
        shown = [plain(one) for one in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)]
        assert " ".join(row["first_pieces"][0].split()) in shown
    assert client.get("/copies?kind=quote").status_code == 200
    assert client.get("/copies?kind=forged").status_code == 400


def test_stories_and_their_reports(client: TestClient) -> None:
    rows = client.get("/stories.json?all=1").json()
    assert rows
    page = client.get("/stories?all=1").text
    for row in rows:
        assert f'href="/story/{row["id"]}"' in page
        one = client.get(f"/story/{row['id']}").text
        assert re.findall(r'<tr id="(d_[0-9a-f]+)"', one) == row["documents"]
    shown = client.get(f"/story/{rows[0]['id']}.json").json()
    assert shown["story"]["id"] == rows[0]["id"]


@pytest.mark.parametrize("id", ["y_0000000000000000", "d_1", "y_", "s_0000000000000000"])
def test_unknown_story_is_not_found(client: TestClient, id: str) -> None:
    answer = client.get(f"/story/{id}")
    assert (answer.status_code, "no such story" in answer.text) == (404, True)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, TestClient]]:
    """A record with a space in its name, of a report and an empty file whose name is an attack."""
    folder = tmp_path_factory.mktemp("bad reports")
    (folder / "<img src=x onerror=alert(1)>.txt").write_bytes(b"")
    (folder / "good.txt").write_text("The harbour is closed, the mayor said.")
    path = folder / "bad record.duckdb"
    build(path, [str(folder)], settings=BuildSettings(workers=0))
    with client_of(path) as made:
        yield path, made


def test_a_damaged_record_tells_nobody_its_folder(tmp_path: Path) -> None:
    """The page says that it is damaged and what to do, with the record's name alone."""
    path = tmp_path / "of ada" / "bad.duckdb"
    path.parent.mkdir()
    path.write_bytes(bytes(8) + b"DUCK" + bytes(20_000))
    with client_of(path) as made:
        for address in ("/", "/statements.json"):
            answer = made.get(address)
            words = html.unescape(answer.text)
            assert answer.status_code == 500
            assert "bad.duckdb is damaged" in words and "bad-new.duckdb" in words
            assert "ada" not in words


def test_failures_say_what_to_do(failing: tuple[Path, TestClient]) -> None:
    path, client = failing
    page = client.get("/failures").text
    row = client.get("/failures.json").json()[0]
    assert row["reason"] in plain(page)
    assert row["hint"] in plain(page)
    assert row["path"] in html.unescape(page)
    assert f"onrecord failures '{path.name}' --retry" in html.unescape(page)
    assert str(path.parent) not in html.unescape(page) + str(client.get("/failures.json").json())
    assert "<img" not in page


def test_nothing_that_failed(client: TestClient) -> None:
    assert "Everything that was given could be read." in client.get("/failures").text


def test_about_tells_runs_settings_and_licences(client: TestClient) -> None:
    markup = client.get("/about").text
    page = plain(markup)
    row = client.get("/about.json").json()[0]
    assert row["started"] in page
    settings = json.loads(row["settings"])
    assert f"<code>tuning.memory</code></dt><dd>{settings['tuning']['memory']}</dd>" in markup
    assert "<code>workers</code></dt><dd>0</dd>" in markup
    assert "never what is true" in page
    for part in parts():
        assert part.name in page
        assert part.licence in page


def test_parts_are_what_is_installed() -> None:
    found = {part.name: part for part in parts()}
    assert {"duckdb", "click", "numpy"} <= set(found)
    assert all(part.version and part.licence for part in found.values())
    assert "pytest" not in found  # only what is needed to run


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ('{"a": {"b": null, "c": [1]}, "d": true}', [("a.b", "none"), ("a.c", "[1]"), ("d", "yes")]),
        ("{}", [("", "none")]),
        ("not json", [("settings", "not json")]),
    ],
)
def test_settings_are_told_flat(text: str, settings: list[tuple[str, str]]) -> None:
    assert list(about_view._settings(text)) == settings
