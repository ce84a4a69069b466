"""Whether a sentence looks back or ahead where a time stands in it; and how a whole text tells its times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.lang import word_list, word_set
from onrecord.text.parts import Part, Parts
from onrecord.times.lexicon import Calendar, Shift
from onrecord.times.scan import Found
from onrecord.values import Span, Spans

Tense = Literal["past", "future", "none"]

_FUTURE = word_list("times", "future")
_WOULD = word_set("would wouldn't")
_PAST = word_list("times", "past")
_NOT_PAST = word_list("times", "not_past")
# With "to" behind them they look ahead.
_AHEAD_WITH_TO = word_list("times", "ahead_with_to")
_REACH = 60


def mark(t: Sequence[Part], i: int) -> Tense:
    """What one word shows of tense, with the word behind it."""
    low = t[i].low
    if low in _FUTURE or low in _WOULD or low.endswith("'ll"):
        return "future"
    if (low in ("going", "set", "about", "is", "are") or low in _AHEAD_WITH_TO) and t[i + 1].low == "to":
        return "future"
    if i and t[i - 1].low in ("be", "been", "being"):
        return "none"  # "will be sold": the word in front decides
    if low in _PAST:
        return "past"
    past = len(low) > 4 and low.endswith("ed") and low not in _NOT_PAST and not t[i].capital
    return "past" if past else "none"


@dataclass(frozen=True, slots=True)
class View:
    """What of a text is looked at: what lies in ``span`` (None: all of it) and in none of ``hidden``."""

    span: Span | None = None
    hidden: Spans = ()

    def ends(self, one: Part) -> bool:
        """Whether a part lies outside."""
        return self.span is not None and not (self.span[0] <= one.start < self.span[1])

    def passes_over(self, one: Part) -> bool:
        """Whether a part is hidden."""
        return any(a <= one.start < b for a, b in self.hidden)


_ALL = View()


def tense(words: Parts, first: int, end: int, view: View = _ALL) -> Tense:
    """The tense at the expression of tokens ``first`` to ``end``: by the nearest mark before it in its
    sentence, else the nearest behind it."""
    number = words.sentences[min(first, len(words.sentences) - 1)]
    low, high = bisect_left(words.sentences, number), bisect_right(words.sentences, number)
    tokens: Sequence[Part] = words.tokens
    if view != _ALL:  # what is hidden is no word behind another either: "threatened [to leave]"
        seen = [one for one in tokens[low:high] if not view.ends(one) and not view.passes_over(one)]
        first, end = (sum(one.start < tokens[at].start for one in seen) for at in (first, end))
        low, high, tokens = 0, len(seen), (*seen, *tokens[words.size :])
    for i in (*range(first - 1, max(low - 1, first - _REACH), -1), *range(end, min(high, end + _REACH))):
        found = mark(tokens, i)
        if found != "none":
            return found
    return "none"


def is_narrative(found: Sequence[Found], year: int | None) -> bool:
    """Whether the times of a text follow a story (a history) rather than the day the text was written.

    News counts from its own day: "on Friday", "last week", "yesterday". A history names years. So a text is
    a narrative if it names at least four years that are not near ``year``, the year of the report, and they
    outnumber what counts from the day of writing three to one; without ``year``, one named year is enough.
    """
    told = sum(
        isinstance(one.meaning, Calendar)
        and one.meaning.year is not None
        and (year is None or abs(one.meaning.year - year) > 1)
        for one in found
    )
    counted = sum(_from_now(one.meaning) for one in found)
    return told >= (1 if year is None else 4) and told > (1 if year is None else 3) * counted


def _from_now(meaning: object) -> bool:
    if isinstance(meaning, Shift):
        return meaning.origin == "now"
    return isinstance(meaning, Calendar) and meaning.weekday is not None and meaning.day is None
