"""Byline, wire, translator and headline as they stand in the lines of a text.

Only what is said is taken: "Translation: X" names a translator and not the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lang import either, word_row

_NAME = (
    r"[A-ZÀ-Þ][\w.'’-]+(?: (?:"
    + either("documents", "name")
    + r"))*(?: (?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w.'’-]+)){0,4}"
)
_PEOPLE = rf"{_NAME}(?:(?:,| and| &|, and) {_NAME}){{0,5}}"
_BYLINE = re.compile(rf"(?:{either('documents', 'byline')}):? (?P<who>{_PEOPLE})(?P<rest>.{{0,80}})")
_REST = re.compile(
    r"[,|/•·–—-]?\s*(?:$|[A-Z][\w .]{0,40}$|.*(?:\b(?:19|20)\d\d\b|writer|reporter|correspondent"
    r"|editor|staff|@).*)"
)
_TRANSLATOR = re.compile(
    r"\W*(?:" + either("documents", "translator") + r")(?: by)? ?[:–—-]? ?(?P<who>[^\n]{2,80}?)[.\s)\]]*",
    re.IGNORECASE,
)
AGENCIES = word_row("documents", "agencies")
_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_DATELINE = re.compile(
    rf"^[A-ZÀ-Þ][\w .,'’/À-ÿ-]{{1,70}}? ?[(/–—-]+ ?(?P<who>{_AGENCY})(?:/[\w ]+)?[)/]? ?(?:[-–—:,]|$)"
)
_ALONE = re.compile(
    rf"^[(\[](?P<who>{_AGENCY}|(?:[A-Z][\w.'’-]* ){{0,3}}(?:{either('documents', 'alone')}))[)\]]\.?$"
)
_AT_START = re.compile(rf"^\((?P<who>{_AGENCY})\) ?[-–—:]? ?\w")
_SOURCE = re.compile(
    r"^(?:" + either("documents", "source") + r") ?[:–—-] ?(?P<who>[^\n]{2,60}?)\.?$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…;,]['\"”’»)]*$")
_POST = re.compile(r", (?:[A-Z]\w+ )?(?:Writers?|Reporters?|Correspondents?|Editors?|Staff)$")
HEAD = 8
FOOT = 14


def byline(line: str) -> str | None:
    """Who wrote it, if the line is a byline and nothing else.

    >>> byline("By Ana Ruiz and Tom Lee, Staff Writers")
    'Ana Ruiz and Tom Lee'
    >>> byline("By Friday the talks had stalled, said the minister.") is None
    True
    """
    match = _BYLINE.fullmatch(line) if len(line) <= 160 else None
    if match is None or not _REST.fullmatch(match["rest"].strip()) or line.endswith((".", "!", "?", ":")):
        return None
    return _POST.sub("", match["who"].strip(" ,"))


def translator(line: str) -> str | None:
    """Who translated it, if the line says so."""
    match = _TRANSLATOR.fullmatch(line) if len(line) <= 120 else None
    return match["who"].strip() if match else None


def wire(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The agency a report is credited to, and the line of its own that says so, if there is such a line.

    Looked for in the dateline, in a source line, and in brackets standing alone at the foot.
    """
    for line in lines[:HEAD]:
        for pattern in (_DATELINE, _AT_START):
            match = pattern.match(line[:200])
            if match:
                return match["who"], None
    for line in [*lines[-FOOT:], *lines[:HEAD]]:
        match = _SOURCE.match(line) if len(line) <= 90 else None
        if match:
            return match["who"].strip(), line
    for line in reversed(lines[-FOOT:]):
        match = _ALONE.match(line) if len(line) <= 50 else None
        if match:
            return match["who"], line
    return None, None


def headline(lines: Sequence[str]) -> str | None:
    """The first line, if it reads like a headline: short, no full stop, and longer text behind it."""
    if len(lines) < 2:
        return None
    first = lines[0]
    words = first.split()
    if (
        not 2 <= len(words) <= 28
        or len(first) > 220
        or _SENTENCE_END.search(first)
        or not first[0].isprintable()
    ):
        return None
    if first[:1].islower() or byline(first) or translator(first):
        return None
    return first if any(len(line.split()) >= 12 for line in lines[1:6]) else None


def without_site(title: str, sites: Sequence[str], headings: Sequence[str]) -> str:
    """``title`` without the name of the site at its end or beginning.

    A heading of the page that the title begins or ends with decides; then a known name; else nothing is cut.

    >>> without_site("Talks fail | The Daily", ["The Daily"], [])
    'Talks fail'
    """
    for heading in headings:
        rest = title.replace(heading, "", 1).strip() if len(heading) >= 12 and heading in title else ""
        if rest and (rest[0] in "|-–—:·•«»" or rest[-1] in "|-–—:·•«»"):
            return heading
    known = {_flat(site) for site in sites if site}
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " « "):
        head, found, tail = title.rpartition(mark)
        if found and head and _same(tail, known):
            return without_site(head.strip(), sites, ())
        head, found, tail = title.partition(mark)
        if found and tail and _same(head, known):
            return tail.strip()
    return title


def _flat(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower().removeprefix("www.")).removeprefix("the")


def _same(part: str, known: set[str]) -> bool:
    own = _flat(part)
    return bool(own) and any(
        own == name or (len(own) >= 4 and (own in name or name in own) and name) for name in known
    )
