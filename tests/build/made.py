"""Folders of reports and records made of them, for the tests of building and of the record."""

from __future__ import annotations

import json
import os
from pathlib import Path

import onrecord
from onrecord.building import BuildReport, BuildSettings, build
from onrecord.export import FORMATS, export
from onrecord.store import Tuning

NAMES = ("Arve", "Bodil", "Cato", "Dagny", "Embla")
FOOTER = "“Sign up now” said Bot, “for the morning letter.”"
MADE_AT = 1_700_000_000  # seconds since 1970: when every file of a test says it was last modified

QUICK = BuildSettings(
    workers=0, batch=3, reader="stub_readers:plain", judge="stub_judges:SILENT", tuning=Tuning(threads=1)
)


def file(path: Path, data: str | bytes) -> Path:
    """A file with a fixed time of modification."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    os.utime(path, (MADE_AT, MADE_AT))
    return path


def folder(path: Path, *, count: int = 24) -> Path:
    """Reports of two outlets as JSONL and as files: copies, failures, repeated lines, missing dates."""
    lines = [json.dumps(record(number)) for number in range(count)]
    file(path / "a.jsonl", "\n".join(lines) + "\n")
    for number in range(count // 3):
        file(path / "texts" / f"{number:02}.txt", story(100 + number))
    file(path / "texts" / "copy" / "00.txt", story(100))  # the same bytes and name at a second place
    file(path / "texts" / "other-name.txt", story(101))  # the same text under another name
    file(path / "texts" / "empty.txt", "")
    file(path / "texts" / "blank.txt", "  \n ")
    file(path / "texts" / "binary.bin", bytes(range(256)) * 4)
    return path


def record(number: int) -> dict[str, str]:
    """One line of the JSONL file."""
    made = {
        "title": f"Story {number}",
        "text": f"{story(number % 20)}\n\n{FOOTER}",
        "outlet": ("Herald", "Dispatch")[number % 2],
        "url": f"https://example.org/{number}",
    }
    return made | ({"published": f"2023-03-{1 + number % 28:02}"} if number % 5 else {})


def story(number: int) -> str:
    """A short report with two statements, one of them in two pieces."""
    one, two = NAMES[number % 5], NAMES[(number + 1) % 5]
    return (
        f"Something happened at berth {number}.\n\n“It was ship {number},” said {one}, “and no other.”\n\n"
        f"“We saw {number} men,” said {two} later."
    )


def made(path: Path, inputs: Path | list[str], settings: BuildSettings = QUICK) -> BuildReport:
    """Build ``inputs``, a folder or a list as typed."""
    return build(path, inputs if isinstance(inputs, list) else [str(inputs)], settings=settings)


def exported(path: Path) -> dict[str, bytes]:
    """Every file of every export of the record at ``path``, by name."""
    with onrecord.open(path) as opened:
        written = export(opened, path.with_suffix(".out"), FORMATS)
    return {one.name: one.read_bytes() for one in written}
