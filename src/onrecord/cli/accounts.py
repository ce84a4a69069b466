"""``onrecord accounts``: what reports and speakers say about one matter, and what ``show`` says of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import terminal
from onrecord.cli.filters import choices, filter_options, record_argument
from onrecord.cli.listings import write_listing
from onrecord.cli.output import Output, Row, count, output_options, say_on_terminal
from onrecord.cli.terminal import WIDTH, field, in_context, spans_text

if TYPE_CHECKING:
    from onrecord.store.shown.parts import ShownAccount, ShownMember
    from onrecord.values import Span, Spans

ACCOUNTS = ("id", "kind", "text", "asserts", "denies", "differs", "first", "last", "reports")
MEMBERS = ("account", "stance", "speaker", "text", "reasons", "outlet", "said", "confidence", "id")
SHORT = 160  # characters of a lead in a table
NO_MODEL = "this record was made by a version without a model of pairs: it has no accounts"
TITLES = {
    "supports": "on the one side",
    "contradicts": "on the other side",
    "differs": "different in a detail",
    "related": "on the same matter",
}


@click.command()
@record_argument
@filter_options(
    "account_kind", "actor", "state", "outlet", "since", "until", "min_confidence", "document", "story"
)
@click.option("--members", is_flag=True, help="Instead: every member of each account as a row.")
@output_options
def accounts(record: Path, output: Output, members: bool, **filters: Any) -> None:
    """What several reports or speakers of RECORD say about one matter: disputes first, who is on which side.

    --since and --until are about when it was spoken of; --actor, --state, --outlet and --document about any
    of its members. With --json each account carries its members: stance, words, speaker, report, offsets.
    """
    from onrecord.store import open_record
    from onrecord.store.schema.rows_linked import AccountMemberRow, AccountRow

    filters["min_confidence"] = choices(min_confidence=filters["min_confidence"])["min_confidence"] or None
    with open_record(record) as opened:
        asked = (opened, filters["actor"])
        if members:
            found = opened.account_members(**filters)
            write_listing(found, output, AccountMemberRow, MEMBERS, noun="member", actor=asked)
        else:
            rows = opened.accounts(**filters)
            write_listing(rows, output, AccountRow, ACCOUNTS, noun="account", people=_readable, actor=asked)
        if opened.status().judge == "":
            say_on_terminal(NO_MODEL)


def _readable(row: Row) -> Row:
    """An account for people: the beginning of a long lead, and how its speaker stands to it."""
    text = terminal.one_line(row["text"])
    text = text if len(text) <= SHORT else text[: SHORT - 2] + " …"
    polarity = row["members"][0]["polarity"]
    return {**row, "text": text if polarity == "asserts" else f"[{polarity.replace('_', ' ')}] {text}"}


def account(shown: ShownAccount, width: int) -> Iterator[str]:
    """An account: who is on which side, and each member in its words, with marks under what differs."""
    one = shown.account
    yield f"{one.id}  {one.kind}, {count(one.reports, 'report')}, {one.independent} independent"
    yield ""
    days = " to ".join(dict.fromkeys(day for day in (one.first, one.last) if day))
    for name, value in (
        ("days", days),
        ("asserts", "; ".join(one.asserts)),
        ("denies", "; ".join(one.denies)),
        ("differs", "; ".join(one.differs)),
        ("told by", "; ".join(one.outlet)),
        ("silent", "; ".join(one.silent)),
        ("judged by", shown.judge),
    ):
        if value:
            yield from field(name, value, width)
    for stance, title in TITLES.items():
        found = [each for each in shown.members if each.member.stance == stance]
        if found:
            yield ""
            yield title
        for each in found:
            yield ""
            yield from _member(each, _marked(shown, each), width)


def _marked(shown: ShownAccount, one: ShownMember) -> Spans:
    """The words under which marks stand: of the lead, those in which any other member differs from it."""
    if not one.member.lead:
        return one.member.own_spans
    return tuple(sorted({span for each in shown.members for span in each.member.lead_spans}))


def _member(one: ShownMember, marked: Spans, width: int) -> Iterator[str]:
    member = one.member
    who = member.speaker or "the report itself"
    verb = "" if member.polarity == "asserts" else f" [{member.polarity.replace('_', ' ')}]"
    yield from field("lead" if member.lead else f"{member.confidence:.2f}", f"{who}{verb}", width)
    said = ", ".join(filter(None, (member.outlet or "outlet unknown", member.said)))
    yield from field("", f"{member.id}  {member.document}  {said}", width)
    yield from field("", f"characters {spans_text(member.spans)}", width)
    for line in _words(one.document.text, member.spans, marked, min(width, WIDTH) - 14):
        yield f"{'':14}{line}"
    for reason in member.reasons:
        yield from field("because", reason, width)


def _words(text: str, spans: Spans, marked: Spans, width: int) -> Iterator[str]:
    """The words of a member with carets under those in which it differs."""
    for start, end in spans:
        inside = tuple(_moved((a, b), start) for a, b in _within(marked, (start, end)))
        piece = text[start:end]
        if inside:
            yield from in_context(piece, {"evidence": inside}, width=width, around=len(piece))
        else:
            yield from terminal.wrap(terminal.one_line(piece), width)


def _within(spans: Iterable[Span], piece: Span) -> Iterator[Span]:
    return (one for one in spans if piece[0] <= one[0] and one[1] <= piece[1])


def _moved(span: Span, by: int) -> Span:
    return span[0] - by, span[1] - by
