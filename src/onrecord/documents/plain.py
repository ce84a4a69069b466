"""Text that comes without tags, Markdown among it: what is article, what is said about it, what is left
over."""

from __future__ import annotations

import re

from onrecord.documents import credits
from onrecord.documents.characters import Line, at_most, lines
from onrecord.documents.dates import dates
from onrecord.documents.lines import comments_at, judge, unwrapped
from onrecord.documents.parts import ArticleParts, DocumentSettings
from onrecord.lang import either
from onrecord.values import Dropped

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_FIELD = re.compile(
    r"^(title|date|author|outlet|lang|language)[ \t]*:[ \t]*[\"']?([^\r\n]*?)[\"']?[ \t]*\r?$", re.M | re.I
)
_KEYS = {"date": "published", "author": "byline", "lang": "language"}
_MARKS = (
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$", re.M), ""),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$|^[ \t]{0,3}(?:=+|-{2,})[ \t]*$|^[ \t]*```.*$", re.M), ""),
    (re.compile(r"^([ \t]*)[*+-][ \t]+(?=\S)", re.M), r"\1"),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^\n*_]{1,1000})(?<=\S)\1(?![\w*])"), r"\2"),
)
_H1 = re.compile(r"^[ \t]{0,3}#[ \t]+([^\r\n]{1,300})", re.M)


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of the front matter under the names of ``RawDocument.fields``, and where it ends."""
    match = _FRONT.match(text)
    if match is None:
        return {}, 0
    fields = {name.lower(): value.strip() for name, value in _FIELD.findall(match.group(1)) if value.strip()}
    return {_KEYS.get(name, name): value for name, value in fields.items()}, match.end()


def title_of(text: str) -> str | None:
    """The first heading of the first level."""
    match = _H1.search(text)
    return match.group(1).strip(" #\t") if match else None


def unmarked(line: str) -> str:
    """A line without the marks of Markdown.

    >>> unmarked("## **Envoy** denies [the report](http://a.example/b)")
    'Envoy denies the report'
    """
    for pattern, by in _MARKS:
        line = pattern.sub(by, line)
    return line


# "date 2022-01-29 The ambassador said ...": a field of the scraper glued to the first line.
_GLUED = re.compile(
    r"\W*(?:date|published|posted|pubdate)\b[ :]*\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?\s*", re.IGNORECASE
)
_DATE_WORDS = re.compile(rf"\b(?:{either('documents', 'date_words_published')})\b", re.IGNORECASE)
_HEAD, _FOOT = 8, 14
_TITLE_ABOVE = 8  # lines above the first of the article in which a page's headline is looked for


def read_plain(original: str, *, settings: DocumentSettings) -> ArticleParts:
    """The article in ``original``, what its lines say of it, and what was dropped with its place.

    Raises TooManyLines.
    """
    found = unwrapped(at_most(lines(original), settings.max_lines))
    whole = tuple(line.text for line in found)
    whole = whole[: comments_at(whole)]  # a comment's date is not the report's
    found, dropped = _unglued(found, original)
    reasons = judge([line.text for line in found], mode=settings.lines)
    kept = [line for line, reason in zip(found, reasons, strict=True) if reason is None]
    dropped += [
        _dropped(line, reason, original)
        for line, reason in zip(found, reasons, strict=True)
        if reason is not None
    ]
    title = credits.headline([line.text for line in kept]) or _above(found, reasons)
    wire, wire_line = credits.wire([line.text for line in kept])
    said: dict[str, str] = {}
    body = []
    for i, line in enumerate(kept):
        near = i < _HEAD or i >= len(kept) - _FOOT
        reason = _said(line.text, said, head=i < _HEAD, wire_line=wire_line) if near else None
        if reason is None:
            body.append(line.text)
        else:
            dropped.append(_dropped(line, reason, original))
    dropped.sort(key=lambda one: one.start)
    headline = whole.index(title) if title in whole else 0
    return ArticleParts(
        body=tuple(body),
        dropped=tuple(dropped),
        all_lines=whole,
        headline=headline,
        title=title,
        byline=said.get("byline"),
        wire=wire,
        translator=said.get("translator"),
    )


def _dropped(line: Line, reason: str, original: str) -> Dropped:
    return Dropped(line.start, line.end, reason, original[line.start : line.end])


def _unglued(found: list[Line], original: str) -> tuple[list[Line], list[Dropped]]:
    """The lines without a date field glued to one of the first three, and that field as dropped."""
    for i, line in enumerate(found[:3]):
        match = _GLUED.match(original, line.start, line.end)
        if match and match.end() < line.end:
            from onrecord.documents.characters import clean

            rest = Line(match.end(), line.end, clean(original[match.end() : line.end]), line.blank_before)
            field = original[line.start : match.end()].rstrip()
            return [*found[:i], rest, *found[i + 1 :]], [
                Dropped(line.start, line.start + len(field), "date line", field)
            ]
    return found, []


def _said(text: str, said: dict[str, str], *, head: bool, wire_line: str | None) -> str | None:
    """Why a line near either end is about the article and not of it; names go into ``said``."""
    who = credits.byline(text)
    if who and (head or "byline" not in said):
        said.setdefault("byline", who)
        return "byline"
    who = credits.translator(text)
    if who:
        said.setdefault("translator", who)
        return "translator"
    if text == wire_line:
        return "credit"
    return "date line" if head and is_date_line(text) else None


def is_date_line(text: str) -> bool:
    """Whether a line is a date with at most its label, weekday and time.

    >>> is_date_line("Published: Friday, April 5, 2019 at 10:32 GMT")
    True
    >>> is_date_line("April 5, 2019 was a Friday")
    False
    """
    if len(text) > 90:
        return False
    written = next(dates(text), None)
    if written is None:
        return False
    rest = _DATE_WORDS.sub(" ", text[: written.start] + " " + text[written.end :])
    return not re.search(r"[^\W\d_]", rest)


def _above(found: list[Line], reasons: list[str | None]) -> str | None:
    """The headline of a page given as text, when the classifier has put it with what stands above it."""
    first = next((i for i, reason in enumerate(reasons) if reason is None), 0)
    for i in range(first - 1, max(-1, first - 1 - _TITLE_ABOVE), -1):
        text = found[i].text
        if (
            reasons[i] == "left over from the page"
            and credits.headline([text, "word " * 12])
            and not is_date_line(text)
        ):
            return text
    return None
