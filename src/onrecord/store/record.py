"""An opened record: everything a user may ask of it, read only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypedDict, Unpack

from onrecord.store.file.check import check_record
from onrecord.store.file.database import Connection, Tuning, first_row, log_size, open_to_read
from onrecord.store.file.writer import is_finished
from onrecord.store.listing import accounts, actors, linked, listing
from onrecord.store.listing.accounts import AccountFilters
from onrecord.store.listing.actors import AskedActors, PositionChoices, PositionFilters
from onrecord.store.listing.counting import KEYS, Count, statements_by
from onrecord.store.listing.filters import By, Where, of_actor, one_of, refuse, values_of
from onrecord.store.listing.linked import PositionOrder
from onrecord.store.listing.listing import Answer, Listing, Order
from onrecord.store.listing.periods import Periods
from onrecord.store.listing.periods import dated as is_dated
from onrecord.store.listing.searching import Facets, search, statement_facets
from onrecord.store.listing.speaking import SPOKE
from onrecord.store.schema.read import VERSION
from onrecord.store.schema.rows import (
    ActorRow,
    DecisionRow,
    DocumentRow,
    DroppedRow,
    EntityRow,
    FailureRow,
    MentionRow,
    OfficeRow,
    Problem,
    RunRow,
    StatementRow,
    Status,
    SuggestionRow,
    TimeRow,
)
from onrecord.store.schema.rows_linked import (
    AccountMemberRow,
    AccountRow,
    CopyRow,
    PositionRow,
    PositionSeenRow,
    StoryRow,
    UtteranceRow,
)
from onrecord.store.shown import report
from onrecord.store.shown.cast import Cast, Overview
from onrecord.store.shown.report import Original, Report
from onrecord.store.shown.review import Review
from onrecord.store.shown.shown import Shown, show
from onrecord.values import ActorKind, CopyKind, MentionKind, Polarity, StatementKind

_MENTIONS = "document.id IN (SELECT document_id FROM actor_member WHERE actor_id IN ({actors}))"


class Filters(TypedDict, total=False):
    """What statements to list; what is not given, or None, leaves nothing out.

    Attributes:
        actor: who speaks: the id of an actor, or a name of it or a part of one in whole words, whatever the
            case and the accents.
        state: ISO 3166 alpha-3 code or name of the state the speaker belongs to.
        speaker: contained in the speaker's words, whatever the case and the accents.
        text: words that all occur in the content, whatever the case and the accents; "a phrase" in quotation
            marks as such, the beginning of words with an asterisk (inspect*).
        polarity: asserts, denies, declines, questions, promises or calls_for.
        via: contained in the name of an agency or outlet through which it is known.
        outlet: contained in the outlet's name.
        kind: direct, indirect or mixed.
        since: 2023, 2023-03 or 2023-03-06: it may have been said then or later. With ``since`` or ``until``,
            what is not bounded on both sides is left out: nothing shows that it fits.
        until: said then or earlier.
        by: "said" (the default), or "published": the dates are those of the report.
        min_confidence: at least this.
        document: the id or the place of one report.
        story: the id of a story: in reports that tell of it.
        parent: the id of the statement in whose content they stand.
        all: also statements of duplicates, of lines that the outlet repeats from report to report, and those
            that a person has rejected.
    """

    actor: str | None
    state: str | None
    speaker: str | None
    text: str | None
    polarity: Polarity | None
    via: str | None
    outlet: str | None
    kind: StatementKind | None
    since: str | None
    until: str | None
    by: By
    min_confidence: float | None
    document: str | None
    story: str | None
    parent: str | None
    all: bool


class Record:
    """A record opened for reading; use it as a context manager. Listings have their rows in a fixed order."""

    def __init__(self, path: Path, connection: Connection) -> None:
        """Wrap a connection to the record at ``path``; ``open_record`` makes both."""
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        """The record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def for_thread(self) -> Record:
        """The same opened record for another thread, to be closed by that; close this one last."""
        return Record(self.path, self._connection.cursor())

    def documents(
        self,
        *,
        outlet: str | None = None,
        actor: str | None = None,
        state: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        story: str | None = None,
        title: str | None = None,
        all: bool = True,
    ) -> Listing[DocumentRow]:
        """Reports, those that mention ``actor`` or an actor of ``state``; ``title`` is contained in the
        headline; ``all=False`` leaves out those with the very text of another. See ``statements``; dates are
        those of publication."""
        where = Where()
        where.contains("document.outlet", outlet)
        where.contains("document.title", title)
        of_actor(where, actor, state, among=_MENTIONS)
        where.published(since, until)
        where.document(document)
        where.story(story)
        if not all:
            where.add("document.duplicate_of IS NULL")
        return listing.documents(self._connection, where)

    def documents_of(self, ids: Iterable[str]) -> dict[str, DocumentRow]:
        """The reports with these ids, by id."""
        where = Where()
        where.add("document.id IN (SELECT unnest(?))", sorted(set(ids)))
        return {one.id: one for one in listing.documents(self._connection, where)} if where.values[0] else {}

    def statements(self, *, order: Order = "document", **filters: Unpack[Filters]) -> Listing[StatementRow]:
        """Who said what, by date of the report and place in it; with ``order="said"`` by when it was said,
        with "confidence" the surest first.

        Filters are described at ``Filters``. Raises UsageError for a date or a state that is none.
        """
        one_of("order", order, values_of(Order))
        return listing.statements(self._connection, _asked(filters), order=order)

    def facets(self, **filters: Unpack[Filters]) -> Facets:
        """How many statements under ``filters`` have which speaker, state, outlet, kind, polarity ..."""
        return statement_facets(self._connection, filters, _asked)

    def timeline(self, **filters: Unpack[Filters]) -> Listing[StatementRow]:
        """As ``statements``, by when they were said: those without bounds last."""
        return self.statements(order="said", **filters)

    def periods(self, *, dated: bool | None = None, **filters: Unpack[Filters]) -> Periods:
        """Statements as they lie in time, counted without reading them all; ``dated``: only those with a date
        that bounds them on both sides, or only those without."""
        by: By = filters.get("by", "said")
        where = _asked(filters)
        if dated is not None:
            where.add(is_dated(by) if dated else f"NOT ({is_dated(by)})")
        return Periods(self._connection, where, _asked({**filters, "since": None, "until": None}), by)

    def actors(
        self,
        *,
        actor: str | None = None,
        state: str | None = None,
        kind: ActorKind | None = None,
        outlet: str | None = None,
        document: str | None = None,
        all: bool = False,
        count: Count = "report",
    ) -> Listing[ActorRow]:
        """Persons, organisations, states ... of all reports, those who say most first.

        ``outlet`` and ``document``: mentioned there. ``all``: also those that a person has rejected.
        ``count``: what counts are of: "report" (exact copies left out), "independent" (of reports that are
        copies of one another only the one that has most), or "outlet" (how many outlets have any).
        """
        one_of("kind", kind, values_of(ActorKind))
        one_of("count", count, values_of(Count))
        asked = AskedActors(actor, state, kind, outlet, document, all)
        return actors.actors(self._connection, asked.where(), count=count)

    @property
    def cast(self) -> Cast:
        """The actors side by side: counts of them, who speaks of whom, where one appears."""
        return Cast(self._connection)

    def actors_of(self, entities: Sequence[tuple[str, int]]) -> list[ActorRow]:
        """The actors that entities (document id, number) are, rejected ones too; each once."""
        where = Where()
        where.add(
            "actor.id IN (SELECT actor_id FROM actor_member WHERE (document_id, entity) IN "
            "(SELECT unnest(?), unnest(?)))",
            [document for document, _ in entities],
            [number for _, number in entities],
        )
        return list(iter(actors.actors(self._connection, where))) if entities else []

    def mentions(
        self,
        *,
        actor: str | None = None,
        state: str | None = None,
        kind: MentionKind | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
        document: str | None = None,
        all: bool = False,
    ) -> Listing[MentionRow]:
        """Every mention, by report and place in it; ``all``: also those in copies. See ``statements``."""
        where = Where()
        of_actor(where, actor, state, among="actor.id IN ({actors})")
        one_of("kind", kind, values_of(MentionKind))
        where.equals("mention.kind", kind)
        where.contains("document.outlet", outlet)
        where.published(since, until)
        where.least("mention.confidence", min_confidence)
        where.document(document)
        if not all:
            where.add("document.duplicate_of IS NULL")
        return actors.mentions(self._connection, where)

    def entities(self, *, document: str | None = None) -> Listing[EntityRow]:
        """Actors and places as each report knows them, with the actor each one is."""
        where = Where()
        where.document(document)
        return actors.entities(self._connection, where)

    def times(self, *, document: str | None = None) -> Listing[TimeRow]:
        """Expressions of time, by report and place in it."""
        where = Where()
        where.document(document)
        return actors.times(self._connection, where)

    def offices(self) -> Listing[OfficeRow]:
        """Offices of actors, each with every place that says so."""
        return actors.offices(self._connection, Where())

    def suggestions(self) -> Listing[SuggestionRow]:
        """Actors that may be one, the likeliest first; ``onrecord.decide`` merges or rejects them."""
        return actors.suggestions(self._connection, Where())

    def decisions(self) -> Listing[DecisionRow]:
        """What persons have decided, in the order they did."""
        return actors.decisions(self._connection, Where())

    @property
    def review(self) -> Review:
        """What waits for a person to decide on it, and what decisions were about."""
        return Review(self._connection)

    def has(self, table: Literal["document", "actor"], id: str) -> bool:
        """Whether there is one with just this id."""
        return first_row(self._connection, f"SELECT 1 FROM {table} WHERE id = ?", [id]) is not None

    def copies(
        self, *, kind: CopyKind | None = None, outlet: str | None = None, document: str | None = None
    ) -> Listing[CopyRow]:
        """Pairs of reports that share wording, with the passages; ``document`` and ``outlet``: of either."""
        where = Where()
        one_of("kind", kind, values_of(CopyKind))
        where.equals("pair.kind", kind)
        linked.of_either(where, document, outlet)
        return linked.copies(self._connection, where)

    def utterances(self) -> Listing[UtteranceRow]:
        """Statements that have one quotation; see ``StatementRow.utterance``."""
        return linked.utterances(self._connection, Where())

    def stories(
        self,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        all: bool = False,
    ) -> Listing[StoryRow]:
        """Developments that several reports tell of, by their first day; ``all``: also of a single one.

        ``outlet`` and ``document`` are of one of its reports; ``since`` and ``until``: it goes on then.
        """
        where, there = Where(), Where()
        there.contains("document.outlet", outlet)
        there.document(document)
        if there.conditions:
            where.add(f"story.id IN (SELECT document.story FROM document {there})", *there.values)
        where.overlaps("story.first", "story.last", since, until)
        if not all:
            where.add("story.reports > 1")
        return linked.stories(self._connection, where)

    def positions(
        self, *, order: PositionOrder = "holder", **filters: Unpack[PositionFilters]
    ) -> Listing[PositionRow]:
        """Standing relations of actors, by holder and target; with ``order="target"`` by relation, target and
        holder. Unnamed holders come last. Each has its evidence.

        Filters are described at ``PositionFilters``. Raises UsageError for a date or a state that is none.
        """
        refuse(filters, PositionFilters)
        one_of("order", order, values_of(PositionOrder))
        return linked.positions(self._connection, actors.asked(filters), order=order)

    def positions_of(self, ids: Iterable[str]) -> dict[str, PositionRow]:
        """The positions with these ids, by id, those of rejected actors too."""
        where = Where()
        where.add("position.id IN (SELECT unnest(?))", sorted(set(ids)))
        rows = linked.positions(self._connection, where) if where.values[0] else ()
        return {one.id: one for one in rows}

    def position_choices(self) -> PositionChoices:
        """Relations and outlets that positions may be filtered by."""
        return actors.choices(self._connection)

    def positions_seen(
        self, *, document: str | None = None, position: str | None = None, all: bool = False
    ) -> Listing[PositionSeenRow]:
        """Every place that tells of a position, by report and place in it; ``all``: also those in copies, in
        repeated lines and in rejected statements, and those of whose holder or target nobody is known."""
        where, there = Where(), Where()
        there.document(document)
        if there.conditions:
            where.add(f"seen.document IN (SELECT document.id FROM document {there})", *there.values)
        where.equals("seen.position", position)
        if not all:
            where.add("seen.position IS NOT NULL")
        return linked.positions_seen(self._connection, where)

    def accounts(self, **filters: Unpack[AccountFilters]) -> Listing[AccountRow]:
        """What several reports or speakers say about one matter, with its members; disputes that matter
        first. Filters are described at ``AccountFilters``."""
        refuse(filters, AccountFilters)
        return accounts.accounts(self._connection, accounts.asked(filters))

    def account_members(self, **filters: Unpack[AccountFilters]) -> Listing[AccountMemberRow]:
        """The members of the accounts that ``accounts`` lists with the same filters, each as a row."""
        refuse(filters, AccountFilters)
        return accounts.members(self._connection, accounts.asked(filters))

    def failures(self, *, resolved: bool = False) -> Listing[FailureRow]:
        """What could not be read; ``resolved=True`` adds what has been read since."""
        return listing.failures(self._connection, resolved=resolved)

    def dropped(self, *, document: str | None = None) -> Listing[DroppedRow]:
        """What of the originals is not in the texts, and why."""
        where = Where()
        where.document(document)
        return listing.dropped(self._connection, where)

    def runs(self) -> Listing[RunRow]:
        """Every build of this record."""
        return listing.runs(self._connection)

    def show(self, id: str) -> Shown:
        """A statement, document, actor, mention, suggestion or decision in full; ``id`` may be the first
        characters of an id. Raises UsageError if there is none, or more than one."""
        return show(self._connection, id, path=str(self.path))

    def report(self, id: str) -> Report | None:
        """The report with this very id and all that belongs to it; None if there is none."""
        return report.report(self._connection, id)

    def original(self, id: str) -> Original | None:
        """The decoded original of the report ``id``; None if it is not there."""
        return report.original(self._connection, id)

    def status(self, *, count: Count = "report") -> Status:
        """What the record holds, in numbers; ``count``: see ``actors``."""
        documents, duplicates, undated, earliest, latest = self._row(
            "SELECT count(*), count(duplicate_of), count(*) FILTER (published_earliest IS NULL), "
            "min(left(published_earliest, 10)), max(left(published_latest, 10)) FROM document"
        )
        (hidden,) = self._row(
            f"SELECT count(*) FILTER (NOT ({listing.SHOWN_ONLY})) FROM statement "
            "JOIN document ON document.id = statement.document_id"
        )
        copied, independent, sources = self._row(
            f"SELECT count(origin), count(DISTINCT {KEYS['independent']}), "
            f"count(DISTINCT {KEYS['outlet']}) FROM document"
        )
        accounts, disputed, judge = self._row(
            "SELECT count(*), count(*) FILTER (kind = 'disputed'), "
            "(SELECT coalesce(max(value), '') FROM meta WHERE key = 'judge') FROM account"
        )
        return Status(
            documents,
            duplicates,
            undated,
            sum(number for _, number in self._rows(statements_by("true", count))),
            hidden,
            self._row("SELECT count(*) FROM actor WHERE rejected IS NULL")[0],
            self._row("SELECT count(*) FROM suggestion")[0],
            self._row("SELECT count(*) FROM decision")[0],
            self._row("SELECT count(*) FROM failure WHERE NOT resolved")[0],
            self._counts("SELECT coalesce(outlet, ''), count(*) FROM document GROUP BY 1"),
            dict(self._rows(statements_by("statement.kind", count))),
            dict(self._rows(statements_by("statement.polarity", count))),
            self._counts("SELECT kind, count(*) FROM actor WHERE rejected IS NULL GROUP BY 1"),
            earliest,
            latest,
            self._counts("SELECT reader, count(*) FROM document GROUP BY 1"),
            self._counts("SELECT extractor, count(*) FROM document GROUP BY 1"),
            self._row("SELECT count(*) FROM run")[0],
            is_finished(self._connection),
            VERSION,
            copied,
            independent,
            sources,
            *(accounts, disputed, judge),
            log_size(self.path),
        )

    def sql(self, question: str, values: Sequence[Any] = ()) -> Answer:
        """What a SELECT over the tables gives (``docs/record.md``). Raises UsageError for all else."""
        columns, rows = self._connection.ask(question, values)
        return Answer(columns, tuple(rows))

    def overview(self) -> Overview:
        """What stands out in the record."""
        return Overview(self._connection)

    def check(self) -> list[Problem]:
        """What does not agree with its source: an empty list is a sound record. ``onrecord.check_again`` also
        works out anew what follows from the sources."""
        return list(check_record(self._connection))

    def _row(self, sql: str) -> Any:
        return first_row(self._connection, sql)

    def _counts(self, sql: str) -> dict[str, int]:
        return dict(self._rows(f"{sql} ORDER BY 2 DESC, 1"))

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()


