"""Which files an export writes, each whole or not at all; and cells of CSV and TSV, none of which is ever
a formula.

A spreadsheet takes a cell that begins with one of ``= + - @``, in the wide form of East Asian type too,
or with a tab or line end for a formula. Such a cell gets an apostrophe in front, which spreadsheets
know as "this is text". So does what stands behind a separator inside a cell. What looks as if it had
got an apostrophe already gets another, so that taking one away always gives the original."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from onrecord.errors import StorageError, UsageError, hint_of, writing
from onrecord.export.dossier.cast import accounts_of
from onrecord.export.dossier.dossier import dossier_of
from onrecord.export.dossier.html import html
from onrecord.export.dossier.markdown import markdown
from onrecord.export.dossier.parts import Dossier
from onrecord.files import clear_drafts, whole
from onrecord.store import FailureRow, ListedRow, Listing, Record, Shape, as_row, shape_of, write_parquet

_SIGN = r'"*[=+\-@＝＋－＠﹦﹢﹣﹫]'
_FIRST = r"(?<![^;,|\t\r\n])"  # at the beginning, or behind a separator
_DANGEROUS = re.compile(rf"{_FIRST}(?='*{_SIGN})|\A(?='*(?:[\t\r\n]|\s+'*{_SIGN}))")
_ESCAPED = re.compile(rf"{_FIRST}'(?='*{_SIGN})|\A'(?='*(?:[\t\r\n]|\s+'*{_SIGN}))")


def encode_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes.

    >>> encode_cell("=1+1"), encode_cell("a;=1"), encode_cell("'tis so")
    ("'=1+1", "a;'=1", "'tis so")
    """
    return _DANGEROUS.sub("'", text)


def decode_cell(cell: str) -> str:
    """What ``encode_cell`` made ``cell`` from.

    >>> decode_cell("'=1+1"), decode_cell("a;'=1"), decode_cell("'tis so")
    ('=1+1', 'a;=1', "'tis so")
    """
    return _ESCAPED.sub("", cell)


def write_csv(stream: TextIO, shape: Shape, rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and ``rows``: UTF-8 with CRLF, as RFC 4180 has it; ``stream`` is opened with newline=""."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(shape)
    for row in rows:
        writer.writerow([encode_cell(_cell(row[name], kind)) for name, kind in shape.items()])


def _cell(value: Any, kind: str) -> str:
    """Spans as "120:145 150:160", lists of texts and of rows as JSON, what is not known as nothing."""
    if value is None:
        return ""
    if kind == "spans":
        return " ".join(f"{start}:{end}" for start, end in value)
    if kind in ("texts", "objects"):
        return json.dumps(value, ensure_ascii=False)
    if kind == "flag":
        return "yes" if value else "no"
    return str(value)


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
