"""Words that stand for one thing in one dimension (open, closed; true, false), what in a sentence denies,
and names by their capitals alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.facts import fold, key
from onrecord.lang import word_groups, word_list, word_lists
from onrecord.reading.claimed import ClaimWord, Named, claimed
from onrecord.values import Span

_TITLES = word_list("linking", "titles")


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
    return tuple(one for one in claimed(text).content if one.low not in EMPTY and len(one.low) > 1)


def meaning(word: ClaimWord) -> str:
    """The concept of a word, else its stem."""
    name = concept_of(word.low)
    return f"={name}" if name else word.stem


def covered(said: Iterable[str], by: Iterable[str]) -> float:
    """How much of what one text speaks of another one speaks of, too: 0 to 1, 0 for an empty one."""
    asked, there = frozenset(said), frozenset(by)
    return len(asked & there) / len(asked) if asked else 0.0
