"""One report as found becomes a document, or a failure that says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.documents import html, phrases
from onrecord.documents.characters import Line, clean, lines
from onrecord.documents.language import language
from onrecord.documents.settings import DocumentSettings
from onrecord.ids import document_id, sha256
from onrecord.values import Document, Dropped, Failure, RawDocument

_WORD = re.compile(r"\w+")
VERSION = "onrecord-text 1"


def make_document(
    raw: RawDocument, text: str, charset: str, *, settings: DocumentSettings
) -> Document | Failure:
    """The document made from ``text``, the decoded original of ``raw``: pure, and raises on no input."""
    title = raw.fields.get("title")
    dropped: tuple[Dropped, ...] = ()
    if settings.as_is:
        canonical = text
    elif raw.kind == "html":
        page = html.extract(text, raw.url)
        if page is None:
            return _failure(raw, "no article found in the HTML")
        title = title or page.title
        canonical = paragraphs([clean(title)] if title else [], (line.text for line in lines(page.text)))
    else:
        kept: list[Line] = []
        out: list[Dropped] = []
        for line in lines(text):
            reason = phrases.drop_reason(line.text)
            if reason is None:
                kept.append(line)
            else:
                out.append(Dropped(line.start, line.end, reason, text[line.start : line.end]))
        dropped = tuple(out)
        canonical = paragraphs([clean(title)] if title else [], (line.text for line in kept))
    if not _WORD.search(canonical):
        return _failure(raw, "empty: no text is left")
    return Document(
        id=document_id(raw),
        uri=raw.uri,
        url=raw.url,
        kind=raw.kind,
        outlet=raw.fields.get("outlet"),
        title=clean(title) if title else None,
        byline=raw.fields.get("byline"),
        wire=raw.fields.get("wire"),
        translator=raw.fields.get("translator"),
        language=raw.fields.get("language") or language(canonical),
        published=None,
        candidates=(),
        text=canonical,
        text_sha256=sha256(canonical.encode("utf-8", "surrogatepass")),
        raw_sha256=sha256(raw.data),
        retrieved_at=raw.retrieved_at,
        charset=charset,
        extractor=VERSION,
        words=sum(1 for _ in _WORD.finditer(canonical)),
        dropped=dropped,
    )


def paragraphs(title: list[str], body: Iterable[str]) -> str:
    """Canonical text: the title unless the body begins with it, then the body, a blank line between."""
    parts = list(body)
    if title and parts and parts[0].casefold() == title[0].casefold():
        title = []
    return "\n\n".join([*title, *parts])


def _failure(raw: RawDocument, reason: str) -> Failure:
    return Failure(raw.uri, "document", reason, "open the file and see whether it holds an article")
