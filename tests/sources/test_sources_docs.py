"""The page on inputs is the specification: what the code knows stands there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from onrecord.cli.filters import reading_options
from onrecord.sources import MAPPING_KEYS, WORDS, SourceSettings
from onrecord.sources.fields import GUESSES, plain_name

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/inputs.md").read_text("utf-8")
CODE = "".join(path.read_text("utf-8") for path in sorted((ROOT / "src/onrecord/sources").glob("*.py")))


@pytest.mark.parametrize("word", WORDS)
def test_each_reason_is_explained(word: str) -> None:
    """Every word a reason starts with has its row, and something to do."""
    (row,) = re.findall(rf"^\| `{word}` \|([^|]+)\|([^|]+)\|$", PAGE, re.MULTILINE)
    assert all(len(cell.strip()) > 10 for cell in row)


@pytest.mark.parametrize("key", MAPPING_KEYS)
def test_each_guess_is_told(key: str) -> None:
    """The names a field is guessed from are those in the code, in their order."""
    (names,) = re.findall(rf"^\| `{key}` \| ([\w, ]+) \|$", PAGE, re.MULTILINE)
    told = [plain_name(name) for name in names.split(",")]
    assert told == list(GUESSES[key])


def test_limits_are_told() -> None:
    """The defaults on the page are those of the code."""
    assert SourceSettings().max_document_bytes == 20_000_000
    assert "`--max-document-bytes` | 20 MB" in PAGE
    assert SourceSettings().max_archive_bytes == 2_000_000_000
    assert "`--max-archive-bytes` | 2 GB" in PAGE


def test_hints_name_options_that_exist() -> None:
    """An option named in a hint or on the page can be typed."""

    @reading_options
    def command(**_: object) -> None: ...

    built = click.command()(command)
    options = {name for parameter in built.params for name in parameter.opts}
    named = set(re.findall(r"--[a-z]+(?:-[a-z]+)+|--(?:field|charset)", CODE + PAGE))
    assert named
    assert named <= options
