"""The commands of the README are typed as they stand, and work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> str:
    """All fenced blocks of one language, one after the other."""
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, as a clone has them, and the command on the path."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "examples", folder / "examples")
    command = folder / "bin" / "onrecord"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m onrecord "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.mark.long
def test_quick_start(folder: Path) -> None:
    """Every line of the quick start ends with 0, and so does the Python beside it."""
    if os.name != "posix":
        pytest.skip("the quick start is for a shell")
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    assert "onrecord build" in blocks("sh")
    for command in (["sh", "-exc", blocks("sh")], [sys.executable, "-c", blocks("python")]):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout
    assert (folder / "statements.csv").stat().st_size > 100
    assert len(list((folder / "out").iterdir())) >= 6
