"""An HTML page: its article, what was dropped of it, and what it says about itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.documents import credits, html
from onrecord.documents.blocks import Block, blocks_and_depth
from onrecord.documents.characters import lines
from onrecord.documents.dates import Time, apart, doubtful
from onrecord.documents.html import PageMeta, page_meta
from onrecord.documents.lines import judge
from onrecord.documents.parts import ArticleParts, DocumentSettings
from onrecord.documents.phrases import drop_reason
from onrecord.values import Dropped

# libxml2 and the functions over its trees recurse; a page that needs more is no article.
MAX_DEPTH = 250
_WORD = re.compile(r"\w+")
_TITLES = (
    "og:title",
    "twitter:title",
    "title",
    "dc.title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
)
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "citation_author",
    "byl",
)


def read_page(source: str, *, url: str | None, settings: DocumentSettings) -> ArticleParts:
    """The article of a page. By trafilatura; by blocks and line classifier where that finds nothing or must
    not be tried (a tree too deep or too large, a source too long). Raises TooManyLines.
    """
    found, depth = blocks_and_depth(source, most=settings.max_lines)
    meta = page_meta(source, url)
    fits = depth <= MAX_DEPTH and len(source) <= settings.max_html and source.count("<") <= settings.max_tags
    inside = html.extract(source, url) if fits else None
    texts = [block.text for block in found]
    if inside is not None:
        body = [line.text for line in lines(inside.text)]
        body = [text for text in body if drop_reason(text) is None]
    else:
        reasons = judge(texts, mode="page" if len(texts) >= 30 else "auto")
        body = [text for text, reason in zip(texts, reasons, strict=True) if reason is None]
    wire, wire_line = credits.wire(body)
    who = next((name for name in map(credits.translator, [*body[:8], *body[-14:]]) if name), None)
    body = [text for text in body if text != wire_line and credits.translator(text) is None]
    headline = _headline(found, meta)
    return ArticleParts(
        body=tuple(body),
        dropped=tuple(_dropped(found, body)),
        all_lines=tuple(texts),
        headline=headline,
        apart=apart(found, headline),
        doubtful=doubtful(found, headline),
        times=times(meta, found),
        title=_title(meta, inside, found),
        byline=_byline(meta, inside, texts[headline : headline + 12]),
        outlet=_outlet(meta, inside, url),
        wire=wire,
        translator=who,
        meta=meta,
        by="trafilatura " + html.version() if inside is not None else "blocks",
    )


def times(meta: PageMeta, found: Sequence[Block]) -> tuple[Time, ...]:
    """The time elements of a page, with the number of the block that each stands in, or before."""
    ends = [block.end for block in found]
    return tuple(Time(about, value, bisect_right(ends, at)) for about, value, at in meta.times)


def _headline(found: Sequence[Block], meta: PageMeta) -> int:
    """The block that is the headline: the first heading that the title begins with, else the first h1."""
    titles = [value for name, value in meta.meta if name in _TITLES] + ([meta.title] if meta.title else [])
    first = None
    for i, block in enumerate(found):
        if block.tag == "h1":
            first = i if first is None else first
            if any(block.text in title for title in titles):
                return i
    return first or 0


def _title(meta: PageMeta, inside: html.ParsedPage | None, found: Sequence[Block]) -> str | None:
    """The headline without the name of the site: a lone or agreeing h1, else what the page states."""
    stated = [value for key in _TITLES for name, value in meta.meta if name == key]
    stated += [value for _, key, value in meta.linked if key == "headline"]
    stated += [meta.title] if meta.title else []
    sites = [value for name, value in meta.meta if name in _SITES]
    sites += [value for _, key, value in meta.linked if key == "publisher"]
    sites += [inside.sitename] if inside and inside.sitename else []
    headings = [heading for heading in meta.headings if 2 <= len(heading.split()) <= 40]
    for heading in headings:
        if any(heading.casefold() in each.casefold() for each in stated):
            return heading
    if len(headings) == 1:
        return headings[0]
    for each in stated:
        return credits.without_site(each, sites, headings)
    return inside.title if inside else None


def _byline(meta: PageMeta, inside: html.ParsedPage | None, beside: Sequence[str]) -> str | None:
    stated = [value for _, key, value in meta.linked if key == "author"]
    stated += [value for key in _AUTHORS for name, value in meta.meta if name == key]
    for name in [*stated, *(credits.byline(line) for line in beside), inside.author if inside else None]:
        if name and not name.startswith(("http", "@")) and len(name) <= 200:
            return name
    return None


def _outlet(meta: PageMeta, inside: html.ParsedPage | None, url: str | None) -> str | None:
    for name in _SITES[:1]:
        for key, value in meta.meta:
            if key == name:
                return value
    for _, key, value in meta.linked:
        if key == "publisher":
            return value
    return host(url)


def host(url: str | None) -> str | None:
    """The host of an address without ``www.``: an outlet's name where no other is known."""
    try:
        found = urlsplit(url or "").hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def _dropped(found: Sequence[Block], body: Sequence[str]) -> list[Dropped]:
    """Blocks whose words are not in the body, neighbours with one reason together."""
    words = _WORD.findall("\n".join(body).lower())
    runs = set(zip(words, words[1:], words[2:], strict=False))
    whole = {" ".join(_WORD.findall(text.lower())) for text in body}
    out: list[Dropped] = []
    open_until = -1  # index of the block that the last dropped one ends with
    for i, block in enumerate(found):
        own = _WORD.findall(block.text.lower())
        if not own or _kept(own, runs, whole):
            continue
        reason = drop_reason(block.text) or block.label or ("navigation" if block.link > 0.7 else "other")
        if out and open_until == i - 1 and out[-1].reason == reason:
            last = out.pop()
            out.append(Dropped(last.start, block.end, reason, last.text + "\n" + block.text))
        else:
            out.append(Dropped(block.start, block.end, reason, block.text))
        open_until = i
    return out


def _kept(own: list[str], runs: set[tuple[str, str, str]], whole: set[str]) -> bool:
    if len(own) < 3:
        return " ".join(own) in whole
    mine = list(zip(own, own[1:], own[2:], strict=False))
    return sum(run in runs for run in mine) >= len(mine) / 2
