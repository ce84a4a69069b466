"""Statements in the app: facets, search, order, pages, and the page of one."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.store import StatementRow
from onrecord.web.drawing import aligned
from onrecord.web.views.statements import _nested

ROWS = re.compile(r'<li id="(s_[0-9a-f]{16})" data-row')
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def ids(answer: Any) -> list[str]:
    """The statements of a page, in order."""
    assert answer.status_code == 200, answer.text
    return ROWS.findall(answer.text)


def rows(client: TestClient, query: str) -> list[dict[str, Any]]:
    """All rows of the JSON twin."""
    found: list[dict[str, Any]] = client.get(f"/statements.json?{query}").json()
    return found


def plain(markup: str) -> str:
    """Markup without its tags, white space made even."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("kind=direct", lambda row: row["kind"] == "direct"),
        ("polarity=denies", lambda row: row["polarity"] == "denies"),
        ("min_confidence=0.9", lambda row: row["confidence"] >= 0.9),
        ("outlet=northern", lambda row: "Northern" in (row["outlet"] or "")),
        ("text=vessel", lambda row: "vessel" in row["content"].lower()),
        ("since=2023-03-09&by=published", lambda row: (row["published_latest"] or "") >= "2023-03-09"),
        ("speaker=admiral", lambda row: "admiral" in row["speaker_text"].lower()),
    ],
)
def test_filters_leave_what_fits(client: TestClient, query: str, fits: Any) -> None:
    """The page and its twin have the same rows, in one order, and all fit."""
    found = rows(client, query)
    assert found
    assert all(map(fits, found))
    assert ids(client.get(f"/statements?{query}&per=500")) == [row["id"] for row in found]


def test_facets_lead_to_as_many_as_they_say(client: TestClient) -> None:
    """Every value of every facet: following it gives the number beside it."""
    page = client.get("/statements").text
    facets = re.findall(r'<section class="facet">.*?</section>', page, re.DOTALL)
    assert len(facets) >= 5
    for facet in facets:
        url, words = _LINK.findall(facet)[0]
        name, number = plain(words).rsplit(" ", 1)
        assert len(ids(client.get(html.unescape(url) + "&per=500"))) == int(number.replace(",", "")), name


def test_a_facet_in_force_takes_itself_out(client: TestClient) -> None:
    page = client.get("/statements?kind=direct&polarity=asserts").text
    chosen = re.findall(r'<a href="([^"]*)" aria-current="true">', page)
    assert "/statements?polarity=asserts" in map(html.unescape, chosen)
    assert "/statements?kind=direct" in map(html.unescape, chosen)
    assert "mixed" in page  # what else there is stays in sight


def test_an_actor_is_filtered_by_its_id_and_called_by_its_name(client: TestClient) -> None:
    row = next(row for row in rows(client, "") if row["speaker"] and len(row["speaker_ids"]) == 1)
    page = client.get(f"/statements?actor={row['speaker_ids'][0]}").text
    assert f"speaker: {row['speaker']}" in html.unescape(page)


def test_words_searched_for_are_marked(client: TestClient) -> None:
    page = client.get("/statements", params={"text": "VESSEL"}).text
    assert set(re.findall(r"<mark>(.*?)</mark>", page)) == {"vessel"}


def test_a_phrase_is_searched_as_such(client: TestClient) -> None:
    some = rows(client, "text=sea+temperatures")
    assert rows(client, "text=%22sea+temperatures%22") == some
    assert some
    assert rows(client, "text=%22temperatures+sea%22") == []
    assert rows(client, "text=temperatur*")
    assert rows(client, "text=temperatur") == []


def test_order(client: TestClient) -> None:
    sure = [row["confidence"] for row in rows(client, "order=confidence")]
    assert sure == sorted(sure, reverse=True)
    said = [row["said_earliest"] for row in rows(client, "order=said") if row["said_earliest"]]
    assert said == sorted(said)


def test_pages_go_through_all(client: TestClient) -> None:
    every = [row["id"] for row in rows(client, "")]
    pages = [every[at : at + 40] for at in range(0, len(every), 40)]
    for number, some in enumerate(pages, 1):
        assert ids(client.get(f"/statements?per=40&page={number}")) == some
    assert ids(client.get("/statements?per=40&page=99")) == pages[-1]  # past the end: the last one


