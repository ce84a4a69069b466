"""Where a text stands inside quotation marks: one small number for each character.

    He said: “It’s ‘over’, folks.” Then he left.
    00000000031111111111111111111400000000000000

The state is that of the *outermost* quotation: marks nested in it are part of what is quoted and count as
inside. Apostrophes (don't, James', '90s) and inch marks (a 5" gun) are characters like any other. An unclosed
quotation ends with its paragraph, unless the first mark of the next one closes it, so one lost mark never
spoils the rest of a document.

The meaning of the states is frozen: shipped models were trained on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.lang import language
from onrecord.text.doc import Doc

OUT, IN_DOUBLE, IN_SINGLE, MARK_OPEN, MARK_CLOSE = range(5)

Family = Literal["double", "guillemet", "corner", "single", "break"]
Lean = Literal["open", "close", "either", "none"]

# Name: family, and the way the mark faces when what stands around it does not say otherwise.
_FACES: dict[str, tuple[Family, Lean]] = {
    **dict.fromkeys(['"', "″", "＂"], ("double", "either")),
    **dict.fromkeys(["“", "„", "‟", "``", "‘‘"], ("double", "open")),
    **dict.fromkeys(["”", "''", "’’"], ("double", "close")),
    "«": ("guillemet", "open"),
    "»": ("guillemet", "close"),
    **dict.fromkeys(["「", "『"], ("corner", "open")),
    **dict.fromkeys(["」", "』"], ("corner", "close")),
    **dict.fromkeys(["‘", "‚", "‛", "`", "‹"], ("single", "open")),
    **dict.fromkeys(["’", "›"], ("single", "close")),
    "'": ("single", "either"),
}
# Two single marks in a row are one double mark, as in ``so'' and ''so''.
_MARK = re.compile(r"``|''|‘‘|’’|[\"″＂“”„‟«»「」『』‘’‚‛'`‹›]|[\n\r\u2028\u2029]\s*")
_BEFORE_OPENING = frozenset("([{<—–-―/‘“«„‚‹¡¿=*_>|")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-―/…’”»›|*_<")
# Words English writes with an apostrophe at their head.
_ELISION = re.compile(
    rf"(?:\d\ds?|tis|twas|twere|{'|'.join(sorted(language().elisions))})(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    lean: Lean
    blank: bool = False  # of a break: an empty line, hence the end of a paragraph


def _lean(text: str, start: int, end: int, usual: Lean) -> Lean:
    """Which way a mark faces: by the characters on both sides, or as it usually does."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before.isspace() or before in _BEFORE_OPENING
    closes = after.isspace() or after in _AFTER_CLOSING
    if opens == closes:
        return usual
    return "open" if opens else "close"


def _lean_single(text: str, start: int, usual: Lean) -> Lean:
    """The same for a single mark; "none" where it is an apostrophe."""
    before = text[start - 1] if start else " "
    after = text[start + 1] if start + 1 < len(text) else " "
    if before.isalnum() and after.isalnum():
        return "none"
    lean = _lean(text, start, start + 1, usual)
    if lean == "open" and usual != "close":
        return "none" if before.isalnum() or _ELISION.match(text, start + 1) else "open"
    return "close" if lean == "close" and not before.isspace() else "none"


def _mark(text: str, found: re.Match[str]) -> _Mark:
    start, end, mark = found.start(), found.end(), found.group()
    if mark[0] in "\n\r\u2028\u2029":
        blank = max(mark.count("\n"), mark.count("\r")) > 1 or "\u2029" in mark
        return _Mark(start, end, "break", "none", blank)
    family, usual = _FACES[mark]
    if family == "corner":
        return _Mark(start, end, family, usual)
    if family == "single":
        return _Mark(start, end, family, _lean_single(text, start, usual))
    return _Mark(start, end, family, _lean(text, start, end, usual))


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What comes after each mark before its paragraph ends, so that no step has to search."""

    double: list[Lean]  # how the next double mark leans, "none" if there is none
    single: list[Lean]  # how the next single mark that is no apostrophe leans
    single_close: list[int]  # index of the next single mark that closes, -1 if there is none
    doubles: list[int]  # number of double marks up to here


def _look_ahead(marks: list[_Mark]) -> _Ahead:
    size = len(marks)
    double: list[Lean] = ["none"] * size
    single: list[Lean] = ["none"] * size
    single_close = [-1] * size
    doubles = [0] * size
    next_double: Lean = "none"
    next_single: Lean = "none"
    next_close = -1
    for i in range(size - 1, -1, -1):
        mark = marks[i]
        double[i], single[i], single_close[i] = next_double, next_single, next_close
        if mark.blank:
            next_double, next_single, next_close = "none", "none", -1
        elif mark.family == "double":
            next_double = mark.lean
        elif mark.family == "single" and mark.lean != "none":
            next_single = mark.lean
            next_close = i if mark.lean == "close" else next_close
    for i in range(size):
        doubles[i] = (doubles[i - 1] if i else 0) + (marks[i].family == "double")
    return _Ahead(double, single, single_close, doubles)


def _opens(text: str, marks: list[_Mark], ahead: _Ahead, i: int) -> bool:
    """Whether the mark, met outside any quotation, begins one."""
    mark = marks[i]
    if mark.family != "single":
        inch = mark.family == "double" and text[max(mark.start - 1, 0) : mark.start].isdigit()
        return mark.lean == "open" or (mark.lean == "either" and not inch)
    if mark.lean != "open" or text[mark.start] != "'":
        return mark.lean == "open"
    # A straight single mark is far more often an apostrophe: it must close in its paragraph and must
    # not cut a double quotation in two.
    close = ahead.single_close[i]
    return close >= 0 and (ahead.doubles[close] - ahead.doubles[i]) % 2 == 0


def _is_inch(text: str, mark: _Mark, ahead: _Ahead, i: int) -> bool:
    """A mark after a digit, inside a quotation that is closed by a later mark."""
    return (
        text[mark.start - 1 : mark.start].isdigit()
        and ahead.double[i] == "close"
        and text[mark.start] in '"″'
    )


def _is_possessive(text: str, mark: _Mark, ahead: _Ahead, i: int) -> bool:
    """James' house: an apostrophe after s, before a word, inside a quotation closed by a later mark."""
    return (
        text[mark.start - 1 : mark.start] in ("s", "S")
        and text[mark.end : mark.end + 2].strip().isalnum()
        and ahead.single[i] == "close"
    )


