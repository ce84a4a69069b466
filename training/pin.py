"""Writes down the hashes of the data files and word tables in the package: ``python -m training.pin``."""

from __future__ import annotations

from pathlib import Path

from onrecord.ids import sha256
from onrecord.shipped import SUMS

DATA = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "data"
NOT_READ = (".md", ".py")  # cards are for people


def pin(folder: Path = DATA) -> None:
    """Writes SHA256SUMS beside the files."""
    names = sorted(
        one.name
        for one in folder.iterdir()
        if one.is_file() and one.suffix not in NOT_READ and one.name != SUMS
    )
    names += sorted(f"../lang/{one.parent.name}/{one.name}" for one in folder.parent.glob("lang/*/*.tsv"))
    lines = (f"{sha256((folder / name).read_bytes())}  {name}\n" for name in names)
    (folder / SUMS).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    pin()
