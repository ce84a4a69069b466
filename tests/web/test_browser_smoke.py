"""The app in a real browser: it opens, the menu leads to every view, nothing is asked of elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from serving import follow

from onrecord.web.views import VIEWS


@pytest.mark.smoke
@pytest.mark.parametrize("name", [one.menu for one in VIEWS if one.menu])
def test_menu_leads_there(watched: Callable[..., Any], address: str, name: str) -> None:
    page = watched().page
    page.goto(address)
    follow(page.get_by_role("navigation", name="Views").get_by_role("link", name=name, exact=True))
    assert page.locator("nav [aria-current=page]").inner_text() == name
    assert page.locator("h1").count() == 1
