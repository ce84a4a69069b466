"""What a dossier is written from: the rows of a record, read once, and the notes as they are numbered.

Reports get numbers in the order in which the record lists them. A note is numbered when it is first asked
for, and asked for again it is the same note, so the numbers follow the order of the dossier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onrecord.export.dossier.parts import (
    AsGiven,
    DossierPassage,
    Line,
    Link,
    Mark,
    Note,
    Piece,
    Quoted,
    Web,
    is_web,
    share,
    when_in_words,
)
from onrecord.store import (
    ActorRow,
    DocumentRow,
    OfficeRow,
    PositionRow,
    Record,
    StatementRow,
    Status,
    SuggestionRow,
)
from onrecord.values import BETWEEN, Account, Span, Spans

_NEAR_FETCHING = 31  # days: an upper bound as near as that to the fetching of an undated report says nothing


@dataclass(frozen=True, slots=True)
class Material:
    """All rows a dossier is written from, by id where it looks them up."""

    status: Status
    documents: dict[str, DocumentRow]  # in the order of the record; copies among them
    numbers: dict[str, int]  # document id -> number of the report
    statements: dict[tuple[str, str], StatementRow]  # by (document, id): shown ones, in the record's order
    actors: dict[str, ActorRow]  # those who say most first
    offices: dict[str, list[OfficeRow]]
    suggestions: tuple[SuggestionRow, ...]
    accounts: tuple[Account, ...]
    positions: tuple[PositionRow, ...]
    notes: dict[object, Note] = field(default_factory=dict)

    def outlet(self, document: str) -> str:
        """The outlet of a report; where it is not known, the report stands for itself."""
        return self.documents[document].outlet or f"Report {self.numbers[document]} (outlet not known)"

    def report(self, document: str) -> Link:
        """A link to what is known of a report."""
        return Link(f"Report {self.numbers[document]}", f"report-{self.numbers[document]}")

    def name(self, actor: str | None) -> Line:
        """The name of an actor."""
        row = self.actors.get(actor or "")
        return (AsGiven(row.name if row else "nobody named", strong=True),)

    def mark(self, row: StatementRow) -> Mark:
        """The mark of the note on a statement."""
        spans = (*row.speaker_spans, *row.cue_spans, *row.content_spans)
        hull = (min(a for a, _ in spans), max(b for _, b in spans))
        shown = [("", hull)]
        for label, evidence in _evidence(row):
            shown += [(label, span) for span in evidence if span[0] < hull[0] or span[1] > hull[1]]
        return self.noted((row.document, row.id), row.document, shown, _remarks(row))

    def place(self, document: str, span: Span, *, label: str = "") -> Mark:
        """The mark of the note on any span of a report."""
        return self.noted((document, span), document, [(label, span)], ())

    def noted(
        self, key: object, document: str, shown: Sequence[tuple[str, Span]], remarks: tuple[Line, ...]
    ) -> Mark:
        """The mark of the note with this key, made if it is not there."""
        if key not in self.notes:
            text = self.documents[document].text
            passages = tuple(DossierPassage(label, a, b, text[a:b]) for label, (a, b) in dict.fromkeys(shown))
            number = len(self.notes) + 1
            self.notes[key] = Note(number, document, self._source(document), passages, remarks)
        return Mark(self.notes[key].number)

    def quoted(self, document: str, spans: Spans, mark: Mark) -> Line:
        """The characters of ``spans``, an ellipsis between them, with the mark behind."""
        text = self.documents[document].text
        found: list[Piece] = []
        for a, b in spans:
            found += [*([BETWEEN] if found else []), Quoted(text[a:b], document, a, b, mark.note)]
        return (*found, mark)

    def worded(self, actor: str) -> list[Line]:
        """The offices of an actor in the words of the reports, each once with its note."""
        return self.words_of(self.offices.get(actor, ()))

    def words_of(self, offices: Sequence[OfficeRow]) -> list[Line]:
        """The different words in which reports name these offices; marks of all places where they do."""
        found: dict[str, list[Piece]] = {}
        for one in offices:
            known = self.documents.get(one.document or "")
            if known and not known.duplicate_of and one.start is not None and one.end is not None:
                mark = self.place(known.id, (one.start, one.end))
                words = known.text[one.start : one.end]
                quoted = Quoted(words, known.id, one.start, one.end, mark.note)
                found.setdefault(words.casefold(), ["“", quoted, "”"]).append(mark)
        return [tuple(pieces) for pieces in found.values()]

    def said(self, row: StatementRow) -> tuple[str | None, str | None]:
        """Between what days it was said: a bound that is only the day of fetching is none."""
        earliest, latest = row.said_earliest, row.said_latest
        document = self.documents[row.document]
        if latest and not document.published_earliest and is_fetching(document, latest):
            latest = None
        return earliest and earliest[:10], latest and latest[:10]

    def source_date(self, document: str) -> str:
        """When a report was published, in words."""
        row = self.documents[document]
        if row.published_earliest or row.published_latest:
            return when_in_words(row.published_earliest, row.published_latest)
        latest = row.bounded_latest
        if latest and is_fetching(row, latest):
            latest = None
        if row.bounded_earliest or latest:
            return f"undated; {when_in_words(row.bounded_earliest, latest)}"
        return "undated"

    def _source(self, document: str) -> Line:
        row = self.documents[document]
        title: Line = ("“", AsGiven(row.title), "”") if row.title else ("no title",)
        where: Line = (Web(row.url),) if row.url and is_web(row.url) else ()
        same = row.url == row.uri
        return (
            self.report(document), " · ", AsGiven(row.outlet or "outlet not known"), " · ", *title, " · ",
            self.source_date(document), " · ", *where, *((" · ",) if where and not same else ()),
            *(() if where and same else (AsGiven(row.uri),)),
        )  # fmt: skip


def is_fetching(document: DocumentRow, latest: str) -> bool:
    """Whether a last day says no more than that the report must have been there when it was fetched."""
    fetched = date.fromisoformat(document.retrieved_at[:10])
    return date.fromisoformat(latest[:10]) >= fetched - timedelta(days=_NEAR_FETCHING)


def read_material(
    record: Record, *, accounts: Sequence[Account] = (), positions: Sequence[PositionRow] = ()
) -> Material:
    """Read what a dossier needs out of an opened record."""
    documents = {row.id: row for row in record.documents()}
    offices: dict[str, list[OfficeRow]] = {}
    for office in record.offices():
        offices.setdefault(office.actor_id, []).append(office)
    return Material(
        status=record.status(),
        documents=documents,
        numbers={id: number for number, id in enumerate(documents, start=1)},
        statements={(row.document, row.id): row for row in record.statements()},
        actors={row.id: row for row in record.actors()},
        offices=offices,
        suggestions=tuple(record.suggestions()),
        accounts=tuple(accounts),
        positions=tuple(positions),
    )


def _evidence(row: StatementRow) -> tuple[tuple[str, Spans], ...]:
    return (
        ("stance", row.polarity_spans),
        ("hedge", row.hedged_spans),
        ("distance", row.distanced_spans),
        ("date", row.said_spans),
        ("through", row.via_spans),
        ("where", row.venue_spans),
        ("to whom", row.addressee_spans),
    )


def _remarks(row: StatementRow) -> tuple[Line, ...]:
    content = ", ".join(f"{a}–{b}" for a, b in row.content_spans) or "none"
    found: list[Line] = [(f"What is said: characters {content}; attribution {share(row.confidence)}",)]
    if row.said_basis:
        found.append(("Dated by ", AsGiven(row.said_basis)))
    if row.confirmed:
        found.append(("Confirmed by decision ", AsGiven(row.confirmed)))
    return tuple(found)
