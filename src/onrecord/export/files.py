"""Which files an export writes, and how each appears at once or not at all.

Formats of rows give one file for each listing; forms of the dossier give one file for the whole record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import StorageError, UsageError, hint_of, writing
from onrecord.export.csv import write_csv
from onrecord.export.dossier import dossier_of
from onrecord.export.dossier_accounts import accounts_of
from onrecord.export.dossier_html import html
from onrecord.export.dossier_markdown import markdown
from onrecord.export.dossier_parts import Dossier
from onrecord.files import clear_drafts, whole
from onrecord.record import (
    FailureRow,
    ListedRow,
    Listing,
    Record,
    Shape,
    as_row,
    shape_of,
    write_parquet,
)

Rows = Iterable[Mapping[str, Any]]
Write = Callable[[Path, Shape, Rows], None]

_LEFT_OUT: Mapping[type[ListedRow], tuple[str, ...]] = {
    # Where a file lies on one machine, and what has been read since: neither follows from the reports.
    FailureRow: ("path", "resolved"),
}


def export(record: Record, to: Path | str, formats: Sequence[str] = ("csv", "jsonl")) -> list[Path]:
    """Write every listing of ``record`` but its runs into the folder ``to``, one file for each.

    Args:
        record: an opened record.
        to: made if it is not there; files of the same names are replaced.
        formats: of ``FORMATS``, one file for each listing; of ``DOSSIERS``, one readable file.

    Returns:
        The files written. The same reports give the same bytes. ``statements`` holds all statements; the
        column ``hidden`` says why listings leave some out. Nothing is ever cut off.

    Raises:
        UsageError: an unknown format.
        StorageError: ``to`` is no folder and cannot be made one, or a file cannot be written.
    """
    known = (*FORMATS, *DOSSIERS)
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise UsageError(f"unknown format: {', '.join(unknown)}", hint="formats: " + ", ".join(known))
    folder = Path(to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"{folder} is not a folder and cannot be made one: {error.strerror}"
        raise StorageError(what, hint=hint_of(error.errno or 0)) from error
    forms = list(dict.fromkeys(formats))
    written = []
    clear_drafts(folder, _names(record))
    for name, listing in _listings(record).items():
        shape = _shape(listing.kind)
        for form in (one for one in forms if one in _WRITERS):
            path = folder / f"{name}.{form}"
            with writing(path), whole(path) as draft:
                _WRITERS[form](draft, shape, (as_row(row) for row in listing))
            written.append(path)
    return written + _dossiers(record, folder, [one for one in forms if one in _PAGES])


def _dossiers(record: Record, folder: Path, forms: Sequence[str]) -> list[Path]:
    if not forms:
        return []
    dossier = dossier_of(record, accounts=accounts_of(record), held=tuple(record.positions()))
    written = []
    for form in forms:
        name, write = _PAGES[form]
        with writing(folder / name), whole(folder / name) as draft:
            draft.write_text(write(dossier), "utf-8", newline="\n")
        written.append(folder / name)
    return written


def _names(record: Record) -> set[str]:
    """Every file that an export can write."""
    return {f"{name}.{form}" for name in _listings(record) for form in _WRITERS} | {
        name for name, _ in _PAGES.values()
    }


def _listings(record: Record) -> dict[str, Listing[Any]]:
    return {
        "documents": record.documents(),
        "statements": record.statements(all=True),
        "actors": record.actors(all=True),
        "offices": record.offices(),
        "entities": record.entities(),
        "mentions": record.mentions(all=True),
        "times": record.times(),
        "suggestions": record.suggestions(),
        "decisions": record.decisions(),
        "copies": record.copies(),
        "utterances": record.utterances(),
        "stories": record.stories(all=True),
        "positions": record.positions(all=True),
        "position_seen": record.positions_seen(all=True),
        "accounts": record.accounts(),
        "account_members": record.account_members(),
        "failures": record.failures(),
        "dropped": record.dropped(),
    }


def _shape(kind: type[ListedRow]) -> Shape:
    out = _LEFT_OUT.get(kind, ())
    return {name: type for name, type in shape_of(kind).items() if name not in out}


def _csv(path: Path, shape: Shape, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_csv(stream, shape, rows)


def _jsonl(path: Path, shape: Shape, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        for row in rows:
            stream.write(json.dumps({name: row[name] for name in shape}, ensure_ascii=False) + "\n")


_WRITERS: Mapping[str, Write] = {"csv": _csv, "jsonl": _jsonl, "parquet": write_parquet}
_PAGES: Mapping[str, tuple[str, Callable[[Dossier], str]]] = {
    "markdown": ("dossier.md", markdown),
    "html": ("dossier.html", html),
}
FORMATS = tuple(_WRITERS)
DOSSIERS = tuple(_PAGES)
