"""Agencies, newspapers and stations named in a stretch of text.

Known ones by the fact tables; others by their shape: a word for their kind beside a name ("news agency
Coast", "the broadcaster Norland One", "Norland Television"), or a name that ends as newspapers' names do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.facts import outlet_of, state_of
from onrecord.values import Span

_WORD = r"(?:(?<!\w)[A-Z][\w’'&/-]{0,40}+(?:\.[A-Z]\.?|\.(?:com|org|net|ru|ua)\b)*|(?<!\w)\d{1,3}\b)"
_LINK = r"[ \u00a0](?:(?:of|de|del|della|du|la|le|el|al|y|&|and|the)[ \u00a0]){0,2}"
_NAME = rf"{_WORD}(?:{_LINK}{_WORD}){{0,5}}"
_RUN = re.compile(rf"(?<![\w@#]){_NAME}")
_KIND = (
    r"(?:news (?:agency|service|channel|network|outlet|site|website|organi[sz]ation|portal|program(?:me)?)"
    r"|newswire|wire service|newspaper|daily|weekly|broadcaster|tabloid|magazine|(?:television|TV|radio)"
    r" (?:channel|network|station|broadcaster)|channel|television|radio|website|portal)"
)
_KIND_BEFORE = re.compile(rf"\b{_KIND},? (?:the )?({_NAME})")
_KIND_BEHIND = re.compile(rf"({_NAME}) (?:{_KIND}|TV|television|radio)\b(?! [A-Z])")
_ENDS = frozenset(
    (
        "Times", "Post", "Herald", "Tribune", "Journal", "Gazette", "Chronicle", "News", "Globe", "Daily",
        "Weekly", "Radio", "TV", "Television", "Telegraph", "Observer", "Examiner", "Register", "Inquirer",
        "Sentinel", "Monitor", "Magazine", "Today", "Newspaper", "Courier", "Dispatch", "Bee",
    )
)  # fmt: skip
_MANY_WORDS = 6
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_IN_NAME = re.compile(r"['’]s | (?:and|of|the) |^(?:The |An? )?(?:\w+day|Local|State)$")


@dataclass(frozen=True, slots=True)
class OutletFound:
    """An outlet's name where it stands; ``name`` is that of the fact tables if it is known there."""

    span: Span
    name: str


@lru_cache(maxsize=16)  # channels, venues and addressees ask for the same clause
def outlets_in(text: str) -> tuple[OutletFound, ...]:
    """The outlets named in ``text``, in order, without overlaps; longer names before shorter ones.

    >>> [one.name for one in outlets_in("He told the agency's news site Coast, AFP and the Lake Herald.")]
    ['Coast', 'Agence France-Presse', 'Lake Herald']
    """
    found: list[OutletFound] = []
    shaped = {match.span(1) for shape in (_KIND_BEFORE, _KIND_BEHIND) for match in shape.finditer(text)}
    for run in _RUN.finditer(text):
        found += _in_run(text, run.span(), shaped)
    return tuple(found)


def _in_run(text: str, run: Span, shaped: set[Span]) -> Iterator[OutletFound]:
    words = [(run[0] + m.start(), run[0] + m.end()) for m in re.finditer(r"\S+", text[run[0] : run[1]])]
    at = 0
    while at < len(words):
        if text[words[at][0]].islower():
            at += 1
            continue
        for last in range(min(len(words), at + _MANY_WORDS), at, -1):
            start, end = words[at][0], words[last - 1][1]
            if text[words[last - 1][0]].islower():
                continue
            end -= len(match[0]) if (match := _POSSESSIVE.search(text[start:end])) else 0
            name = _named(text[start:end], known_shape=any(a <= start and end <= b for a, b in shaped))
            if name is not None:
                yield OutletFound((start, end), name)
                at = last - 1
                break
        at += 1


def _named(words: str, *, known_shape: bool) -> str | None:
    """The name of the outlet the words are; None if they are none."""
    *first, last = words.removeprefix("The ").split()
    known = outlet_of(words) or (outlet_of(words.title()) if words.isupper() and len(words) > 4 else None)
    if known is not None:  # "the Times" is that of the town or state the report is from
        shared = "(" in known.name or (not first and last in _ENDS)
        return words if shared else known.name
    if _NOT_IN_NAME.search(words) or words in ("The", "A", "An") or state_of(words):
        return None
    return words if known_shape or (first and last in _ENDS and first[-1][0].isupper()) else None
