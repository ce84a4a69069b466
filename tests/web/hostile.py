"""Reports that want to be more than text: every vector of xss.txt in every place where a report has words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.testclient import TestClient

from onrecord.web.views import DESK_VIEWS, VIEWS

_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|n|t|r(?=\\n))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}
FILE = '"><img src=x onerror=alert(1)>.jsonl'
EMPTY = ("<svg onload=alert(1)>.txt", "{{7*7}}.txt", "=1+1.txt")
_VIEWS = frozenset(view.path.split("/")[1] for view in (*VIEWS, *DESK_VIEWS))
_NOT_SHOWN = re.compile("[\x00\ufffd]")  # a browser drops the one or shows the other for it


def vectors() -> list[tuple[str, str]]:
    """Kind and vector, as they stand in the file."""
    lines = (Path(__file__).parent / "xss.txt").read_text("utf-8").splitlines()
    found = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(kind, _ESCAPE.sub(_named, vector)) for kind, vector in found]


def _named(match: re.Match[str]) -> str:
    return _PLAIN.get(match[1]) or chr(int(match[1][1:], 16))


def report(vector: str, number: int) -> dict[str, Any]:
    """A report that is nothing but ``vector``, wherever it can be."""
    fields = dict.fromkeys(("title", "byline", "outlet", "url", "wire", "translator"), vector)
    text = f"{vector}\n\n⟦{vector}⟧ said ⟦{vector} {number}⟧.\n\nOn 2023-03-0{1 + number % 9} {vector}."
    return {**fields, "text": text, "published": f"2023-03-0{1 + number % 9}", "dropped": [vector, vector]}


def packed(many: int = 28) -> list[str]:
    """All vectors, so many at a time in one."""
    found = [vector for _, vector in vectors()]
    return [" ".join(found[at : at + many]) for at in range(0, len(found), many)]


def kept(text: str) -> str:
    """``text`` as a record keeps it: without halves of pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def seen(text: str) -> str:
    """What is left of ``text`` to look at: single spaces, nothing that no browser shows."""
    return " ".join(_NOT_SHOWN.sub("", kept(text)).split())


@dataclass
class Markup(HTMLParser):
    """The elements of a page with their attributes, and its text; made by a parser that is not the app's."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.strange.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.strange.append(f"declaration {data}")


# All that the app's own templates may make. What is not here came from a report.
TAGS = frozenset(
    ["html", "head", "meta", "title", "link", "script", "body", "a", "header", "p", "b", "nav", "ul", "li", "form", "label", "input", "button", "main", "footer", "h1", "h2", "h3", "h4", "dl", "div", "dt", "dd", "code", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "span", "mark", "article", "section", "aside", "details", "summary", "ol", "q", "blockquote", "abbr", "time", "meter", "pre", "em", "strong", "i", "small", "select", "option", "optgroup", "fieldset", "legend", "datalist", "output", "progress", "textarea", "br", "hr", "del", "ins", "s", "sub", "sup", "kbd", "figure", "figcaption", "cite", "colgroup", "col", "svg", "g", "path", "rect", "circle", "line", "text", "tspan", "defs", "lineargradient", "stop", "pattern", "polyline", "polygon", "desc", "use"]
)
_LOADED = re.compile(r"/static/[a-z_.]+")


def faults(answer: str) -> list[str]:
    """What in a page is not the app's own; empty for a sound one."""
    markup = Markup()
    markup.feed(answer)
    markup.close()
    found = list(markup.strange)
    for tag, attributes in markup.elements:
        if tag not in TAGS:
            found.append(f"element {tag}")
        found += [f"{tag} with {name}" for name in attributes if name.startswith("on") or name in _FORBIDDEN]
        goal = attributes.get("href") or attributes.get("src") or attributes.get("action") or ""
        if not _is_sound(tag, goal, attributes):
            found.append(f"{tag} leads to {goal!r}")
        if tag == "meta" and "http-equiv" in attributes:
            found.append("meta with http-equiv")
    return found


_FORBIDDEN = frozenset(["style", "srcdoc", "formaction", "ping", "background", "xlink:href", "srcset", "is"])


def _is_sound(tag: str, goal: str, attributes: dict[str, str | None]) -> bool:
    if tag in ("script", "link") and attributes.get("rel") != "alternate":
        return _LOADED.fullmatch(goal) is not None
    if not goal or goal.startswith("#"):
        return True
    if goal.startswith("/"):
        return not goal.startswith(("//", "/\\")) and "\n" not in goal
    is_outside = urlsplit(goal).scheme in ("http", "https") and attributes.get("rel") == "noreferrer noopener"
    return tag == "a" and is_outside


def text_of(answer: str) -> str:
    """The text of a page."""
    markup = Markup()
    markup.feed(answer)
    markup.close()
    return seen("".join(markup.texts))


def crawl(client: TestClient, *, most: int) -> Iterator[tuple[str, int, str]]:
    """Every page that can be reached by links from the overview: address, status and HTML.

    Of addresses with a query no more than ``most`` of one path and one set of names are asked for.
    """
    waiting, met = ["/"], {"/"}
    counts: dict[tuple[str, ...], int] = {}
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        yield address, answer.status_code, answer.text
        for goal in links(answer.text):
            if goal not in met and counted(goal, counts) <= most:
                met.add(goal)
                waiting.append(goal)


def links(answer: str) -> Iterable[str]:
    """Pages of the app's views that a page leads to, without places in them, and without twins."""
    markup = Markup()
    markup.feed(answer)
    for tag, attributes in markup.elements:
        goal = (attributes.get("href") or "").partition("#")[0]
        path = urlsplit(goal).path if goal.startswith("/") else ""
        is_view = path.partition("/")[2].split("/")[0] in _VIEWS
        if tag == "a" and path and is_view and not path.endswith((".json", ".csv", ".txt")):
            yield goal


def counted(goal: str, counts: dict[tuple[str, ...], int]) -> int:
    """The how manieth address of its kind ``goal`` is: with the same first part of the path and the same names
    in the query, those with more than two being of one kind. 0 for all without a query."""
    parts = urlsplit(goal)
    names = sorted({name for name, _ in parse_qsl(parts.query)})
    if not names:
        return 0
    kind = (parts.path.split("/")[1], *(names if len(names) < 3 else ["and more"]))
    counts[kind] = counts.get(kind, 0) + 1
    return counts[kind]
