"""Words that stand for one thing in one dimension (open, closed; true, false), what in a sentence denies,
and names by their capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.facts import fold, key
from onrecord.lang import either, word_groups, word_list, word_lists
from onrecord.linking.claims.words import ClaimWord, content, words_in
from onrecord.values import Span

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{either('linking', 'name')})[ \u00a0])?{_CAPITAL}){{0,6}}")
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


_NOT = "|".join(sorted(word_list("stance", "negations") - {"n't", "no"}))
_NEGATION = re.compile(
    rf"\b(?:no longer|no one|nowhere|{_NOT}|no(?! (?:{either('linking', 'negation_fewer')})\b)|"
    rf"{either('linking', 'negation_did')})\b",
    re.IGNORECASE,
)
# "not only", "nothing but", "cannot but", "not least": nothing is denied.
_EMPTY = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention)|nothing (?:but|less than)|why not)\b", re.IGNORECASE
)
# "Nothing Like This", "ship No 4": capitals inside a sentence make a name of it. (Headlines write "Not".)
_IN_NAME = re.compile(r"(?<=[a-z,] )(?:No|Nothing|Nobody)\b")


def _opposites() -> dict[str, list[tuple[int, int]]]:
    rows = word_lists("opposites")
    table: dict[str, list[tuple[int, int]]] = {}
    for number, name in enumerate(name for name in rows if not name.startswith("not ")):
        for side, words in enumerate((rows[name], rows[f"not {name}"])):
            for word in words:
                table.setdefault(word, []).append((number, side))
    return table


_TABLE = _opposites()


def turns_back(negation: str) -> bool:
    """Whether the words stand behind what they deny: "the report is false"."""
    return negation.lower().endswith(("false", "untrue"))


def negations(text: str) -> list[Span]:
    """The negations of a text, in order, without those that deny nothing ("not only") and parts of names."""
    empty = [match.span() for match in _EMPTY.finditer(text)] + [m.span() for m in _IN_NAME.finditer(text)]
    return [
        match.span()
        for match in _NEGATION.finditer(text)
        if not any(start <= match.start() < end for start, end in empty)
    ]


def opposites(first: Sequence[ClaimWord], second: Sequence[ClaimWord]) -> list[tuple[ClaimWord, ClaimWord]]:
    """Pairs of opposite words, one in each text and neither in both; each word once."""
    shared = {word.low for word in first} & {word.low for word in second}
    where: dict[tuple[int, int], list[ClaimWord]] = {}
    for word in second:
        for number, side in _TABLE.get(word.low, ()) if word.low not in shared else ():
            where.setdefault((number, side), []).append(word)
    present = {meaning for word in first for meaning in _TABLE.get(word.low, ())}
    found: list[tuple[ClaimWord, ClaimWord]] = []
    used: set[Span] = set()
    for word in first:
        for number, side in _TABLE.get(word.low, ()) if word.low not in shared else ():
            against = [one for one in where.get((number, 1 - side), ()) if one.span not in used]
            # A text that has both sides itself tells of a change; nothing is opposed then.
            if against and (number, 1 - side) not in present and (number, side) not in where:
                used.add(against[0].span)
                found.append((word, against[0]))
                break
    return found


# Say nothing of what a claim is about, though they are no function words.
EMPTY = word_list("linking", "empty")
PRESENCE = "=presence"
_WORDS = word_groups("concepts")


def concept_of(low: str) -> str | None:
    """What a folded word is one of the words for; None: it stands for itself."""
    return _WORDS.get(low)


def meanings(text: str) -> frozenset[str]:
    """What a text speaks of: concepts, and stems of words that have none; "=" before a concept.

    >>> sorted(meanings("Hundreds of soldiers were killed."))
    ['=forces', '=killing', 'hundred']
    """
    return frozenset(map(meaning, _telling(text)))


def concepts(text: str) -> frozenset[str]:
    """The concepts of a text."""
    return frozenset(one for one in meanings(text) if one.startswith("="))


@lru_cache(maxsize=1 << 14)
def _telling(text: str) -> tuple[ClaimWord, ...]:
    return tuple(one for one in content(words_in(text)) if one.low not in EMPTY and len(one.low) > 1)


def meaning(word: ClaimWord) -> str:
    """The concept of a word, else its stem."""
    name = concept_of(word.low)
    return f"={name}" if name else word.stem


def covered(said: Iterable[str], by: Iterable[str]) -> float:
    """How much of what one text speaks of another one speaks of, too: 0 to 1, 0 for an empty one."""
    asked, there = frozenset(said), frozenset(by)
    return len(asked & there) / len(asked) if asked else 0.0
