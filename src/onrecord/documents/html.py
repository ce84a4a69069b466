"""The body and metadata of an HTML page, through trafilatura (imported here only)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What trafilatura finds in a page: the text of its article, and metadata as it states them."""

    text: str
    title: str | None
    author: str | None
    sitename: str | None
    date: str | None


def extract(html: str, url: str | None) -> Page | None:
    """The article in ``html``, or None if there is none; whatever goes wrong inside counts as none."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    except Exception:  # lxml and htmldate raise many types on hostile pages; the caller has a fallback
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    return Page(found.text, found.title, found.author, found.sitename, found.date)


def version() -> str:
    """The version of trafilatura, part of the name of the extractor."""
    from importlib.metadata import version as installed

    return installed("trafilatura")
