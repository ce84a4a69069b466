"""Text for people: tables that fit a terminal, names and values one below the other, and a text with marks
under the characters that a statement stands on."""

from __future__ import annotations

import itertools
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.values import BETWEEN, Span, Spans

SAMPLE = 200  # rows looked at to choose widths, so that a listing of millions is not kept in memory
LEAST = 8  # columns of the terminal below which a wrapped cell cannot be read
IDS = frozenset({"id", "document", "duplicate_of", "said"})  # and dates: to be copied or read at a glance
ALIGNED = 40  # in a pipe, a column is aligned up to this width; longer cells push the next ones on
GAP = "  "
_ZERO_WIDTH = {"Mn", "Me", "Cf"}

Cells = Mapping[str, str]


def terminal_width() -> int | None:
    """How many columns standard output has; None when it is no terminal."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else None


def lines(rows: Iterable[Cells], columns: Sequence[str], *, width: int | None) -> Iterator[str]:
    """The lines of a table, each with its line end, none without rows.

    ``width``: columns of the terminal; None for a pipe.
    """
    rest = iter(rows)
    sample = [{name: one_line(row[name]) for name in columns} for row in itertools.islice(rest, SAMPLE)]
    if not sample:
        return
    widths = [max(width_of(name), *(width_of(row[name]) for row in sample), 0) for name in columns]
    if width is None:
        widths = [min(one, ALIGNED) for one in widths]
    else:
        widths = _fitted(columns, widths, width - len(GAP) * (len(columns) - 1))
    heading = [name.upper() if width is None else name for name in columns]
    yield from _row(heading, widths, wrapped=width is not None)
    if width is not None:
        yield GAP.join("─" * one for one in widths) + "\n"
    later = ({name: one_line(row[name]) for name in columns} for row in rest)
    for row in itertools.chain(sample, later):
        yield from _row([row[name] for name in columns], widths, wrapped=width is not None)


def _fitted(columns: Sequence[str], widths: Sequence[int], room: int) -> list[int]:
    """``fit``, but ids and dates stay whole where half of the room is left."""
    whole = sum(one for name, one in zip(columns, widths, strict=True) if name in IDS)
    if 2 * whole > room:
        return fit(widths, room)
    others = [one for name, one in zip(columns, widths, strict=True) if name not in IDS]
    fitted = iter(fit(others, room - whole) if others else [])
    return [one if name in IDS else next(fitted) for name, one in zip(columns, widths, strict=True)]


def fit(widths: Sequence[int], room: int) -> list[int]:
    """Widths that add up to at most ``room``, none below eight columns: the widest column, which holds what
    was said, keeps half of the room, and the others share the rest.

    >>> fit([5, 100, 20], 60), fit([14, 40, 40, 300], 100)
    ([5, 35, 20], [14, 18, 18, 50])
    """
    if sum(widths) <= room:
        return list(widths)
    place = widths.index(max(widths))
    others = [*widths[:place], *widths[place + 1 :]]
    widest = min(widths[place], max(LEAST, room - sum(_capped(others, room // 2))))
    fitted = _capped(others, room - widest)
    return [*fitted[:place], widest, *fitted[place:]]


def _capped(widths: Sequence[int], room: int) -> list[int]:
    """``widths`` cut to the largest cap under which they fit, at least eight."""
    low, high = LEAST, max([LEAST, *widths])
    while low < high:
        cap = (low + high + 1) // 2
        if sum(min(one, cap) for one in widths) <= room:
            low = cap
        else:
            high = cap - 1
    return [min(one, low) for one in widths]


def _row(cells: Sequence[str], widths: Sequence[int], *, wrapped: bool) -> Iterator[str]:
    if not wrapped:
        yield GAP.join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip() + "\n"
        return
    columns = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in itertools.zip_longest(*columns, fillvalue=""):
        yield GAP.join(pad(part, width) for part, width in zip(parts, widths, strict=True)).rstrip() + "\n"


def one_line(text: str) -> str:
    """``text`` on one line, without what would move a terminal's cursor or change its colours."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def width_of(text: str) -> int:
    """How many columns of a terminal ``text`` takes.

    >>> width_of("Nowy e\\u0301"), width_of("東京")
    (6, 4)
    """
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """``text`` and as many spaces as fill ``width`` columns."""
    return text + " " * (width - width_of(text))


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, broken at spaces where there are any.

    >>> wrap("will not change the balance", 10)
    ['will not', 'change the', 'balance']
    """
    out: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            out.append(line)
        *whole, line = _broken(word, width)
        out.extend(whole)
    return [*out, line]


def _broken(word: str, width: int) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and width_of(parts[-1]) + _width(char) > width:
            parts.append("")
        parts[-1] += char
    return parts


MARKS: Mapping[str, str] = {
    "speaker": "=", "cue": "~", "content": "^", "mention": "^", "evidence": "^",
    "holder": "=", "relation": "~", "target": "^",
}  # fmt: skip
AROUND = 160  # characters shown before and after the first and last span, cut at a space
FAR = 400  # characters between two spans from which the middle is left out


def in_context(text: str, parts: Mapping[str, Spans], *, width: int, around: int = AROUND) -> Iterator[str]:
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
    return BETWEEN.join(one_line(text[a:b]) for a, b in spans)


WIDTH = 88  # of texts in a pipe; wider lines are hard to follow


def field(name: str, value: str, width: int) -> Iterator[str]:
    """A name and its value, wrapped beside it."""
    name = name.ljust(12)
    for number, line in enumerate(wrap(one_line(value), max(20, width - len(name) - 2))):
        yield f"{'' if number else name:{len(name)}}  {line}".rstrip()


def spans_text(spans: Spans) -> str:
    """Offsets in words.

    >>> spans_text(((3, 9), (12, 14)))
    '3-9, 12-14'
    """
    return ", ".join(f"{a}-{b}" for a, b in spans)
