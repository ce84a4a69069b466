"""Editing in a real browser: clicks, keys, pasting and dropping, without script, on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from serving import follow

import onrecord

TEXT = "The harbour master, Ines Calder, said on Monday that the ferry would sail again in June."
DROP = """([name, text]) => {
  const brought = new DataTransfer();
  brought.items.add(new File([text], name, { type: "text/plain" }));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: brought, bubbles: true, cancelable: true }));
}"""


@pytest.fixture()
def at(own_affair: Path, serve: Callable[..., str]) -> Callable[[Any, str], None]:
    """Goes to a page of the copy that may be edited, with the key."""
    address = serve(own_affair, edit=True)
    base = address.partition("?")[0].rstrip("/")

    def go(page: Any, path: str) -> None:
        page.goto(address)
        page.goto(base + path)

    return go


def sides(path: Path) -> tuple[str, str]:
    """The ids of the two actors of the only suggestion of the affair."""
    with onrecord.open(path) as opened:
        (one,) = opened.suggestions()
    return one.first, one.second


def test_merge_and_undo_by_clicking(watched: Any, at: Any, own_affair: Path) -> None:
    page = watched().page
    first, other = sides(own_affair)
    at(page, f"/merge/{first}?next=/decisions")
    page.get_by_label("Name or id").fill(other)
    follow(page.get_by_role("button", name="Find"))
    follow(page.locator(f"#{other}").get_by_role("button", name="Merge"))
    told = page.locator(".told")
    assert "Made one:" in told.inner_text()
    with onrecord.open(own_affair) as opened:
        assert not list(opened.suggestions())
        assert sum(one.id in (first, other) for one in opened.actors()) == 1
    told.get_by_role("button", name="Undo").click()
    page.locator(".told", has_text="Taken back").wait_for()
    assert sides(own_affair) == (first, other)


def test_review_by_keys(watched: Any, at: Any, own_affair: Path) -> None:
    """Next, right, wrong, undo; what was decided is in the record, and the next thing has the focus."""
    with onrecord.open(own_affair) as opened:
        ids = [one.id for one in opened.review.queue(kind="statement")]
    page = watched().page
    at(page, "/review?kind=statement")

    def press(key: str, shown: str) -> None:
        page.keyboard.press(key)
        # A condition in words of script would need ``eval``, which the policy of the pages forbids.
        expect(page.locator("#progress")).to_have_text(shown)
        expect(page.locator("#at-hand")).to_be_focused()

    total = len(ids)
    press("j", f"2 of {total}")
    press("j", f"3 of {total}")
    press("k", f"2 of {total}")
    press("a", f"2 of {total - 1}")
    press("r", f"2 of {total - 2}")
    press("u", f"2 of {total - 1}")
    with onrecord.open(own_affair) as opened:
        rows = {one.id: one for one in opened.statements(all=True)}
        assert rows[ids[1]].confirmed and not rows[ids[2]].hidden
        assert [(one.verb, one.targets) for one in opened.decisions()][:2] == [
            ("confirm", (ids[1],)), ("reject", (ids[2],)),
        ]  # fmt: skip
        assert list(opened.decisions())[-1].verb == "undo"
    page.get_by_label("Outlet").fill("ajrkm")  # letters that are typed are no commands
    assert page.locator("#progress").inner_text() == f"2 of {total - 1}"


def test_a_pasted_text_appears(watched: Any, at: Any, own_affair: Path) -> None:
    page = watched().page
    at(page, "/add")
    page.get_by_label("The report").fill(TEXT)
    page.get_by_label("Title").fill("Ferry to sail again")
    page.get_by_label("Outlet").fill("Quay Gazette")
    page.get_by_label("Published").fill("2023-03-07")
    page.get_by_role("button", name="Add this text").click()
    page.get_by_role("heading", name="Added", exact=True).wait_for()
    assert page.locator("main").get_by_role("link", name="Ferry to sail again").get_attribute("href").startswith("/report/d_")
    with onrecord.open(own_affair) as opened:
        (said,) = opened.statements(outlet="Quay Gazette")
        assert (said.content, said.published) == ("that the ferry would sail again in June", "2023-03-07")
        assert opened.check() == []


def test_a_dropped_file_is_added(watched: Any, at: Any, own_affair: Path) -> None:
    page = watched().page
    at(page, "/add")
    page.evaluate(DROP, ["ferry.txt", TEXT])
    page.get_by_role("heading", name="Added", exact=True).wait_for()
    with onrecord.open(own_affair) as opened:
        assert "added/ferry.txt" in {one.uri for one in opened.documents()}


def test_all_of_it_without_script(watched: Any, at: Any, own_affair: Path) -> None:
    page = watched(java_script_enabled=False).page
    at(page, "/review?kind=statement")
    with onrecord.open(own_affair) as opened:
        first, *_ = opened.review.queue(kind="statement")
    follow(page.get_by_role("button", name="Wrong"))
    with onrecord.open(own_affair) as opened:
        assert first.id not in {one.id for one in opened.statements()}
    follow(page.get_by_role("button", name="Undo"))
    follow(page.get_by_role("link", name="Leave it, next"))
    assert page.locator("#progress").inner_text().startswith("2 of ")
    at(page, "/add")
    page.get_by_label("Web pages, text").set_input_files({"name": "ferry.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    page.get_by_role("button", name="Add these files").click()
    page.get_by_role("heading", name="Added", exact=True).wait_for()
    with onrecord.open(own_affair) as opened:
        assert first.id in {one.id for one in opened.statements()}
        assert "added/ferry.txt" in {one.uri for one in opened.documents()}


PATHS = (
    "/review", "/review?kind=suggestion", "/add", "/decisions", "/merge/{0}?find=press", "/split/{0}",
    "/actor/{0}", "/statements?per=5",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editing_keeps_the_rules_of_accessibility(watched: Any, at: Any, own_affair: Path, scheme: str) -> None:
    """Every page with its forms, something decided, and the form of an actor opened."""
    from axe_playwright_python.sync_playwright import Axe

    with onrecord.open(own_affair) as opened:
        said = [one.id for one, _ in zip(opened.statements(), range(2), strict=False)]
    first, _ = sides(own_affair)
    for verb, one in zip(("confirm", "reject"), said, strict=True):
        onrecord.decide(own_affair, verb, one)  # type: ignore[arg-type]
    page = watched(color_scheme=scheme, bypass_csp=True).page
    for path in PATHS:
        at(page, path.format(first))
        for details in page.locator(".editing details").all():
            details.locator("summary").click()
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 1600])
def test_pages_fit_the_screen(watched: Any, at: Any, own_affair: Path, path: str, width: int) -> None:
    page = watched(viewport={"width": width, "height": 740}).page
    at(page, path.format(sides(own_affair)[0]))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.locator("main :is(input, textarea, select):not([type=hidden])").evaluate_all(
        "all => all.every((one) => one.labels.length > 0)"
    )
