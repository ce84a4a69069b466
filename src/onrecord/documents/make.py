"""One report as found becomes a document, or a failure that says why not. Its language comes from
py3langid (imported here only)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.documents.characters import TooManyLines, clean
from onrecord.documents.page import host, read_page
from onrecord.documents.parts import ArticleParts, DocumentSettings
from onrecord.documents.plain import front_matter, read_plain, title_of, unmarked
from onrecord.documents.published import candidates
from onrecord.ids import document_id, sha256
from onrecord.values import Document, Dropped, Failure, RawDocument

MIN_LETTERS = 60  # shorter texts are too often misjudged


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, None where it is too short to tell."""
    sample = text[:2000]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    import py3langid  # type: ignore[import-untyped]

    return str(py3langid.classify(sample)[0])


_WORD = re.compile(r"\w+")
_SEVERAL_LINES = re.compile(r"\s*\n\s*")
LOOK = "look whether the file holds an article; --as-is reads it untouched"
SPLIT_IT = "split it: this is a book or a dump, not one report"
VERSION = "1"  # of what makes canonical text; part of ``Document.extractor``


def make_document(
    raw: RawDocument, text: str, charset: str, *, settings: DocumentSettings
) -> Document | Failure:
    """The document made from ``text``, the decoded original of ``raw``.

    A pure function of its arguments. Nothing in the text makes it raise: what gives no document gives a
    Failure of stage "document". Canonical text is the headline and the paragraphs of the article with an
    empty line between any two; see docs/documents.md.
    """
    if settings.as_is:
        canonical, parts = text, ArticleParts()
    else:
        try:
            parts = _read(raw, text, settings)
        except RecursionError:
            return _failure(raw, "nested: the text is nested too deeply to be read")
        except TooManyLines as error:
            return _failure(raw, f"too long: {error}, which is too many for one report", hint=SPLIT_IT)
        canonical = ""
    fields = {
        key: clean(_SEVERAL_LINES.sub(" ", value)) for key, value in raw.fields.items() if value.strip()
    }
    if raw.kind == "markdown" and not settings.as_is:
        fields = {**front_matter(text)[0], **fields}
    title = fields.get("title") or parts.title
    if not settings.as_is:
        canonical = paragraphs(title, parts.body)
    if not _WORD.search(canonical):
        return _failure(raw, "empty: no text of an article is left")
    return _document(raw, canonical, charset, fields, parts, title)


def _read(raw: RawDocument, text: str, settings: DocumentSettings) -> ArticleParts:
    if raw.kind == "html":
        return read_page(text, url=raw.url, settings=settings)
    if raw.kind == "text":
        return read_plain(text, settings=settings)
    skip = front_matter(text)[1]
    found = read_plain(text[skip:], settings=settings)
    title = title_of(text[skip:]) or (unmarked(found.title) if found.title else None)
    return replace(
        found,
        body=tuple(line for line in map(clean, map(unmarked, found.body)) if line),
        dropped=tuple(Dropped(d.start + skip, d.end + skip, d.reason, d.text) for d in found.dropped),
        title=title,
    )


def _document(
    raw: RawDocument,
    canonical: str,
    charset: str,
    fields: Mapping[str, str],
    parts: ArticleParts,
    title: str | None,
) -> Document:
    dated = candidates(
        field=fields.get("published"),
        meta=parts.meta,
        lines=list(parts.all_lines),
        headline=parts.headline,
        url=raw.url,
        name=raw.name,
        apart=parts.apart,
        doubtful=parts.doubtful,
        times=parts.times,
        retrieved=raw.retrieved_at,
    )
    return Document(
        id=document_id(raw),
        uri=raw.uri,
        url=raw.url,
        kind=raw.kind,
        outlet=fields.get("outlet") or parts.outlet or host(raw.url),
        title=title,
        byline=fields.get("byline") or parts.byline,
        wire=fields.get("wire") or parts.wire,
        translator=fields.get("translator") or parts.translator,
        language=fields.get("language") or language(canonical),
        published=next((one.interval for one in dated if one.chosen), None),
        candidates=dated,
        text=canonical,
        text_sha256=sha256(canonical.encode("utf-8", "surrogatepass")),
        raw_sha256=sha256(raw.data),
        retrieved_at=raw.retrieved_at,
        charset=charset,
        extractor=f"onrecord {VERSION}, {parts.by}",
        words=sum(1 for _ in _WORD.finditer(canonical)),
        dropped=parts.dropped,
    )


def paragraphs(title: str | None, body: Sequence[str]) -> str:
    """Canonical text: the headline unless the body begins with it, then the body, an empty line between."""
    parts = list(body)
    if title and not (parts and _same(parts[0], title)):
        parts.insert(0, title)
    return "\n\n".join(parts)


def body_of(document: Document) -> str:
    """Canonical text without the headline in front."""
    head, _, rest = document.text.partition("\n\n")
    return rest if document.title and _same(head, document.title) else document.text


def _same(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())


def _failure(raw: RawDocument, reason: str, hint: str = LOOK) -> Failure:
    return Failure(raw.uri, "document", reason, hint)
