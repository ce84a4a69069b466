"""The Reader in a real browser: there and back between text and cards, by mouse, by keys, and without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import invented
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import Serve, follow

import onrecord
from onrecord.store import StatementRow

REPORT = "05-northern-observer"


@pytest.fixture(scope="module")
def rows(affair: Path) -> list[StatementRow]:
    """The statements of one report, as they stand in it."""
    with onrecord.open(affair) as record:
        return [row for row in record.statements() if REPORT in row.uri]


@pytest.fixture(scope="module")
def where(address: str, rows: list[StatementRow]) -> str:
    return f"{address}report/{rows[0].document}"


def test_there_and_back_without_script(watched: Callable[..., Any], where: str, rows: list[StatementRow]) -> None:
    page = watched(java_script_enabled=False).page
    page.goto(where)
    row = rows[4]
    follow(page.locator(f"#{row.id}"))
    assert page.url.endswith(f"#card-{row.id}")
    card = page.locator(f"#card-{row.id}")
    assert card.evaluate("one => one.matches(':target')") and card.is_visible()
    assert card.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    follow(card.locator("a.back"))
    assert page.url.endswith(f"#{row.id}")
    assert page.locator(f"#{row.id}").evaluate("one => one.matches(':target')")


def test_from_statement_to_statement_by_keys(watched: Callable[..., Any], where: str, rows: list[StatementRow]) -> None:
    page = watched().page
    page.goto(where)
    for key in "nnnpn":
        page.keyboard.press(key)
    row = rows[2]
    assert page.evaluate("document.activeElement.id") == row.id
    lit = page.locator("p.text .lit.content").all_inner_texts()
    assert "".join(lit) == "".join(row.content_pieces)
    # The page follows the address when the browser tells it of the change, which may come after the next key.
    page.evaluate("void (window.arrived = new Promise(done => addEventListener('hashchange', () => done(1), {once: true})))")
    page.keyboard.press("Enter")
    page.evaluate("window.arrived")
    assert page.evaluate("document.activeElement.id") == f"card-{row.id}"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == rows[3].id


def test_what_the_address_asks_for_is_in_sight(watched: Callable[..., Any], where: str, rows: list[StatementRow]) -> None:
    """With script and without, and the console has nothing to say about it."""
    last = rows[-1]
    for script in (True, False):
        page = watched(java_script_enabled=script, viewport={"width": 900, "height": 400}).page
        for query, id in ((f"?statement={last.id}", last.id), (f"?statement={last.id}#{last.id}", last.id),
                          (f"?at={last.content_spans[0][0]}", "at"), (f"#{last.id}", last.id)):  # fmt: skip
            page.goto("about:blank")
            page.goto(where + query)
            expect(page.locator(f"#{id}")).to_be_in_viewport()


def test_a_place_in_another_part_is_found(watched: Callable[..., Any], serve: Serve, tmp_path: Path) -> None:
    """An address with nothing but #s_… of a statement that this page does not show asks for it once."""
    text = "\n\n".join(f"⟦Speaker {n % 9}⟧ said ⟦the number is {n}⟧." for n in range(300))
    path = invented.record_of(tmp_path / "long.duckdb", [{"title": "Many", "text": text}])
    with onrecord.open(path) as record:
        late = list(record.statements())[280]
    page = watched().page
    page.goto(f"{serve(path)}report/{late.document}?part=1#{late.id}")
    page.wait_for_url(f"**statement={late.id}**")
    expect(page.locator("p.text mark").last).to_have_text("the number is 280")
    expect(page.locator(f"#{late.id}")).to_be_in_viewport()


def test_cards_stand_beside_their_paragraph_or_below_it(
    watched: Callable[..., Any], where: str, rows: list[StatementRow]
) -> None:
    for width in (1600, 1280, 700, 360):
        page = watched(viewport={"width": width, "height": 740}).page
        page.goto(f"{where}?show=statements,mentions,times&dropped=1")
        for row in rows:
            text = page.locator(f"p.text:has(#{row.id})").bounding_box()
            card = page.locator(f"#card-{row.id}").bounding_box()
            following = page.locator(f".passage:has(#{row.id}) + *").first
            if width >= 1280:
                assert card["x"] >= text["x"] + text["width"] and card["y"] >= text["y"] - 2
            else:
                assert card["y"] >= text["y"] + text["height"]
            if following.count():
                assert following.bounding_box()["y"] >= card["y"] + card["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_layers_are_switched_by_clicking(watched: Callable[..., Any], where: str) -> None:
    page = watched(java_script_enabled=False).page
    page.goto(where)
    layers = page.get_by_role("navigation", name="What is shown")

    def click(name: str) -> None:
        follow(layers.get_by_role("link", name=name))

    click("mentions")
    assert page.locator("p.text a.mention").count() > 10
    click("statements")
    assert page.locator("article.statement").count() == 0
    click("what was left out")
    assert page.get_by_text("What is the Lissen line?").is_visible()
    click("plain text")
    assert page.locator("pre").count() == 1


def test_numbers_are_no_part_of_the_text(watched: Callable[..., Any], affair: Path, where: str) -> None:
    """Who copies a sentence copies what the report says."""
    page = watched().page
    page.goto(where)
    with onrecord.open(affair) as record:
        (report,) = [row for row in record.documents() if REPORT in row.uri]
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.reading')); return [...document.querySelectorAll('p.text')].map((p) => p.innerText) }"
    )
    assert "\n\n".join(copied) == report.text


def test_every_overlap_has_a_line_of_its_own(watched: Callable[..., Any], where: str) -> None:
    """Colour apart: a mention within what was said shows both."""
    page = watched(forced_colors="none").page
    page.goto(f"{where}?show=statements,mentions")
    both = page.locator("p.text a.content.mention").first
    style = both.evaluate("one => { const s = getComputedStyle(one); return [s.textDecorationLine, s.textDecorationStyle, s.backgroundImage] }")
    assert style[0] == "underline" and style[1] == "dashed"
    plain = page.locator("p.text a.mention:not(.content)").first
    assert style[2] != plain.evaluate("one => getComputedStyle(one).backgroundImage")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_people_who_cannot_see_it_can_use_it(watched: Callable[..., Any], where: str, scheme: str) -> None:
    page = watched(color_scheme=scheme).page
    for query in ("", "?show=statements,mentions,times,positions,accounts&dropped=1", "?plain=1"):
        page.goto(where + query)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
