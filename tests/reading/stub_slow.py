"""Readers that do not come to an end by themselves; a worker process imports them by name."""

from __future__ import annotations

import re
from typing import Any

from onrecord.values import Failure, RawDocument


def slow(raw: RawDocument, *, settings: Any) -> Failure:
    """A failure with the report's words as its reason; what the words ask for comes first."""
    word = raw.data.decode()
    while word == "LOOP":
        pass
    while word == "SWALLOW":
        try:
            while True:
                pass
        except Exception:
            continue
    if word == "REGEX":
        re.match(r"(?:a|aa)+b", "a" * 100)
    return Failure(raw.uri, "reading", word, "")
