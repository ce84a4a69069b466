"""The one invariant, checked: every quote from its span, every hash from its bytes, every id."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.ids import document_id, sha256
from onrecord.record.check_links import linked, references
from onrecord.record.check_spans import spans
from onrecord.record.database import Connection, rows
from onrecord.record.readings import storable
from onrecord.record.rows import Problem
from onrecord.record.writer import ORIGINALS, is_finished
from onrecord.sources import decode
from onrecord.values import RawDocument


def check_record(connection: Connection) -> Iterator[Problem]:
    """Each disagreement between a row and its source, by table and id. What was read and linked is
    not worked out anew: see ``onrecord.again``."""
    yield from references(connection)
    if is_finished(connection):  # an interrupted build has not worked these out yet
        yield from _duplicates(connection)
        yield from linked(connection)
    for row in _documents(connection):
        yield from _document(row)
        yield from _dropped_of(connection, row)
    yield from spans(connection)
    yield from _repeated(connection)


def _documents(connection: Connection) -> Iterator[Sequence[Any]]:
    """Documents one by one: sorting them with their texts and originals would need memory for all of them."""
    sql = (
        "SELECT document.id, text, text_sha256, raw_sha256, words, sha256, size, data, body, declared, "
        "published_earliest, published_latest, charset "
        "FROM document LEFT JOIN raw ON raw.document_id = document.id WHERE document.id = ?"
    )
    for (id,) in rows(connection, "SELECT id FROM document ORDER BY id"):
        yield from connection.execute(sql, [id]).fetchall()


def original(name: str, data: bytes, body: bytes | None, declared: str, retrieved_at: str) -> RawDocument:
    """A report as it was found, made again from what is stored of it."""
    given = json.loads(declared)
    return RawDocument(
        uri=name,
        name=given["name"],
        data=zlib.decompress(data),
        kind=given["kind"],
        retrieved_at=retrieved_at,
        body=None if body is None else zlib.decompress(body).decode("utf-8", "surrogatepass"),
        url=given["url"],
        charset=given["charset"],
        fields=given["fields"],
    )


def _duplicates(connection: Connection) -> Iterator[Problem]:
    sql = (
        f"SELECT document.id FROM document JOIN ({ORIGINALS}) AS found ON found.id = document.id "
        "WHERE document.duplicate_of IS DISTINCT FROM found.original ORDER BY 1"
    )
    for (one,) in rows(connection, sql):
        yield Problem("document", one, "duplicate_of does not follow from the texts")


def _document(row: Sequence[Any]) -> Iterator[Problem]:
    id, text, text_hash, raw_hash, _, kept_hash, size, data, body, declared, earliest, latest, _ = row
    if sha256(text.encode("utf-8")) != text_hash:
        yield Problem("document", id, "the text does not have its hash")
    if (earliest is None) != (latest is None) or (earliest or "") > (latest or ""):
        yield Problem("document", id, "the date is no interval")
    if data is None:
        return
    try:
        raw = original(id, data, body, declared, "")
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        yield Problem("raw", id, f"the original cannot be unpacked: {error}")
        return
    if not sha256(raw.data) == raw_hash == kept_hash:
        yield Problem("raw", id, "the original bytes do not have their hash")
    if len(raw.data) != size:
        yield Problem("raw", id, "the original does not have its size")
    if document_id(raw) != id:
        yield Problem("document", id, "the id does not follow from the bytes and the name")


def _repeated(connection: Connection) -> Iterator[Problem]:
    sql = (
        "SELECT line.document_id, line.start FROM repeated_line AS line JOIN document ON id = document_id "
        'WHERE line.start < 0 OR line.start >= line."end" OR line."end" > length(text) ORDER BY 1, 2'
    )
    for owner, start in rows(connection, sql):
        yield Problem("repeated_line", f"{owner} {start}", "the span is empty or out of the text")


def _dropped_of(connection: Connection, row: Sequence[Any]) -> Iterator[Problem]:
    """Dropped pieces against the decoded original; those of HTML are kept without the tags in them."""
    id, data, body, declared, charset = row[0], row[7], row[8], row[9], row[12]
    sql = 'SELECT n, start, "end", text FROM dropped WHERE document_id = ? ORDER BY n'
    pieces = connection.execute(sql, [id]).fetchall()
    if not pieces or data is None:
        return
    try:
        raw = original(id, data, body, declared, "")
        text = decode(raw, charset=charset).text
    except (zlib.error, ValueError, KeyError, TypeError, OnrecordError):
        yield Problem("dropped", id, "the original cannot be decoded")
        return
    for n, start, end, quote in pieces:
        if not 0 <= start < end <= len(text):
            yield Problem("dropped", f"{id} {n}", "the span is empty or out of the original")
        elif raw.kind != "html" and storable(text[start:end]) != quote:
            yield Problem("dropped", f"{id} {n}", "the span does not cover its text")
