"""Every file of tests is collected, and every test is run by some target of the Makefile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
# Each target that runs tests, with its expression of markers.
TARGETS = dict(re.findall(r"^(\w+):.*\n(?:\t.*\n)*?\t\$\(PYTEST\) .*-m '?([^'\n]+)'?$", MAKEFILE, re.MULTILINE))

# Given to pytest as a plugin: files are listed as pytest finds them, and not imported.
LISTING = '''
import pytest

class Listed(pytest.Module):
    def collect(self):
        print("found", self.path)
        return []

def pytest_pycollect_makemodule(module_path, parent):
    return Listed.from_parent(parent, path=module_path)
'''


def test_every_file_is_collected(tmp_path: Path) -> None:
    """Whatever folder a file of tests lies in, pytest finds it when it is asked for all tests."""
    (tmp_path / "listing.py").write_text(LISTING)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qs", "-p", "listing", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = {Path(one) for one in re.findall(r"^found (.+)$", done.stdout, re.MULTILINE)}
    assert found == set((ROOT / "tests").rglob("test_*.py")), done.stdout + done.stderr


def asked(expression: str, kinds: dict[str, bool]) -> bool:
    """Whether ``-m`` with this expression runs a test of these kinds."""
    return bool(eval(expression, {"__builtins__": {}}, kinds))


def test_every_test_is_run_by_a_target() -> None:
    """Whatever markers a test has, some target runs it; without any, ``make test`` does."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    names = [line.partition(":")[0] for line in options["markers"]]
    assert set(TARGETS) == {"test", "quality", "browser", "kill"}
    assert set(TARGETS) <= set(re.findall(r"\w+", re.findall(r"^all: (.+)$", MAKEFILE, re.MULTILINE)[0]))
    for values in product((False, True), repeat=len(names)):
        kinds = dict(zip(names, values, strict=True))
        runs = {target for target, expression in TARGETS.items() if asked(expression, kinds)}
        assert runs if any(values) else runs == {"test"}, f"no target runs what is marked {kinds}"
