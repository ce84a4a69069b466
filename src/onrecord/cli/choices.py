"""The settings a user may choose, and the values they have for this call."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from onrecord.settings import Known, Setting, Value, resolve, settings_file

KNOWN = (
    Known("max_bytes", int, 200_000_000, "largest file read, in bytes; larger ones are failures", least=1),
    Known("lines", str, "auto", "how lines of plain text are judged", choices=("auto", "page", "clean")),
    Known("workers", int, 1, "processes reading reports at the same time", least=1),
    Known("threads", int, 1, "threads of the model in each process", least=1),
    Known("min_confidence", float, 0.0, "least confidence of a statement that is listed", least=0.0),
)


def choices(**flags: Value) -> dict[str, Setting]:
    """Every setting with its value and origin, the flags given on the command line first."""
    return resolve(KNOWN, flags=flags, environ=os.environ, file=settings_file(os.environ, Path.cwd()))


def value(found: Mapping[str, Setting], name: str) -> Any:
    """The value of one setting."""
    return found[name].value


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on how reports are found and read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--field", "fields", multiple=True, metavar="KEY=NAME", help="…"),
)
