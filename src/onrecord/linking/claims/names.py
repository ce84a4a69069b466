"""Names in a sentence by their capitals alone, and whether two may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.facts import fold, key
from onrecord.lang import word_list
from onrecord.values import Span

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?:[ \u00a0](?:(?:of|de|da|del|der|al|bin|van|von|la|the)[ \u00a0])?{_CAPITAL}){{0,6}}"
)
_TITLES = word_list("linking", "titles")
# Words that begin a sentence with a capital and are no names.
_BEGIN = re.compile(r"(?:^|[.!?:…]['\"”’)]*\s+|[“\"(‘]\s*)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text."""

    span: Span
    name: str  # or the id of its actor
    known: bool = False  # tied to an actor: ``name`` says all


def names_in(text: str) -> Iterator[Named]:
    """Runs of capitalised words; a single one that begins a sentence is none, as it may be any word."""
    for match in _NAME.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip(".'’-&"))
        begins = bool(_BEGIN.search(text, max(0, start - 8), start))
        if begins and " " not in match[0]:
            continue
        if end - start > 1:
            yield Named((start, end), text[start:end])


def parts(name: str) -> frozenset[str]:
    """What identifies a name: its words without titles, spellings made one."""
    words = [word for word in fold(name).split() if word not in _TITLES and len(word) > 1]
    return frozenset(map(key, words))


def same(one: Named, other: Named) -> bool:
    """Whether the two may be one: known to be, or sharing a word that identifies them."""
    if one.known and other.known:
        return one.name == other.name
    mine, theirs = parts(one.name), parts(other.name)
    return bool(mine & theirs) or not mine or not theirs or _acronym(one.name, other.name)


def mentioned(one: Named, words: frozenset[str]) -> bool:
    """Whether the name, or any identifying part of it, stands among the folded words of the other text."""
    folded = {word for word in fold(one.name).split() if word not in _TITLES and len(word) > 1}
    return not folded or bool(folded & words)


def _acronym(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in long.split() if word[:1].isupper())
    return short.isupper() and len(short) > 1 and short.replace(".", "") == initials
