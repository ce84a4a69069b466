"""What can be highlighted in a report, each kind of row made into highlights of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.errors import UsageError
from onrecord.record import (
    AccountMemberRow,
    MentionRow,
    PositionSeenRow,
    Record,
    StatementRow,
    TimeRow,
)
from onrecord.web.ask import Ask, link
from onrecord.web.segments import Cover

LAYERS = ("statements", "mentions", "times", "positions", "accounts")
_DEFAULT = ("statements",)
_NONE = "none"


def chosen_layers(ask: Ask) -> tuple[str, ...]:
    """The layers that ``show`` names, in their order; raises UsageError for one that is not known.

    >>> chosen_layers(Ask("/report/d_1", query=(("show", "times,statements"),)))
    ('statements', 'times')
    """
    given = [one.strip() for value in ask.every("show") for one in value.split(",") if one.strip()]
    for one in given:
        if one not in (*LAYERS, _NONE):
            hint = f"any of {', '.join(LAYERS)}, joined by commas, or {_NONE}"
            raise UsageError(f"show: unknown layer: {one!r}", hint=hint)
    return tuple(one for one in LAYERS if one in (given or _DEFAULT))


def switched(layers: tuple[str, ...], one: str) -> str:
    """What ``show`` is with one layer switched over.

    >>> switched(("statements",), "times"), switched(("statements",), "statements")
    ('statements,times', 'none')
    """
    return ",".join(name for name in LAYERS if (name in layers) != (name == one)) or _NONE


def of_statements(rows: Iterable[StatementRow]) -> Iterator[Cover]:
    """Speaker, cue and content of each."""
    for row in rows:
        for layer, spans in (
            ("speaker", row.speaker_spans),
            ("cue", row.cue_spans),
            ("content", row.content_spans),
        ):
            yield from (Cover(start, end, layer, row.id) for start, end in spans)


def of_mentions(rows: Iterable[MentionRow]) -> Iterator[Cover]:
    """Whom each one stands for; pronouns only where somebody is known."""
    for row in rows:
        goal = link(f"/actor/{row.actor_id}") if row.actor_id else ""
        says = f"{row.actor or row.name or row.quote}, {row.kind}"
        if goal or row.form != "pronoun":
            yield Cover(row.start, row.end, "mention", row.actor_id or row.id, goal, says)


def of_times(rows: Iterable[TimeRow]) -> Iterator[Cover]:
    """What each one means."""
    for row in rows:
        days = " to ".join(dict.fromkeys(one[:10] for one in (row.earliest, row.latest) if one))
        yield Cover(row.start, row.end, "time", row.id, "", f"{row.type} {days or row.value}")


def of_positions(rows: Iterable[PositionSeenRow]) -> Iterator[Cover]:
    """The words that tell a relation."""
    for row in rows:
        goal = link(f"/position/{row.position}") if row.position else ""
        says = f"position: {row.holder_text} {row.quote} {row.target_text} ({row.status})"
        yield from (Cover(start, end, "position", row.id, goal, says) for start, end in row.quote_spans)


def of_accounts(rows: Iterable[AccountMemberRow]) -> Iterator[Cover]:
    """What other reports or speakers agree with or contradict."""
    for row in rows:
        stance = "what others are compared with" if row.lead else row.stance.replace("_", " ")
        goal = link(f"/account/{row.account}")
        yield from (Cover(a, b, "account", row.id, goal, f"in an account: {stance}") for a, b in row.spans)


def positions_in(record: Record, id: str) -> list[PositionSeenRow]:
    """Every place of a report that tells of a position."""
    return list(record.positions_seen(document=id))


def accounts_in(record: Record, id: str) -> list[AccountMemberRow]:
    """What of a report is in accounts; the members in other reports are left out."""
    return [one for one in record.account_members(document=id) if one.document == id]
