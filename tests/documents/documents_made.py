"""Documents made from strings, for tests."""

from onrecord.documents import DocumentSettings, make_document
from onrecord.values import Document, Failure, RawDocument, RawKind


def make(
    text: str,
    kind: RawKind = "text",
    *,
    url: str | None = None,
    name: str = "a.txt",
    as_is: bool = False,
    retrieved_at: str = "2020-01-01T00:00:00Z",
    **fields: str,
) -> Document | Failure:
    """What ``make_document`` makes of ``text``."""
    data = text.encode("utf-8", "surrogatepass")
    raw = RawDocument(name, name, data, kind, retrieved_at, url=url, fields=fields)
    return make_document(raw, text, "utf-8", settings=DocumentSettings(as_is=as_is))


def document(text: str, kind: RawKind = "text", **rest: object) -> Document:
    """The same, where it must be a document."""
    made = make(text, kind, **rest)  # type: ignore[arg-type]
    assert isinstance(made, Document), made
    return made
