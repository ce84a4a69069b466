"""The map (docs/architecture.md) is true, and the rooms are as it says."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onrecord"
MAP = (ROOT / "docs" / "architecture.md").read_text("utf-8")
MOST_FILES = 16  # in a folder, with its __init__


def test_every_room_stands_in_the_map() -> None:
    """Each folder and module at the top of the package, and each folder within one, is named."""
    top = {path.name for path in SOURCE.iterdir() if path.suffix == ".py" and not path.stem.startswith("__")}
    rooms = {f"{path.name}/" for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    within = {f"{path.parent.name}/" for path in SOURCE.glob("*/*/__init__.py")}
    named = set(re.findall(r"`([\w/.]+)`", MAP))
    assert top | rooms | within <= named | {"py.typed"}, (top | rooms | within) - named


def test_what_the_map_names_is_there() -> None:
    """A dotted name is a module or something in one; a path with a slash is there."""
    for name in set(re.findall(r"`((?:\w+\.)+\w+)(?:\([^`]*\))?`", MAP)):
        if name.endswith((".py", ".md", ".tsv")):
            assert (SOURCE / name).exists() or (ROOT / name).exists() or list(ROOT.glob(f"**/{name}")), name
            continue
        *parts, last = name.removeprefix("onrecord.").split(".")
        module = SOURCE.joinpath(*parts)
        found = (module / last).is_dir() or (module / f"{last}.py").is_file()
        code = module.with_suffix(".py") if module.with_suffix(".py").is_file() else module / "__init__.py"
        assert found or (code.is_file() and last in code.read_text("utf-8")), name
    for path in set(re.findall(r"`((?:\w+/)+[\w*]+\.(?:py|md|tsv))`", MAP)):
        assert list(ROOT.glob(path)) or list(SOURCE.glob(path)), path


def test_a_folder_fits_in_a_head() -> None:
    """A prefix that many files share is a folder that wants to be one."""
    count: dict[Path, int] = defaultdict(int)
    for path in SOURCE.rglob("*.py"):
        count[path.parent] += 1
    assert {str(folder): files for folder, files in count.items() if files > MOST_FILES} == {}


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the package have one name."""
    where: dict[str, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(str(path.relative_to(SOURCE)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


def test_the_store_reads_no_text() -> None:
    """What stands in ``store`` asks neither for the reader, nor for times, nor for words of a language."""
    asked = {
        (str(path.relative_to(SOURCE)), found[1])
        for path in (SOURCE / "store").rglob("*.py")
        for found in re.finditer(r"^\s*from onrecord\.(reading|times|lang|derive)\b", path.read_text("utf-8"), re.M)
    }
    assert asked == set()


def test_linking_reads_no_text() -> None:
    """What is compared across reports asks ``reading.claimed`` what stands in a claim, and finds nothing itself.

    But for three: what a report tells in its own name, where a page was dated, and quotations in copies.
    """
    asked = {
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "linking").rglob("*.py")
        if re.search(r"^\s*from onrecord\.(?:text|times)\b", path.read_text("utf-8"), re.M)
    }
    assert asked == {"linking/claims/claims.py", "linking/copies/shingles.py", "linking/publication.py"}
    claims = [path.read_text("utf-8") for path in (SOURCE / "linking" / "claims").glob("*.py")]
    assert not [text for text in claims if re.search(r"\bfind_times\b|\bstates_in\b", text)]
