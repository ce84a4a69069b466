"""Golden digests: shows that a change of the program changed no row, or names the rows it changed.

    python -m quality.golden                          compare with quality/golden.json
    python -m quality.golden --keep BEFORE            keep the exports too, say before a change
    python -m quality.golden --against BEFORE         name the rows that differ from those kept
    python -m quality.golden --update                 what is made now is right from now on

From each set of reports a record is built and exported in every format. Of each file the SHA-256 is pinned,
of Parquet that of the columns with their types and the rows, since its bytes belong to whoever wrote them.
No text is kept in the project.

What may differ between two runs never enters. Reports are copied to a folder of their own and read from
within it, so places are relative; they get one time of modification, which is when they were "retrieved".
The version of the program and of records, and the name of the model, are replaced where they are written.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

import onrecord
from onrecord.building import BuildSettings, build
from onrecord.export import DOSSIERS, FORMATS, export
from onrecord.reading.report import reader_name
from onrecord.store import open_record
from quality.rows_changed import changes

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "quality" / "golden.json"
SHARED = ROOT.parent / "shared"
RETRIEVED = 1_735_689_600  # 2025-01-01T00:00:00Z, after all reports
DRAWN = 200  # articles drawn from all
IN_A_ROW, SINCE = 100, "2020-05-25"  # and such as appeared one after the other, so that they share stories

Pinned = dict[str, dict[str, Any]]  # set -> as Made.as_json gives it


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a set of reports: digest of the reports, rows of each listing, digest of each file."""

    reports: str
    rows: Mapping[str, int]
    files: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """As it stands in ``golden.json``."""
        return {"reports": self.reports, "rows": dict(self.rows), "files": dict(self.files)}


def make(reports: Path, exports: Path, *, workers: int) -> Made:
    """Build a record of the folder ``reports`` beside it, and export it to ``exports``, masked.

    The record ends in ``exports`` too, as ``record.duckdb``.
    """
    record = reports.parent.absolute() / "record.duckdb"
    with chdir(reports.parent):
        build(record, [reports.name], settings=BuildSettings(workers=workers))
    rows, files = exported(record, exports)
    shutil.move(record, exports / record.name)
    return Made(_digest_of_folder(reports), rows, files)


