"""The listings: one command for each kind of row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.build import quoted
from onrecord.cli.filters import choices, filter_options, record_argument
from onrecord.cli.output import Output, Row, output_options, say, say_count, write_rows
from onrecord.cli.terminal import terminal_width

if TYPE_CHECKING:
    from onrecord.store import Record
    from onrecord.store.schema.rows import ListedRow

WIDE = 120  # columns of a terminal from which there is room for more than who said what
NARROW_STATEMENTS = ("id", "said", "speaker", "cue", "content")
STATEMENTS = ("id", "outlet", "said", "speaker", "cue", "content", "via", "confidence")
NARROW_TIMELINE = ("said", "speaker", "cue", "content", "id")
TIMELINE = ("said", "speaker", "cue", "content", "via", "outlet", "id")
NARROW_ACTORS = ("id", "name", "kind", "state", "statements", "mentions", "documents", "offices")
ACTORS = (*NARROW_ACTORS, "aliases", "first_context")
SUGGESTIONS = ("id", "first_name", "second_name", "score", "reason", "command")
MENTIONS = ("id", "quote", "kind", "form", "actor", "state", "rule", "confidence", "document", "start")
DOCUMENTS = ("id", "outlet", "published", "title", "words", "statements", "duplicate_of", "origin")
COPIES = (
    "kind", "first", "first_outlet", "second", "second_outlet", "second_share", "origin", "first_pieces",
)  # fmt: skip
STORIES = ("id", "first", "last", "title", "reports", "independent", "outlets")
DROPPED = ("document", "start", "end", "reason", "text")
_SIMILAR, _LIKENESS = 3, 0.75  # names that are proposed, and how like what was typed
SHARED, HALF = 120, 50  # characters of a passage in a table
SPOKEN = (
    "actor", "state", "speaker", "text", "polarity", "via", "outlet", "kind", "since", "until", "by",
    "min_confidence", "document", "story", "parent",
)  # fmt: skip
_ALL = click.option(
    "--all", "everything", is_flag=True, help="Also those of duplicates, repeated lines, and rejected ones."
)


@click.command()
@record_argument
@filter_options(*SPOKEN)
@_ALL
@output_options
def statements(record: Path, output: Output, **filters: Any) -> None:
    """Who said what: the statements of RECORD, by document and place in it."""
    _statements(record, output, "document", _brief(STATEMENTS, NARROW_STATEMENTS), filters)


@click.command()
@record_argument
@filter_options(*SPOKEN)
@_ALL
@output_options
def timeline(record: Path, output: Output, **filters: Any) -> None:
    """Who said what and when: the statements of RECORD by the time they were made.

    A time known no more exactly is an interval: 2019-03-20/31 is between these days, ../2022-01-30 on that
    day or earlier; these come last.
    """
    _statements(record, output, "said", _brief(TIMELINE, NARROW_TIMELINE), filters)


@click.command()
@record_argument
@filter_options("actor", "state", "actor_kind", "outlet", "document", "count")
@click.option("--all", "everything", is_flag=True, help="Also those that a person has rejected.")
@click.option("--suggestions", is_flag=True, help="Instead: actors that may be one, and how to merge them.")
@output_options
def actors(record: Path, output: Output, everything: bool, suggestions: bool, **filters: Any) -> None:
    """Persons, organisations, states, forces, outlets and places of RECORD, those who say most first."""
    from onrecord.store import open_record
    from onrecord.store.schema.rows import ActorRow

    with open_record(record) as opened:
        if suggestions:
            write_suggestions(record, opened.suggestions(), output)
            return
        found, asked = opened.actors(all=everything, **filters), (opened, filters["actor"])
        write_listing(found, output, ActorRow, _brief(ACTORS, NARROW_ACTORS), noun="actor", actor=asked)


@click.command()
@record_argument
@filter_options("actor", "state", "mention_kind", "outlet", "since", "until", "min_confidence", "document")
@click.option("--all", "everything", is_flag=True, help="Also those in duplicates.")
@output_options
def mentions(
    record: Path, output: Output, min_confidence: float | None, everything: bool, **filters: Any
) -> None:
    """Every name, description and pronoun in the reports of RECORD, and whom it stands for.

    --since and --until are about when the report was published.
    """
    from onrecord.store import open_record
    from onrecord.store.schema.rows import MentionRow

    least = choices(min_confidence=min_confidence)["min_confidence"]
    with open_record(record) as opened:
        found = opened.mentions(min_confidence=least, all=everything, **filters)
        asked = (opened, filters["actor"])
        write_listing(found, output, MentionRow, MENTIONS, noun="mention", actor=asked)


@click.command()
@record_argument
@filter_options("actor", "state", "outlet", "title", "since", "until", "document", "story")
@output_options
def documents(record: Path, output: Output, **filters: Any) -> None:
    """The reports of RECORD: outlet, date, title, how many statements, duplicate of which."""
    from onrecord.store import open_record
    from onrecord.store.schema.rows import DocumentRow

    with open_record(record) as opened:
        found, asked = opened.documents(**filters), (opened, filters["actor"])
        write_listing(found, output, DocumentRow, DOCUMENTS, noun="document", people=_dated, actor=asked)


@click.command()
@record_argument
@filter_options("copy_kind", "outlet", "document")
@output_options
def copies(record: Path, output: Output, **filters: Any) -> None:
    """Pairs of reports of RECORD that share wording, the longer one first, and what they share.

    copy: each has half of its words from the other; cut: the shorter one has them from where the longer one
    begins; embedded: from further down; passage: twenty words in a row; quote: twelve of a quotation.
    """
    from onrecord.store import open_record
    from onrecord.store.schema.rows_linked import CopyRow

    with open_record(record) as opened:
        found = opened.copies(**filters)
        write_listing(found, output, CopyRow, COPIES, noun="pair", people=_shared)


@click.command()
@record_argument
@filter_options("outlet", "since", "until", "document")
@click.option("--all", "everything", is_flag=True, help="Also those that a single report tells of.")
@output_options
def stories(record: Path, output: Output, everything: bool, **filters: Any) -> None:
    """Developments that several reports of RECORD tell of: title of the earliest, days, reports, outlets.

    --outlet and --document are about one of its reports; --since and --until about when it was reported.
    """
    from onrecord.store import open_record
    from onrecord.store.schema.rows_linked import StoryRow

    with open_record(record) as opened:
        found = opened.stories(all=everything, **filters)
        write_listing(found, output, StoryRow, STORIES, noun="story")


@click.command()
@record_argument
@filter_options("document")
@output_options
def dropped(record: Path, output: Output, document: str | None) -> None:
    """What was left out of the text of each report, where it stood in the original, and why."""
    from onrecord.store import open_record
    from onrecord.store.schema.rows import DroppedRow

    with open_record(record) as opened:
        write_listing(opened.dropped(document=document), output, DroppedRow, DROPPED, noun="piece left out")


def write_listing(
    values: Iterable[ListedRow],
    output: Output,
    kind: type[ListedRow],
    brief: tuple[str, ...],
    *,
    noun: str,
    people: Callable[[Row], Row] | None = None,
    actor: tuple[Record, str | None] | None = None,
) -> int:
    """Write rows of one ``kind`` as ``output`` says, and on a terminal how many there were; none, always.

    ``people``: makes a row easier to read, where nobody asked for certain columns or a form for machines.
    ``actor``: the record and the actor that was asked for; if nobody is called so, similar names are said.
    """
    from onrecord.store.schema.rows import as_row, shape_of

    rows: Iterable[Row] = map(as_row, values)
    if people is not None and output.form == "table" and not output.columns:
        rows = map(people, rows)
    written = write_rows(rows, output, shape=shape_of(kind), brief=brief)
    say_count(written, noun)
    if not written and actor is not None and actor[1] is not None:
        hint_at_names(actor[0], actor[1])
    return written


def hint_at_names(opened: Record, asked: str) -> None:
    """Say that no actor is called as ``asked``, and who is called nearly so; nothing if there is one."""
    if next(iter(opened.actors(actor=asked, all=True)), None) is not None:
        return
    names: dict[str, str] = {}
    for row in opened.actors():
        for name in (row.name, *row.aliases):
            for part in (name, *name.split()):
                names.setdefault(part.casefold(), row.name)
    like = get_close_matches(asked.casefold(), names, _SIMILAR, _LIKENESS)
    say(f"no actor is called {asked!r}")
    meant = f"did you mean {' or '.join(dict.fromkeys(names[one] for one in like))}?"
    say(f"  → {meant if like else f'onrecord actors {quoted(opened.path)} lists them'}")


def write_suggestions(record: Path, values: Iterable[ListedRow], output: Output) -> None:
    """Write actors that may be one, each pair with the command that merges them."""
    from onrecord.store.schema.rows import SuggestionRow, as_row, shape_of

    rows = (
        {**row, "command": f"onrecord decide {quoted(record)} merge {row['first']} {row['second']}"}
        for row in map(as_row, values)
    )
    shape = {**shape_of(SuggestionRow), "command": "text"}
    say_count(write_rows(rows, output, shape=shape, brief=SUGGESTIONS), "suggestion")


def readable(row: Row) -> Row:
    """A statement for people: the words where no name is known, and beside the cue what it makes of the
    content, unless it simply asserts."""
    polarity = row["polarity"].replace("_", " ")
    marked = row["cue"] if polarity == "asserts" else f"{row['cue']} [{polarity}]".lstrip()
    return {**row, "speaker": row["speaker"] or row["speaker_text"], "cue": marked}


def _dated(row: Row) -> Row:
    """A document for people: without a date, between what days it must have been published."""
    from onrecord.store.schema.rows import short_said

    bounds = short_said(row["bounded_earliest"], row["bounded_latest"], "interval")
    return {**row, "published": row["published"] or (bounds and f"{bounds} (bounds)")}


def _shared(row: Row) -> Row:
    """A pair for people: how each passage begins and ends; ``show`` and the forms for machines have all."""
    from onrecord.cli.terminal import one_line

    pieces = [one_line(one) for one in row["first_pieces"]]
    short = [one if len(one) <= SHARED else f"{one[:HALF]} … {one[-HALF:]}" for one in pieces]
    return {**row, "first_pieces": short}


def _statements(
    record: Path, output: Output, order: Any, brief: tuple[str, ...], filters: dict[str, Any]
) -> None:
    from onrecord.store import open_record
    from onrecord.store.schema.rows import StatementRow

    least = choices(min_confidence=filters.pop("min_confidence"))["min_confidence"]
    everything = filters.pop("everything")
    with open_record(record) as opened:
        found = opened.statements(order=order, min_confidence=least, all=everything, **filters)
        asked = (opened, filters["actor"])
        write_listing(found, output, StatementRow, brief, noun="statement", people=readable, actor=asked)


def _brief(wide: tuple[str, ...], narrow: tuple[str, ...]) -> tuple[str, ...]:
    return narrow if (terminal_width() or WIDE) < WIDE else wide


POSITIONS = ("holder", "relation", "target", "status", "first", "last", "reports", "id")


@click.command()
@record_argument
@filter_options(
    "actor", "state", "holder", "target", "relation", "position_status", "outlet", "since", "until",
    "min_confidence", "document", "story",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Also those of actors that a person has rejected.")
@output_options
def positions(
    record: Path, output: Output, min_confidence: float | None, everything: bool, **filters: Any
) -> None:
    """Who recognizes, supports, opposes, sanctions whom, is allied with whom, has forces or people where.

    A row is all that the reports of RECORD tell of one holder, relation and target. Holders that are not
    named are counted, and come last. first and last are the days in which evidence shows it, not its
    beginning and its end. --actor and --state are about holder or target.
    """
    from onrecord.store import open_record
    from onrecord.store.schema.rows_linked import PositionRow

    least = choices(min_confidence=min_confidence)["min_confidence"]
    with open_record(record) as opened:
        found = opened.positions(min_confidence=least, all=everything, **filters)
        asked = (opened, filters["actor"])
        write_listing(found, output, PositionRow, POSITIONS, noun="position", people=_in_words, actor=asked)


def holder_in_words(holder: str | None, unnamed: tuple[str, ...]) -> str:
    """The name of a holder, or how many there are without one.

    >>> holder_in_words(None, ("54",))
    '54 others, not named'
    """
    return holder or f"{' or '.join(unnamed)} others, not named"


def _in_words(row: Row) -> Row:
    """A position for people: how many hold it if nobody is named; disputes and changes beside its status."""
    from onrecord.store.listing.linked import RELATIONS

    marks = [row["status"], *(["disputed"] if row["disputed"] else []), *row["changed"]]
    holder = holder_in_words(row["holder"], row["unnamed"])
    return {**row, "holder": holder, "relation": RELATIONS[row["relation"]], "status": "; ".join(marks)}
