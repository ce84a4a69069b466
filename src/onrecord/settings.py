"""Settings: where a value comes from when it may come from four places.

A flag wins over the environment (``ONRECORD_`` and the name in capitals), the environment over the file
``onrecord.toml``, the file over the default. Every value keeps its origin, so that it can be shown. An
unknown name is an error that says where it stands: a setting with a slip in its name would otherwise be
ignored in silence.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

PREFIX = "ONRECORD_"
FILE_NAME = "onrecord.toml"
FILE_VARIABLE = "ONRECORD_CONFIG"
Value = bool | int | float | str | None
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class KnownSetting:
    """A setting that exists: its name, type, default, meaning, and the values allowed if they are few."""

    name: str
    kind: type[bool] | type[int] | type[float] | type[str]
    default: Value
    meaning: str
    choices: tuple[str, ...] = ()
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it came from: "flag", "ONRECORD_X", "onrecord.toml" or "default"."""

    name: str
    value: Value
    origin: str


def resolve(
    known: Iterable[KnownSetting],
    *,
    flags: Mapping[str, Value],
    environ: Mapping[str, str],
    file: Path | None,
) -> dict[str, Setting]:
    """Each known setting with its value and origin; a flag of None was not given.

    Raises UsageError for an unknown name, a value of the wrong type, or a file that is not TOML.
    """
    table = {one.name: one for one in known}
    found = {name: Setting(name, one.default, "default") for name, one in table.items()}
    for name, value in _from_file(file, table).items():
        found[name] = Setting(name, value, str(file))
    for name, value in _from_environment(environ, table).items():
        found[name] = Setting(name, value, PREFIX + name.upper())
    for name, value in flags.items():
        if value is not None and name in table:
            found[name] = Setting(name, value, "flag")
    return found


def settings_file(environ: Mapping[str, str], folder: Path) -> Path | None:
    """The settings file: the one ``ONRECORD_CONFIG`` names, else ``onrecord.toml`` in ``folder``, if any."""
    named = environ.get(FILE_VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise UsageError(f"{FILE_VARIABLE}: no such file: {named}", hint="correct the path or unset it")
        return path
    path = folder / FILE_NAME
    return Path(FILE_NAME) if path.is_file() else None


def _from_file(file: Path | None, table: Mapping[str, KnownSetting]) -> dict[str, Value]:
    if file is None:
        return {}
    try:
        text = file.read_text("utf-8")
        entries: dict[str, Any] = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file}: cannot be read as TOML: {error}", hint="write lines like: name = value"
        ) from None
    values: dict[str, Value] = {}
    for name, value in entries.items():
        where = f"{file}, line {_line_of(name, text)}"
        if name not in table:
            raise UsageError(f"{where}: unknown setting {name!r}", hint=_nearest(name, table))
        values[name] = _checked(table[name], value, f"{where}: {name}")
    return values


def _from_environment(environ: Mapping[str, str], table: Mapping[str, KnownSetting]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable == FILE_VARIABLE:
            continue
        name = variable[len(PREFIX) :].lower()
        if name not in table:
            hint = _nearest(name, table, spell=lambda one: PREFIX + one.upper())
            raise UsageError(f"unknown setting in the environment: {variable}", hint=hint)
        values[name] = _checked(table[name], _parsed(table[name], environ[variable]), variable)
    return values


def _parsed(one: KnownSetting, text: str) -> Value:
    """``text`` as the type of ``one``, or as it is when it does not fit: the check then says so."""
    if one.kind is bool:
        low = text.strip().lower()
        return True if low in _TRUE else False if low in _FALSE else text
    if one.kind in (int, float):
        try:
            return one.kind(text)
        except ValueError:
            return text
    return text


def _checked(one: KnownSetting, value: Any, where: str) -> Value:
    fits = isinstance(value, one.kind) and (one.kind is bool or not isinstance(value, bool))
    if one.kind is float and isinstance(value, int) and not isinstance(value, bool):
        value, fits = float(value), True
    if not fits:
        wanted = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}[one.kind]
        raise UsageError(f"{where} must be {wanted}, not {value!r}", hint=f"the default is {one.default!r}")
    if one.choices and value not in one.choices:
        raise UsageError(f"{where} cannot be {value!r}", hint="one of: " + ", ".join(one.choices))
    if one.least is not None and value < one.least:
        raise UsageError(
            f"{where} must be at least {one.least:g}, not {value!r}", hint="give a larger number"
        )
    return value  # type: ignore[no-any-return]  # checked against one.kind just above


def _line_of(name: str, text: str) -> int:
    """The line where ``name`` is set, counted from 1: tomllib does not tell."""
    pattern = re.compile(r"^\s*\[*\s*[\"']?" + re.escape(name) + r"[\"']?\s*[=.\]]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _nearest(name: str, table: Mapping[str, KnownSetting], spell: Any = str) -> str:
    close = difflib.get_close_matches(name, table, n=1, cutoff=0.5)
    if close:
        return f"did you mean {spell(close[0])}?"
    return "known settings: " + ", ".join(spell(one) for one in sorted(table))
