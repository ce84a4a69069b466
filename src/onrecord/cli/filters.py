"""The filters that listings share, each said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import click

from onrecord.values import (
    ActorKind,
    MentionKind,
    Polarity,
    PositionRelation,
    PositionStatus,
    StatementKind,
)

COPY_KINDS = ("copy", "cut", "embedded", "passage", "quote")
_OPTIONS = {
    "actor": click.option(
        "--actor", metavar="NAME|ID", help="An actor: its id, or a name of it or whole words of one."
    ),
    "state": click.option(
        "--state", metavar="STATE", help="Actors of this state: ISO 3166 alpha-3 code, or name."
    ),
    "holder": click.option("--holder", metavar="NAME|ID", help="Held by this actor: see --actor."),
    "target": click.option("--target", metavar="NAME|ID", help="Towards this actor: see --actor."),
    "relation": click.option(
        "--relation", type=click.Choice(get_args(PositionRelation)), help="Only this relation."
    ),
    "position_status": click.option(
        "--status",
        type=click.Choice(get_args(PositionStatus)),
        help="Told by a report in its own name, claimed by a speaker, only denied, or announced.",
    ),
    "speaker": click.option(
        "--speaker", metavar="TEXT", help="The speaker's words contain TEXT, whatever its case."
    ),
    "text": click.option(
        "--text",
        metavar="WORDS",
        help='All these words occur in the content; "a phrase" as such, inspect* as the beginning of words.',
    ),
    "title": click.option("--title", metavar="TEXT", help="The headline contains TEXT, whatever its case."),
    "polarity": click.option(
        "--polarity", type=click.Choice(get_args(Polarity)), help="How the speaker stands to the content."
    ),
    "via": click.option("--via", metavar="TEXT", help="Known through an agency or outlet named so."),
    "outlet": click.option(
        "--outlet", metavar="TEXT", help="The outlet's name contains TEXT, whatever its case."
    ),
    "kind": click.option(
        "--kind", type=click.Choice(get_args(StatementKind)), help="Only this kind."
    ),
    "actor_kind": click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Only this kind."),
    "mention_kind": click.option("--kind", type=click.Choice(get_args(MentionKind)), help="Only this kind."),
    "copy_kind": click.option("--kind", type=click.Choice(COPY_KINDS), help="Only this kind."),
    "account_kind": click.option(
        "--kind", type=click.Choice(["disputed", "differs", "agreed"]), help="Only this kind."
    ),
    "count": click.option(
        "--count",
        type=click.Choice(["report", "independent", "outlet"]),
        default="report",
        help="What is counted: reports (default), reports without copies of one another, or outlets.",
    ),
    "since": click.option("--since", metavar="DATE", help="On DATE (2023, 2023-03 or 2023-03-06) or later."),
    "until": click.option("--until", metavar="DATE", help="On DATE or earlier."),
    "by": click.option(
        "--by",
        type=click.Choice(["said", "published"]),
        default="said",
        help="--since and --until are about when it was said (default), or when the report was published.",
    ),
    "min_confidence": click.option(
        "--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="At least this confidence."
    ),
    "document": click.option("--document", metavar="ID", help="Only from this document."),
    "story": click.option("--story", metavar="ID", help="Only from reports of this story."),
    "parent": click.option("--parent", metavar="ID", help="Only what stands inside this statement."),
}


def filter_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the filters of these names, in this order in its help."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return decorate
