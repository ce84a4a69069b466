"""Reads a text of an annotated corpus with its characters left alone, so that the corpus's offsets fit."""

from __future__ import annotations

from onrecord.documents import DocumentSettings
from onrecord.errors import OnrecordError
from onrecord.reading.report import ReadSettings, read_one
from onrecord.values import Failure, RawDocument, Reading

_SETTINGS = ReadSettings(documents=DocumentSettings(as_is=True))
_WHEN = "2000-01-01T00:00:00Z"  # never looked at: texts of corpora are not kept


def read_as_is(text: str) -> Reading:
    """All that is read from ``text``; offsets point into it.

    Raises:
        OnrecordError: the text cannot be read, or would be changed on the way.
        ModelError: the model is missing or is not the one whose hash is pinned.
    """
    raw = RawDocument("corpus", "corpus", text.encode("utf-8"), "text", _WHEN, body=text)
    reading = read_one(raw, settings=_SETTINGS)
    if isinstance(reading, Failure):
        raise OnrecordError(f"a text of the corpus cannot be read: {reading.reason}", hint=reading.hint)
    if reading.document.text != text:
        raise OnrecordError(
            "a text of the corpus was changed while it was read: its offsets do not fit any more",
            hint="take control characters and lone carriage returns out of the corpus",
        )
    return reading
