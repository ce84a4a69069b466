"""Where sentences begin, over the tokens of a text.

A line break always ends a sentence, as paragraphs and headings stand in lines of their own. Within a line a
sentence ends at a stop, with the marks that close behind it, where white space follows; unless the stop
belongs to an abbreviation that something follows, numbers an item of a list, only pauses ("wait ... no"), or
stands in what is quoted by the words that follow ("Why?" Ann Lee asked.).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.lang import Language, language
from onrecord.text.tokens import BREAKS, Tokens

_LINE = re.compile(rf"[{BREAKS}]\s*")
# Where a line break was lost, as in copied letters: an address and a new beginning behind it, a row of marks,
# and the date and hour that a mail program writes above what it forwards. Each alternative begins with a rare
# character, which makes it fast to pass over a text that has none of them.
_LOST = re.compile(
    "|".join(
        [
            *(
                rf"{mark}[^\s@]{{1,300}}[^\s@.,;:]\s+(?=[A-Z]|https?:|www\.)"
                for mark in ("://", r"www\.", "@")
            ),
            *(
                rf"{mark}(?<!{mark * 2}){mark * 3}+\s+(?=[A-Z])"
                for mark in ("-", "=", "~", "#", r"\*", r"\+")
            ),
            r"<[^<>\s]+>+\s+(?=[A-Z])",
            r">>\s+(?=[A-Z])",
            r"/(?<=\d/)\d{1,2}/\d{2,4} \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?\b\s+"
            r"(?P<greeting>[A-Z][\w.&' ]{0,30}(?:[:,]| ?-+)\s+(?=[A-Z]))?",
        ]
    )
)
_STOPS = frozenset(".!?…。！？؟।｡")
_FULL = frozenset("。！？।｡")  # scripts that need no space behind their stops
_CLOSERS = frozenset(["'", '"', "''", "”", "’", "’’", "»", "›", ")", "]", "}", "」", "』"])
_OPENERS = frozenset(["'", '"', "``", "“", "‘", "«", "‹", "(", "[", "¿", "¡"])
_QUOTES = frozenset(["'", '"', "''", "”", "’", "’’", "»", "›"])
_SMILE = re.compile(r"[:;=^<(].+")
_ADDRESS = re.compile(r"\w+://|www\.")
_NOTE = re.compile(r"\[\d+\]")
_GOING_ON = frozenset([".", ",", ";", ":", ")"])  # no sentence begins with these
_SHORT = 4  # letters of a name that may be an abbreviation
_SENDER = 40  # characters looked at in front of a date and hour
_CLOSING = 3  # words that close a letter
_ASKING = 4  # words between a quoted question and the verb that says who asked it


def sentence_starts(text: str, tokens: Tokens, code: str = "en") -> list[int]:
    """The index of the first token of each sentence of ``text``, in order; they part the tokens.

    >>> from onrecord.text.tokens import tokens
    >>> text = "Lt. Col. Ash left at 5 p.m. on Monday. “We go.” He left."
    >>> sentence_starts(text, tokens(text))
    [0, 10, 15]
    """
    if not tokens.texts:
        return []
    begins = [0, *(match.end() for match in _LINE.finditer(text)), *_lost_breaks(text)]
    lines = {bisect_left(tokens.starts, begin) for begin in begins}
    lines.discard(len(tokens.texts))
    return sorted(lines | _Splitter(language(code), tokens, lines).starts())


def _lost_breaks(text: str) -> Iterator[int]:
    """Where something begins that stood in a line of its own."""
    for match in _LOST.finditer(text):
        start, mark = match.start(), match[0][0]
        if mark == "@" and text[max(0, start - 1) : start].strip(" \n(") == "":
            continue  # the name of an account is no address
        if mark == "/":
            start -= 2 if text[start - 2 : start].isdigit() else 1
            before = text[max(0, start - _SENDER) : start].split()
            if before and before[-1][0].islower():  # "on 01/12/2001 10:34 AM"
                continue
            yield start
            if match["greeting"]:
                yield match.start("greeting")
        yield match.end()


class _Splitter:
    """Finds the sentences of one text that begin within a line."""

    def __init__(self, words: Language, tokens: Tokens, lines: set[int]) -> None:
        self._words = words
        self._starts, self._ends, self._texts = tokens
        self._lines = lines
        self._found: set[int] = set()

    def starts(self) -> set[int]:
        """The tokens that begin a sentence, first ones of lines aside."""
        last = -1
        for stop in [i for i, word in enumerate(self._texts) if word[-1] in _STOPS]:
            if stop > last:
                last = self._last(stop)
                if self._parted(last) and self._is_end(stop, last):
                    self._found.add(last + 1)
        self._found.update(self._behind_closings())
        return self._found

    def _behind_closings(self) -> set[int]:
        """The names behind the words that close a letter ("Thanks, Ann")."""
        texts, found = self._texts, set()
        for at in [i for i, word in enumerate(texts) if word == ","]:
            first = at
            while first and at - first < _CLOSING and first not in self._found and first not in self._lines:
                first -= 1
            said = " ".join(texts[first:at]).lower()
            if said in self._words.closings and texts[at + 1 : at + 2] and texts[at + 1][0].isupper():
                found.add(at + 1)
        return found

    def _last(self, stop: int) -> int:
        """The last token of what belongs to a stop: marks that close, notes in brackets, a smile."""
        texts, at, size = self._texts, stop, len(self._texts)
        while at + 1 < size and self._starts[at + 1] == self._ends[at]:
            if texts[at + 1] not in _CLOSERS and texts[at + 1][0] not in _STOPS:
                return at
            at += 1
        while at + 1 not in self._lines and _NOTE.fullmatch("".join(texts[at + 1 : at + 4])):
            at += 3
        smiles = at + 1 < size and at + 1 not in self._lines and _SMILE.fullmatch(texts[at + 1])
        return at + 1 if smiles else at

    def _parted(self, last: int) -> bool:
        """Whether white space, and then more of the same line, stands behind a token."""
        behind = last + 1
        if behind >= len(self._texts) or behind in self._lines:
            return False
        return self._starts[behind] > self._ends[last] or self._texts[last][-1] in _FULL

    def _is_end(self, stop: int, last: int) -> bool:
        """Whether a sentence ends with a stop that white space follows."""
        word = self._texts[stop]
        if word[-1] in _FULL:
            return True
        behind, first = self._texts[last + 1], self._word_behind(last)
        small, capital = first[:1].islower() and not _ADDRESS.match(first), first[:1].isupper()
        quoted = any(one in _QUOTES for one in self._texts[stop + 1 : last + 1])
        if behind in _GOING_ON:
            return False
        if word[0].isalnum():
            return not small and self._ends_with(word[:-1], first, closed=last > stop)
        if word[0] == "…" or word.startswith(".."):
            return (capital and not quoted) or word[-1] in "!?"
        if small and (quoted or self._goes_on(stop)):
            return False
        if word[-1] in "!?":
            return not (small and last > stop) and not (quoted and capital and self._is_asked(last + 1))
        return not self._is_item(stop)

    def _word_behind(self, last: int) -> str:
        """The first word behind a token, opening marks left out; the mark itself where no word is near."""
        near = self._texts[last + 1 : last + 4]
        return next((word for word in near if word not in _OPENERS), near[0])

    def _ends_with(self, word: str, first: str, *, closed: bool) -> bool:
        """Whether an abbreviation ends a sentence before a word that is not written small."""
        kind = self._words.behind(word)
        if closed or kind == "end":
            return True
        if kind in ("name", "number") or not first[0].isupper():
            return False
        return first.lower() in self._words.openers

    def _goes_on(self, stop: int) -> bool:
        """Whether a stop before a small letter follows another, or what may be an unknown abbreviation."""
        word = self._texts[stop - 1] if stop else ""
        return word == "." or (1 < len(word) <= _SHORT and word.istitle())

    def _is_asked(self, at: int) -> bool:
        """Whether the words from a token on say who asked what was just quoted."""
        near = self._texts[at : at + _ASKING + 1]
        if near[0].lower() in self._words.openers:
            return False
        return any(word in self._words.askers for word in near)

    def _is_item(self, stop: int) -> bool:
        """Whether a stop stands behind the number that begins an item of a list."""
        number = stop - 1
        begins = number in self._lines or number in self._found or self._texts[number - 1] == ":"
        return begins and number >= 0 and self._texts[number].isdigit()
