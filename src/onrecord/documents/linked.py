"""JSON-LD of a page: what it says of the article of the page, and not of the others it lists.

A page carries nodes for teasers, comments, products and sister pages too. Where it says of several articles
when they appeared, only a node that has the headline or the address of the page speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from onrecord.documents.characters import clean
from onrecord.sources.fields import parsed

_SCRIPT = re.compile(r"<script\b[^<>]{0,400}ld\+json[^<>]{0,400}>", re.IGNORECASE)
_ARTICLES = re.compile(r"article|posting|report|webpage|review|recipe|howto|howTo", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMA = re.compile(r",\s*(?=[}\]])")  # behind the last member: many templates write it
_WORD = re.compile(r"\w+")
_LOOSE = re.compile(r'"(datePublished|dateCreated|dateModified|headline)"\s*:\s*"([^"]{1,400})"')
_STRINGS = ("datePublished", "dateCreated", "dateModified", "headline")
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
_DOWN = ("@graph", "mainEntity", "mainEntityOfPage")  # what is in them is said of the page itself
_MOST = 2_000  # nodes looked at in a page
_LEAST_WORDS = 4  # of a headline that is cut: the beginning of a title that stands for all of it

Said = tuple[str, str, str]  # type of the node, key, value


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    top: bool  # not a property of another node
    said: tuple[Said, ...]
    headlines: tuple[str, ...]
    addresses: frozenset[str]

    def article(self) -> bool:
        """Whether it is of a type of article, and not of the page around one."""
        return "webpage" not in self.kind.lower() or "article" in self.kind.lower()

    def day(self) -> str | None:
        """The day of publication as it is written."""
        return next((value[:10] for _, key, value in self.said if key == "datePublished"), None)


def linked(source: str, titles: Iterable[str], addresses: Iterable[str]) -> tuple[Said, ...]:
    """(type, key, value) for what JSON-LD says of the article of the page, in the order of the source.

    Args:
        source: the page.
        titles: what the page calls itself: ``<title>``, ``og:title``, headings.
        addresses: those of the page: canonical, ``og:url``, where it was fetched.
    """
    nodes = list(_nodes(source))
    names = [_WORD.findall(title.casefold()) for title in titles]
    places = frozenset(place for place in map(_place, addresses) if place)
    articles = [node for node in nodes if node.article()]
    rest = [node for node in nodes if not node.article()]
    kept = [*_own(articles, names, places), *_own(rest, names, places)]
    return tuple(said for node in nodes if any(node is one for one in kept) for said in node.said)


def _own(nodes: list[_Node], names: list[list[str]], places: frozenset[str]) -> list[_Node]:
    """The nodes that speak of the page: those that match it; where none does, those on top that agree."""
    own = [node for node in nodes if node.addresses & places or _called(node, names)]
    if own:
        return own
    top = [node for node in nodes if node.top]
    return top if len({node.day() for node in top if node.day()}) <= 1 else []


def _called(node: _Node, names: list[list[str]]) -> bool:
    for headline in node.headlines:
        words = _WORD.findall(headline.casefold())
        for name in names:
            short, long = sorted((words, name), key=len)
            if short and (words == name or (len(short) >= _LEAST_WORDS and long[: len(short)] == short)):
                return True
    return False


def _place(address: str) -> str | None:
    """Host and path of an address, None for the front page of a site: it is no article's own."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if parts.netloc and not path and not parts.query:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{parts.query}" if host else None


def _nodes(source: str) -> Iterator[_Node]:
    left, done = _MOST, 0
    for match in _SCRIPT.finditer(source):
        if match.start() < done:
            continue  # stands within the script before
        end = source.find("</script", match.end())
        done = end if end >= 0 else len(source)
        body = source[match.end() : done]
        tree = _tree(body)
        if tree is None:
            yield from _loose(body)
            continue
        stack: list[tuple[Any, bool]] = [(tree, True)]
        while stack and left > 0:
            left -= 1
            value, top = stack.pop()
            if isinstance(value, list):
                stack.extend((one, top) for one in reversed(value))
            elif isinstance(value, dict):
                node = _node(value, top)
                if node is not None:
                    yield node
                for key, inner in reversed(value.items()):
                    if isinstance(inner, dict | list):
                        stack.append((inner, top and key in _DOWN))


def _tree(body: str) -> Any:
    """The JSON in a script, small slips of templates forgiven; None if it is none."""
    text = _CONTROL.sub(" ", body.strip().removesuffix(";"))
    for each in (text, _COMMA.sub("", text)):
        try:
            return parsed(each)
        except (ValueError, RecursionError):
            continue
    return None


def _loose(body: str) -> Iterator[_Node]:
    """What can be read of a script that is no JSON: a node for each time a key comes again."""
    said: list[Said] = []
    for match in _LOOSE.finditer(body):
        key, value = match[1], clean(unescape(match[2]))
        if any(key == known for _, known, _ in said):
            yield _of(said)
            said = []
        said.append(("article", key, value))
    if said:
        yield _of(said)


def _of(said: list[Said]) -> _Node:
    headlines = tuple(value for _, key, value in said if key == "headline")
    return _Node("article", True, tuple(said), headlines, frozenset())


def _node(node: dict[str, Any], top: bool) -> _Node | None:
    kind = node.get("@type")
    kinds = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")
    if kinds and not _ARTICLES.search(kinds):
        return None
    said = [(kinds, key, clean(unescape(node[key]))) for key in _STRINGS if isinstance(node.get(key), str)]
    for key in ("author", "publisher"):
        names = [name for name in _names(node.get(key)) if name]
        if names:
            said.append((kinds, key, ", ".join(names)))
    if not said:
        return None
    headlines = [node[key] for key in ("headline", "name") if isinstance(node.get(key), str)]
    places = (_place(one) for key in _ADDRESSES for one in _address(node.get(key)))
    return _Node(
        kinds,
        top,
        tuple(said),
        tuple(clean(unescape(one)) for one in headlines),
        frozenset(place for place in places if place),
    )


def _address(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (value[key] for key in ("@id", "url") if isinstance(value.get(key), str))


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield clean(unescape(each))
        elif isinstance(each, dict) and isinstance(each.get("name"), str):
            yield clean(unescape(each["name"]))
