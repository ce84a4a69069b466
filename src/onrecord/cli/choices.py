"""The settings a user may choose, and the values they have for this call."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.paths import NamedPath
from onrecord.errors import UsageError
from onrecord.settings import Known, Setting, Value, resolve, settings_file

if TYPE_CHECKING:
    from onrecord.build import BuildSettings

KNOWN = (
    Known("lines", str, "auto", "how lines of plain text are judged", choices=("auto", "page", "clean")),
    Known("charset", str, None, "encoding of every text; without it, found out for each"),
    Known("max_document_bytes", int, 20_000_000, "largest report that is read", least=1),
    Known("max_archive_bytes", int, 2_000_000_000, "most bytes an archive may unpack to", least=1),
    Known("max_seconds", float, 600.0, "longest time one report may take, in seconds", least=1),
    Known("workers", int, None, "processes that read; 0: this one; none: one for each processor", least=0),
    Known("min_confidence", float, 0.0, "least confidence of the statements listed", least=0),
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
    from onrecord.build import BuildSettings
    from onrecord.documents import DocumentSettings
    from onrecord.reading.one import ReadSettings
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
