"""Arrows go down only: who imports whom, which third-party package is imported where, how long a file is."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onrecord"
FILES = sorted(SOURCE.rglob("*.py"))

# Lowest first; a module imports only from its own row and from rows above it in this list.
LAYERS = (
    ("values", "errors", "ids", "settings", "shipped", "files", "interrupts"),
    ("lang",),
    ("text",),
    ("times", "facts"),
    ("sources",),
    ("documents",),
    ("reading",),
    ("linking",),
    ("store",),
    ("derive",),
    ("places", "building", "adding", "again", "export"),
    ("web",),
    ("cli",),
)
LEVEL = {name: number for number, row in enumerate(LAYERS) for name in row}

# One module for each third-party package, but for these two: the command line is made of click, and numpy's
# arrays are the values that the stages of reading hand on.
PACKAGE_WIDE = {"click": ("cli",), "numpy": ("documents", "text", "reading", "linking")}
MOST_LINES = 500


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module name imported anywhere in ``tree``; ``from a import b`` as a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(path: Path) -> tuple[str, ...]:
    """("onrecord", "cli", "build") for src/onrecord/cli/build.py."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    """A module imports only from rows below its own."""
    own = module_of(path)
    if own in (("onrecord",), ("onrecord", "__main__")):  # these two offer what lies below
        return
    for name in imports(ast.parse(path.read_text("utf-8"))):
        parts = name.split(".")
        if parts[0] == "onrecord" and len(parts) > 1 and parts[1] in LEVEL:
            assert LEVEL[parts[1]] <= LEVEL[own[1]], f"{'.'.join(own)} imports {name}"


def test_every_package_has_its_row() -> None:
    """A new package of ours takes its place in the order."""
    ours = {path.stem for path in SOURCE.glob("*.py")} | {
        path.parent.name for path in SOURCE.glob("*/__init__.py")
    }
    assert ours - {"__init__", "__main__"} <= set(LEVEL)


def test_a_third_party_package_is_imported_in_one_module() -> None:
    """What is imported once can be replaced once."""
    where: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for name in imports(ast.parse(path.read_text("utf-8"))):
            top = name.split(".")[0]
            if top != "onrecord" and top not in sys.stdlib_module_names:
                where[top].add(".".join(module_of(path)))
    for package, modules in where.items():
        home = PACKAGE_WIDE.get(package)
        if home:
            assert {module.split(".")[1] for module in modules} <= set(home), (package, modules)
        else:
            assert len(modules) == 1, (package, sorted(modules))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_long(path: Path) -> None:
    """A file fits in a head."""
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES
