"""How networks are run: nothing of it is told to anybody."""

import os
import subprocess
import sys
from pathlib import Path


def test_reading_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    """No id of the machine and no notes for the makers of onnxruntime: Onrecord works offline."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    code = "from onrecord.reading.network.encoder import network; network()"
    env = {**kept, "HOME": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert [str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")] == []
