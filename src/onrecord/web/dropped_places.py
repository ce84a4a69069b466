"""Where in the text of a report stood what was left out of it: found by the letters around.

The original (HTML, Markdown, a page as text) and the canonical text differ in white space, marks and what was
left out, but the letters of a paragraph come in the same order in both. The beginnings of paragraphs are
looked up in the original; those that are found in order fix the places of all that lies between.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.values import RawKind, Span

_RUN = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"&#?\w{1,8};")
_KEY = 40  # letters of a paragraph that are looked up
_LEAST = 8  # fewer letters than this stand in too many places
_SILENT = ("script", "style")


def places(
    text: str, paragraphs: Sequence[Span], original: str, kind: RawKind, pieces: Sequence[Span]
) -> list[int | None]:
    """Before which paragraph (number; their count: after the last) each piece of ``original`` stood.

    None where no paragraph could be found in the original. ``pieces``: spans in ``original``.
    """
    stream = _Letters(without_tags(original) if kind == "html" else original)
    found = []
    after = 0
    for number, (start, end) in enumerate(paragraphs):
        key = _Letters(text[start : min(end, start + 4 * _KEY)]).joined[:_KEY]
        if len(key) < _LEAST:
            continue
        at = stream.joined.find(key, after)
        if at < 0:
            at = stream.joined.find(key)
        if at >= 0:
            after = at + len(key)
            found.append((number, stream.place(at)))
    found = _in_order(found)
    if not found:
        return [None] * len(pieces)
    begins = [at for _, at in found]
    numbers = [found[0][0], *(number + 1 for number, _ in found)]
    return [numbers[bisect_right(begins, start)] for start, _ in pieces]


def without_tags(source: str) -> str:
    """HTML with tags, comments, scripts, styles and named characters blanked: all others keep their places.

    One pass, however broken the source is.

    >>> without_tags("<p>a<br>b</p>")
    '   a    b    '
    """
    found: list[str] = []
    at, lowered = 0, _lowered(source)
    while (tag := source.find("<", at)) >= 0:
        found.append(source[at:tag])
        after = _after(lowered, tag)
        found.append(" " * (after - tag))
        at = after
    return _NAMED.sub(lambda named: " " * len(named[0]), "".join([*found, source[at:]]))


def _after(lowered: str, tag: int) -> int:
    """Where the tag, comment or silent element that begins at ``tag`` is over."""
    closing = "-->" if lowered.startswith("<!--", tag) else ">"
    for name in _SILENT:
        if lowered.startswith(f"<{name}", tag):
            closing = f"</{name}>"
    at = lowered.find(closing, tag)
    return len(lowered) if at < 0 else at + len(closing)


class _Letters:
    """The letters and digits of a text without what is between, and where each stood."""

    def __init__(self, text: str) -> None:
        runs = [(match.start(), match.group()) for match in _RUN.finditer(text)]
        self.joined = _lowered("".join(run for _, run in runs))
        self._starts = [start for start, _ in runs]
        self._before = [0]
        for _, run in runs:
            self._before.append(self._before[-1] + len(run))

    def place(self, letter: int) -> int:
        """Where in the text the letter with this number stands."""
        run = bisect_right(self._before, letter) - 1
        return self._starts[run] + letter - self._before[run]


def _lowered(text: str) -> str:
    """In lower case, as long as before: letters that become two stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _in_order(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of ``found`` (numbers rise) whose places rise, too."""
    tails: list[int] = []  # least place that ends a chain of each length
    chains: list[int] = []  # which of ``found`` that is
    before: list[int] = []
    for index, (_, at) in enumerate(found):
        length = bisect_left(tails, at)
        before.append(chains[length - 1] if length else -1)
        tails[length : length + 1] = [at]
        chains[length : length + 1] = [index]
    kept = []
    at = chains[-1] if chains else -1
    while at >= 0:
        kept.append(found[at])
        at = before[at]
    return kept[::-1]