def test_hidden_ones_are_counted_and_shown_on_demand(client: TestClient) -> None:
    shown, all = rows(client, ""), rows(client, "all=1")
    page = client.get("/statements").text
    assert f">{len(all) - len(shown)} more</a>" in page
    assert "<span class=\"badge\">duplicate</span>" in client.get("/statements?all=1&per=500").text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("text=%21%21", "nothing to search for"), ("kind=odd", "odd"), ("polarity=maybe", "maybe"),
        ("since=soon", "not a date"), ("state=Atlantis", "not a state"), ("min_confidence=much", "not a number"),
        ("order=shuffled", "shuffled"), ("by=nobody", "nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(client: TestClient, query: str, says: str) -> None:
    answer = client.get(f"/statements?{query}")
    assert answer.status_code == 400
    assert says in answer.text


def test_each_row_leads_on(client: TestClient) -> None:
    """To its speaker, its own page and its place in the report."""
    page = client.get("/statements?text=vessel").text
    first = ROWS.findall(page)[0]
    row = next(row for row in rows(client, "text=vessel") if row["id"] == first)
    assert f'href="/statement/{first}"' in page
    assert f'href="/report/{row["document"]}?statement={first}#{first}"' in page
    assert f'href="/actor/{row["speaker_ids"][0]}"' in page
    for address in (f"/statement/{first}", f"/report/{row['document']}?statement={first}"):
        assert client.get(address).status_code == 200


def test_page_of_one_shows_its_words_in_their_paragraph(client: TestClient, affair: Path) -> None:
    """Put together, what is highlighted as each part is that part of the row, in every statement."""
    with onrecord.open(affair) as record:
        some = list(record.statements(all=True))
    for row in some[:: max(1, len(some) // 25)]:
        page = client.get(f"/statement/{row.id}").text
        passage = re.search(r'<p class="passage">(.*?)</p>', page, re.DOTALL)
        assert passage
        for part, spans in (("speaker", row.speaker_spans), ("cue", row.cue_spans), ("content", row.content_spans)):
            found = re.findall(rf'<span class="[^"]*hl-{part}[^"]*">([^<]*)</span>', passage[1])
            assert sum(len(html.unescape(one)) for one in found) == sum(end - start for start, end in spans)


def test_page_of_one_says_why(client: TestClient) -> None:
    row = next(row for row in rows(client, "polarity=declines") if row["speaker_ids"])
    page = client.get(f"/statement/{row['id']}").text
    table = page[page.index("<h2>Why</h2>") :]
    assert f'<a href="/actor/{row["speaker_ids"][0]}">' in table
    assert "declines" in plain(table)
    assert row["said_basis"] in plain(table)
    assert re.search(rf'href="/report/{row["document"]}\?at=\d+"', table)


def test_twins_of_one(client: TestClient) -> None:
    """JSON is all that is shown, CSV is its row."""
    id = rows(client, "")[0]["id"]
    shown = client.get(f"/statement/{id}.json").json()
    assert shown["statement"]["id"] == id
    assert {"context", "why", "tree", "also", "decisions", "locations"} <= set(shown)
    read = list(csv.DictReader(io.StringIO(client.get(f"/statement/{id}.csv").text)))
    assert [one["id"] for one in read] == [id]


@pytest.mark.parametrize("id", ["s_0000000000000000", "s_", "d_4a0b5157add6b7fc", "nothing", "s_%3Cb%3E"])
def test_unknown_is_not_found(client: TestClient, id: str) -> None:
    answer = client.get(f"/statement/{id}")
    assert answer.status_code == 404
    assert "no such statement" in answer.text
    assert "<b>" not in answer.text.split("no such statement")[1][:20]


def test_same_quotation_elsewhere(client: TestClient) -> None:
    row = next(row for row in rows(client, "") if row["utterance"])
    page = client.get(f"/statement/{row['id']}").text
    others = page[page.index("The same quotation elsewhere") :]
    assert re.search(r'<li id="s_[0-9a-f]{16}"', others)
    assert 'class="along"' in others


def test_speech_in_speech_is_a_tree(client: TestClient) -> None:
    row = next(row for row in rows(client, "") if row["parent"])
    page = client.get(f"/statement/{row['parent']}").text
    tree = page[page.index("Speech in speech") :]
    assert f'href="/statement/{row["id"]}"' in tree
    assert tree.count('<ul class="speech">') >= 2
    assert 'aria-current="true"' in tree


def test_a_tree_of_depths_becomes_nested() -> None:
    def names(nodes: Any) -> list[Any]:
        return [(node.row, names(node.inner)) for node in nodes]

    tree: Any = ((0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e"))
    assert names(_nested(tree)) == [("a", [("b", [("c", [])]), ("d", [])]), ("e", [])]


WORDINGS = [
    ("We will go", "We will go", []),
    ("We will not leave, and we will not be driven out", "We will not leave … be driven out", ["ellipsis"]),
    ("they will go home", "[the troops] will go", ["bracket", "cut"]),
    ("go", "stay", ["changed"]),
    ("", "stay", ["cut"]),
    ("a b c", "x a c y", ["cut", "cut", "cut"]),
]


@pytest.mark.parametrize(("here", "there", "kinds"), WORDINGS)
def test_wordings_are_laid_along_one_another(here: str, there: str, kinds: list[str]) -> None:
    """Together the pieces are both wordings, and what is the same has the same words."""
    found = aligned(here, there)
    assert "".join(one.here for one in found) == here
    assert "".join(one.there for one in found) == there
    assert [one.kind for one in found if one.kind] == kinds
    assert all(re.findall(r"\w+", one.here) == re.findall(r"\w+", one.there) for one in found if not one.kind)


def test_row_kind_is_the_listing(client: TestClient) -> None:
    """The CSV has the columns of the command's."""
    from onrecord.store import shape_of

    head = client.get("/statements.csv?per=1").text.splitlines()[0]
    assert head.split(",") == list(shape_of(StatementRow))