def open_record(path: Path | str, *, tuning: Tuning | None = None) -> Record:
    """The record at ``path``, read only.

    Raises UsageError if there is none, RecordLocked while a build writes to it, RecordVersion if another
    version made it.
    """
    return Record(Path(path), open_to_read(Path(path), tuning or Tuning()))


def _asked(filters: Filters) -> Where:
    refuse(filters, Filters)
    where = Where()
    given: Callable[..., Any] = filters.get
    of_actor(where, given("actor"), given("state"), among=SPOKE)
    where.contains("array_to_string([piece.quote FOR piece IN statement.speaker], ' ')", given("speaker"))
    search(where, "statement.content", given("text"))
    where.equals("statement.polarity", given("polarity"))
    where.contains("array_to_string([one.name FOR one IN statement.via], '; ')", given("via"))
    where.contains("document.outlet", given("outlet"))
    where.equals("statement.kind", given("kind"))
    if given("by", "said") == "published":
        where.published(given("since"), given("until"))
    else:
        where.overlaps("statement.said_earliest", "statement.said_latest", given("since"), given("until"))
    where.least("statement.confidence", given("min_confidence"))
    where.document(given("document"))
    where.equals("statement.parent", given("parent"))
    where.story(given("story"))
    if not given("all", False):
        where.add(listing.SHOWN_ONLY)
    return where
