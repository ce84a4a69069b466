"""Where bytes were found, what may be chosen about reading them, and why they could not become a report: a
stable first word, what was met, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from onrecord.errors import UsageError
from onrecord.sources.decoding import check_charset
from onrecord.values import Failure, RawDocument, RawKind

MAPPING_KEYS = ("text", "title", "byline", "outlet", "published", "url", "language", "wire", "translator")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """Limits, field names and an encoding; every default suits a folder of news reports.

    Attributes:
        max_document_bytes: the most bytes one report may have (20 MB: the longest newspaper pages saved
            with their scripts are under 10 MB, a novel is 1 MB). Larger ones fail as "too large".
        max_archive_bytes: the most bytes one zip, or one member of a gzip file, may unpack to. More is a
            "bomb". The members of a gzip count one by one because a WARC has one for each record.
        max_ratio: unpacked over packed size from which a file is a "bomb", looked at only above
            ``RATIO_FLOOR`` bytes. News in HTML packs 4 to 10 times, the most deflate can do is 1032.
        mapping: our key -> name of the field in JSONL, JSON and CSV ("text" -> "article.body"; a dot goes
            down into an object). Keys: ``MAPPING_KEYS``. What is not mapped is guessed.
        charset: the encoding of every text, whatever the files declare; None: find out.

    Raises:
        UsageError: an unknown key in ``mapping``, an unknown ``charset``, or a limit below 1.
    """

    max_document_bytes: int = 20_000_000
    max_archive_bytes: int = 2_000_000_000
    max_ratio: float = 200.0
    mapping: Mapping[str, str] = field(default_factory=dict)
    charset: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could only fail later, once for every file."""
        for key in self.mapping:
            if key not in MAPPING_KEYS:
                raise UsageError(
                    f"unknown field {key!r} in the mapping", hint="one of: " + ", ".join(MAPPING_KEYS)
                )
        if min(self.max_document_bytes, self.max_archive_bytes, self.max_ratio) < 1:
            raise UsageError("a limit must be at least 1", hint="leave the option out for the default")
        if self.charset is not None:
            check_charset(self.charset)


Found = RawDocument | Failure


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, a member of an archive, or an item of either.

    Attributes:
        uri: the place as typed: ``reports/a.zip!x/b.jsonl#17``.
        name: the last part of the innermost path, without ``.gz``: ``b.jsonl#17``.
        retrieved_at: ISO 8601, UTC, whole seconds.
        path: the absolute path of the outermost local file; None for standard input.
        depth: how many archives are around it.
        size: the number of bytes, where it is known without reading.
    """

    uri: str
    name: str
    retrieved_at: str
    path: str | None
    depth: int = 0
    size: int | None = None

    def item(self, number: int) -> Origin:
        """The place of item ``number`` (a line, row, entry or record) in this file."""
        return replace(self, uri=f"{self.uri}#{number}", name=f"{self.name}#{number}", size=None)

    def failure(self, problem: SourceProblem) -> Failure:
        """The row that says what kept this place from being read."""
        return Failure(
            uri=self.uri, stage="source", reason=one_line(str(problem)), hint=problem.hint, path=self.path
        )

    def document(
        self,
        data: bytes,
        kind: RawKind,
        *,
        body: str | None = None,
        url: str | None = None,
        charset: str | None = None,
        fields: Mapping[str, str] | None = None,
        retrieved_at: str | None = None,
    ) -> RawDocument:
        """The report found at this place."""
        return RawDocument(
            uri=self.uri,
            name=url or self.name,
            data=data,
            kind=kind,
            retrieved_at=retrieved_at or self.retrieved_at,
            body=body,
            url=url,
            charset=charset,
            fields=dict(fields or {}),
            path=self.path,
        )


def one_line(text: str, most: int = 300) -> str:
    """``text`` on one line, without control characters, and not longer than a message should be."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


Word = Literal[
    "missing",
    "empty",
    "too large",
    "binary",
    "bomb",
    "link",
    "encrypted",
    "truncated",
    "not json",
    "no text",
    "unreadable",
    "unsupported",
]

WORDS: tuple[Word, ...] = get_args(Word)


class SourceProblem(Exception):
    """Raised inside ``sources`` only; the reader of a file or container turns it into a Failure.

    Attributes:
        word: the stable word a reason starts with.
        detail: what was met, without a full stop.
        hint: what to do next.
    """

    def __init__(self, word: Word, detail: str, hint: str) -> None:
        """See the class."""
        super().__init__(f"{word}: {detail}")
        self.word = word
        self.detail = detail
        self.hint = hint


def too_large(size: int | None, limit: int, *, what: str = "") -> SourceProblem:
    """A report of ``size`` bytes (None: unknown, reading stopped at the limit) over ``limit`` bytes."""
    met = human_bytes(size) if size is not None else f"more than {human_bytes(limit)}"
    detail = f"{what + ', ' if what else ''}{met} where one report may have {human_bytes(limit)}"
    return SourceProblem(
        "too large", detail, "raise the limit with --max-document-bytes, or split the file into reports"
    )


def bomb(detail: str) -> SourceProblem:
    """Packed data that unpacks to more than a report or an archive of reports ever does."""
    hint = "if you trust it, unpack it yourself and give the folder, or raise --max-archive-bytes"
    return SourceProblem("bomb", detail, hint)


def truncated(what: str) -> SourceProblem:
    """A container that ends before its end; what stands before the cut has been read."""
    return SourceProblem(
        "truncated", what, "fetch or copy the file again; what could be read before the cut is kept"
    )


def human_bytes(size: int) -> str:
    """A number of bytes for people, in decimal units.

    >>> human_bytes(20_000_000), human_bytes(1_500), human_bytes(12)
    ('20 MB', '1.5 KB', '12 bytes')
    """
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= worth:
            return f"{size / worth:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
