"""What ``onrecord show`` says of actors, mentions, suggestions and decisions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.cli.listings import readable
from onrecord.cli.output import count
from onrecord.cli.show import held
from onrecord.cli.terminal import WIDTH, field, in_context, spans_text

if TYPE_CHECKING:
    from onrecord.store.schema.rows import ActorRow, EntityRow
    from onrecord.store.shown.shown import (
        ShownActor,
        ShownDecision,
        ShownMention,
        ShownStory,
        ShownSuggestion,
    )


def actor(shown: ShownActor, width: int) -> Iterator[str]:
    """An actor: names, offices with their sources, reports, statements, what may be the same."""
    one = shown.actor
    yield _head(one)
    yield ""
    if one.aliases:
        yield from field("also", "; ".join(one.aliases), width)
    yield from field("one because", one.basis, width)
    for name, value in (("confirmed", one.confirmed), ("hidden", one.hidden)):
        if value:
            yield from field(name, value, width)
    yield from _offices(shown, width)
    yield ""
    yield f"{count(one.mentions, 'mention')} in {count(len(shown.entities), 'document')}"
    for entity in shown.entities:
        yield from field(entity.document, _called(entity), width)
        yield from field("", entity.context, width)
    if shown.statements:
        yield ""
        yield f"{count(len(shown.statements), 'statement')}, by time"
    for said in shown.statements:
        row = readable(dataclasses.asdict(said))
        yield from field(said.id, f"{row['said'] or '?'} [{row['cue']}] {said.content}", width)
    if shown.positions:
        yield ""
        yield count(len(shown.positions), "position")
        yield from held(shown.positions, one.id, width)
    for suggested in shown.suggestions:
        yield ""
        other = suggested.second if suggested.first == one.id else suggested.first
        name = suggested.second_name if suggested.first == one.id else suggested.first_name
        yield from field("may be", f"{name} {other}: {suggested.reason} ({suggested.id})", width)
    for decided in shown.decisions:
        undone = f", undone by {decided.undone_by}" if decided.undone_by else ""
        yield from field("decided", f"{decided.verb} ({decided.id}, {decided.at}{undone})", width)


def mention(shown: ShownMention, width: int) -> Iterator[str]:
    """A mention in its paragraph, and whom it stands for."""
    one = shown.mention
    yield f"{one.id}  {one.kind}, {one.form}, confidence {one.confidence:.2f}"
    yield ""
    who = f"{one.actor or '(nobody named)'} {one.actor_id or ''}".rstrip()
    yield from field("stands for", who if one.entity is not None else "no actor", width)
    yield from field("by", one.rule, width)
    yield from field("document", f"{one.document}  {one.outlet or 'outlet unknown'}", width)
    yield from field("characters", spans_text(((one.start, one.end),)), width)
    yield ""
    for line in in_context(shown.context, {"mention": (shown.span,)}, width=min(width, WIDTH) - 2):
        yield "  " + line


def suggestion(shown: ShownSuggestion, width: int) -> Iterator[str]:
    """Two actors that may be one, and why."""
    one = shown.suggestion
    yield f"{one.id}  may be one: {one.first_name} and {one.second_name}, score {one.score:.2f}"
    yield ""
    yield from field("reason", one.reason, width)
    for each in (shown.first, shown.second):
        yield ""
        yield _head(each)
        yield from field("first met", each.first_context or "(in copies only)", width)
    yield ""
    yield f"onrecord decide RECORD confirm {one.id}   makes them one"
    yield f"onrecord decide RECORD reject {one.id}    keeps them apart"


def decision(shown: ShownDecision, width: int) -> Iterator[str]:
    """A decision, and the entities it was made for."""
    one = shown.decision
    yield f"{one.id}  {one.verb}, {one.at}"
    yield ""
    yield from field("of", ", ".join(one.targets), width)
    for name, value in (("to", one.value), ("note", one.note), ("undone by", one.undone_by)):
        if value:
            yield from field(name, value, width)
    for entity in shown.entities:
        yield from field(entity.document, _called(entity), width)


def story(shown: ShownStory, width: int) -> Iterator[str]:
    """A story: its days, and its reports, earliest first."""
    one = shown.story
    yield f"{one.id}  {one.title or '(without a title)'}"
    yield ""
    yield from field("days", f"{one.first or '?'} to {one.last or '?'}", width)
    independent = f"{one.independent} independent, {count(one.outlets, 'outlet')}"
    yield from field("reports", f"{one.reports}, {independent}", width)
    yield ""
    for report in shown.documents:
        copied = f", copy of {report.origin}" if report.origin else ""
        said = ", ".join(filter(None, (report.published, report.outlet))) or "outlet and date unknown"
        yield from field(report.id, f"{said}: {report.title or '?'}{copied}", width)


def _head(one: ActorRow) -> str:
    return f"{one.id}  {one.name}, {one.kind}{f', {one.state}' if one.state else ''}"


def _called(entity: EntityRow) -> str:
    return f"{', '.join(entity.names) or 'without a name'} ({count(entity.mentions, 'mention')})"


def _offices(shown: ShownActor, width: int) -> Iterator[str]:
    for office in shown.offices:
        when = f"since {office.since}" if office.since else ""
        when = " ".join(filter(None, (when, f"until {office.until}" if office.until else "")))
        about = ", ".join(filter(None, (office.state, when)))
        seen = f"{office.document} {office.start}-{office.end}: {office.quote}" if office.quote else ""
        source = "; ".join(filter(None, ("" if office.source == "report" else office.source, seen)))
        yield from field("office", f"{office.title}{f' ({about})' if about else ''}; {source}", width)
