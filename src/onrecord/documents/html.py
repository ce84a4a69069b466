"""The body and metadata of an HTML page: trafilatura (imported here only), meta tags, JSON-LD, title,
headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from onrecord.documents.characters import clean
from onrecord.sources.fields import parsed


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """What trafilatura finds in a page: the text of its article, and metadata as it states them."""

    text: str
    title: str | None
    author: str | None
    sitename: str | None
    date: str | None


def extract(html: str, url: str | None) -> ParsedPage | None:
    """The article in ``html``, or None if there is none; whatever goes wrong inside counts as none."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    except Exception:  # lxml and htmldate raise many types on hostile pages; the caller has a fallback
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    return ParsedPage(found.text, found.title, found.author, found.sitename, found.date)


def version() -> str:
    """The version of trafilatura, part of the name of the extractor."""
    from importlib.metadata import version as installed

    return installed("trafilatura")


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
