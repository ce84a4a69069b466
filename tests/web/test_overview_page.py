"""The overview: who has never seen the record finds who contradicts whom, and the sentence that shows it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from disputes import AGAINST, CLAIM, DISPUTE, OWN_WORDS, Listed, accounts
from serving import follow
from starlette.testclient import TestClient

from onrecord.store import Record
from onrecord.web.views import overview as view
from onrecord.web.views.accounts import Voice, voice_of


def test_counts_and_ways_on(client: TestClient) -> None:
    html = client.get("/").text
    data = client.get("/overview.json").json()
    assert data["status"]["documents"] == 12
    assert f">{data['status']['statements']}</a>" in html
    for path in ("/accounts", "/timeline", "/statements", "/actors", "/positions", "/reports", "/about"):
        assert f'href="{path}"' in html
    assert 'href="/failures"' in html
    assert "4 reports without a date" in html
    assert html.count("<h1>") == 1


def test_outlets_are_counted_in_one_way(client: TestClient) -> None:
    """Unknown ones too, on the overview and on About, and both say how."""
    status = client.get("/overview.json").json()["status"]
    unknown = status["outlets"][""]
    assert unknown and status["sources"] > len(status["outlets"]) - 1
    overview, about = client.get("/").text, client.get("/about").text
    assert f'<dt>Outlets</dt><dd><a href="#outlets">{status["sources"]}</a></dd>' in overview
    assert f"by {status['sources']} outlets" in about
    for page in (overview, about):
        assert f"The outlet of {unknown} reports is not known" in page
    assert f"Not known: {unknown}" in client.get("/reports").text


def test_reports_by_outlet_and_day_are_drawn_and_a_table(client: TestClient) -> None:
    html = client.get("/").text
    rows = list(csv.DictReader(io.StringIO(client.get("/overview.csv").text)))
    assert sum(int(one["reports"]) for one in rows) == 12
    dated = [one for one in rows if one["first"]]
    assert sum(int(one["reports"]) for one in dated) == 8
    for one in dated:
        assert f'<a href="/reports?since={one["first"]}&amp;until={one["last"]}">' in html
    assert "Northern Observer" in html.split("<svg", 1)[1]


@pytest.mark.parametrize(
    ("judge", "told"), [("", "has not been compared"), ("stub", "No statement in here is shown to contradict")]
)
def test_without_a_dispute_it_shows_who_denies_what(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, judge: str, told: str
) -> None:
    monkeypatch.setattr(Record, "status", many(0, judge))
    assert told in client.get("/").text
    denials = client.get("/timeline.json?polarity=denies").json()
    shown = client.get("/overview.json").json()["denials"]
    assert shown and {one["id"] for one in shown} <= {one["id"] for one in denials}
    for one in shown:
        address = f"/report/{one['document']}?statement={one['id']}#{one['id']}"
        assert f'href="{address}"' in client.get("/").text


def test_positions_in_short(client: TestClient) -> None:
    html = client.get("/").text
    listed = {one["id"]: one for one in client.get("/positions.json").json()}
    shown = client.get("/overview.json").json()["positions"]
    assert len(shown) == min(len(listed), view._POSITIONS) > 0
    for one in shown:
        assert one == {name: listed[one["id"]][name] for name in one}
        assert f'href="/position/{one["id"]}"' in html


_STATUS = Record.status


def many(count: int, judge: str = "stub") -> Callable[..., Any]:
    """``Record.status`` of a record with so many disputes."""
    return lambda record, **given: replace(_STATUS(record, **given), disputed=count, judge=judge)


@pytest.fixture()
def disputed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record has a dispute."""
    monkeypatch.setattr(Record, "status", many(1))
    monkeypatch.setattr(Record, "accounts", accounts)


@pytest.mark.usefixtures("disputed")
def test_both_sides_with_the_sentences_that_show_it(client: TestClient) -> None:
    html = client.get("/").text
    assert "<b>Tam Reddick</b> denies" in html and "<b>Orla Venn</b> says" in html
    assert '<a href="/account/acc_1">Orla Venn against Tam Reddick</a>' in html
    assert CLAIM.text in html
    assert "had crossed &lt;b&gt;any&lt;/b&gt; line" in html and "<b>any" not in html
    assert f'href="/report/{AGAINST.document}?statement={AGAINST.id}#{AGAINST.id}"' in html
    assert [one["id"] for one in client.get("/overview.json").json()["disputes"]] == ["acc_1"]


def test_a_report_in_its_own_words_speaks_for_its_outlet() -> None:
    without = replace(OWN_WORDS, outlet=None)
    told = {OWN_WORDS: "Inland Courier", without: CLAIM.title, replace(without, title=None): "one.txt"}
    for member, name in told.items():
        assert member.voice == name
        assert voice_of(member) == Voice(name, None, True, member.reasons)
    assert voice_of(CLAIM) == Voice("Orla Venn", CLAIM.speaker_id, False, ())
    assert len(replace(without, title="A very long headline " * 9).voice) <= 60


def test_who_contradicts_is_somebody_else_where_there_is_somebody() -> None:
    himself = replace(AGAINST, n=1, speaker=CLAIM.speaker, confidence=0.99)
    other = replace(AGAINST, n=2, confidence=0.5)
    (found,) = view.paired([replace(DISPUTE, members=(CLAIM, himself, other))])
    assert found.against is other
    (alone,) = view.paired([replace(DISPUTE, members=(CLAIM,))])
    assert alone.against is None
    assert view.paired([replace(DISPUTE, members=())]) == []


@pytest.mark.parametrize(
    ("count", "told"), [(view._DISPUTES, None), (view._DISPUTES + 1, f"All {view._DISPUTES + 1} disputes")]
)
def test_more_disputes_are_a_click_away(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, count: int, told: str | None
) -> None:
    rows = Listed([replace(DISPUTE, id=f"acc_{n}") for n in range(count)])
    monkeypatch.setattr(Record, "status", many(count))
    monkeypatch.setattr(Record, "accounts", lambda record, kind=None: rows)
    html = client.get("/").text
    assert html.count('class="card dispute"') == view._DISPUTES
    assert (told in html) if told else ("All 4 disputes" not in html)


@pytest.mark.usefixtures("disputed")
@pytest.mark.parametrize("width", [360, 1600])
def test_the_dispute_is_seen_without_scrolling_sideways(
    watched: Callable[..., Any], affair: Path, serve: Callable[..., str], width: int
) -> None:
    seen = watched(viewport={"width": width, "height": 900}, java_script_enabled=False).page
    seen.goto(serve(affair))
    link = seen.get_by_role("link", name="Orla Venn against Tam Reddick")
    box = link.bounding_box()
    assert box["y"] < 900 and box["x"] + box["width"] <= width
    assert seen.locator("main").bounding_box()["width"] <= width
    assert link.get_attribute("href") == "/account/acc_1"


def test_a_newcomer_finds_who_contradicts_whom_by_clicking_only(
    watched: Callable[..., Any], address: str
) -> None:
    """Overview, dispute, both sides, and the sentence in its report: three clicks."""
    seen = watched(java_script_enabled=False).page
    seen.goto(address)
    card = seen.locator(".dispute").first
    words = card.locator(".against blockquote").inner_text().strip()
    against = card.locator(".against b").inner_text()
    follow(card.locator("h3 a"))
    assert against in seen.locator("main").inner_text() and words in seen.locator("main").inner_text()
    seen.go_back()
    follow(seen.locator(".dispute .against blockquote a").first)
    assert seen.url.startswith(f"{address}report/d_")
    assert words in seen.locator("main").inner_text()
