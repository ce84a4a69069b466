"""A text with marks under the characters that a statement stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.cli.table import one_line, width_of
from onrecord.values import Span, Spans

MARKS: Mapping[str, str] = {
    "speaker": "=", "cue": "~", "content": "^", "mention": "^", "evidence": "^",
    "holder": "=", "relation": "~", "target": "^",
}  # fmt: skip
AROUND = 160  # characters shown before and after the first and last span, cut at a space
FAR = 400  # characters between two spans from which the middle is left out


def in_context(
    text: str, parts: Mapping[str, Spans], *, width: int, around: int = AROUND
) -> Iterator[str]:
    """Lines of ``text`` around ``parts``, at most ``width`` columns wide, a line of marks under each.

    ``parts`` maps names of ``MARKS`` to spans of ``text``; ``around``: characters shown beside them.
    """
    marks = {place: MARKS[name] for name, spans in parts.items() for a, b in spans for place in range(a, b)}
    spans = sorted(span for group in parts.values() for span in group)
    for number, (start, end) in enumerate(_stretches(text, spans, around)):
        if number:
            yield "[…]"
        for a, b in _lines(text, start, end, width):
            line = printable(text[a:b])
            under = "".join(marks.get(a + at, " ") * width_of(char) for at, char in enumerate(line)).rstrip()
            yield line.rstrip()
            if under:
                yield under


def printable(text: str) -> str:
    """``text`` with white space and control characters as spaces, one for one, so that places fit."""
    return "".join(char if char.isprintable() else " " for char in text)


def _stretches(text: str, spans: list[Span], around: int) -> Iterator[Span]:
    """The pieces of ``text`` to show: around the spans, without long middles."""
    if not spans:
        return
    start = _back(text, spans[0][0], around)
    end = spans[0][1]
    for a, b in spans[1:]:
        if a - end > FAR:
            yield start, _forth(text, end, around)
            start = _back(text, a, around)
        end = max(end, b)
    yield start, _forth(text, end, around)


def _back(text: str, place: int, around: int) -> int:
    """Where to begin showing: the paragraph's start, or a space not too far back."""
    floor = max(0, place - around)
    paragraph = text.rfind("\n", floor, place) + 1
    if paragraph > floor or floor == 0:
        return max(paragraph, floor)
    space = text.find(" ", floor, place)
    return floor if space < 0 else space + 1


def _forth(text: str, place: int, around: int) -> int:
    """Where to stop showing: the paragraph's end, or a space not too far on."""
    ceiling = min(len(text), place + around)
    paragraph = text.find("\n", place, ceiling)
    if paragraph >= 0:
        return paragraph
    if ceiling == len(text):
        return ceiling
    space = text.rfind(" ", place, ceiling)
    return ceiling if space < 0 else space


def _lines(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Lines of at most ``width`` columns, broken at line ends and spaces; their characters stay in place."""
    a = start
    while a < end:
        taken, space, b = 0, a, a
        while b < end and text[b] != "\n":
            taken += width_of(text[b])
            if taken > width and b > a:
                break
            if text[b].isspace():
                space = b + 1
            b += 1
        if b < end and text[b] != "\n" and space > a:
            b = space
        if text[a:b].strip():
            yield a, b
        a = b + 1 if b < end and text[b] == "\n" else b


def quoted(text: str, spans: Spans) -> str:
    """The characters of ``spans``, pieces apart.

    >>> quoted("Yes, he said. No.", ((0, 4), (14, 17)))
    'Yes, … No.'
    """
    return " … ".join(one_line(text[a:b]) for a, b in spans)
