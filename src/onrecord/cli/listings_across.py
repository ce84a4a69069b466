"""Listings of what all reports together show: positions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.cli.choices import choices, record_argument
from onrecord.cli.filters import filter_options
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, Row, output_options

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
    from onrecord.record import open_record
    from onrecord.record.rows_across import PositionRow

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
    from onrecord.record.listing_positions import RELATIONS

    marks = [row["status"], *(["disputed"] if row["disputed"] else []), *row["changed"]]
    holder = holder_in_words(row["holder"], row["unnamed"])
    return {**row, "holder": holder, "relation": RELATIONS[row["relation"]], "status": "; ".join(marks)}
