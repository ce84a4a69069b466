"""Actors, network and accounts in Chromium: the way of a newcomer, keys, no script, narrow, accessible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from invented_accounts import FOURTEEN, use
from serving import follow

PAGES = ("actors", "network", "accounts", f"account/{FOURTEEN}")
Watch = Callable[..., Any]


@pytest.fixture(autouse=True)
def _accounts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(lambda owner, name, value: monkeypatch.setattr(owner, name, value, raising=False))
    yield


@pytest.mark.parametrize("script", [True, False])
def test_from_a_dispute_to_the_sentence_in_two_clicks(watched: Watch, address: str, script: bool) -> None:
    page = watched(java_script_enabled=script).page
    page.goto(f"{address}accounts")
    follow(page.get_by_role("link", name="Fourteen crew members", exact=False).first)
    side = page.get_by_role("region", name="Differs in detail")
    assert "I counted them twice" in side.inner_text()
    follow(side.get_by_role("link", name="Read it in the report").first)
    assert "/report/" in page.url and "#s_" in page.url
    assert "I counted them twice" in page.locator("main").inner_text()


def test_from_a_line_of_the_network_to_what_shows_it(watched: Watch, address: str) -> None:
    page = watched().page
    page.goto(f"{address}network")
    line = page.locator("svg.network a.tie").first
    line.focus()
    assert line.locator("title").text_content()
    page.keyboard.press("Enter")
    page.wait_for_url("**/network/edge?**")
    assert page.locator("main mark").count() >= 1
    page.go_back()
    page.locator("svg.network a.node").first.click()
    page.wait_for_url("**/actor/a_*")


def test_keys_go_from_row_to_row(watched: Watch, address: str) -> None:
    page = watched().page
    page.goto(f"{address}actors")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == page.locator("li[data-row]").first.get_attribute("id")


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(watched: Watch, address: str, path: str, width: int) -> None:
    page = watched(viewport={"width": width, "height": 740}).page
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_columns_stack_on_a_narrow_screen(watched: Watch, address: str) -> None:
    for width, beside in ((360, False), (1400, True)):
        page = watched(viewport={"width": width, "height": 740}).page
        page.goto(f"{address}account/{FOURTEEN}")
        first, second = (page.locator("section.side").nth(n).bounding_box() for n in (0, 1))
        assert (second["x"] > first["x"] + first["width"] - 1) == beside
        assert page.locator("section.side h2").count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_accessible(watched: Watch, address: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = watched(color_scheme=scheme, bypass_csp=True).page
    page.goto(address + path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:90] for node in one["nodes"][:3]]) for one in found] == []
