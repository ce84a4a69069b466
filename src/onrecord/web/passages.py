"""How a long text is laid out: paragraphs, and parts of so many of them that a page stays quick.

Both depend on the text and on where statements begin in it, and on nothing else, so that an address of a
part means the same whatever is shown in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.values import Span

LONGEST = 6_000  # code points of a paragraph that is shown as one; a text need not have any empty line
PART_LENGTH = 25_000  # code points of a part, about; some ten printed pages
PART_STATEMENTS = 120  # statements of a part, about

_BREAK = "\n\n"


def paragraphs(text: str, *, longest: int = LONGEST) -> list[Span]:
    r"""Where paragraphs stand: what lies between empty lines, cut at white space where it is too long.

    Between two of them there is white space or nothing; none is empty. There is one at least, unless the
    text is nothing but line ends.

    >>> paragraphs("One.\n\n\nTwo two.", longest=5)
    [(0, 4), (7, 10), (11, 15)]
    """
    found: list[Span] = []
    at = 0
    while at < len(text):
        end = text.find(_BREAK, at)
        end = len(text) if end < 0 else end
        while end - at > longest:
            cut = max(text.rfind(" ", at + 1, at + longest + 1), text.rfind("\n", at + 1, at + longest + 1))
            cut = cut if cut > at else at + longest
            found.append((at, cut))
            at = cut + (text[cut] in " \n")
        if at < end:
            found.append((at, end))
        at = end
        while at < len(text) and text[at] == "\n":
            at += 1
    return found


def parts(
    paragraphs: Sequence[Span],
    starts: Sequence[int],
    *,
    length: int = PART_LENGTH,
    statements: int = PART_STATEMENTS,
) -> list[Span]:
    """Which paragraphs (numbers, half-open) make one part each: as many as stay within both bounds, one at
    least. A text without paragraphs is one empty part.

    Args:
        paragraphs: spans in the text, in order.
        starts: where statements begin, in order.
        length: most code points of a part.
        statements: most statements that begin in it.
    """
    found: list[Span] = []
    first = 0
    for number, (_, end) in enumerate(paragraphs):
        begin = paragraphs[first][0]
        begun = bisect_left(starts, end) - bisect_left(starts, begin)
        if number > first and (end - begin > length or begun > statements):
            found.append((first, number))
            first = number
    found.append((first, len(paragraphs)))
    return found


def part_of(paragraphs: Sequence[Span], parts: Sequence[Span], at: int) -> int:
    """Number (from 0) of the part that holds the code point ``at``; one between two is of the later."""
    for number, (_, last) in enumerate(parts):
        if last and at < paragraphs[last - 1][1]:
            return number
    return len(parts) - 1
