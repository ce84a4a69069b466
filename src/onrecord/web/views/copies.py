"""Copies: pairs of reports that share wording, with the passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from onrecord.linking.copy_values import CopyKind
from onrecord.record import CopyRow, Record
from onrecord.values import Span
from onrecord.web.ask import Ask, Page, View, chosen, paged
from onrecord.web.wordings import Pair, aligned

KINDS: dict[str, str] = {
    "copy": "each has half of its words from the other",
    "cut": "the shorter one has its words from where the longer one begins",
    "embedded": "the shorter one has its words from further down in the longer one",
    "passage": "they share twenty words in a row",
    "quote": "they share twelve words of a quotation",
}
_PER = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two reports share, with their places in both, and how they differ."""

    first: str
    first_span: Span
    second: str
    second_span: Span
    along: tuple[Pair, ...]

    @property
    def same(self) -> bool:
        """Whether no word differs."""
        return not any(one.kind for one in self.along)


def copies(record: Record, ask: Ask) -> Page:
    """Pairs of reports, filtered by kind, outlet and report."""
    chosen(get_args(CopyKind), ask.get("kind"))
    filters = ask.filters("kind", "outlet", "document")
    listing = record.copies(**filters)
    others = {name: value for name, value in filters.items() if name != "kind"}
    where = paged(ask, listing.count(), per=_PER)
    rows = list(listing.page(where.per, where.offset))
    values = {
        "rows": [(one, _passages(one)) for one in rows],
        "paged": where,
        "kinds": KINDS,
        "numbers": record.copies(**others).counts("kind"),
        "reports": record.documents_of([id for one in rows for id in (one.first, one.second)]),
    }
    return Page("copies.html", "Copies", values, rows=listing, styles=("rows.css",))


def _passages(row: CopyRow) -> list[Passage]:
    sides = (row.first_pieces, row.first_spans, row.second_pieces, row.second_spans)
    return [Passage(*one, aligned(one[0], one[2])) for one in zip(*sides, strict=True)]


VIEWS = (View("copies", "/copies", copies),)
