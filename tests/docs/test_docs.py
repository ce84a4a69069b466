"""The documents agree with the program: commands, options, exit codes, links, and nothing of a machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from onrecord import cli, errors
from onrecord.cli.app import onrecord

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
PAGES = sorted(
    p for p in ROOT.rglob("*.md") if not {".venv", "node_modules", "work"} & set(p.relative_to(ROOT).parts)
)

SHARED = {"json", "jsonl", "csv", "tsv", "columns", "limit", "output"}
# Addresses of package registries and paths of the machines the project was made on, in pieces, so that this
# file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        [
            *("pypi" + r"\.org", "python" + "hosted", "index-" + "url", "artifact" + "ory"),
            *("/" + folder + r"/\w" for folder in ("work", "tmp", "root", "home")),
        ]
    )
)


def options(name: str) -> list[click.Option]:
    """The options of a command and of the commands below it."""
    command = onrecord.commands[name]
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [one for each in (command, *below) for one in each.params if isinstance(one, click.Option)]


def section(name: str) -> str:
    """The part of docs/commands.md about one command."""
    found = re.search(rf"^### onrecord {name}\b.*?(?=^##|\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section on onrecord {name}"
    return found[0]


@pytest.mark.parametrize("name", sorted(onrecord.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    """Every command has its section, and every option stands in it or among the shared ones."""
    text = section(name)
    for parameter in options(name):
        for spelling in (one for one in parameter.opts if one.startswith("--")):
            where = COMMANDS if spelling[2:] in SHARED else text
            assert f"`{spelling}" in where, f"{spelling} of onrecord {name} is not in docs/commands.md"
        assert parameter.help, f"{parameter.opts} of onrecord {name} has no help"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"^### onrecord (\w+)", COMMANDS, re.MULTILINE))))
def test_every_documented_command_exists(name: str) -> None:
    """No section is about a command that is gone, none names an option that is gone."""
    have = {spelling for parameter in options(name) for spelling in parameter.opts}
    for spelling in re.findall(r"^\| `(--[a-z-]+)", section(name), re.MULTILINE):
        assert spelling in have, f"docs/commands.md: onrecord {name} has no {spelling}"


def test_every_exit_code_is_documented() -> None:
    """The table of exit codes holds those of all errors, and no other."""
    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.OnrecordError)
    }
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
    assert documented == codes | {0, cli.FAULT, cli.INTERRUPTED}


def test_every_setting_is_documented() -> None:
    """Each setting stands in the table with its name in the environment and its default."""
    from onrecord.cli.filters import KNOWN

    for one in KNOWN:
        row = re.search(
            rf"^\| `{one.name}` \| `ONRECORD_{one.name.upper()}` \| (.*?) \|", COMMANDS, re.MULTILINE
        )
        assert row, f"the setting {one.name} is not in docs/commands.md"
        default = (
            "none" if one.default is None else f"{one.default:g}" if one.kind is float else str(one.default)
        )
        assert row[1].strip("`") == default


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_internal_links_resolve(page: Path) -> None:
    """A link to a file of the project leads somewhere."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), f"{page.name}: {target}"


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    """What is tracked works anywhere."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 2_000_000:
            found = FORBIDDEN.search(path.read_text("utf-8", errors="replace"))
            assert not found, f"{name}: {found and found[0]}"