def exported(record: Path, to: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Export ``record`` into ``to``, masked: rows of each listing, digest of each file."""
    with open_record(record) as opened:
        written = export(opened, to, formats=(*FORMATS, *DOSSIERS))
    rows, files = {}, {}
    for path in written:
        content = mask(_rows_of_parquet(path) if path.suffix == ".parquet" else path.read_bytes())
        if path.suffix != ".parquet":
            path.write_bytes(content)
        if path.suffix == ".jsonl":
            rows[path.stem] = content.count(b"\n")
        files[path.name] = sha256(content).hexdigest()
    return dict(sorted(rows.items())), dict(sorted(files.items()))


def mask(content: bytes) -> bytes:
    """``content`` without the versions of program and record and without the hash of the model."""
    content = content.replace(reader_name().encode(), b"READER")
    content = content.replace(f"onrecord {onrecord.__version__} ".encode(), b"onrecord VERSION ")
    return re.sub(rb"from a record of version \d+", b"from a record of version N", content)


def _rows_of_parquet(path: Path) -> bytes:
    """Columns with their types, and rows, as lines."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        columns = [f"{name} {kind}" for name, kind, *_ in found.description or ()]
        lines = [json.dumps(row, ensure_ascii=False) for row in ([columns], *found.fetchall())]
    return "\n".join(lines).encode()


def _digest_of_folder(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        digest.update(f"{path.name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()


# The sets


def copy_folder(source: Path, to: Path) -> None:
    """The files of a folder as reports in ``to``."""
    shutil.copytree(source, to)
    _same_time(to)


def copy_articles(source: Path, to: Path) -> None:
    """300 articles of ``articles.jsonl.gz`` as reports in ``to``.

    200 are those whose id has the least SHA-256, with a prefix that is the seed; 100 are the first of the
    others by day and id from a day on.
    """
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        lines = {json.loads(line)["id"]: line for line in stream}
    drawn = sorted(lines, key=lambda id: sha256(f"golden 1 {id}".encode()).hexdigest())[:DRAWN]
    days = {id: json.loads(lines[id])["published"] or "" for id in lines.keys() - set(drawn)}
    later = (id for id, day in days.items() if re.match(r"\d{4}-\d\d-\d\d", day) and day >= SINCE)
    in_a_row = sorted(later, key=lambda id: (days[id], id))[:IN_A_ROW]
    to.mkdir()
    with (to / "articles.jsonl").open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines[id] for id in (*drawn, *in_a_row))
    _same_time(to)


def _same_time(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o644)
        os.utime(path, (RETRIEVED, RETRIEVED))


@dataclass(frozen=True, slots=True)
class Set:
    """A set of reports: where it lies, and how it is copied."""

    source: Path
    copy: Callable[[Path, Path], None]


def sets(shared: Path = SHARED) -> dict[str, Set]:
    """All sets by name; ``shared`` is the folder of shared data."""
    return {
        "examples": Set(ROOT / "examples" / "reports", copy_folder),
        "reports": Set(shared / "reports", copy_folder),
        "articles": Set(shared / "data" / "articles" / "articles.jsonl.gz", copy_articles),
    }


def made_of(one: Set, exports: Path, *, workers: int) -> Made:
    """What is made of a set, its exports left in ``exports``."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        one.copy(one.source, reports)
        return make(reports, exports, workers=workers)


# Comparing


def differences(name: str, made: Mapping[str, Any], pinned: Mapping[str, Any] | None) -> Iterator[str]:
    """In words, what differs between what was ``made`` of the set ``name`` and what is ``pinned``."""
    if pinned is None:
        yield f"{name}: nothing is pinned for it"
        return
    if made["reports"] != pinned["reports"]:
        yield f"{name}: the reports themselves are not those it was pinned for"
    for listing in sorted({file.split(".")[0] for file in {*made["files"], *pinned["files"]}}):
        files = sorted(file for file in {*made["files"], *pinned["files"]} if file.split(".")[0] == listing)
        off = [file for file in files if made["files"].get(file) != pinned["files"].get(file)]
        if off:
            before, now = (one["rows"].get(listing) for one in (pinned, made))
            counts = "" if before is now is None else f" ({before} rows pinned, {now} now)"
            yield f"{name}: {listing} differs{counts}: {', '.join(off)}"


def pinned_sets(path: Path = PINNED) -> Pinned:
    """What is pinned, by set; nothing where there is no such file."""
    found: Pinned = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, compare, keep or update; returns the exit code: 0 the same, 1 something differs, 2 usage."""
    options = _parser().parse_args(arguments)
    known, pinned, differ = sets(options.shared), pinned_sets(), False
    for name in options.sets or known:
        if not known[name].source.exists():
            print(f"{name}: left out, there is no {known[name].source}", file=sys.stderr)
            differ = differ or name in options.sets
            continue
        with tempfile.TemporaryDirectory() as scratch:
            exports = (options.keep or Path(scratch)) / name
            before = _cpu_seconds()
            made = made_of(known[name], exports, workers=options.workers).as_json()
            print(f"{name}: made in {_cpu_seconds() - before:.0f} CPU s", file=sys.stderr)
            told = list(differences(name, made, pinned.get(name)))
            print("\n".join(told) if told else f"{name}: as pinned")
            if options.against:
                for line in changes(options.against / name, exports, most=options.show):
                    print(f"  {line}")
            differ = differ or bool(told)
        if options.update:
            pinned[name] = made
    if options.update:
        text = json.dumps({name: pinned[name] for name in known if name in pinned}, indent=1)
        PINNED.write_text(text + "\n", "utf-8")
        return 0
    return int(differ)


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m quality.golden",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(sets())}; default: all")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of shared data")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes; 0: this one")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the exports (with texts) there")
    parser.add_argument("--against", type=Path, metavar="DIR", help="name rows that differ from those kept")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="changes shown of each listing")
    parser.add_argument("--update", action="store_true", help="pin what is made now")
    return parser


if __name__ == "__main__":
    sys.exit(main())
