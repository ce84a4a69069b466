"""``onrecord doctor``: is this installation fit to read?"""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.filters import KNOWN, choices
from onrecord.cli.output import Output, Row, output_options, write_rows
from onrecord.errors import ModelError, OnrecordError
from onrecord.shipped import pinned, shipped

CHECKED = dict.fromkeys(("check", "state", "found", "hint"), "text")
SHOWN = dict.fromkeys(("setting", "value", "origin", "meaning"), "text")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)")
Check = Callable[[], str]


@click.command()
@click.option("--settings", is_flag=True, help="Each setting, its value and where it came from.")
@output_options
def doctor(output: Output, settings: bool) -> int:
    """Check the installation: Python, packages, models and data files, the temporary folder, the terminal.

    Ends with exit code 5 if the model is missing or not the one expected, 1 if anything else is wrong.
    """
    if settings:
        write_rows(_settings(), output, shape=SHOWN, brief=tuple(SHOWN)[:3])
        return 0
    rows = list(_checks())
    write_rows(rows, output, shape=CHECKED, brief=tuple(CHECKED))
    wrong = [row["check"] for row in rows if row["state"] == "wrong"]
    return ModelError.exit_code if {"files", "model", "model of pairs"} & {*wrong} else 1 if wrong else 0


def _settings() -> Iterator[Row]:
    found = choices().settings
    for one in KNOWN:
        setting = found[one.name]
        yield {"setting": one.name, "value": setting.value, "origin": setting.origin, "meaning": one.meaning}


def _checks() -> Iterator[Row]:
    for name, check in _CHECKS.items():
        try:
            yield {"check": name, "state": "ok", "found": check(), "hint": ""}
        except OnrecordError as error:
            yield {"check": name, "state": "wrong", "found": str(error), "hint": error.hint}
        except Exception as error:  # whatever is broken in an installation is a finding here
            found = f"{type(error).__name__}: {error}"
            yield {"check": name, "state": "wrong", "found": found, "hint": "install onrecord again"}


def _python() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _packages() -> str:
    found, missing = [f"onrecord {__version__}"], []
    for requirement in distribution("onrecord").requires or []:
        name = _REQUIREMENT.match(requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            found.append(f"{name[1]} {distribution(name[1]).version}")
        except PackageNotFoundError:
            missing.append(name[1])
    if missing:
        raise OnrecordError(
            "missing: " + ", ".join(missing), hint="install onrecord again with its dependencies"
        )
    return ", ".join(found)


def _temporary() -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "probe").write_bytes(b"onrecord")
    return "a temporary folder can be written"


def _terminal() -> str:
    encoding = sys.stdout.encoding or "none"
    try:
        "“é–→─”".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise OnrecordError(
            f"standard output is {encoding}", hint="set PYTHONUTF8=1, or a locale that ends in UTF-8"
        ) from None
    return f"standard output takes {encoding}"


def _model() -> str:
    from onrecord.reading.statements.quotes import reader_name

    return reader_name()


def _pairs() -> str:
    from onrecord.linking.claims import entailment

    if not entailment.is_carried():
        return "this version carries none: records have no accounts"
    return entailment.network().name


def _files() -> str:
    for name in pinned():
        shipped(name)
    return f"{len(pinned())} data files, each with its hash"


_CHECKS: dict[str, Check] = {
    "python": _python,
    "packages": _packages,
    "files": _files,
    "model": _model,
    "model of pairs": _pairs,
    "temporary folder": _temporary,
    "terminal": _terminal,
}
