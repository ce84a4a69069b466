"""What can be compared in the words of a claim: words, times, numbers, states, names, negations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.facts import StateFound, fold, states_in
from onrecord.lang import either, word_list
from onrecord.reading.quantities import Measure, measures
from onrecord.text.doc import Doc
from onrecord.times import find_times
from onrecord.values import Interval, Span, TimeExpression

_WORD = re.compile(r"\w+(?:['’.]\w+)*%?")
_ENDINGS = re.compile(rf"(?:{either('linking', 'endings')}|s|e|ly)$")


STOP = word_list("linking", "stop")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """One word of a text."""

    span: Span
    low: str  # folded: lower case, no accents
    stem: str


def stem(low: str) -> str:
    """A word without the endings that inflect it; crude, and the same for "recognise" and "recognised"."""
    if len(low) < 5 or not low.isalpha():
        return low.removesuffix("s") if len(low) == 4 and low.isalpha() else low
    cut = _ENDINGS.sub("", low)
    return cut.rstrip("e").removesuffix("i") if len(cut) >= 3 else low


_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{either('linking', 'name')})[ \u00a0])?{_CAPITAL}){{0,6}}")
# Words that begin a sentence with a capital and are no names.
_BEGIN = re.compile(r"(?:^|[.!?:…]['\"”’)]*\s+|[“\"(‘]\s*)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text."""

    span: Span
    name: str  # or the id of its actor
    known: bool = False  # tied to an actor: ``name`` says all


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


_AUXILIARY = re.compile(
    rf"\b(?:{either('linking', 'auxiliary_is')}|(?-i:may)|{either('linking', 'auxiliary_might')})"
    rf"(?:n['’]t)?\b|['’](?:re|ve|ll|d|m)\b(?=\s+\w)|\b(?:{either('linking', 'auxiliary_it')})['’]s\b"
    r"(?=\s+\w)",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\b(?!need\b|seed\b|speed\b|indeed\b|hundred\b)[a-z]{2,}ed\b")
_IRREGULAR = word_list("linking", "irregular")


@dataclass(frozen=True)
class Claimed:
    """A text and what stands in it, each found when it is asked for and kept; spans are in this text."""

    text: str
    anchor: Interval | None = None  # when it was said or published: what "Friday" counts from

    @cached_property
    def words(self) -> tuple[ClaimWord, ...]:
        """All words."""
        found = ((match.span(), fold(match[0])) for match in _WORD.finditer(self.text))
        return tuple(ClaimWord(span, low, stem(low)) for span, low in found)

    @cached_property
    def content(self) -> tuple[ClaimWord, ...]:
        """Those that carry meaning."""
        return tuple(word for word in self.words if word.low not in STOP and word.low)

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """Expressions of time."""
        return tuple(find_times(Doc.of(self.text), anchor=self.anchor))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Numbers, as ranges."""
        return tuple(measures(self.text))

    @cached_property
    def states(self) -> tuple[StateFound, ...]:
        """States, by name, capital or demonym."""
        return tuple(states_in(self.text))

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Runs of capitalised words; a single one that begins a sentence is none, as it may be any word."""
        found = []
        for match in _NAME.finditer(self.text):
            start, name = match.start(), match[0].rstrip(".'’-&")
            begins = bool(_BEGIN.search(self.text, max(0, start - 8), start))
            if len(name) > 1 and not (begins and " " not in match[0]):
                found.append(Named((start, start + len(name)), name))
        return tuple(found)

    @cached_property
    def negations(self) -> tuple[Span, ...]:
        """Words that deny something; not those that do not ("not only"), nor parts of names."""
        empty = [match.span() for pattern in (_EMPTY, _IN_NAME) for match in pattern.finditer(self.text)]
        found = (match.span() for match in _NEGATION.finditer(self.text))
        return tuple(one for one in found if not any(start <= one[0] < end for start, end in empty))

    @cached_property
    def has_verb(self) -> bool:
        """Whether there is what may be a finite verb: an auxiliary, a past in -ed, one of a list."""
        told = _AUXILIARY.search(self.text) or _REGULAR.search(self.text)
        return bool(told) or any(one.low in _IRREGULAR for one in self.words)


@lru_cache(maxsize=1 << 14)
def claimed(text: str, anchor: Interval | None = None) -> Claimed:
    """A text taken apart; it is compared with many.

    >>> [claimed(one).has_verb for one in ("the plight of the people", "Talvik left")]
    [False, True]
    """
    return Claimed(text, anchor)
