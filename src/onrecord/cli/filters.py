"""The settings and filters that commands share, each said once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.cli.output import NamedPath
from onrecord.errors import UsageError
from onrecord.settings import KnownSetting, Setting, Value, resolve, settings_file
from onrecord.values import (
    ActorKind,
    MentionKind,
    Polarity,
    PositionRelation,
    PositionStatus,
    StatementKind,
)

if TYPE_CHECKING:
    from onrecord.building import BuildSettings

KNOWN = (
    KnownSetting(
        "lines", str, "auto", "how lines of plain text are judged", choices=("auto", "page", "clean")
    ),
    KnownSetting("charset", str, None, "encoding of every text; without it, found out for each"),
    KnownSetting("max_document_bytes", int, 20_000_000, "largest report that is read", least=1),
    KnownSetting("max_archive_bytes", int, 2_000_000_000, "most bytes an archive may unpack to", least=1),
    KnownSetting("max_seconds", float, 600.0, "longest time one report may take, in seconds", least=1),
    KnownSetting(
        "workers", int, None, "processes that read; 0: this one; none: one for each processor", least=0
    ),
    KnownSetting("min_confidence", float, 0.0, "least confidence of the statements listed", least=0),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Every setting with its value and origin."""

    settings: dict[str, Setting]

    def __getitem__(self, name: str) -> Any:
        """The value of one setting."""
        return self.settings[name].value


def choices(**flags: Value) -> Choices:
    """The settings of this call: the flags given, else environment, file, default."""
    file = settings_file(os.environ, Path.cwd())
    return Choices(resolve(KNOWN, flags=flags, environ=os.environ, file=file))


def mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    """``--field text=body`` as {"text": "body"}; raises UsageError for a pair without "="."""
    found: dict[str, str] = {}
    for pair in pairs:
        key, sign, name = pair.partition("=")
        if not sign or not key or not name:
            raise UsageError(
                f"--field {pair}: not of the form KEY=NAME", hint="for example --field text=body"
            )
        found[key] = name
    return found


def build_settings(*, as_is: bool = False, fields: tuple[str, ...] = (), **flags: Value) -> BuildSettings:
    """How reports are found and read in this call."""
    from onrecord.building import BuildSettings
    from onrecord.documents import DocumentSettings
    from onrecord.reading.report import ReadSettings
    from onrecord.sources import SourceSettings

    chosen = choices(**flags)
    sources = SourceSettings(
        max_document_bytes=chosen["max_document_bytes"],
        max_archive_bytes=chosen["max_archive_bytes"],
        mapping=mapping(fields),
        charset=chosen["charset"],
    )
    documents = DocumentSettings(as_is=as_is, lines=chosen["lines"])
    reading = ReadSettings(documents=documents, charset=chosen["charset"])
    return BuildSettings(
        sources=sources, reading=reading, workers=chosen["workers"], seconds=chosen["max_seconds"]
    )


record_argument = click.argument("record", type=NamedPath(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on how reports are found and what is made of each."""
    for option in reversed(_READING):
        command = option(command)
    return command


def working_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on the processes that read."""
    for option in reversed(_WORKING):
        command = option(command)
    return command


_READING = (
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="KEY=NAME",
        help="In JSONL and CSV, where KEY stands: text, title, byline, outlet, published, url, language, "
        "wire, translator. Guessed where not given. A dot goes into an object: text=article.body.",
    ),
    click.option("--charset", metavar="NAME", help="Encoding of every text, whatever the files declare."),
    click.option(
        "--lines",
        type=click.Choice(["auto", "page", "clean"]),
        help="Plain text is a whole page without its tags, or a clean article; auto decides for each.",
    ),
    click.option(
        "--max-document-bytes", type=click.IntRange(min=1), metavar="N", help="Larger reports are failures."
    ),
    click.option(
        "--max-archive-bytes",
        type=click.IntRange(min=1),
        metavar="N",
        help="An archive may unpack to no more.",
    ),
    click.option(
        "--max-seconds", type=click.FloatRange(min=1), metavar="S", help="A report that takes longer fails."
    ),
)

_WORKING = (
    click.option(
        "--workers",
        type=click.IntRange(min=0),
        metavar="N",
        help="Processes that read; 0: only this one. Without it, one for each processor.",
    ),
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
    "kind": click.option("--kind", type=click.Choice(get_args(StatementKind)), help="Only this kind."),
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