class _Reader:
    """Walks the marks once and fills in the states."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.state: NDArray[np.uint8] = np.zeros(len(text), np.uint8)
        self.marks = [_mark(text, found) for found in _MARK.finditer(text)]
        self.ahead = _look_ahead(self.marks)
        self.open: _Mark | None = None
        self.nested = False  # a straight double mark opened inside curly ones
        self.at = 0

    def read(self) -> NDArray[np.uint8]:
        for i, mark in enumerate(self.marks):
            if mark.family == "break":
                self._pass_break(i)
            elif self.open is None:
                self._meet_outside(i)
            elif mark.family == self.open.family:
                self._meet_inside(i)
        self._fill(len(self.text))
        return self.state

    def _fill(self, end: int) -> None:
        if self.open is not None:
            self.state[self.at : end] = IN_SINGLE if self.open.family == "single" else IN_DOUBLE
        self.at = end

    def _set(self, i: int, value: int) -> None:
        mark = self.marks[i]
        self._fill(mark.start)
        self.state[mark.start : mark.end] = value
        self.at = mark.end

    def _pass_break(self, i: int) -> None:
        """An open quotation goes on only if the next mark of its family closes it."""
        self._fill(self.marks[i].start)
        if self.open is None:
            return
        goes_on = self.open.family == "double" and self.ahead.double[i] == "close"
        if self.open.family == "single":  # too easily mistaken for an apostrophe to pass an empty line
            goes_on = self.ahead.single[i] == "close" and not self.marks[i].blank
        if not goes_on:
            self.open, self.nested = None, False

    def _meet_outside(self, i: int) -> None:
        mark = self.marks[i]
        if _opens(self.text, self.marks, self.ahead, i):
            self._set(i, MARK_OPEN)
            self.open, self.nested = mark, False
        elif mark.family != "single" and not self.text[max(mark.start - 1, 0) : mark.start].isdigit():
            self._set(i, MARK_CLOSE)

    def _meet_inside(self, i: int) -> None:
        mark, opener = self.marks[i], self.open
        assert opener is not None
        if mark.family == "single":
            if mark.lean == "close" and not _is_possessive(self.text, mark, self.ahead, i):
                self._close(i)
            return
        straight_in_curly = self.text[mark.start] == '"' and self.text[opener.start] != '"'
        if mark.lean == "open":
            if straight_in_curly:
                self.nested = True
            else:  # the quotation before was never closed: begin anew
                self._set(i, MARK_OPEN)
                self.open, self.nested = mark, False
        elif straight_in_curly and self.nested:
            self.nested = False
        elif mark.family != "double" or not _is_inch(self.text, mark, self.ahead, i):
            self._close(i)

    def _close(self, i: int) -> None:
        self._set(i, MARK_CLOSE)
        self.open, self.nested = None, False


def quotation_state(text: str) -> NDArray[np.uint8]:
    """The state of each character of ``text``: uint8 [len(text)], one of the five constants above.

    Takes time linear in the length of the text and never raises.

    >>> "".join(map(str, quotation_state('Say "no" now')))
    '000031140000'
    """
    return _Reader(text).read()


def states(doc: Doc) -> NDArray[np.uint8]:
    """The state of each character of a text, worked out once."""
    return doc.once(_states)


def _states(doc: Doc) -> NDArray[np.uint8]:
    return quotation_state(doc.text)


def quoted_words(pieces: Sequence[str], kind: str) -> str:
    """What stands in quotation marks in the content of a statement; of a direct one, all of it.

    >>> quoted_words(["that the move was “a grave error” and late"], "mixed")
    'a grave error'
    """
    if kind == "direct":
        return " ".join(pieces)
    return " ".join(filter(None, map(_in_marks, pieces)))


def _in_marks(piece: str) -> str:
    states = quotation_state(piece).tolist()
    kept = (char if state != OUT else "\n" for char, state in zip(piece, states, strict=True))
    runs = (run.strip("“”\"«»„‘’'") for run in "".join(kept).split("\n"))
    return " ".join(filter(None, runs))
