"""The twins of a page: the same rows as JSON and as CSV, all of them, not only those of one page; and what a
page has as plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from io import BytesIO, TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from onrecord.errors import UsageError
from onrecord.export.csv import write_csv
from onrecord.record import as_row, shape_of
from onrecord.web.ask import NotThere, Page

_MEMORY = 4_000_000  # bytes of an answer that are held in memory; more goes into a file
TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "txt": "text/plain; charset=utf-8",
}


def twin(page: Page, form: str) -> IO[bytes]:
    """``page`` as "json", "csv" or "txt", whole and ready to be read from its beginning.

    Raises UsageError if the page has no such twin.
    """
    if form == "txt":
        if page.text is None:
            raise NotThere("this page has no text of its own", hint="leave out the ending")
        return BytesIO(page.text.encode("utf-8", "replace"))
    if page.rows is None and (form == "csv" or page.data is None):
        raise UsageError(f"this page has no rows that could be {form}", hint="leave out the ending")
    # Closed with the answer that reads it.
    made: IO[bytes] = SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115
    try:
        if form == "csv":
            _csv(page, made)
        elif page.data is not None:
            made.write(_json(page.data))
        else:
            _rows(page, made)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _csv(page: Page, made: IO[bytes]) -> None:
    rows = page.rows
    assert rows is not None
    text = TextIOWrapper(made, "utf-8", errors="replace", newline="", write_through=True)
    write_csv(text, shape_of(rows.kind), map(as_row, rows))
    text.detach()


def _rows(page: Page, made: IO[bytes]) -> None:
    """One row a line, as ``--json`` writes them."""
    between = b"[\n"
    for row in page.rows or ():
        made.write(between + _json(as_row(row)))
        between = b",\n"
    made.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value)
