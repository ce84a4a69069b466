"""Accounts in the browser's eyes: cards with both sides, and one matter side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_accounts import ARREST, FOURTEEN, SIGNAL, invented, use
from starlette.testclient import TestClient

from onrecord.store import AccountMemberRow, Record, open_record
from onrecord.web.views.accounts import excerpt


@pytest.fixture(autouse=True)
def _accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    use(lambda owner, name, value: monkeypatch.setattr(owner, name, value, raising=False))


@pytest.fixture()
def record(affair: Path) -> Iterator[Record]:
    with open_record(affair) as opened:
        yield opened


LINE = AccountMemberRow(
    account="acc_1", id="s_1", n=1, stance="differs", lead=False, text="", pieces=(), spans=(), speaker=None,
    speaker_id=None, polarity="asserts", said=None, said_earliest=None, said_latest=None, document="d_1", uri="a",
    outlet=None, published=None, title=None, confidence=0.9, reasons=(), details=(), lead_spans=(), own_spans=(),
    utterance=None,
)  # fmt: skip


def cards(page: str) -> list[str]:
    return re.findall(r'<li class="card account \w+" id="(\w+)"', page)


def test_a_card_tells_both_sides(client: TestClient) -> None:
    page = unescape(client.get("/accounts").text)
    assert cards(page) == [FOURTEEN, SIGNAL, ARREST]
    card = page[page.index(f'id="{FOURTEEN}"') : page.index(f'id="{SIGNAL}"')]
    assert "<mark>Fourteen</mark> crew members" in card and "<mark>Nineteen</mark>, I counted" in card
    assert "14 against 19 people" in card and "14 against 17 names" in card
    assert "(the report itself)" in card
    assert "Northern Observer" in card  # silent
    assert f'href="/account/{FOURTEEN}"' in card


def test_who_agrees_with_a_denial_denies(client: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the card, in the heading of the column and in its sign; who says that it is so asserts."""
    (row,) = (one for one in invented(record) if one.id == SIGNAL)
    lead, other, third = row.members
    denied = replace(
        row,
        members=(
            replace(lead, polarity="denies"),
            replace(other, polarity="denies", stance="supports"),
            replace(third, polarity="asserts", stance="contradicts"),
        ),
    )
    monkeypatch.setattr("invented_accounts.invented", lambda record: [denied])
    card = unescape(client.get("/accounts").text)
    assert re.search(r">Denied by</span>[^\n]*" + re.escape(other.voice), card)
    assert re.search(r">Asserted by</span>[^\n]*" + re.escape(third.voice), card)
    page = unescape(client.get(f"/account/{SIGNAL}").text)
    columns = re.findall(r'<h2 id="side-(\w+)"><span[^>]*>(.)</span> (\w+)', page)
    assert columns == [("supports", "≠", "Denies"), ("contradicts", "=", "Asserts")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "disputed"}, [SIGNAL]),
        ({"text": "NAVY BOOTS"}, [FOURTEEN]),
        ({"text": "signal", "kind": "agreed"}, []),
        ({"actor": "Taradov"}, [SIGNAL]),
        ({"per": "1", "page": "2"}, [SIGNAL]),
    ],
)
def test_filters(client: TestClient, query: dict[str, str], found: list[str]) -> None:
    page = client.get("/accounts", params=query).text
    assert cards(page) == found
    assert ("No account fits" in page) == (not found)
    rows = client.get("/accounts.json", params=query).json()
    assert [row["id"] for row in rows] == (found if "page" not in query else [FOURTEEN, SIGNAL, ARREST])


def test_side_by_side(client: TestClient, record: Record) -> None:
    """Each member stands in the column of its stance, with who, what, where, and a way to the sentence."""
    page = unescape(client.get(f"/account/{FOURTEEN}").text)
    headings = re.findall(r'<section class="side (\w+)"', page)
    assert headings == ["supports", "differs", "related"]
    account = next(one for one in invented(record) if one.id == FOURTEEN)
    for stance in headings:
        column = re.search(rf'<section class="side {stance}".*?</section>', page, re.S)[0]  # type: ignore[index]
        for one in account.members:
            goal = (
                f"/report/{one.document}?statement={one.id}#{one.id}"
                if one.id.startswith("s_")
                else f"/report/{one.document}?at={one.spans[0][0]}"
            )
            assert (f'<a href="{goal}">' in column) == (one.stance == stance)
            assert client.get(goal).status_code == 200


