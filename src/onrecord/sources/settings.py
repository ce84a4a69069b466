"""What a caller may choose about reading inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.errors import UsageError
from onrecord.sources.decoding import check_charset

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
