"""The words around an attribution that may tell how it was made: its sentence with all else blanked.

Contents, the statement's own and others', and the words for its speaker are blanked character by character,
so offsets hold and no pattern can reach over or into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.lang import either
from onrecord.text.doc import Doc
from onrecord.values import Span, Spans

CONTENT, OTHER, SPEAKER = "\0", "\1", "\2"  # stand for a character of its content, others' contents, a name
_AROUND = 1_200  # characters looked at on both sides of an attribution: bounds the work on any text
_STOPS = " \t\u00a0\"'”’»)"
# "he said. Petrova during the talks": what a machine translation tears off the sentence.
_TORN_OFF = re.compile(
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? (?:" + either("statements", "torn_off") + r")\b[^\0\1]{0,160}$"
)
_CLAUSE_BEFORE = re.compile(r".*(?:, (?:but|and|while|whereas)\b|;)", re.DOTALL)
_OFFICE = re.compile(r"\b(?!(?:he|she|they|it|who)$)[a-z][\w-]{0,40}$")
_NEW_CLAUSE = re.compile(
    rf",? (?:but|although|though|while|whereas)\b|, (?:{either('statements', 'new_clause')})\b|;"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text with blanks, where it starts, and where the attribution stands in it.

    ``outer`` is the part that belongs to this attribution and to those it stands inside, ``inner`` to it
    alone; ``core`` goes from the first to the last word of its speaker and cue. All are offsets into
    ``words``. ``unnamed``: the words of the core end with a speaker told by office, not by name.
    """

    words: str
    start: int
    outer: Span
    inner: Span
    core: Span
    cue: Span
    unnamed: bool = False

    def shifted(self, span: Span) -> Span:
        """The span in the whole text."""
        return span[0] + self.start, span[1] + self.start


def clause_of(doc: Doc, speaker: Spans, cue: Spans, content: Spans, others: Sequence[Spans]) -> Clause | None:
    """The clause of an attribution; None where it has neither speaker nor cue."""
    told = (*speaker, *cue)
    if not told:
        return None
    text = doc.text
    first, last = min(a for a, _ in told), max(b for _, b in told)
    if last - first > _AROUND:
        first, last = cue[0] if cue else speaker[0]
    low, high = max(0, first - _AROUND), min(len(text), last + _AROUND)
    near = [
        (a, b)
        for spans in others
        for a, b in spans
        if a < high and b > low and not any(c <= a and b <= d for c, d in content)
    ]
    around = min((b - a, a, b) for a, b in [*_holding(near, first, last), (low, high)])[1:]
    blanked = _blank(text, low, high, [
        (content, CONTENT),
        ([span for span in near if not (span[0] <= first and last <= span[1])], OTHER),
        (speaker, SPEAKER),
    ])  # fmt: skip
    start, end = _sentence(doc, blanked, low, (first, last))
    words = blanked[start - low : end - low]
    core = (max(first, start) - start, min(last, end) - start)
    its = cue[0] if cue else speaker[0]
    outer = _own_part(words, core)
    inner = max(outer[0], around[0] - start), min(outer[1], around[1] - start)
    cue_in = max(its[0] - start, 0), min(its[1], end) - start
    unnamed = bool(speaker) and speaker[-1][1] == last and _OFFICE.search(text, low, last) is not None
    return Clause(words, start, outer, (inner[0], max(inner)), core, cue_in, unnamed)


def _holding(spans: Iterable[Span], first: int, last: int) -> list[Span]:
    return [(a, b) for a, b in spans if a <= first and last <= b]


def _blank(text: str, low: int, high: int, parts: Iterable[tuple[Iterable[Span], str]]) -> str:
    characters = list(text[low:high])
    for spans, blank in parts:
        for a, b in spans:
            a, b = max(a, low) - low, min(b, high) - low
            if a < b:
                characters[a:b] = blank * (b - a)
    return "".join(characters)


def _sentence(doc: Doc, blanked: str, low: int, core: Span) -> Span:
    """The sentences the core stands in, and a torn-off piece behind it."""
    text, found = doc.text, doc.sentences_in(low, low + len(blanked))
    within = [one for one in found if one[0] < core[1] and core[0] < one[1]] or [core]
    start, end = min(core[0], within[0][0]), max(core[1], within[-1][1])
    behind = next((one for one in found if one[0] >= end), None)
    if behind and text[core[1] : end].strip(_STOPS) == "." and "\n" not in text[end : behind[0]]:
        rest = blanked[behind[0] - low : behind[1] - low]
        if _TORN_OFF.match(rest):
            end = behind[1]
    return start, end


def _own_part(words: str, core: Span) -> Span:
    """What of the sentence belongs to this attribution: up to the contents of others on both sides.

    What stands between its own content and another's belongs to the other.
    """
    low = words.rfind(OTHER, 0, core[0]) + 1
    if low and CONTENT in words[low : core[0]]:
        low = words.index(CONTENT, low)
    if cut := _CLAUSE_BEFORE.match(words, low, core[0]):
        low = cut.end()
    high = words.find(OTHER, core[1])
    if high < 0:
        high = len(words)
        behind = words.rfind(CONTENT, core[1]) + 1 or core[1]
        cut = _NEW_CLAUSE.search(words, behind)
        high = cut.start() if cut else high
    elif CONTENT in words[core[1] : high]:
        high = words.rindex(CONTENT, core[1], high) + 1
    return low, max(low, high)
