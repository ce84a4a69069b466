"""Markdown as plain text: marks taken off, fields of the front matter apart."""

from __future__ import annotations

import re

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


def title(text: str) -> str | None:
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
