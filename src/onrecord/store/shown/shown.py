"""One row in full: a statement, document, actor, mention, position ..., with why it is as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.store.file.database import Connection
from onrecord.store.listing import actors, linked, listing
from onrecord.store.listing.filters import Where
from onrecord.store.listing.listing import spans_of, text_of
from onrecord.store.listing.marks import load
from onrecord.store.listing.speaking import SPOKE
from onrecord.store.schema.rows import (
    ActorRow,
    DecisionRow,
    DocumentRow,
    EntityRow,
    MentionRow,
    OfficeRow,
    StatementRow,
    SuggestionRow,
    short_said,
)
from onrecord.store.schema.rows_linked import CopyRow, PositionRow, StoryRow
from onrecord.store.shown.parts import (
    ShownAccount,
    ShownPosition,
    moved,
    one_row,
    paragraphs,
    show_account,
    show_position,
)
from onrecord.values import Span, Spans


@dataclass(frozen=True, slots=True)
class Why:
    """One thing decided about a statement: what (speaker, said, polarity ...), its value, by which rule or
    model, how surely (where known), and the characters that show it (code points of the report's text)."""

    what: str
    value: str
    by: str | None
    confidence: float | None
    spans: Spans
    quote: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One place where two versions of a quotation differ: cut (one lacks words and does not show it),
    ellipsis, bracket or changed; the words of this one and of the other, None where it has none."""

    kind: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class AlsoQuoted:
    """Another statement that has the same quotation, and how that differs from this one's."""

    statement: StatementRow
    differences: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement in full.

    ``context`` is the paragraphs of the text that it touches and stands at ``start`` in the text; the spans
    beside it are relative to it. ``tree``: the statement it stands in and all below that, each with its
    depth. ``also``: other statements that have its quotation.
    """

    statement: StatementRow
    document: DocumentRow
    start: int
    context: str
    speaker_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    why: tuple[Why, ...]
    tree: tuple[tuple[int, StatementRow], ...]
    also: tuple[AlsoQuoted, ...]
    decisions: tuple[DecisionRow, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A report with its statements, the reports it shares wording with, and where it was found."""

    document: DocumentRow
    statements: tuple[StatementRow, ...]
    copies: tuple[CopyRow, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story with its reports, earliest first."""

    story: StoryRow
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class ShownActor:
    """An actor with what every report calls it, its offices, statements, suggestions and decisions;
    ``positions``: its own and those towards it."""

    actor: ActorRow
    offices: tuple[OfficeRow, ...]
    entities: tuple[EntityRow, ...]
    statements: tuple[StatementRow, ...]
    suggestions: tuple[SuggestionRow, ...]
    decisions: tuple[DecisionRow, ...]
    positions: tuple[PositionRow, ...]


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention in its paragraph, which stands at ``start``; ``span`` is relative to ``context``."""

    mention: MentionRow
    document: DocumentRow
    start: int
    context: str
    span: Span


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion with its two actors."""

    suggestion: SuggestionRow
    first: ActorRow
    second: ActorRow


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision with the entities it was made for, as reports know them."""

    decision: DecisionRow
    entities: tuple[EntityRow, ...]


Shown = (
    ShownStatement
    | ShownDocument
    | ShownActor
    | ShownMention
    | ShownStory
    | ShownSuggestion
    | ShownDecision
    | ShownPosition
    | ShownAccount
)


def show(connection: Connection, id: str, *, path: str) -> Shown:
    """The row with this id, or the only one whose id begins so; raises UsageError for none or several.

    ``path``: the record, as named in what to do next.
    """
    makers: dict[str, Callable[[Connection, str, str], Shown]] = {
        "s": _show_statement,
        "d": _show_document,
        "a": _show_actor,
        "m": _show_mention,
        "x": _show_decision,
        "y": _show_story,
        "p": show_position,
    }
    if id.startswith("acc"):  # an actor's id begins with a_
        return show_account(connection, id, path)
    return makers.get(id[:1], _show_suggestion)(connection, id, path)


def _show_statement(connection: Connection, id: str, path: str) -> ShownStatement:
    hint = f"onrecord statements {path} lists the ids"
    row = one_row(connection, id, listing.statements, "statement.id", hint=hint)
    document = _document(connection, row.document)
    spans = [*row.speaker_spans, *row.cue_spans, *row.content_spans]
    start, end = paragraphs(document.text, spans)
    return ShownStatement(
        row,
        document,
        start,
        document.text[start:end],
        speaker_spans=moved(row.speaker_spans, start),
        cue_spans=moved(row.cue_spans, start),
        content_spans=moved(row.content_spans, start),
        why=tuple(_why(connection, row)),
        tree=tuple(_tree(connection, row)),
        also=tuple(_also(connection, row)),
        decisions=tuple(iter(actors.decisions_on(connection, row.id))),
        locations=_places(connection, row.document),
    )


def _show_document(connection: Connection, id: str, path: str) -> ShownDocument:
    hint = f"onrecord documents {path} lists the ids"
    row = one_row(connection, id, listing.documents, "document.id", hint=hint)
    where = Where()
    where.equals("document.id", row.id)
    either = Where()
    linked.of_either(either, row.id, None)
    return ShownDocument(
        row,
        tuple(iter(listing.statements(connection, where))),
        tuple(iter(linked.copies(connection, either))),
        _places(connection, row.id),
    )


def _show_actor(connection: Connection, id: str, path: str) -> ShownActor:
    hint = f"onrecord actors {path} lists the ids"
    row = one_row(connection, id, actors.actors, "actor.id", hint=hint)
    here, either, said, held = Where(), Where(), Where(), Where()
    here.equals("actor.id", row.id)
    either.add("(suggestion.first = ? OR suggestion.second = ?)", row.id, row.id)
    said.add(SPOKE.format(actors="SELECT id FROM actor WHERE id = ? AND rejected IS NULL"), row.id)
    said.add(listing.SHOWN_ONLY)
    held.add("(position.holder = ? OR position.target = ?)", row.id, row.id)
    return ShownActor(
        row,
        tuple(iter(actors.offices(connection, here))),
        tuple(iter(actors.entities(connection, here))),
        tuple(iter(listing.statements(connection, said, order="said"))),
        tuple(iter(actors.suggestions(connection, either))),
        tuple(iter(actors.decisions_on(connection, row.id))),
        tuple(iter(linked.positions(connection, held))),
    )


def _show_mention(connection: Connection, id: str, path: str) -> ShownMention:
    hint = f"onrecord mentions {path} lists the ids"
    row = one_row(connection, id, actors.mentions, "mention.id", hint=hint)
    document = _document(connection, row.document)
    start, end = paragraphs(document.text, [(row.start, row.end)])
    span = (row.start - start, row.end - start)
    return ShownMention(row, document, start, document.text[start:end], span)


def _show_story(connection: Connection, id: str, path: str) -> ShownStory:
    hint = f"onrecord stories {path} lists the ids"
    row = one_row(connection, id, linked.stories, "story.id", hint=hint)
    return ShownStory(row, tuple(_document(connection, one) for one in row.documents))


def _show_suggestion(connection: Connection, id: str, path: str) -> ShownSuggestion:
    hint = f"onrecord statements {path} and onrecord actors {path} list the ids"
    row = one_row(connection, id, actors.suggestions, "suggestion.id", hint=hint)
    first, second = (
        one_row(connection, each, actors.actors, "actor.id", hint=hint) for each in (row.first, row.second)
    )
    return ShownSuggestion(row, first, second)


def _show_decision(connection: Connection, id: str, path: str) -> ShownDecision:
    hint = f"onrecord decide {path} list shows the ids"
    row = one_row(connection, id, actors.decisions, "id", hint=hint)
    anchors = next(one.anchors for one in load(connection) if one.id == row.id)
    where = Where()
    where.add(
        "(document.id, entity.number) IN (SELECT unnest(?), unnest(?))",
        [document for document, _ in anchors],
        [number for _, number in anchors],
    )
    found = tuple(iter(actors.entities(connection, where))) if anchors else ()
    return ShownDecision(row, found)


def _document(connection: Connection, id: str) -> DocumentRow:
    where = Where()
    where.equals("document.id", id)
    return next(iter(listing.documents(connection, where)))


def _places(connection: Connection, document: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT uri FROM location WHERE document_id = ? ORDER BY uri", [document]
    ).fetchall()
    return tuple(row[0] for row in rows)


def _why(connection: Connection, row: StatementRow) -> Iterator[Why]:
    (found,) = connection.execute(
        "SELECT speakers, polarity_evidence, hedges, distances, via, venue, addressee, said_evidence "
        "FROM statement WHERE id = ? AND document_id = ?",
        [row.id, row.document],
    ).fetchall()
    speakers, polarity, hedges, distances, via, venue, addressee, said = found
    for one in speakers:
        name = _entity_name(connection, row.document, one["entity"])
        yield _because("speaker", name, one["rule"], one["evidence"], one["confidence"])
    when = short_said(row.said_earliest, row.said_latest, row.said_precision)
    if when:
        yield _because("said", when, row.said_basis, said)
    yield _because("polarity", row.polarity, None, polarity)
    for what, pieces in (("hedged", hedges), ("distanced", distances)):
        if pieces:
            yield _because(what, text_of(pieces), None, pieces)
    for one in via:
        yield _because("via", one["name"], one["how"], one["pieces"])
    for what, pieces in (("venue", venue), ("addressee", addressee)):
        if pieces:
            yield _because(what, text_of(pieces), None, pieces)


def _because(
    what: str, value: str, by: str | None, pieces: Sequence[dict[str, Any]], confidence: float | None = None
) -> Why:
    return Why(what, value, by, confidence, spans_of(pieces), text_of(pieces))


def _entity_name(connection: Connection, document: str, number: int) -> str:
    where = Where()
    where.add("document.id = ? AND entity.number = ?", document, number)
    found = next(iter(actors.entities(connection, where)), None)
    if found is None:
        return "(nobody named)"
    return (found.actor or found.name or "(nobody named)") + (f" {found.actor_id}" if found.actor_id else "")


def _tree(connection: Connection, row: StatementRow) -> Iterator[tuple[int, StatementRow]]:
    """The outermost statement around ``row`` and all that stand in it, inner ones below outer ones."""
    where = Where()
    where.equals("document.id", row.document)
    rows = {one.id: one for one in listing.statements(connection, where)}
    root = row
    for _ in range(len(rows)):
        if root.parent not in rows:
            break
        root = rows[root.parent]
    below: dict[str, list[StatementRow]] = {}
    for one in rows.values():
        if one.parent is not None:
            below.setdefault(one.parent, []).append(one)
    if below:
        yield from _branches(root, below, 0)


def _branches(
    root: StatementRow, below: dict[str, list[StatementRow]], depth: int
) -> Iterator[tuple[int, StatementRow]]:
    yield depth, root
    for one in below.pop(root.id, ()):  # taken away, so that a circle ends
        yield from _branches(one, below, depth + 1)


def _also(connection: Connection, row: StatementRow) -> Iterator[AlsoQuoted]:
    if row.utterance is None:
        return
    # These compare texts, which other rows can be shown without.
    from onrecord.linking.wording import differences
    from onrecord.text.quotation import quoted_words

    where = Where()
    others = "SELECT statement_id FROM utterance WHERE id = ?"
    where.add(f"statement.id IN ({others}) AND statement.id <> ?", row.utterance, row.id)
    here = quoted_words(row.content_pieces, row.kind)
    for other in listing.statements(connection, where):
        there = quoted_words(other.content_pieces, other.kind)
        found = (
            Wording(one.kind, _cut(here, one.first), _cut(there, one.second))
            for one in differences(here, there)
        )
        yield AlsoQuoted(other, tuple(found))


def _cut(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span[0] : span[1]]
