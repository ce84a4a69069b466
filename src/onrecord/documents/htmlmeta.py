"""What the source of a page says about it: meta tags, JSON-LD, time elements, title, headings.

Read straight from the source, without a tree, so that it holds for pages no parser can take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from onrecord.documents.characters import clean
from onrecord.sources.parsed import parsed

# No "<" within a tag, so that a source full of tags that never end is still read in linear time.
_META = re.compile(r"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
_TIME = re.compile(r"<time\b([^<>]{0,2000})>([^<]{0,200})", re.IGNORECASE)
_ITEM = re.compile(r"<(?:span|p|div|abbr|a|data)\b([^<>]{0,2000})>([^<]{0,200})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LD = re.compile(r"<script\b[^<>]{0,400}ld\+json[^<>]{0,400}>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,400}>([^<]{1,1000})", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,1000}>(.{1,600}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_ARTICLES = re.compile(r"article|posting|report|webpage|review|recipe|howto|howTo", re.IGNORECASE)
_MOST = 2_000  # nodes of JSON-LD looked at in a page
_HEAD = 2_000_000  # characters of the source that are searched


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What was found, in the order found; nothing is chosen here.

    ``meta``: (name or property in lower case, content). ``linked``: (type, key, value) from JSON-LD.
    ``times``: (attributes of the time element, its datetime or text, whether that was an attribute).
    """

    meta: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str, str], ...]
    times: tuple[tuple[str, str], ...]
    title: str | None
    headings: tuple[str, ...]


def page_meta(source: str) -> PageMeta:
    """The metadata written in the source of a page."""
    source = source[:_HEAD]
    title = _TITLE.search(source)
    headings = (clean(unescape(_TAG.sub("", match.group(1)))) for match in _H1.finditer(source))
    return PageMeta(
        meta=tuple(_metas(source)),
        linked=tuple(_linked(source)),
        times=tuple(_times(source)),
        title=clean(unescape(title.group(1))) if title else None,
        headings=tuple(heading for heading in headings if heading),
    )


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, the first of each."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _metas(source: str) -> Iterator[tuple[str, str]]:
    for match in _META.finditer(source):
        own = attributes(match.group())
        name = own.get("property") or own.get("name") or own.get("itemprop") or ""
        content = clean(own.get("content", ""))
        if name and content:
            yield name.lower(), content


def _times(source: str) -> Iterator[tuple[str, str]]:
    for match in _TIME.finditer(source):
        own = attributes(match.group(1))
        about = " ".join(
            (own.get("class", ""), own.get("itemprop", ""), "pubdate" if "pubdate" in match.group(1) else "")
        )
        yield about.strip().lower(), clean(own.get("datetime") or unescape(match.group(2)))
    for match in _ITEM.finditer(source) if "itemprop" in source else ():
        if "itemprop" not in match.group(1):
            continue
        own = attributes(match.group(1))
        about = own.get("itemprop", "").lower()
        if about.startswith("date"):
            yield about, clean(own.get("content") or own.get("datetime") or unescape(match.group(2)))


def _linked(source: str) -> Iterator[tuple[str, str, str]]:
    """(type of the node, key, value) for the strings of interest in all JSON-LD of the page."""
    left, done = _MOST, 0
    for match in _LD.finditer(source):
        if match.start() < done:
            continue  # stands within the script before
        end = source.find("</script", match.end())
        done = end if end >= 0 else len(source)
        body = source[match.end() : done]
        try:
            tree = parsed(_CONTROL.sub(" ", body.strip().removesuffix(";")))
        except (ValueError, RecursionError):
            for key, value in re.findall(
                r'"(datePublished|dateCreated|dateModified|headline)"\s*:\s*"([^"]{1,400})"', body
            ):
                yield "article", key, clean(unescape(value))
            continue
        stack: list[Any] = [tree]
        while stack and left > 0:
            left -= 1
            node = stack.pop()
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield from _node(node)
                stack.extend(value for value in reversed(node.values()) if isinstance(value, dict | list))


def _node(node: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kind = node.get("@type")
    kinds = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")
    if kinds and not _ARTICLES.search(kinds):
        return
    for key in ("datePublished", "dateCreated", "dateModified", "headline"):
        if isinstance(node.get(key), str):
            yield kinds, key, clean(unescape(node[key]))
    for key in ("author", "publisher"):
        names = [name for name in _names(node.get(key)) if name]
        if names:
            yield kinds, key, ", ".join(names)


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield clean(unescape(each))
        elif isinstance(each, dict) and isinstance(each.get("name"), str):
            yield clean(unescape(each["name"]))
