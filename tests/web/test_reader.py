"""The Reader: the text as it is, what was found in it at its place, and cards beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import invented
import invented_positions
import pytest
from read_page import every, goals, one, page, words
from serving import client_of
from starlette.testclient import TestClient

import onrecord
from onrecord.store import AccountMemberRow, DocumentRow, StatementRow
from onrecord.web import highlight
from onrecord.web.ask import Ask

EVERYTHING = "statements,mentions,times,positions,accounts"


@pytest.fixture(scope="module")
def reports(affair: Path) -> list[DocumentRow]:
    with onrecord.open(affair) as record:
        return list(record.documents())


@pytest.fixture(scope="module")
def statements(affair: Path) -> list[StatementRow]:
    with onrecord.open(affair) as record:
        return list(record.statements(all=True))


def of(reports: list[DocumentRow], part: str) -> DocumentRow:
    """The report whose place has ``part`` in it."""
    return next(report for report in reports if part in report.uri)


@pytest.mark.parametrize("show", ["none", "statements", EVERYTHING])
def test_the_text_is_there_to_the_character(client: TestClient, reports: list[DocumentRow], show: str) -> None:
    for report in reports[::3]:
        shown = page(client, f"/report/{report.id}?show={show}")
        assert "\n\n".join(p.text_content() for p in every(shown, "p.text")) == report.text


def test_nothing_lies_within_a_highlight(client: TestClient, reports: list[DocumentRow]) -> None:
    for report in reports[::3]:
        shown = page(client, f"/report/{report.id}?show={EVERYTHING}")
        assert every(shown, "p.text .seg")
        assert not [inner for piece in every(shown, "p.text .seg") for inner in piece]


def test_the_highlights_of_a_statement_are_its_words(
    client: TestClient, reports: list[DocumentRow], statements: list[StatementRow]
) -> None:
    for report in reports:
        shown = page(client, f"/report/{report.id}?show={EVERYTHING}")
        rows = [row for row in statements if row.document == report.id]
        for number, row in enumerate(rows, 1):
            for layer, spans in (("speaker", row.speaker_spans), ("cue", row.cue_spans), ("content", row.content_spans)):
                pieces = [
                    piece.text_content()
                    for piece in every(shown, f"p.text .{layer}")
                    if str(number) in piece.get("data-of").split()
                ]
                told, at = "".join(pieces), 0  # a piece between two of one statement may be of another as well
                for start, end in spans:
                    at = told.index(report.text[start:end], at) + end - start


def test_text_and_cards_lead_to_each_other_and_on(
    client: TestClient, reports: list[DocumentRow], statements: list[StatementRow]
) -> None:
    for report in reports:
        shown = page(client, f"/report/{report.id}")
        rows = [row for row in statements if row.document == report.id]
        for row in rows:
            jump, card = one(shown, f"#{row.id}"), one(shown, f"#card-{row.id}")
            assert jump.get("href") == f"#card-{row.id}"
            assert {f"#{row.id}", f"/statement/{row.id}"} <= goals(card)
            assert {f"/actor/{id}" for id in row.speaker_ids} <= goals(card)
            assert jump.getparent().getparent() is card.getparent().getparent()  # beside its paragraph
            for part in (row.said, row.via, row.polarity if row.polarity != "asserts" else None):
                assert part is None or part.replace("_", " ") in words(card)


def test_what_is_shown_is_chosen_in_the_address(client: TestClient, reports: list[DocumentRow]) -> None:
    report = of(reports, "03-tribune")
    bare = page(client, f"/report/{report.id}?show=none")
    assert not every(bare, "p.text .seg") and not every(bare, "article.statement")
    named = page(client, f"/report/{report.id}?show=mentions")
    assert {link.get("href")[:9] for link in every(named, "p.text a.mention")} == {"/actor/a_"}
    assert not every(named, "p.text .content")
    times = every(page(client, f"/report/{report.id}?show=times"), "p.text .time")
    assert any("2023" in time.get("title") for time in times)
    on = one(page(client, f"/report/{report.id}"), "nav.layers a.statements")
    assert on.get("aria-current") == "true" and on.get("href").endswith("?show=none")


def test_a_statement_can_be_pointed_to(client: TestClient, statements: list[StatementRow]) -> None:
    row = next(row for row in statements if len(row.content_spans) == 2)
    shown = page(client, f"/report/{row.document}?statement={row.id}")
    pieces = [mark.text_content() for mark in every(shown, "mark")]
    assert "".join(pieces).count(row.content_pieces[0]) == 1
    assert one(shown, "article.chosen").get("id") == f"card-{row.id}"
    assert goals(one(shown, "p.asked")) == {f"#{row.id}"}


def test_a_place_can_be_pointed_to(client: TestClient, reports: list[DocumentRow]) -> None:
    report = of(reports, "05-northern")
    start = report.text.index("one table")
    shown = page(client, f"/report/{report.id}?at={start}&to={start + 9}&show=none")
    at = one(shown, "#at")
    assert at.getnext().tag == "mark" and at.getnext().text_content() == "one table"
    end = page(client, f"/report/{report.id}?at={10**9}")
    assert every(end, "#at")  # past the end: the last character


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("show=verbs", 400, "any of statements, mentions"),
        ("at=x", 400, "at: not a whole number"),
        ("at=-1", 400, "at: not a whole number"),
        ("part=²", 400, "part: not a whole number"),
        ("statement=s_0", 404, "no such statement in this report"),
    ],
)
def test_what_cannot_be_shown_is_said(
    client: TestClient, reports: list[DocumentRow], query: str, status: int, told: str
) -> None:
    assert told in words(page(client, f"/report/{reports[0].id}?{query}", status=status))


def test_a_report_that_is_not_there(client: TestClient, reports: list[DocumentRow]) -> None:
    for id in ("d_0", reports[0].id[:-1], reports[0].uri.rsplit("/", 1)[1]):
        assert client.get(f"/report/{id}").status_code == 404


def test_what_was_left_out_stands_at_its_place(affair: Path, client: TestClient, reports: list[DocumentRow]) -> None:
    with onrecord.open(affair) as record:
        for report in reports:
            shown = page(client, f"/report/{report.id}?dropped=1")
            there = [words(item) for item in every(shown, ".left-out li")]
            rows = list(record.dropped(document=report.id))
            assert len(there) == len(rows)
            for row in rows:
                assert any(row.reason in item and " ".join(row.text.split()) in item for item in there)
    herald = page(client, f"/report/{of(reports, '02-herald').id}?dropped=1")
    (box,) = [aside for aside in every(herald, ".left-out") if "newsletter" in words(aside)]
    assert words(box.getnext()).startswith("Kalinsk reacted with fury")
    assert not every(page(client, f"/report/{of(reports, '02-herald').id}"), ".left-out")


def test_the_plain_text_and_nothing_else(client: TestClient, reports: list[DocumentRow]) -> None:
    for report in reports:
        shown = page(client, f"/report/{report.id}?plain=1")
        pre = one(shown, "pre")
        assert pre.text_content().removeprefix("\n") == report.text
        assert len(pre) == 0 and not every(shown, ".seg")


def test_the_text_as_a_file(client: TestClient, reports: list[DocumentRow]) -> None:
    answer = client.get(f"/report/{reports[0].id}.txt")
    assert answer.content.decode("utf-8") == reports[0].text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get("/failures.txt").status_code == 404


def test_twins(client: TestClient, reports: list[DocumentRow], statements: list[StatementRow]) -> None:
    report = of(reports, "05-northern")
    told = json.loads(client.get(f"/report/{report.id}.json").content)
    rows = [row.id for row in statements if row.document == report.id]
    assert told["document"]["text"] == report.text
    assert [row["id"] for row in told["statements"]] == rows
    assert all(row["content_spans"] for row in told["statements"])
    lines = client.get(f"/report/{report.id}.csv").content.decode().split("\r\n")
    assert [line.split(",")[0] for line in lines[1:-1]] == rows


def test_the_head_says_where_it_comes_from(client: TestClient, reports: list[DocumentRow]) -> None:
    page_of = {part: words(page(client, f"/report/{of(reports, part).id}")) for part in ("01-cps", "05-n", "08-log", "12-")}
    report = of(reports, "05-n")
    assert report.outlet in page_of["05-n"] and report.byline in page_of["05-n"]
    for part in (report.raw_sha256, report.text_sha256, report.reader, report.uri, report.published_basis):
        assert part in page_of["05-n"]
    assert "no date of its own" in page_of["08-log"] and of(reports, "08-log").bounded_basis in page_of["08-log"]
    assert "The very text of another report" in page_of["12-"]
    assert "The same text" in page_of["01-cps"]


def test_shared_wording_leads_to_both_places(affair: Path, client: TestClient) -> None:
    with onrecord.open(affair) as record:
        pair = next(iter(record.copies()))
    for mine, spans, other, there in (
        (pair.first, pair.first_spans, pair.second, pair.second_spans),
        (pair.second, pair.second_spans, pair.first, pair.first_spans),
    ):
        found = goals(one(page(client, f"/report/{mine}"), "ul.shared"))
        assert f"/report/{mine}?at={spans[0][0]}&to={spans[0][1]}#at" in found
        assert f"/report/{other}?at={there[0][0]}&to={there[0][1]}#at" in found


def test_the_same_quotation_elsewhere(affair: Path, client: TestClient) -> None:
    with onrecord.open(affair) as record:
        rows = list(record.utterances())
    here, other = next((a, b) for a in rows for b in rows if a.id == b.id and a.document != b.document)
    card = one(page(client, f"/report/{here.document}"), f"#card-{here.statement}")
    assert f"/report/{other.document}?statement={other.statement}#{other.statement}" in goals(card)


@pytest.fixture(scope="module")
def long_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A record of one report of many paragraphs and statements, and of one without any paragraph."""
    path = tmp_path_factory.mktemp("long") / "long.duckdb"
    many = "\n\n".join(f"⟦Speaker {n % 9}⟧ said ⟦the number is {n} 👩\u200d👩 and no other⟧." for n in range(400))
    reports = [
        {"title": "Many", "text": many, "outlet": "Herald", "published": "2023-03-04"},
        {"title": "One", "text": "word " * 9_000 + "⟦The end⟧ said ⟦it⟧ ", "outlet": "Herald"},
        {"title": "Odd", "text": "\n\n\n one\r\ntwo  \n\n\n\nthree\n", "outlet": "Herald"},
    ]
    with client_of(invented.record_of(path, reports)) as made:
        yield made


