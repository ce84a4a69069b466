"""Makes the lock files: exact versions, with the hashes of all files of each, from pyproject.toml.

    python -m quality.locks             lock what is asked for now; versions that are locked stay
    python -m quality.locks --upgrade   take the newest versions

It needs ``uv``, which asks the package index for the hashes. Each lock but the first holds what comes on top
of ``requirements.lock``, and all are installed without resolving anything (``pip install --no-deps``).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = "requirements.lock"
LEFT_OUT = ("huggingface-hub",)  # a client that tokenizers asks for and imports only to download tokenizers
HOW = "# Made by: python -m quality.locks. Install with: pip install --no-deps --require-hashes -r FILE"
_ENTRY = re.compile(r"^([a-z0-9.-]+)==", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: what it is for, and what it locks beside what ``pyproject.toml`` names in ``extras``."""

    file: str
    what: str
    extras: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def locks(project: Mapping[str, object]) -> tuple[Lock, ...]:
    """All lock files with hashes, of a ``pyproject.toml`` as tomllib reads it."""
    build = project["build-system"]
    assert isinstance(build, dict)
    # torch itself stands in requirements-torch.lock: builds for one machine or another have other hashes.
    of_torch = ("filelock", "fsspec", "networkx", "setuptools>=77", "sympy")
    return (
        Lock(RUN, "What onrecord needs to run."),
        Lock(
            "requirements-build.lock",
            "What installing onrecord from its sources needs on top of requirements.lock.",
            more=(*build["requires"], "editables"),
        ),
        Lock(
            "requirements-test.lock",
            "What the tests need on top of requirements.lock.",
            extras=("arrow", "test"),
        ),
        Lock(
            "requirements-train.lock",
            "What training the networks needs on top of requirements-test.lock and requirements-torch.lock.",
            more=("safetensors>=0.4", *of_torch),
        ),
    )


def entries(text: str) -> dict[str, str]:
    """What a lock file holds, by name of the package: its entry, with version, marker and hashes."""
    found = list(_ENTRY.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return {one[1]: text[one.start() : end] for one, end in zip(found, ends, strict=True)}


def _compiled(lines: Iterable[str], pins: Iterable[str]) -> dict[str, str]:
    """The entries of everything that ``lines`` lead to, for every platform, at the versions of ``pins``."""
    with tempfile.TemporaryDirectory() as scratch:
        asked, kept, without = (Path(scratch) / name for name in ("asked.in", "kept.txt", "without.txt"))
        asked.write_text("\n".join(lines) + "\n", "utf-8")
        kept.write_text("\n".join(pins) + "\n", "utf-8")
        without.write_text("".join(f'{name} ; python_version < "3"\n' for name in LEFT_OUT), "utf-8")
        command = ["uv", "pip", "compile", str(asked), "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-annotate", "--no-header", "--no-config", "--quiet"]
        command += ["--constraint", str(kept), "--override", str(without)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return entries(done.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the lock files."""
    parser = argparse.ArgumentParser(prog="python -m quality.locks", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = parser.parse_args(arguments).upgrade
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed, extras = project["project"]["dependencies"], project["project"]["optional-dependencies"]
    run: dict[str, str] = {}
    for lock in locks(project):
        path = ROOT / lock.file
        old = entries(path.read_text("utf-8")) if path.is_file() and not upgrade else {}
        pins = [entry.splitlines()[0].rstrip(" \\") for entry in (run | old).values()]
        asked = [one for extra in lock.extras for one in extras[extra]] + list(lock.more)
        found = _compiled([*needed, *asked] if asked and lock.extras else asked or needed, pins)
        kept = {name: entry for name, entry in sorted(found.items()) if lock.file == RUN or name not in run}
        path.write_text(f"# {lock.what}\n{HOW}\n" + "".join(kept.values()), "utf-8", newline="\n")
        run = kept if lock.file == RUN else run
        print(f"{lock.file}: {len(kept)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