def test_the_words_that_differ_carry_one_number(client: TestClient) -> None:
    """In the claim and in the member, so that no colour is needed to see which belongs to which."""
    page = unescape(client.get(f"/account/{FOURTEEN}").text)
    claim = page[page.index('id="claim"') : page.index('class="sides')]
    flat = re.sub(r"<(?!/?mark|/?sup)[^>]+>", "", claim)
    assert "<mark>Fourteen</mark><sup>difference 1</sup><sup>difference 2</sup><sup>difference 3</sup>" in flat
    for number, word in ((1, "Nineteen"), (2, "Seventeen"), (3, "nineteen")):
        member = page[page.index(f'id="m{number}"') :]
        assert f"<mark>{word}</mark><sup>" in member[: member.index("</blockquote>")]
        assert f'href="#m{number}"' in claim


def test_versions_of_one_quotation_are_laid_along_one_another(client: TestClient) -> None:
    page = unescape(client.get(f"/account/{ARREST}").text)
    assert page.count("Also quoted in 1 other place") == 1  # the second is no card of its own
    assert '<ins><span class="sign">+</span>People were asked to wait, and they are waiting</ins>' in page
    assert "cut above" in page


@given(
    st.lists(st.text("ab ", min_size=1, max_size=200), min_size=1, max_size=3),
    st.integers(0, 500),
    st.integers(1, 80),
)
def test_an_excerpt_holds_the_words_that_differ(texts: list[str], at: int, length: int) -> None:
    """Of a long quotation a card shows the words around the first that differ, never other words."""
    starts = [sum(map(len, texts[:n])) + 7 * n for n in range(len(texts))]
    spans = tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=True))
    row = replace(LINE, pieces=tuple(texts), spans=spans, text=" … ".join(texts))
    found = excerpt(row, ((at, at + length),), most=90)
    told = "".join(part.text for part in found.parts)
    assert told in row.text and len(told) <= 91
    assert (found.cut_before or row.text.startswith(told)) and (found.cut_after or row.text.endswith(told))
    if any(a <= at < b for a, b in spans):
        assert any(part.marks for part in found.parts)


def test_silence_is_told(client: TestClient) -> None:
    assert "Northern Observer tells of the same story and does not mention this" in client.get(f"/account/{FOURTEEN}").text
    assert "Silent" not in client.get(f"/account/{SIGNAL}").text


def test_twins(client: TestClient) -> None:
    row = client.get(f"/account/{SIGNAL}.json").json()
    assert row["id"] == SIGNAL and [one["stance"] for one in row["members"]][1:] == ["contradicts"] * 2
    lines = client.get(f"/account/{SIGNAL}.csv").text.splitlines()
    assert len(lines) == 4 and lines[0].startswith("account,id,n,stance")


@pytest.mark.parametrize("id", ["acc_nothing", "s_1", "a_14"])
def test_unknown_accounts(client: TestClient, id: str) -> None:
    answer = client.get(f"/account/{id}")
    assert answer.status_code == 404 and "no such account" in answer.text


def test_words_of_reports_are_no_markup(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = "<svg onload=alert(1)>"

    def worse(record: Record) -> list[object]:
        made = []
        for row in invented_before(record):
            members = tuple(
                replace(
                    one, text=bad, pieces=(bad,), spans=((0, len(bad)),), own_spans=((1, 4),), lead_spans=((2, 9),),
                    speaker=bad, outlet=bad, title=bad, reasons=(bad,),
                )
                for one in row.members
            )  # fmt: skip
            made.append(replace(row, text=bad, members=members, outlet=(bad,), silent=(bad,)))
        return made

    invented_before = invented
    monkeypatch.setattr("invented_accounts.invented", worse)
    for path in ("/accounts", f"/account/{FOURTEEN}"):
        page = client.get(path).text
        assert "<svg" not in page and "onload=alert" in re.sub(r"<[^>]*>", "", page)
