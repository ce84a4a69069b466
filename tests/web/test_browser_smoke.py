"""The app in a real browser: it opens, the menu leads to every view, nothing is asked of elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.web.views import VIEWS


@pytest.mark.parametrize("name", [one.menu for one in VIEWS if one.menu])
def test_menu_leads_there(watched: Callable[..., Any], address: str, name: str) -> None:
    page = watched().page
    page.goto(address)
    page.get_by_role("navigation", name="Views").get_by_role("link", name=name, exact=True).click()
    here = page.locator("nav [aria-current=page]")
    assert here.inner_text() == name
    assert page.locator("h1").count() == 1
