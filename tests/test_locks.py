"""What is installed: every version with its hashes, nothing from a named address, nothing that is not needed."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from quality.locks import LEFT_OUT, RUN, entries, locks

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = [lock.file for lock in locks(PROJECT)]
TORCH = "requirements-torch.lock"


def locked(file: str) -> dict[str, str]:
    """The entries of a lock by name of the package."""
    return entries((ROOT / file).read_text("utf-8"))


def version(entry: str) -> str:
    return entry.split("==")[1].split()[0]


def here(entry: str) -> bool:
    """Whether it is installed on this platform."""
    marker = entry.splitlines()[0].rstrip(" \\").partition(" ; ")[2]
    return not marker or Marker(marker).evaluate()


def led_to(asked: list[str]) -> set[str]:
    """Names of all packages that these requirements lead to, as what is installed says."""
    found: set[str] = set()
    ahead = [(Requirement(one), "") for one in asked]
    while ahead:
        one, extra = ahead.pop()
        name = canonicalize_name(one.name)
        if name in LEFT_OUT or (one.marker and not one.marker.evaluate({"extra": extra})):
            continue
        if name not in found or one.extras:
            lines = map(Requirement, requires(name) or [])
            ahead += [(line, more) for line in lines for more in one.extras or {""}]
        found.add(name)
    return found


def test_every_lock_is_looked_at() -> None:
    assert sorted(path.name for path in ROOT.glob("requirements*")) == sorted([*LOCKS, TORCH])


@pytest.mark.parametrize("file", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(file: str) -> None:
    """No line is left that names no hash, and no address: any index or folder of wheels will do."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    body = [line for line in lines if not line.startswith("# ")]
    named = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^\\/]+)? \\")
    hashed = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    for line, after in zip(body, [*body[1:], ""], strict=True):
        assert named.fullmatch(line) or hashed.fullmatch(line), line
        assert line.endswith("\\") == bool(re.match(r"    --hash", after)), (line, after)
    assert "://" not in "".join(lines)
    assert len(entries("\n".join([*lines, ""]))) == sum(bool(named.fullmatch(line)) for line in body) > 0


def test_torch_alone_has_no_hash() -> None:
    lines = (ROOT / TORCH).read_text("utf-8").splitlines()
    assert [line.split("==")[0] for line in lines if not line.startswith("# ")] == ["torch"]
    assert all("torch" not in locked(file) for file in LOCKS)


def test_what_runs_is_locked_and_nothing_more() -> None:
    """Build tools, hub clients and test tools are not dragged into what a user installs."""
    asked = PROJECT["project"]["dependencies"]
    assert {name for name, entry in locked(RUN).items() if here(entry)} == led_to(asked)


def test_what_is_asked_for_is_locked_at_a_version_that_fits() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    for file, asked in (
        (RUN, PROJECT["project"]["dependencies"]),
        ("requirements-build.lock", PROJECT["build-system"]["requires"]),
        ("requirements-test.lock", extras["test"] + extras["arrow"]),
    ):
        found = locked(file)
        for one in map(Requirement, asked):
            assert one.specifier.contains(version(found[canonicalize_name(one.name)])), f"{file}: {one}"


def test_no_lock_repeats_what_runs_and_all_agree() -> None:
    """Each comes on top of what runs, in any order: a package that two of them hold has one version."""
    versions: dict[str, set[str]] = {}
    for file in LOCKS:
        assert file == RUN or not locked(file).keys() & locked(RUN).keys()
        for name, entry in locked(file).items():
            versions.setdefault(name, set()).add(version(entry))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
