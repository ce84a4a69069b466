"""The values that travel through Onrecord: what was found, what was read, what could not be.

All are frozen. Offsets are half-open code points into one named text, never bytes. Nothing here knows
where a value came from or where it is stored, so every other module may import this one.

Span: ``(start, end)``; ``text[start:end]`` is what it covers. A list of spans is sorted, without
overlaps, and no span is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

RawKind = Literal["html", "text", "markdown"]
StatementKind = Literal["direct", "indirect", "mixed"]
Precision = Literal["second", "minute", "hour", "day", "month", "year", "interval"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One report as it was found, before anything is read from it.

    ``data`` is what is kept: the file's bytes, the line of a JSONL file, the HTTP payload of a WARC
    record. ``body`` is set when the report's text is only a part of ``data`` (a field of a JSONL line, a
    cell of a CSV row, the content of a feed entry); otherwise the text is decoded from ``data``.
    """

    uri: str  # where it was found, as typed: "reports/a.txt", "a.zip!x/b.html", "a.jsonl#17", or a URL
    name: str  # enters the document id: the URL where one is known, else the last part of the path
    data: bytes
    kind: RawKind
    retrieved_at: str  # ISO 8601, UTC, whole seconds: when a local file was last modified, a WARC date
    body: str | None = None
    url: str | None = None
    charset: str | None = None  # declared outside the bytes, as in an HTTP header
    fields: Mapping[str, str] = field(default_factory=dict)
    # what a container says of the report, under these keys only: title, byline, outlet, published,
    # language, wire, translator


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that could not be read: what, where, and what to do next."""

    uri: str
    stage: Literal["source", "document", "reading"]
    reason: str  # one line, starts with a stable word such as "empty", "too large", "binary"
    hint: str  # what to type or do next
    path: str | None = None  # the absolute path of the local file to try again, if there is one


@dataclass(frozen=True, slots=True)
class Interval:
    """A time known no more exactly than it is: [earliest, latest], both ISO 8601, both inclusive."""

    earliest: str
    latest: str
    precision: Precision
    basis: str  # where it comes from: "meta article:published_time", "line 'date'", "field published"


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One date that might be the publication date; every one found is kept, best first."""

    interval: Interval
    quoted: str  # the characters it was read from
    chosen: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the original that is not part of the canonical text, and why.

    ``start, end`` are code points into the decoded original (HTML with its tags, or the text file).
    """

    start: int
    end: int
    reason: str  # "newsletter box", "comment form", "related content", "caption", "navigation", ...
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report with its canonical text and what is known about it."""

    id: str
    uri: str
    url: str | None
    kind: RawKind
    outlet: str | None
    title: str | None
    byline: str | None
    wire: str | None
    translator: str | None
    language: str | None
    published: Interval | None
    candidates: tuple[DateCandidate, ...]
    text: str
    text_sha256: str
    raw_sha256: str
    retrieved_at: str
    charset: str
    extractor: str  # name and version of what made the canonical text
    words: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed utterance or stance: who (speaker), by which words (cue), what (content).

    Spans are offsets into the canonical text of the document; speaker or cue may be empty, never both
    cue and content. ``confidence`` is a calibrated probability that the attribution is right.
    """

    id: str
    document_id: str
    speaker: Spans
    cue: Spans
    content: Spans
    kind: StatementKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one report: a pure function of its bytes, the model and the settings."""

    document: Document
    raw: RawDocument
    statements: tuple[Statement, ...]
