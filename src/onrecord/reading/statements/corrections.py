"""What a report takes back: "An earlier version of this article said that she had resigned. She has not."

The earlier version said it, but who reads the correction learns that it is not so, and the outlet holds the
opposite now. Only a report's word of itself counts: "this article", an earlier version of it, or any article
in a paragraph that calls itself a correction. "The report wrongly said" elsewhere is of another's report.
"""

from __future__ import annotations

import re

from onrecord.values import Span, Spans

_REPORT = r"(?:article|story|report|column|piece|post|item|headline|caption|graphic|editorial|obituary)"
_VERSION = r"(?:earlier|previous|prior|original|initial|older|first)(?: \w+)? (?:version|edition|headline)s?"
_OWN = rf"(?:this|our) (?:\w+ )?{_REPORT}"
_FALSELY = (
    r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely|originally|initially"
    r"|mis(?:stated|reported|attributed|described))"
)
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
    rf"(?:{_OLD}|\b{_OWN}\b)[^.;]{{0,60}}?"
    r"\b(?:said|stated|reported|suggested|claimed|indicated|implied|wrote|misstated|misreported|asserted)"
    r"(?: (?:incorrectly|wrongly|mistakenly|erroneously))? (?=that\s\S)",
    re.IGNORECASE,
)
_REACH = 400  # characters of a paragraph before the cue in which it may call itself a correction


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
    begin = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    return _CALLED.match(text, begin) is not None