def report_named(client: TestClient, title: str) -> str:
    rows = json.loads(client.get("/reports.json").content)
    return next(row["id"] for row in rows if row["title"] == title)


def test_a_long_report_comes_in_parts(long_client: TestClient) -> None:
    id = report_named(long_client, "Many")
    told = json.loads(long_client.get(f"/report/{id}.json").content)
    assert len(told["statements"]) == 400
    texts, cards = [], []
    address = f"/report/{id}"
    while address:
        shown = page(long_client, address)
        assert len(every(shown, "article.statement")) <= 120
        texts += [p.text_content() for p in every(shown, "p.text")]
        cards += [card.get("id") for card in every(shown, "article.statement")]
        address = next((link.get("href") for link in every(shown, "a") if link.get("rel") == "next"), "")
    assert "\n\n".join(texts) == told["document"]["text"]
    assert cards == [f"card-{row['id']}" for row in told["statements"]]


def test_an_address_finds_its_part(long_client: TestClient) -> None:
    id = report_named(long_client, "Many")
    told = json.loads(long_client.get(f"/report/{id}.json").content)
    late = told["statements"][350]
    shown = page(long_client, f"/report/{id}?statement={late['id']}")
    assert every(shown, f"#{late['id']}") and every(shown, "mark")
    place = late["content_spans"][0][0]
    assert every(page(long_client, f"/report/{id}?at={place}"), "#at")
    assert "Part 4 of 4" in words(page(long_client, f"/report/{id}?part=999"))


