"""The overview: what is in here, and what stands out in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record import AccountMemberRow, AccountRow, Record, Status
from onrecord.record.overview import Overview
from onrecord.record.periods import LaneCount
from onrecord.web import timeline as time
from onrecord.web.ask import Ask, Page, View
from onrecord.web.drawing import Column, Drawing, of_counts
from onrecord.web.views.accounts import reader_of
from onrecord.web.views.positions import STATUS, of_several, verb_of
from onrecord.web.views.statements import in_reader

_DISPUTES = 4
_DENIALS = 6
_ACTORS = 8
_LATEST = 6
_POSITIONS = 8
_OUTLETS = 8
_STRETCHES = 60


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute: the account, its lead claim, and the member that contradicts it first."""

    account: AccountRow
    claim: AccountMemberRow
    against: AccountMemberRow | None


def overview(record: Record, ask: Ask) -> Page:
    """Counts of the whole record, disputes, actors, reports by outlet and day, what came last."""
    status, found = record.status(), record.overview()
    disputes = paired(record.accounts(kind="disputed").page(_DISPUTES)) if status.disputed else []
    denials = record.statements(polarity="denies", order="confidence")
    held, positions = found.positions(_POSITIONS)
    drawing = _drawing(found, status)
    data = {
        "status": status,
        "stories": found.stories(),
        "disputes": [one.account for one in disputes],
        "denials": [] if disputes else list(denials.page(_DENIALS)),
        "said_most": found.actors("said", _ACTORS),
        "named_most": found.actors("named", _ACTORS),
        "latest": list(found.latest().page(_LATEST)),
        "positions": positions,
    }
    values = {
        **data,
        "disputes": disputes,
        "held": held,
        "drawing": drawing,
        "table": _table(drawing) if drawing else [],
        "in_words": time.in_words,
        "report": lambda lane: Ask("/reports", query=(("outlet", lane.key),) if lane.key else ()),
        "place": reader_of,
        "in_reader": in_reader,
        "verb": lambda one: verb_of(one) if one.holder else of_several(verb_of(one)),
        "statuses": STATUS,
        "does": _does,
    }
    return Page(
        "overview.html",
        "Overview",
        values,
        rows=found.days(),
        data=data,
        styles=("timeline.css", "overview.css"),
    )


def _does(member: AccountMemberRow) -> str:
    """What a speaker does with the words that are quoted: these may be what is denied."""
    said = "says" if member.lead else "says otherwise"
    return {"asserts": said, "denies": "denies", "declines": "declines to say", "questions": "asks"}.get(
        member.polarity, member.polarity.replace("_", " ")
    )


def paired(accounts: Iterable[AccountRow]) -> list[Dispute]:
    """Each account with the two sentences that show what is disputed: the lead, and of those who contradict
    it the surest who is somebody else."""
    made = []
    for one in accounts:
        claim = next((member for member in one.members if member.lead), None)
        if claim is None:
            continue
        against = [member for member in one.members if member.stance == "contradicts"]
        against.sort(key=lambda member: (member.voice == claim.voice, -member.confidence, member.n))
        made.append(Dispute(one, claim, against[0] if against else None))
    return made


def _drawing(found: Overview, status: Status) -> Drawing[Column] | None:
    """Reports by outlet and day; None if none has a date."""
    window = time.window_of(found.extent())
    if window is None:
        return None
    steps = time.steps(window, _STRETCHES)
    top = [LaneCount(name, name, number) for name, number in status.outlets.items() if name][:_OUTLETS]
    counted = found.binned(steps, [one.key for one in top])
    return of_counts(window, steps, counted, top, "outlet", height=28)


def _table(drawing: Drawing[Column]) -> list[tuple[str, str, list[int]]]:
    """The numbers of a drawing: first and last day of a stretch, and how many in each lane."""
    found: dict[tuple[str, str], list[int]] = {}
    for n, lane in enumerate(drawing.lanes):
        for one in lane.parts:
            row = found.setdefault((one.stretch.since, one.stretch.until), [0] * len(drawing.lanes))
            row[n] = one.stretch.perhaps
    return [(since, until, numbers) for (since, until), numbers in sorted(found.items())]


VIEWS = (View("overview", "/", overview, menu="Overview"),)
