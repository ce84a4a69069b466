"""The values that say which reports share wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.linking.copy_passages import Passage

CopyKind = Literal["copy", "cut", "embedded", "passage", "quote"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a report beside its text."""

    id: str
    outlet: str | None
    published: str | None  # ISO 8601, the earliest it may be
    wire: str | None  # the agency it credits
    words: int

    @property
    def rank(self) -> tuple[int, str, str]:
        """Fullest first, then earliest; unique."""
        return -self.words, self.published or "~", self.id


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two reports that share wording, the longer one first."""

    first: str  # ids
    second: str
    kind: CopyKind
    first_share: float  # of the words of each, how many the other has too; standing text left out
    second_share: float
    passages: tuple[Passage, ...]  # by their place in the first


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Reports that are one text: counted as one independent report."""

    members: tuple[str, ...]  # ids, sorted
    origin: str  # id of the report that the others likely come from
    source: str | None  # the agency that members credit, or None
    reason: str  # why this is the origin, in words
