"""Reading one report: a pure function of its bytes, its name, the model and the settings.

A process pool calls it now, a cluster will call it later; nothing here knows of a record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.documents import DocumentSettings, make_document
from onrecord.errors import OnrecordError
from onrecord.ids import statement_id
from onrecord.reading import quotes
from onrecord.reading.kinds import kind_of
from onrecord.reading.quotation import quotation_state
from onrecord.sources import decode
from onrecord.values import Document, Failure, RawDocument, Reading, Spans, Statement

REPORT_IT = "please report it with the file: this is a fault of Onrecord, not of yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How one report is read.

    ``documents``: how its text is made. ``charset``: the encoding of every text, whatever is declared;
    None: find out.
    """

    documents: DocumentSettings = field(default_factory=DocumentSettings)
    charset: str | None = None


def read_one(raw: RawDocument, *, settings: ReadSettings) -> Reading | Failure:
    """All that is read from ``raw``, or why it cannot be.

    Raises UsageError for a charset that is none, ModelError if the model is missing: neither is a report's
    own fault.
    """
    reading = False
    try:
        decoded = decode(raw, charset=settings.charset)
        document = make_document(raw, decoded.text, decoded.charset, settings=settings.documents)
        if isinstance(document, Failure):
            return document
        document.text.encode("utf-8")  # half a pair cannot be stored: better a failure here
        reading = True
        return Reading(document, raw, _statements(document))
    except OnrecordError:
        raise  # a wrong charset or a missing model is not this report's fault
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Failure(raw.uri, "reading" if reading else "document", f"error {what}", REPORT_IT)


def reader_name() -> str:
    """Name and hash of the model that reads, as kept beside each document."""
    return quotes.reader_name()


def _statements(document: Document) -> tuple[Statement, ...]:
    found: dict[str, Statement] = {}
    states = quotation_state(document.text)
    for one in quotes.find_attributions(document.text):
        for spans in (one.speaker, one.cue, one.content):
            _check(spans, len(document.text))
        if not one.cue and not one.content:
            raise ValueError("an attribution with neither cue nor content")
        id = statement_id(document.id, one.speaker, one.cue, one.content)
        kind = kind_of(document.text, one.content, states=states)
        statement = Statement(
            id, document.id, one.speaker, one.cue, one.content, kind, round(one.confidence, 4)
        )
        # The same spans found twice are one statement; the surer finding counts.
        if id not in found or found[id].confidence < statement.confidence:
            found[id] = statement
    return tuple(sorted(found.values(), key=_place))


def _check(spans: Spans, length: int) -> None:
    last = 0
    for start, end in spans:
        if not last <= start < end <= length:
            raise ValueError(f"span {start}-{end} is empty, out of order or out of the text")
        last = end


def _place(one: Statement) -> tuple[int, int, str]:
    spans = [*one.speaker, *one.cue, *one.content]
    return min(a for a, _ in spans), max(b for _, b in spans), one.id
