"""Direct, indirect or mixed; and what a report takes back: "An earlier version of this article said that
she had resigned." (She has not.)"""

from __future__ import annotations

import re

from onrecord.lang import either
from onrecord.text.doc import Doc
from onrecord.text.quotation import MARK_CLOSE, OUT, states
from onrecord.values import Span, Spans, StatementKind

# A direct quotation may carry a few words outside its marks (“No,” and “never”), as may the slip of one
# quotation mark; the share is the one the reference scorer of attributions uses.
DIRECT = 0.9
_BLANK = re.compile(r"\n[^\S\n]*\n")
# How far to look for the paragraphs around a content when no states are given.
_REACH = 20_000


def kind_of(doc: Doc, content: Spans) -> StatementKind:
    """How the words of ``content`` are told.

    Args:
        doc: the text the spans point into.
        content: the pieces of the content.

    Returns:
        "direct" if at least nine tenths of the letters and digits stand inside quotation marks, "indirect" if
        none does, else "mixed". A content without a letter or digit is indirect.

    >>> kind_of(Doc.of("He said he was “very” glad."), ((8, 26),))
    'mixed'
    """
    if not content:
        return "indirect"
    inside = total = 0
    for start, end in content:
        quoted, letters = _quoted(doc.text[start:end], states(doc)[start : end + 1].tolist())
        inside, total = inside + quoted, total + letters
    if not inside:
        return "indirect"
    return "direct" if inside >= DIRECT * total else "mixed"


def _quoted(piece: str, states: list[int]) -> tuple[int, int]:
    """How many letters and digits of a piece are quoted, and how many there are.

    ``states`` has one more, for the character behind the piece. A closing mark that nothing opened quotes
    what precedes it in the piece: the opening mark was lost.
    """
    inside = total = 0
    bare = 0  # letters and digits outside since the last mark
    is_open = False
    for at, state in enumerate(states):
        if state == MARK_CLOSE:
            inside += 0 if is_open else bare
            bare = 0
        is_open = state not in (OUT, MARK_CLOSE)
        if piece[at : at + 1].isalnum():
            total += 1
            inside += is_open
            bare += not is_open
    return inside, total


_REPORT = rf"(?:{either('statements', 'report')})"
_VERSION = rf"(?:{either('statements', 'version')})(?: \w+)? (?:version|edition|headline)s?"
_OWN = rf"(?:this|our) (?:\w+ )?{_REPORT}"
_FALSELY = rf"(?:{either('statements', 'falsely')})"
_OLD = rf"\b{_VERSION} of (?:this|our|the|an?) (?:\w+ )?{_REPORT}\b"
_EARLIER_OWN = re.compile(_OLD, re.IGNORECASE)
_ITSELF = re.compile(rf"\b{_OWN}\b", re.IGNORECASE)
_OF_ITSELF = re.compile(rf"\b(?:{_OWN}|{_VERSION})\b", re.IGNORECASE)
_REPORTED = re.compile(rf"\b(?:{_REPORT}|{_VERSION})\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|we)\b", re.IGNORECASE)
_FALSE = re.compile(rf"\b{_FALSELY}\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\W{0,20}(?:(?:corrections?|clarifications?|corrected|editor['’]s note)(?: and \w+)?"
    r"(?: ?\([^)\n]{1,40}\)|, [^:\n]{1,30})?\s*[:.—–-]|because of an? (?:[\w-]+ ){0,3}error\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"(?:{_OLD}|\b{_OWN}\b)[^.;]{{0,60}}?\b(?:{either('saying', 'sentence')})(?: (?:incorrectly"
    r"|wrongly|mistakenly|erroneously))? (?=that\s\S)",
    re.IGNORECASE,
)
_BACK_IN_PARAGRAPH = 400  # characters of a paragraph before the cue in which it may call itself a correction


def taken_back(text: str, speaker: Spans, cue: Spans) -> Spans:
    """The words that show that a report takes back what its speaker said; none if it does not.

    >>> text = "An earlier version of this article said that she left."
    >>> [text[a:b] for a, b in taken_back(text, ((0, 34),), ((35, 39),))]
    ['earlier version of this article']
    """
    if not speaker or not cue:
        return ()
    start, end = speaker[0]
    if found := _EARLIER_OWN.search(text, start, end):
        return (found.span(),)
    false = next((m.span() for a, b in cue if (m := _FALSE.search(text, a, b))), None)
    if false is not None and _OF_ITSELF.search(text, start, end):
        return (false,)
    if not _is_correction(text, cue[0][0]):
        return ()
    if false is not None and _IT.fullmatch(text, start, end):
        return (false,)
    some = _REPORTED.search(text, start, end)
    return (some.span(),) if some else ()


def of_the_report(words: str) -> bool:
    """Whether a speaker is the report itself, or an earlier version of it."""
    return bool(_EARLIER_OWN.search(words) or _ITSELF.search(words))


def corrected_in(text: str, sentence: Span) -> tuple[bool, Span | None]:
    """Whether a sentence corrects the report, and where in it stands what is taken back."""
    start, end = sentence
    found = _SENTENCE.search(text, start, end)
    if found is not None:
        return True, (found.end(), end)
    corrects = _EARLIER_OWN.search(text, start, end) or _CALLED.match(text, start, end)
    return corrects is not None, None


def _is_correction(text: str, at: int) -> bool:
    """Whether the paragraph around ``at`` begins by calling itself a correction."""
    begin = max(text.rfind("\n", 0, at) + 1, at - _BACK_IN_PARAGRAPH)
    return _CALLED.match(text, begin) is not None
