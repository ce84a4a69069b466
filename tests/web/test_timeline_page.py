"""The timeline as a page: everything that fits is drawn or listed, and every way to ask stands in the address."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from serving import follow
from starlette.testclient import TestClient

from onrecord.web.views import timeline as view

MARK = re.compile(r'<a class="mark" href="/statement/(s_[0-9a-f]+)"')
COLUMN = re.compile(r'<a class="column" href="([^"]+)" aria-label="[^"]*: (?:(\d+) to )?(\d+)"')
LISTED = re.compile(r'<tr id="(s_[0-9a-f]+)" data-row>')


def page(client: TestClient, address: str, status: int = 200) -> str:
    """The HTML at an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return answer.text


def ids(client: TestClient, address: str) -> list[str]:
    """What the twin lists."""
    return [one["id"] for one in client.get(address).json()]


@pytest.mark.parametrize("lanes", ["speaker", "outlet", "state", "none"])
@pytest.mark.parametrize("by", ["said", "published"])
def test_all_that_may_lie_in_the_time_is_drawn(client: TestClient, lanes: str, by: str) -> None:
    query = f"since=2023-03-01&until=2023-03-20&by={by}"
    html = page(client, f"/timeline?{query}&lanes={lanes}")
    drawn = MARK.findall(html)
    assert len(drawn) == len(set(drawn)) > 20
    assert set(drawn) == set(ids(client, f"/timeline.json?{query}"))


def test_the_list_has_all_with_those_without_a_date_last(client: TestClient) -> None:
    found = []
    for number in range(1, 20):
        html = page(client, f"/timeline?page={number}")
        found += LISTED.findall(html)
        if 'rel="next"' not in html.split('class="pages"')[-1]:
            break
    rows = client.get("/timeline.json").json()
    assert found == [one["id"] for one in rows]
    undated = [one["said_earliest"] is None for one in rows]
    assert undated == sorted(undated) and any(undated)
    assert "Without a date" in page(client, "/timeline")
    without = [one["id"] for one in rows if one["said_earliest"] is None]
    assert ids(client, "/timeline.json?dated=no") == without


def test_those_without_a_date_are_named_when_a_time_is_asked_for(client: TestClient) -> None:
    html = page(client, "/timeline?since=2023-03-08&until=2023-03-09")
    assert "the list leaves them out" in html
    assert 'href="/timeline?dated=no"' in html


def test_filters_hold_for_drawing_and_list(client: TestClient) -> None:
    html = page(client, "/timeline?polarity=denies")
    rows = client.get("/timeline.json?polarity=denies").json()
    assert {one["polarity"] for one in rows} == {"denies"}
    assert set(MARK.findall(html)) <= {one["id"] for one in rows}
    assert LISTED.findall(html) == [one["id"] for one in rows][:50]
    assert '<option value="denies" selected>' in html


def test_the_name_of_an_actor_asked_for_by_id(client: TestClient) -> None:
    actor = client.get("/overview.json").json()["said_most"][0]
    assert f"<h1>Timeline of {actor['name']}</h1>" in page(client, f"/timeline?actor={actor['id']}")


def test_many_are_drawn_as_columns_that_lead_to_what_they_count(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MARKS", 20)
    html = page(client, "/timeline?lanes=none")
    assert not MARK.findall(html)
    columns = COLUMN.findall(html)
    assert len(columns) > 5
    for href, _, perhaps in columns[::4]:
        address = unescape(href).replace("/timeline?", "/timeline.json?")
        assert len(ids(client, address)) == int(perhaps)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("since=soon", "not a date"),
        ("since=2024&until=2023", "later than until"),
        ("lanes=height", "unknown value"),
        ("by=heard", "unknown value"),
        ("polarity=maybe", "unknown value"),
        ("dated=perhaps", "unknown value"),
        ("min_confidence=much", "not a number"),
        ("state=Nowherestan", "not a state"),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, query: str, told: str) -> None:
    assert told in unescape(page(client, f"/timeline?{query}", 400))


@pytest.mark.parametrize(
    "query",
    [
        "since=0001&until=9999",
        "since=9999-12-31",
        "until=0001-01-01",
        "since=2023-03-08&until=2023-03-08",
        "actor=nobody",
        "page=999",
    ],
)
def test_the_ends_of_the_calendar_and_nothing_at_all(client: TestClient, query: str) -> None:
    html = page(client, f"/timeline?{query}")
    assert html.count("<h1>") == 1
    assert not re.search(r' style="| on[a-z]+="', html)


def test_twins(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/timeline.csv?kind=direct").text)))
    assert [one["id"] for one in rows] == ids(client, "/timeline.json?kind=direct")


def test_opens_zooms_by_keys_and_reads_out_a_mark(watched: Callable[..., Any], address: str) -> None:
    seen = watched().page
    seen.goto(f"{address}timeline")
    before = seen.locator("#drawn").inner_text()
    figure = seen.locator("figure[data-zoom]")
    figure.focus()
    with seen.expect_navigation():
        seen.keyboard.press("+")
    closer = seen.locator("#drawn").inner_text()
    assert closer != before
    with seen.expect_navigation():  # the drawing has the focus again
        seen.keyboard.press("ArrowRight")
    assert seen.locator("#drawn").inner_text() != closer
    with seen.expect_navigation():
        seen.keyboard.press("0")
    assert seen.locator("#drawn").inner_text() == before
    mark = seen.locator("a.mark").first
    mark.focus()
    assert seen.locator("[data-told]").inner_text() == mark.get_attribute("aria-label")
    assert mark.get_attribute("href").startswith("/statement/s_")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_and_without_script(watched: Callable[..., Any], address: str, scheme: str) -> None:
    seen = watched(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, color_scheme=scheme
    ).page
    seen.goto(f"{address}timeline")
    box = seen.locator("svg.drawing").first.bounding_box()
    assert box["width"] > 250 and box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert seen.locator("main").bounding_box()["width"] <= 360
    seen.get_by_label("Lanes by").select_option("outlet")
    follow(seen.get_by_role("button", name="Show"))
    assert "lanes=outlet" in seen.url
    follow(seen.get_by_role("link", name="Zoom in"))
    assert "since=" in seen.url and "lanes=outlet" in seen.url
    assert json.dumps(seen.locator("h1").all_inner_texts()) == '["Timeline"]'
