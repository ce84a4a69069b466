"""The listings: statements, documents, what was dropped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.choices import choices, record_argument
from onrecord.cli.output import Output, output_options, write_rows
from onrecord.cli.say import count, say_on_terminal
from onrecord.cli.table import terminal_width

if TYPE_CHECKING:
    from onrecord.record.rows import ListedRow

WIDE = 120  # columns of a terminal from which there is room for more than who said what
NARROW_STATEMENTS = ("id", "speaker_text", "cue_text", "content_text")
STATEMENTS = ("id", "outlet", "kind", "confidence", "speaker_text", "cue_text", "content_text")
DOCUMENTS = ("id", "outlet", "published", "title", "words", "statements", "duplicate_of")
DROPPED = ("document", "start", "end", "reason", "text")


@click.command()
@record_argument
@click.option("--speaker", metavar="TEXT", help="The speaker's words contain TEXT, whatever its case.")
@click.option("--outlet", metavar="TEXT", help="The outlet's name contains TEXT, whatever its case.")
@click.option("--kind", type=click.Choice(["direct", "indirect", "mixed"]), help="Only this kind.")
@click.option("--since", metavar="DATE", help="Published on DATE (2023, 2023-03 or 2023-03-06) or later.")
@click.option("--until", metavar="DATE", help="Published on DATE or earlier.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="At least this confidence.")
@click.option("--document", metavar="ID", help="Only from this document.")
@click.option("--all", "everything", is_flag=True, help="Also those of duplicates and of repeated lines.")
@output_options
def statements(
    record: Path, output: Output, min_confidence: float | None, everything: bool, **filters: Any
) -> None:
    """Who said what: the statements of RECORD, by document and place in it."""
    from onrecord.record import open_record
    from onrecord.record.rows import StatementRow

    least = choices(min_confidence=min_confidence)["min_confidence"]
    brief = NARROW_STATEMENTS if (terminal_width() or WIDE) < WIDE else STATEMENTS
    with open_record(record) as opened:
        found = opened.statements(min_confidence=least, all=everything, **filters)
        write_listing(found, output, StatementRow, brief, noun="statement")


@click.command()
@record_argument
@output_options
def documents(record: Path, output: Output) -> None:
    """The reports of RECORD: outlet, date, title, how many statements, duplicate of which."""
    from onrecord.record import open_record
    from onrecord.record.rows import DocumentRow

    with open_record(record) as opened:
        write_listing(opened.documents(), output, DocumentRow, DOCUMENTS, noun="document")


@click.command()
@record_argument
@click.option("--document", metavar="ID", help="Only from this document.")
@output_options
def dropped(record: Path, output: Output, document: str | None) -> None:
    """What was left out of the text of each report, where it stood in the original, and why."""
    from onrecord.record import open_record
    from onrecord.record.rows import DroppedRow

    with open_record(record) as opened:
        write_listing(opened.dropped(document=document), output, DroppedRow, DROPPED, noun="piece left out")


def write_listing(
    values: Iterable[ListedRow], output: Output, kind: type[ListedRow], brief: tuple[str, ...], *, noun: str
) -> int:
    """Write rows of one ``kind`` as ``output`` says, and on a terminal how many there were."""
    from onrecord.record.rows import as_row, shape_of

    written = write_rows(map(as_row, values), output, shape=shape_of(kind), brief=brief)
    say_on_terminal(count(written, noun))
    return written
