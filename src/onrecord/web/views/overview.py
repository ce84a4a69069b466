"""The overview of a record, and what Onrecord is made of as it is installed here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import Any

from onrecord import __version__
from onrecord.linking.claims import entailment
from onrecord.reading.network import encoder
from onrecord.shipped import pinned
from onrecord.store import AccountMemberRow, AccountRow, Record, RunRow, Status
from onrecord.store.listing.periods import LaneCount
from onrecord.store.shown.cast import Overview
from onrecord.web import timeline as time
from onrecord.web.ask import Ask, Page, View
from onrecord.web.drawing import Drawing, DrawnColumn, of_counts
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
        "denials": [] if disputes else list(iter(denials.page(_DENIALS))),
        "said_most": found.actors("said", _ACTORS),
        "named_most": found.actors("named", _ACTORS),
        "latest": list(iter(found.latest().page(_LATEST))),
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


def _drawing(found: Overview, status: Status) -> Drawing[DrawnColumn] | None:
    """Reports by outlet and day; None if none has a date."""
    window = time.window_of(found.extent())
    if window is None:
        return None
    steps = time.steps(window, _STRETCHES)
    top = [LaneCount(name, name, number) for name, number in status.outlets.items() if name][:_OUTLETS]
    counted = found.binned(steps, [one.key for one in top])
    return of_counts(window, steps, counted, top, "outlet", height=28)


def _table(drawing: Drawing[DrawnColumn]) -> list[tuple[str, str, list[int]]]:
    """The numbers of a drawing: first and last day of a stretch, and how many in each lane."""
    found: dict[tuple[str, str], list[int]] = {}
    for n, lane in enumerate(drawing.lanes):
        for one in lane.parts:
            row = found.setdefault((one.stretch.since, one.stretch.until), [0] * len(drawing.lanes))
            row[n] = one.stretch.perhaps
    return [(since, until, numbers) for (since, until), numbers in sorted(found.items())]


VIEWS = (View("overview", "/", overview, menu="Overview"),)


_NAME = re.compile(r"[\w.-]+")
_LONG = 60  # characters; what is longer is the text of a licence, not its name


@dataclass(frozen=True, slots=True)
class InstalledPart:
    """A package that is needed to run: its name, version and licence, as it says itself."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def parts() -> tuple[InstalledPart, ...]:
    """Packages that Onrecord asks for, by name; those that are not installed left out."""
    wanted = [one for one in requires("onrecord") or () if "extra ==" not in one]
    names = sorted({found[0].lower() for one in wanted if (found := _NAME.match(one))})
    return tuple(part for name in names if (part := _part(name)))


def _part(name: str) -> InstalledPart | None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    fields = told.get_all("Classifier") or []
    classes = [one.rsplit(" :: ", 1)[-1] for one in fields if one.startswith("License ::")]
    said = (told.get_all("License-Expression") or told.get_all("License") or [""])[0].strip()
    named = said if said and len(said) <= _LONG and "\n" not in said else "; ".join(classes)
    return InstalledPart(name, told["Version"], named or "not stated")


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its settings as names and values."""

    row: RunRow
    settings: tuple[tuple[str, str], ...]


def about(record: Record, ask: Ask) -> Page:
    """Runs, models, versions, method and limits, and what the app itself is made of."""
    listing = record.runs()
    values = {
        "status": record.status(),
        "runs": [Run(one, tuple(_settings(one.settings))) for one in listing],
        "parts": parts(),
        "models": [(one.FILE, pinned().get(one.FILE)) for one in (encoder, entailment)],
        "here": __version__,
    }
    return Page("about.html", "About this record", values, rows=listing, styles=("rows.css",))


def _settings(text: str) -> Iterator[tuple[str, str]]:
    """Settings as a run keeps them: each with the names of what it lies in before its own."""
    try:
        found = json.loads(text)
    except ValueError:
        found = {"settings": text}
    return _flat(found, "")


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for key in sorted(value):
            yield from _flat(value[key], f"{name}.{key}" if name else str(key))
    else:
        words = {"None": "none", "{}": "none", "True": "yes", "False": "no"}
        yield name, words.get(str(value), str(value))


ABOUT = (View("about", "/about", about, menu="About"),)
