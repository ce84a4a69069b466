"""One record of a JSONL, JSON or CSV file becomes a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onrecord.sources.decoding import decode_bytes
from onrecord.sources.fields import pick
from onrecord.sources.origin import Found, Origin
from onrecord.sources.parsed import parsed
from onrecord.sources.problems import Problem
from onrecord.sources.settings import SourceSettings

_NAMES_SHOWN = 8


def from_json(data: bytes, origin: Origin, settings: SourceSettings) -> Found:
    """The report in one JSON object, given as its bytes."""
    decoded = decode_bytes(data, charset=settings.charset)
    try:
        record = parsed(decoded.text)
    except RecursionError:
        return origin.failure(
            Problem("not json", "it is nested too deeply", "give one flat object per article")
        )
    except ValueError as error:
        hint = "one JSON object on each line; a broken line has to be repaired by hand"
        return origin.failure(Problem("not json", _json_error(error), hint))
    if not isinstance(record, dict):
        hint = 'each article must be an object such as {"title": "...", "text": "..."}'
        return origin.failure(Problem("no text", f"this is a JSON {_json_type(record)}, not an object", hint))
    return from_record(record, data, origin, settings, charset=decoded.charset)


def from_record(
    record: Mapping[str, Any], data: bytes, origin: Origin, settings: SourceSettings, *, charset: str
) -> Found:
    """The report in a record of named values, ``data`` being the bytes that are kept of it."""
    picked = pick(record, settings.mapping)
    if picked.body is None:
        return origin.failure(no_text(list(record), settings.mapping))
    return origin.document(
        data,
        "html" if picked.html else "text",
        body=picked.body,
        url=picked.url,
        charset=charset,
        fields=picked.fields,
    )


def no_text(names: list[str], mapping: Mapping[str, str]) -> Problem:
    """No field of a record holds a text: says which fields there are and how to name the right one."""
    shown = ", ".join(names[:_NAMES_SHOWN]) + (", ..." if len(names) > _NAMES_SHOWN else "")
    wanted = f"field {mapping['text']!r} has none" if "text" in mapping else "no field holds the text"
    fields = f"fields: {shown}" if names else "there are no fields"
    return Problem("no text", f"{wanted} ({fields})", "name the field that does: --field text=NAME")


def _json_error(error: ValueError) -> str:
    """What the parser says, and the column: its line numbers count within what is a line already."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return str(error)


def _json_type(value: object) -> str:
    names = {list: "list", str: "string", int: "number", float: "number", bool: "truth value"}
    return names.get(type(value), "null")
