"""Lines that web pages leave behind in the text of an article, known by their wording."""

from __future__ import annotations

import re

_I = re.IGNORECASE
PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "advertisement",
        re.compile(
            r"\W*(advertisements?|sponsored( content)?|story continues below( advertisement)?)\W*", _I
        ),
    ),
    (
        "newsletter box",
        re.compile(
            r"(please leave this field empty\b.*|subscribe to (our|the) .{0,40}newsletter.{0,40}"
            r"|sign up (here )?(to|for) (get|receive|our).{0,160}|.*\bwe don[’']t spam!.*)",
            _I,
        ),
    ),
    (
        "comment form",
        re.compile(
            r"(fill in your details below or click an icon to log in.*|you are commenting using your .*"
            r"|connecting to %s|(google|twitter|facebook|wordpress(\.com)?) (photo|picture|logo)"
            r"|what do you think\?.{0,40}|leave a (reply|comment).{0,40})",
            _I,
        ),
    ),
    (
        "related content",
        re.compile(r"(related content|related (stories|articles|posts)|read (more|also))\b ?:?.{0,200}", _I),
    ),
    ("caption", re.compile(r"featured image ?:.*", _I)),
    (
        "credit",
        re.compile(
            r"(translation|translated by) ?:? .{0,80}|[A-Z]{2,3}(/[A-Z]{2,4}){1,3}|\([A-Z][\w ]{1,20}\)"
        ),
    ),
)


def drop_reason(line: str) -> str | None:
    """Why a line of clean text is no part of the article, if its wording says so.

    >>> drop_reason("- Advertisement -")
    'advertisement'
    """
    if len(line) > 400:
        return None
    for reason, pattern in PHRASES:
        if pattern.fullmatch(line):
            return reason
    return None
