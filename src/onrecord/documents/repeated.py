"""Lines that an outlet repeats from report to report, recognised across a build.

The canonical text never changes for it: a repeated line is labelled with its span and a class, so that
what stands in it can be hidden. Both functions are pure and know one line at a time; counting in how many
documents of an outlet a key stands is the record's part (``GROUP BY outlet, key``), whatever the order.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

MIN_DOCUMENTS = 5

RepeatedClass = Literal["boilerplate", "credit", "article"]
_LINE = re.compile(r"[^\n]+")
_NOT_WORD = re.compile(r"[\W_]+")


def key_text(line: str) -> str:
    """What of a line counts when lines are compared: letters and digits, lower case.

    >>> key_text("- Advertisement -")
    'advertisement'
    """
    return _NOT_WORD.sub(" ", line).strip().lower()


def line_keys(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, key)`` of each line of canonical text; a key is a 64-bit hash in 16 hex digits."""
    found = []
    for match in _LINE.finditer(text):
        words = key_text(match.group())
        if words:
            key = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            found.append((match.start(), match.end(), key))
    return found


def classify_repeated(line: str, count: int, *, min_documents: int = MIN_DOCUMENTS) -> RepeatedClass:
    """What a line is that stands in ``count`` documents of one outlet.

    "article": not repeated enough; "credit": a byline, credit or other metadata worth keeping;
    "boilerplate": the rest.
    """
    if count < min_documents:
        return "article"
    if re.match(r"(by|photo|source|translat|edited|reporting)\b", line, re.IGNORECASE):
        return "credit"
    return "boilerplate"
