"""Statements as several pages show them: words with marks, who said them, and where to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.record import StatementRow
from onrecord.values import Spans
from onrecord.web.ask import link
from onrecord.web.marked import Part, pieces


@dataclass(frozen=True, slots=True)
class Said:
    """A statement to be shown, its words cut by the marks on them."""

    row: StatementRow
    pieces: tuple[tuple[Part, ...], ...]

    @property
    def speakers(self) -> tuple[tuple[str, str | None], ...]:
        """Names with the ids of their actors; an id is None where the names and ids are not one to one."""
        names = (self.row.speaker or self.row.speaker_text or "nobody named").split("; ")
        ids: tuple[str | None, ...] = self.row.speaker_ids
        return tuple(zip(names, ids if len(ids) == len(names) else [None] * len(names), strict=True))

    @property
    def reader(self) -> str:
        """The address of the sentence in its report."""
        return in_reader(self.row.document, self.row.id)


def shown(rows: Iterable[StatementRow], marks: Mapping[str, Spans] | None = None) -> tuple[Said, ...]:
    """``rows`` with what ``marks`` (spans by document) cover of their words marked."""
    return tuple(
        Said(
            one,
            pieces(
                one.content_pieces,
                one.content_spans,
                [(span, 1) for span in (marks or {}).get(one.document, ())],
            ),
        )
        for one in rows
    )


def in_reader(document: str, statement: str) -> str:
    """The address of a statement in its report."""
    return f"{link(f'/report/{document}', statement=statement)}#{statement}"
