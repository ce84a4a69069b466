"""The Reader: one report as it was read, with what was found in it beside its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.store import AccountMemberRow, Record, StatementRow
from onrecord.store.schema.rows import DroppedRow
from onrecord.store.shown.report import QuotedElsewhere, RepeatedLine, Report, Speaking
from onrecord.values import Span
from onrecord.web import highlight as layers
from onrecord.web.ask import Ask, NotThere, Page, Some, View
from onrecord.web.highlight import Cover, Segment, paragraphs, part_of, parts, places, segments

_MARKED = "marked"  # what the address asks to be shown


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in the margin about one statement; ``number``: counted through the report, from 1."""

    number: int
    row: StatementRow
    speakers: tuple[Speaking, ...]
    quoted: tuple[QuotedElsewhere, ...]
    accounts: tuple[AccountMemberRow, ...]
    inside: int | None  # number of the statement in whose content it stands
    chosen: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one set of highlights, what begins with it, and where it leads."""

    segment: Segment
    begins: tuple[tuple[int, StatementRow], ...]  # statements, numbered
    at: bool  # whether the address asks for this place
    classes: str
    numbers: str  # of the statements that cover it
    goal: str
    says: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """One paragraph: what was left out before it, its text in pieces, and the cards beside it."""

    dropped: tuple[DroppedRow, ...]
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    repeated: tuple[RepeatedLine, ...]
    headline: bool


def reader(record: Record, ask: Ask) -> Page:
    """A report: its text with highlights and cards; with ``plain`` nothing but its text."""
    id = ask.given["id"]
    found = record.report(id)
    if found is None:
        raise NotThere(f"no such report: {id!r}", hint="The list of reports has all that are here.")
    document = found.document
    statements = list(iter(record.statements(document=id, all=True)))
    rows = Some(StatementRow, tuple(statements))
    data = {"document": document, "statements": statements}
    title = document.title or document.uri
    if _on(ask, "plain"):
        plain: dict[str, object] = {"report": found}
        return Page("report_plain.html", title, plain, rows, data, styles=("reader.css",), text=document.text)
    shown = _ReaderText(record, ask, found, statements).values()
    values: dict[str, object] = {"report": found, "outside": outside(document.url), **shown}
    return Page(
        "report.html",
        title,
        values,
        rows,
        data,
        styles=("reader.css",),
        scripts=("reader.js",),
        text=document.text,
    )


VIEWS = (View("report", "/report/{id}", reader),)


class _ReaderText:
    """One report in the making of its page."""

    def __init__(self, record: Record, ask: Ask, report: Report, statements: Sequence[StatementRow]) -> None:
        self._record, self._ask, self._report = record, ask, report
        self._id, self._text = report.document.id, report.document.text
        self._rows = statements
        self._numbers = {row.id: number for number, row in enumerate(self._rows, 1)}
        self._layers = layers.chosen_layers(ask)
        self._paragraphs = paragraphs(self._text)
        self._starts = sorted(_start(row) for row in self._rows)
        self._parts = parts(self._paragraphs, self._starts)
        self._marked = self._asked_for()
        wanted = "accounts" in self._layers or self._cards
        self._accounts = layers.accounts_in(record, self._id) if wanted else []

    @property
    def _cards(self) -> bool:
        return "statements" in self._layers

    def values(self) -> dict[str, object]:
        """What the template shows."""
        part = self._part()
        first, last = self._parts[part]
        shown = self._paragraphs[first:last]
        dropped, elsewhere = self._dropped(part)
        return {
            "passages": self._passages(first, shown, dropped) if shown else [],
            "after": dropped.get(last, ()),
            "elsewhere": elsewhere,
            "part": part + 1,
            "parts": len(self._parts),
            "rows": self._rows,
            "layers": [
                (one, one in self._layers, layers.switched(self._layers, one)) for one in layers.LAYERS
            ],
            "cards": self._cards,
            "shows_dropped": _on(self._ask, "dropped"),
            "chosen": self._chosen,
            "number": self._numbers.get(self._chosen.id) if self._chosen else None,
        }

    def _asked_for(self) -> list[Cover]:
        """The statement and the place that the address asks for, as highlights."""
        wanted = self._ask.get("statement")
        self._chosen = next((row for row in self._rows if row.id == wanted), None)
        if wanted is not None and self._chosen is None:
            raise NotThere(f"no such statement in this report: {wanted!r}", hint="It may be in another one.")
        found = []
        if self._chosen is not None:
            spans = (*self._chosen.speaker_spans, *self._chosen.cue_spans, *self._chosen.content_spans)
            found += [Cover(start, end, _MARKED, self._chosen.id) for start, end in spans]
        self._at: int | None = None
        if self._ask.get("at") is not None:
            self._at = self._ask.number("at", 0, least=0, most=max(0, len(self._text) - 1))
            end = self._ask.number("to", self._at, least=self._at, most=len(self._text))
            found.append(Cover(self._at, end, _MARKED, "at"))
        return found

    def _part(self) -> int:
        """Number of the part to show, from 0."""
        if self._ask.get("part") is not None:
            return self._ask.number("part", 1, most=len(self._parts)) - 1
        place = self._at if self._at is not None else _start(self._chosen) if self._chosen else 0
        return part_of(self._paragraphs, self._parts, place)

    def _covers(self) -> list[Cover]:
        record, id = self._record, self._id
        found = list(self._marked)
        if "statements" in self._layers:
            found += layers.of_statements(row for row in self._rows if not _is_rejected(row))
        if "mentions" in self._layers:
            found += layers.of_mentions(record.mentions(document=id, all=True))
        if "times" in self._layers:
            found += layers.of_times(record.times(document=id))
        if "positions" in self._layers:
            found += layers.of_positions(layers.positions_in(record, id))
        if "accounts" in self._layers:
            found += layers.of_accounts(self._accounts)
        return found

    def _passages(
        self, first: int, shown: Sequence[Span], dropped: Mapping[int, tuple[DroppedRow, ...]]
    ) -> list[ReaderPassage]:
        begin, end = shown[0][0], shown[-1][1]
        here = [one for one in self._covers() if one.start < end and one.end > begin]
        rows = sorted(self._rows, key=lambda row: (_start(row), self._numbers[row.id]))
        starts = [_start(row) for row in rows]
        made = []
        for number, (a, b) in enumerate(shown, first):
            # What begins in the white space before a paragraph belongs to it.
            before = self._paragraphs[number - 1][1] if number else 0
            last = len(self._text) if number == len(self._paragraphs) - 1 else b
            begun = rows[bisect_left(starts, before) : bisect_left(starts, last)]
            covers = [one for one in here if one.start < b and one.end > a]
            repeated = [one for one in self._report.repeated if one.start < b and one.end > a]
            covers += [Cover(max(a, x.start), min(b, x.end), "repeated", says=_repeated(x)) for x in repeated]
            made.append(
                ReaderPassage(
                    dropped.get(number, ()),
                    tuple(self._pieces((a, b), covers, begun, (before, last))),
                    tuple(self._card(row) for row in begun) if self._cards else (),
                    tuple(repeated),
                    number == 0 and self._text[a:b] == self._report.document.title,
                )
            )
        return made

    def _pieces(
        self, within: Span, covers: Sequence[Cover], begun: Sequence[StatementRow], reach: Span
    ) -> list[Piece]:
        a, b = within
        at = None if self._at is None or not reach[0] <= self._at < reach[1] else min(max(self._at, a), b - 1)
        begins: dict[int, list[tuple[int, StatementRow]]] = {}
        for row in begun:
            place = min(max(_start(row), a), b - 1)
            begins.setdefault(place, []).append((self._numbers[row.id], row))
        cuts = [*begins, *([] if at is None else [at])]
        found = segments(self._text, covers, within, cuts=cuts)
        return [self._piece(one, tuple(begins.get(one.start, ())), one.start == at) for one in found]

    def _piece(self, one: Segment, begins: tuple[tuple[int, StatementRow], ...], at: bool) -> Piece:
        names = sorted(one.layers)
        names += [f"{layer}-2" for layer in ("content", "mention") if one.depth(layer) > 1]
        numbers = sorted({self._numbers[x.of] for x in one.covers if x.of in self._numbers})
        leading = [x for x in one.covers if x.goal]  # the widest first: the last is the nearest
        says = [x.says for x in reversed(one.covers) if x.says]
        return Piece(
            one,
            begins,
            at,
            " ".join(names),
            " ".join(map(str, numbers)),
            leading[-1].goal if leading else "",
            "; ".join(dict.fromkeys(says)),
            _MARKED in one.layers,
        )

    def _card(self, row: StatementRow) -> Card:
        return Card(
            self._numbers[row.id],
            row,
            self._report.speakers.get(row.id, ()),
            self._report.quoted.get(row.id, ()),
            tuple(one for one in self._accounts if one.id == row.id),
            self._numbers.get(row.parent or ""),
            row is self._chosen,
        )

    def _dropped(self, part: int) -> tuple[dict[int, tuple[DroppedRow, ...]], tuple[DroppedRow, ...]]:
        """What was left out, by the paragraph it stood before; and what stood nobody knows where, which the
        last part shows."""
        if not _on(self._ask, "dropped"):
            return {}, ()
        rows = list(iter(self._record.dropped(document=self._id)))
        original = self._record.original(self._id)
        if original is None:
            where: list[int | None] = [None] * len(rows)
        else:
            spans = [(row.start, row.end) for row in rows]
            where = places(self._text, self._paragraphs, original.text, original.kind, spans)
        first, last = self._parts[part]
        found: dict[int, list[DroppedRow]] = {}
        for row, place in zip(rows, where, strict=True):
            if place is not None:
                found.setdefault(place, []).append(row)
        ending = last == len(self._paragraphs)
        kept = {n: tuple(some) for n, some in found.items() if first <= n < last or (n == last and ending)}
        return kept, tuple(r for r, n in zip(rows, where, strict=True) if n is None) if ending else ()


def _start(row: StatementRow) -> int:
    """Where the first of its parts begins."""
    return min(start for start, _ in (*row.speaker_spans, *row.cue_spans, *row.content_spans))


def _is_rejected(row: StatementRow) -> bool:
    return row.hidden is not None and row.hidden.startswith("rejected")


def _repeated(line: RepeatedLine) -> str:
    return f"{line.kind}: this line stands in {line.count} reports of the outlet"


def _on(ask: Ask, name: str) -> bool:
    return ask.get(name) not in (None, "0", "no", "false")


def outside(url: str | None) -> str | None:
    """``url`` if a browser may be led there: nothing but http and https, which only a click opens."""
    if url is None or any(ord(one) < 33 for one in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
