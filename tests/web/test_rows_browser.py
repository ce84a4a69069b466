"""Rows in a real browser: filtering by clicks and keys, without script, on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from serving import follow

PATHS = ["/statements", "/positions", "/reports", "/stories?all=1", "/copies", "/failures", "/about"]
NARROW = {"viewport": {"width": 360, "height": 740}}


def first_statement(page: Any, address: str) -> str:
    page.goto(address + "statements?text=vessel")
    return str(page.locator(".said-list > li").first.get_attribute("id"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 1600])
def test_nothing_is_wider_than_the_screen(
    watched: Callable[..., Any], address: str, path: str, width: int
) -> None:
    page = watched(viewport={"width": width, "height": 740}).page
    page.goto(address + path[1:])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1


def test_a_facet_is_followed_and_taken_back(watched: Callable[..., Any], address: str) -> None:
    page = watched().page
    page.goto(address + "statements")
    every = page.get_by_role("status").inner_text()
    follow(page.locator(".facet").filter(has_text="Kind").get_by_role("link", name="direct").first)
    assert "/statements?kind=" in page.url
    assert page.get_by_role("status").inner_text() != every
    follow(page.locator(".chips a"))
    assert page.url.endswith("/statements")
    assert page.get_by_role("status").inner_text() == every


def test_search_without_script_on_a_narrow_screen(watched: Callable[..., Any], address: str) -> None:
    """The filters open by a tap, the form keeps what was chosen by links, and the words are marked."""
    page = watched(java_script_enabled=False, **NARROW).page
    page.goto(address + "statements?kind=indirect")
    field = page.get_by_label("Words in what was said")
    assert not field.is_visible()
    page.get_by_text("Search and filters").click()
    field.fill("vessel")
    follow(page.get_by_role("button", name="Show"))
    assert "kind=indirect" in page.url
    assert "text=vessel" in page.url
    assert page.locator("mark").first.inner_text().lower() == "vessel"
    assert page.locator(".chips li").count() == 2


def test_filters_show_on_a_wide_screen(watched: Callable[..., Any], address: str) -> None:
    page = watched().page
    page.goto(address + "statements")
    assert page.get_by_label("Words in what was said").is_visible()


def test_from_a_row_to_why_and_to_the_report(watched: Callable[..., Any], address: str) -> None:
    page = watched().page
    id = first_statement(page, address)
    page.locator(f"#{id}").get_by_text("why and more").click()
    page.wait_for_url(f"**/statement/{id}")
    assert page.get_by_role("heading", name="Why").is_visible()
    assert page.locator(".passage .hl-content").first.is_visible()
    page.locator("dl.fields a").first.click()
    page.wait_for_url(f"**/report/*#{id}")


def test_parts_of_a_statement_differ_by_line_not_colour_alone(watched: Callable[..., Any], address: str) -> None:
    page = watched().page
    page.goto(f"{address}statement/{first_statement(page, address)}")
    styles = page.evaluate(
        "['speaker', 'cue', 'content'].map((name) => getComputedStyle("
        "document.querySelector(`.passage .hl-${name}`)).textDecorationStyle)"
    )
    assert styles == ["double", "wavy", "solid"]


def test_rows_by_keys(watched: Callable[..., Any], address: str) -> None:
    page = watched().page
    page.goto(address + "statements")
    page.keyboard.press("j")
    page.keyboard.press("j")
    ids = page.locator(".said-list > li").evaluate_all("(all) => all.map((one) => one.id)")
    assert page.evaluate("document.activeElement.id") == ids[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == ids[0]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_rules_of_accessibility(watched: Callable[..., Any], address: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = watched(color_scheme=scheme, bypass_csp=True).page
    page.goto(address + path[1:])
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_rules_of_accessibility_for_one(watched: Callable[..., Any], address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = watched(bypass_csp=True).page
    page.goto(f"{address}statement/{first_statement(page, address)}")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