def test_a_paragraph_without_end_is_cut(long_client: TestClient) -> None:
    id = report_named(long_client, "One")
    shown = page(long_client, f"/report/{id}?part=2")
    assert max(len(p.text_content()) for p in every(shown, "p.text")) <= 6_000
    assert len(every(shown, "article.statement")) == 1


def test_odd_line_ends_lose_no_letter(long_client: TestClient) -> None:
    id = report_named(long_client, "Odd")
    shown = page(long_client, f"/report/{id}")
    assert re.findall(r"\w+", words(one(shown, ".reading"))) == ["one", "two", "three"]
    text = json.loads(long_client.get(f"/report/{id}.json").content)["document"]["text"]
    assert long_client.get(f"/report/{id}.txt").content.decode() == text


def test_positions_and_accounts_lead_to_their_pages() -> None:
    told = invented_positions.seen("e_1", "p_1", "Ardaval recognizes no line.", "recognizes", "Ardaval", "line")
    (seen,) = highlight.of_positions([told])
    assert (seen.start, seen.end, seen.goal) == (108, 118, "/position/p_1") and "recognizes" in seen.says
    member = invented_positions.made(
        AccountMemberRow, account="c_1", id="s_1", stance="contradicts", spans=((19, 26),), reasons=("54 against 60",)
    )
    (said,) = highlight.of_accounts([member])
    assert (said.start, said.end, said.goal) == (19, 26, "/account/c_1") and "contradicts" in said.says


def test_layers_in_any_writing_of_the_address() -> None:
    ask = Ask("/report/d", query=(("show", "times, statements"), ("show", "accounts")))
    assert highlight.chosen_layers(ask) == ("statements", "times", "accounts")
    assert highlight.chosen_layers(Ask("/report/d", query=(("show", "none"),))) == ()
