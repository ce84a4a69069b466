"""Reading one report: a pure function of its bytes, its name, the model and the settings.

A process pool calls it now, a cluster will call it later; nothing here knows of a record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.documents import SPLIT_IT, DocumentSettings, make_document
from onrecord.errors import OnrecordError
from onrecord.reading import quotes
from onrecord.reading.circumstances import chain_of_report
from onrecord.reading.positions import positions_in
from onrecord.reading.whole import read_text
from onrecord.sources import decode
from onrecord.values import Failure, RawDocument, Reading

REPORT_IT = "please report it with the file: this is a fault of Onrecord, not of yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How one report is read.

    ``documents``: how its text is made. ``charset``: the encoding of every text, whatever is declared;
    None: find out. ``longest``: characters of canonical text; what has more is refused, because it would take
    too much memory to read as one report.
    """

    documents: DocumentSettings = field(default_factory=DocumentSettings)
    charset: str | None = None
    longest: int = 1_000_000


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
        if len(document.text) > settings.longest:
            size, most = f"{len(document.text):,}", f"{settings.longest:,}"
            reason = f"too long: the text has {size} characters, at most {most} are read as one report"
            return Failure(raw.uri, "document", reason, SPLIT_IT)
        document.text.encode("utf-8")  # half a pair cannot be stored: better a failure here
        reading = True
        whole = read_text(
            document.text,
            document_id=document.id,
            published=document.published,
            through=chain_of_report(document),
        )
        held = positions_in(
            document.text,
            whole.mentions,
            whole.entities,
            whole.statements,
            whole.times,
            document_id=document.id,
            published=document.published,
        )
        return Reading(
            document, raw, whole.statements, whole.mentions, whole.entities, whole.times, tuple(held)
        )
    except OnrecordError:
        raise  # a wrong charset or a missing model is not this report's fault
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Failure(raw.uri, "reading" if reading else "document", f"error {what}", REPORT_IT)


def reader_name() -> str:
    """Name and hash of the model that reads, as kept beside each document."""
    return quotes.reader_name()
