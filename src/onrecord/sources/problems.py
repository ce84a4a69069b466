"""Why bytes could not become a report: a stable first word, what was met, and what to do next."""

from __future__ import annotations

from typing import Literal, get_args

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


class Problem(Exception):
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


def too_large(size: int | None, limit: int, *, what: str = "") -> Problem:
    """A report of ``size`` bytes (None: unknown, reading stopped at the limit) over ``limit`` bytes."""
    met = human_bytes(size) if size is not None else f"more than {human_bytes(limit)}"
    detail = f"{what + ', ' if what else ''}{met} where one report may have {human_bytes(limit)}"
    return Problem(
        "too large", detail, "raise the limit with --max-document-bytes, or split the file into reports"
    )


def bomb(detail: str) -> Problem:
    """Packed data that unpacks to more than a report or an archive of reports ever does."""
    hint = "if you trust it, unpack it yourself and give the folder, or raise --max-archive-bytes"
    return Problem("bomb", detail, hint)


def truncated(what: str) -> Problem:
    """A container that ends before its end; what stands before the cut has been read."""
    return Problem(
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
