"""Reading a page in a test: elements by simple selectors, and what a reader would see of them."""

from __future__ import annotations

import re

from lxml.html import HtmlElement, document_fromstring
from starlette.testclient import TestClient

_STEP = re.compile(r"(?P<tag>\w+)?(?P<rest>(?:[.#][\w-]+)*)")


def page(client: TestClient, address: str, *, status: int = 200) -> HtmlElement:
    """The page at ``address``, which must answer with ``status``."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return document_fromstring(answer.content.decode("utf-8"))


def every(element: HtmlElement, selector: str) -> list[HtmlElement]:
    """What is below ``element``; ``selector``: tags, classes and ids, steps down with spaces: "p.text a.seg"."""
    path = "."
    for step in selector.split():
        match = _STEP.fullmatch(step)
        assert match, selector
        path += f"//{match['tag'] or '*'}"
        for mark, name in re.findall(r"([.#])([\w-]+)", match["rest"]):
            path += f"[@id='{name}']" if mark == "#" else f"[contains(concat(' ', @class, ' '), ' {name} ')]"
    return list(element.xpath(path))


def one(element: HtmlElement, selector: str) -> HtmlElement:
    """The only one of ``every``."""
    (found,) = every(element, selector)
    return found


def words(element: HtmlElement) -> str:
    """The words of an element with single spaces."""
    return " ".join(element.text_content().split())


def goals(element: HtmlElement) -> set[str]:
    """Where the links in an element lead."""
    return {link.get("href") for link in every(element, "a")}
