"""What the source of a page says about it: meta tags, JSON-LD, time elements, title, headings.

Read straight from the source, without a tree, so that it holds for pages no parser can take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from onrecord.documents.characters import clean
from onrecord.documents.linked import linked

# No "<" within a tag, so that a source full of tags that never end is still read in linear time.
_META = re.compile(r"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
_TIME = re.compile(r"<time\b([^<>]{0,2000})>([^<]{0,200})", re.IGNORECASE)
_ITEM = re.compile(r"<(?:span|p|div|abbr|a|data)\b([^<>]{0,2000})>([^<]{0,200})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINK = re.compile(r"<link\b[^<>]{0,4000}>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,400}>([^<]{1,1000})", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,1000}>(.{1,600}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_HEAD = 2_000_000  # characters of the source that are searched


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What was found, in the order found; nothing is chosen here.

    ``meta``: (name or property in lower case, content). ``linked``: (type, key, value) from the JSON-LD that
    speaks of the article of the page. ``times``: (attributes of a time element, its datetime or text, where
    in the source what it shows begins).
    """

    meta: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str, str], ...]
    times: tuple[tuple[str, str, int], ...]
    title: str | None
    headings: tuple[str, ...]


def page_meta(source: str, url: str | None = None) -> PageMeta:
    """The metadata written in the source of a page; ``url``: where it was fetched, if that is known."""
    source = source[:_HEAD]
    found = _TITLE.search(source)
    title = clean(unescape(found.group(1))) if found else None
    headings = [clean(unescape(_TAG.sub("", match.group(1)))) for match in _H1.finditer(source)]
    meta = tuple(_metas(source))
    titles = [value for name, value in meta if name in ("og:title", "twitter:title")]
    places = [value for name, value in meta if name == "og:url"]
    return PageMeta(
        meta=meta,
        linked=linked(source, [*titles, *headings, title or ""], [*places, *_canonical(source), url or ""]),
        times=tuple(_times(source)),
        title=title,
        headings=tuple(heading for heading in headings if heading),
    )


def _canonical(source: str) -> Iterator[str]:
    for match in _LINK.finditer(source):
        own = attributes(match.group())
        if own.get("rel", "").lower() == "canonical":
            yield own.get("href", "")


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


def _times(source: str) -> Iterator[tuple[str, str, int]]:
    for match in _TIME.finditer(source):
        own = attributes(match.group(1))
        about = " ".join(
            (own.get("class", ""), own.get("itemprop", ""), "pubdate" if "pubdate" in match.group(1) else "")
        )
        yield about.strip().lower(), clean(own.get("datetime") or unescape(match.group(2))), match.start(2)
    for match in _ITEM.finditer(source) if "itemprop" in source else ():
        if "itemprop" not in match.group(1):
            continue
        own = attributes(match.group(1))
        about = own.get("itemprop", "").lower()
        if about.startswith("date"):
            value = own.get("content") or own.get("datetime") or unescape(match.group(2))
            yield about, clean(value), match.start(2)
