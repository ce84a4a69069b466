"""Lines that web pages leave behind in the text of an article, known by their wording.

A pattern must match the whole line, so that a sentence of the article that only uses the same words stays.
Each was met in scraped reports; ``tests/documents/cases/lines.jsonl`` holds lines it must take and lines it
must leave.
"""

from __future__ import annotations

import re

from onrecord.lang import rows, word_row

_LONGEST = 700  # characters; a longer line is never judged by its wording


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(patterns) + r")\W*", re.IGNORECASE)


def _phrases() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for pattern, reason in rows("en", "leftovers"):
        found.setdefault(reason, []).append(pattern)
    return {reason: _any(*patterns) for reason, patterns in found.items()}


PHRASES = _phrases()
# Initials of translators and editors at the foot ("OT/GMS/SC"), which only their capitals tell.
_INITIALS = re.compile(r"(?:[A-Z]{2,4}|[a-z]{2,3})(?:/(?:[A-Z]{2,4}|[a-z]{2,3})){1,4}")
# A line without any of these is not worth matching: they keep the list fast on prose.
_KEYS = word_row("documents", "keys")
_LONG_KEYS = word_row("documents", "long_keys")


def drop_reason(line: str) -> str | None:
    """Why a line of clean text is no part of the article, if its wording says so.

    >>> drop_reason("- Advertisement -")
    'advertisement'
    >>> drop_reason("The advertisement ran for a week.") is None
    True
    """
    if len(line) > _LONGEST:
        return None
    if _INITIALS.fullmatch(line):
        return "credit"
    lower = line.lower()
    if not any(key in lower for key in (_KEYS if len(line) <= 200 else _LONG_KEYS)):
        return None
    for reason, pattern in PHRASES.items():
        if pattern.fullmatch(line):
            return reason
    return None
