"""Searching in what was said: words that must all occur, phrases in quotation marks, beginnings of words.

    grain "not a single permit" inspect*

Case and accents do not count, nor does what is no letter and no digit. The database finds the statements, and
``marks`` finds the same words in one of them, to be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.record.filters import Where
from onrecord.values import Span, Spans

_ASKED = re.compile(r"""[“”„«»"]([^“”„«»"]*)[“”„«»"]?|([^\s“”„«»"]+)""")
_PLAIN = "strip_accents(lower(array_to_string([piece.quote FOR piece IN {0}], ' ')))"
_SIGN = r"[^\p{L}\p{N}]"


@dataclass(frozen=True, slots=True)
class Term:
    """Words one after the other, as plain letters and digits; ``begins``: the last one may go on."""

    words: str
    begins: bool = False


def terms(text: str) -> tuple[Term, ...]:
    """What ``text`` asks for; raises UsageError if it has neither a letter nor a digit.

    >>> [(term.words, term.begins) for term in terms('Grain "not a single" inspect*')]
    [('grain', False), ('not a single', False), ('inspect', True)]
    """
    found = []
    for phrase, word in _ASKED.findall(text):
        plain = "".join(char for char, _ in _plain(phrase or word)).strip()
        if plain:
            found.append(Term(plain, word.endswith("*")))
    if not found:
        raise UsageError(
            f"nothing to search for: {text!r}", hint='write words, or "a phrase" in quotation marks'
        )
    return tuple(dict.fromkeys(found))


def search(where: Where, pieces: str, text: str | None) -> None:
    """Only rows where all that ``text`` asks for stands in the quotes of the column ``pieces``."""
    if text is None:
        return
    plain = _PLAIN.format(pieces)
    for term in terms(text):
        words = term.words.split(" ")
        # One word alone, wherever it stands, is found much quicker, and is seldom there.
        where.add(f"contains({plain}, ?)", max(words, key=len))
        ends = "" if term.begins else f"(?:{_SIGN}|$)"
        where.add(f"regexp_matches({plain}, ?)", f"(?:^|{_SIGN}){f'{_SIGN}+'.join(words)}{ends}")


def marks(text: str, asked: Sequence[Term]) -> Spans:
    """Where the words asked for stand in ``text``, in code points; what overlaps is one span.

    >>> marks("No Éclair, no éclairs", terms("eclair"))
    ((3, 9),)
    """
    plain = [(" ", -1), *_plain(text), (" ", len(text))]
    line = "".join(char for char, _ in plain)
    spans = sorted(span for term in asked for span in _found(line, term))
    merged: list[Span] = []
    for start, end in spans:
        first, last = plain[start][1], plain[end - 1][1] + 1
        while last < len(text) and unicodedata.category(text[last])[0] == "M":
            last += 1
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _found(line: str, term: Term) -> Iterator[Span]:
    """Where ``term`` stands in a plain line; the rest of a word that it only begins belongs to it."""
    wanted = f" {term.words}" + ("" if term.begins else " ")
    at = line.find(wanted)
    while at >= 0:
        end = line.index(" ", at + 1 + len(term.words))
        yield at + 1, end
        at = line.find(wanted, at + 1)


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """Letters and digits without case and accents, each with its place; what lies between is one space."""
    apart = False
    for at, char in enumerate(text):
        for one in _bare(char):
            if one.isalpha() or unicodedata.category(one)[0] == "N":
                yield one, at
                apart = False
            elif not apart:
                yield " ", at
                apart = True


def _bare(char: str) -> str:
    if char.isascii():
        return char.lower()
    parts = unicodedata.normalize("NFD", char.lower())
    kept = "".join(one for one in parts if unicodedata.category(one)[0] != "M")
    return unicodedata.normalize("NFC", kept)
