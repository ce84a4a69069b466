"""Positions are asked for in one way: the command, the page and its twins find the same by the same words."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import client_of
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from held_reports import held_record
from running import run

from onrecord import decide
from onrecord.store import open_record
from onrecord.web.views.positions import FILTERS


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of seven positions."""
    return held_record(tmp_path_factory.mktemp("held") / "a.duckdb")


@pytest.fixture(scope="module")
def reader(held: Path) -> Iterator[TestClient]:
    with client_of(held) as made:
        yield made


CASES: tuple[tuple[dict[str, str], int], ...] = (
    ({}, 7),
    ({"actor": "chile"}, 3),  # who holds it, or whom it is towards
    ({"holder": "Chile"}, 2),
    ({"target": "Chile"}, 1),
    ({"actor": "Chil"}, 0),  # names are met in whole words
    ({"target": "Soto"}, 4),
    ({"target": "soltau", "holder": "CHILE"}, 1),
    ({"state": "Bolivia"}, 2),
    ({"relation": "recognizes"}, 2),
    ({"status": "claimed"}, 1),
    ({"since": "2020"}, 1),
    ({"until": "2019-02-01", "relation": "recognizes"}, 2),
    ({"min_confidence": "0.99"}, 0),
    ({"outlet": "nobody"}, 0),
)


@pytest.mark.parametrize(("asked", "count"), CASES, ids=str)
def test_all_who_ask_find_the_same(held: Path, reader: TestClient, asked: dict[str, str], count: int) -> None:
    options = [part for name, value in asked.items() for part in (f"--{name.replace('_', '-')}", value)]
    listed = [row["id"] for row in run("positions", held, "--json", *options).json()]
    page = reader.get("/positions", params=asked)
    assert page.status_code == 200, page.text
    shown = re.findall(r'<li id="([^"]+)" data-row', page.text)
    assert len(shown) == count and sorted(shown) == sorted(listed)
    assert [row["id"] for row in reader.get("/positions.json", params=asked).json()] == shown
    table = io.StringIO(reader.get("/positions.csv", params=asked).text, newline="")
    assert [row["id"] for row in csv.DictReader(table)] == shown
    for name in asked:
        assert f"{name.replace('_', ' ')}: " in page.text  # told, and to be taken out


def test_the_page_takes_every_filter_of_the_command() -> None:
    told = run("positions", "--help").out
    options = {name.replace("-", "_") for name in re.findall(r"^ +--([a-z-]+)", told, re.MULTILINE)}
    output = {"all", "json", "jsonl", "csv", "tsv", "columns", "limit", "output", "help"}
    assert options - output == set(FILTERS)


def test_few_are_shown_at_a_time_and_all_are_in_the_twins(reader: TestClient) -> None:
    pages = [
        re.findall(r'<li id="([^"]+)" data-row', reader.get(f"/positions?per=3&page={n}").text) for n in (1, 2, 3)
    ]
    assert [len(one) for one in pages] == [3, 3, 1]
    assert [row["id"] for row in reader.get("/positions.json?per=3").json()] == [id for one in pages for id in one]


def test_an_actor_leads_to_its_positions(held: Path, reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few stand on its page, with how many there are; JSON has all of them."""
    monkeypatch.setattr("onrecord.web.views.actors._FEW", 1)
    with open_record(held) as record:
        chile = next(row.holder_id for row in record.positions(holder="Chile"))
        both = [*record.positions(holder="Chile"), *record.positions(target="Chile")]
    page = reader.get(f"/actor/{chile}").text
    assert f'<a href="/positions?holder={chile}">All 2 positions</a>' in page
    assert f"/positions?target={chile}" not in page  # there is one, and it is shown
    assert [row["id"] for row in reader.get(f"/actor/{chile}.json").json()["positions"]] == [one.id for one in both]


@pytest.mark.long
def test_a_position_of_a_rejected_actor_is_told_as_such(tmp_path: Path) -> None:
    path = held_record(tmp_path / "a.duckdb")
    with open_record(path) as record:
        row = next(iter(record.positions(holder="Peru")))
    made = decide(path, "reject", row.target_id)
    with client_of(path) as client:
        assert row.id not in client.get("/positions").text
        assert row.id in client.get("/positions?all=1").text
        assert f"rejected by {made.id}" in client.get(f"/position/{row.id}").text
