"""Settings: four places, one order, and no name ignored in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.settings import KnownSetting, Setting, Value, resolve, settings_file

KNOWN = (
    KnownSetting("workers", int, 1, "processes", least=1),
    KnownSetting("lines", str, "auto", "how lines are judged", choices=("auto", "page", "clean")),
    KnownSetting("min_confidence", float, 0.0, "least confidence"),
    KnownSetting("strict", bool, False, "be strict"),
)


def found(
    tmp_path: Path, toml: str | None = None, environ: dict[str, str] | None = None, **flags: Value
) -> dict[str, Setting]:
    file = None
    if toml is not None:
        file = tmp_path / "onrecord.toml"
        file.write_text(toml, "utf-8")
    return resolve(KNOWN, flags=flags, environ=environ or {}, file=file)


def test_order(tmp_path: Path) -> None:
    """A flag beats the environment, the environment the file, the file the default; each says so."""
    toml = 'workers = 2\nlines = "page"\nmin_confidence = 1\n'
    environ = {"ONRECORD_WORKERS": "3", "ONRECORD_LINES": "clean", "PATH": "x"}
    settings = found(tmp_path, toml, environ, workers=4, lines=None)
    assert [(one.value, one.origin.rsplit("/")[-1]) for one in settings.values()] == [
        (4, "flag"),
        ("clean", "ONRECORD_LINES"),
        (1.0, "onrecord.toml"),
        (False, "default"),
    ]


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        ("# mine\n\nworker = 2\n", "line 3: unknown setting 'worker'", "did you mean workers?"),
        (
            "zzz = 1\n",
            "line 1: unknown setting 'zzz'",
            "known settings: lines, min_confidence, strict, workers",
        ),
        ("strict = true\n[reading]\nx = 1\n", "line 2: unknown setting 'reading'", "known settings"),
        ('workers = "two"\n', "line 1: workers must be a whole number, not 'two'", "the default is 1"),
        ("workers = true\n", "workers must be a whole number, not True", "the default is 1"),
        ("workers = 0\n", "workers must be at least 1, not 0", "larger"),
        ('lines = "all"\n', "lines cannot be 'all'", "one of: auto, page, clean"),
        ("workers = \n", "cannot be read as TOML", "name = value"),
    ],
)
def test_file_errors(tmp_path: Path, toml: str, message: str, hint: str) -> None:
    """What cannot be used in the file is named with its line and what would be right."""
    with pytest.raises(UsageError) as error:
        found(tmp_path, toml)
    assert message in str(error.value)
    assert "onrecord.toml" in str(error.value)
    assert hint in error.value.hint


@pytest.mark.parametrize(
    ("variable", "text", "message", "hint"),
    [
        ("ONRECORD_WORKER", "2", "environment: ONRECORD_WORKER", "did you mean ONRECORD_WORKERS?"),
        ("ONRECORD_WORKERS", "two", "ONRECORD_WORKERS must be a whole number", "default"),
        ("ONRECORD_STRICT", "maybe", "ONRECORD_STRICT must be true or false", "default"),
    ],
)
def test_environment_errors(tmp_path: Path, variable: str, text: str, message: str, hint: str) -> None:
    """The same holds for the environment."""
    with pytest.raises(UsageError) as error:
        found(tmp_path, None, {variable: text})
    assert message in str(error.value)
    assert hint in error.value.hint


def test_which_file(tmp_path: Path) -> None:
    """The file of the folder is read, another if the environment names one, none if there is none."""
    assert settings_file({}, tmp_path) is None
    (tmp_path / "onrecord.toml").write_text("")
    assert settings_file({}, tmp_path) == Path("onrecord.toml")
    other = tmp_path / "other.toml"
    with pytest.raises(UsageError, match="no such file"):
        settings_file({"ONRECORD_CONFIG": str(other)}, tmp_path)
    other.write_text("")
    assert settings_file({"ONRECORD_CONFIG": str(other)}, tmp_path) == other
