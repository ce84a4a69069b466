"""To whom a statement was made: "told reporters", "in a letter to lawmakers", "speaking to supporters"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.clause import Clause
from onrecord.reading.outlets import outlets_in
from onrecord.values import Span, Spans

# Verbs whose object is the one spoken to, at the end of the cue.
_TELL = re.compile(
    r"\b(?:t(?:old|ells?|elling)|(?:assur|inform|remind|warn|advis|promis|brief|urg|ask|order|instruct|implor)"
    r"(?:e|ed|es|s|ing)?)$",
    re.IGNORECASE,
)
_HEARD = re.compile(r"\b(?:was|were|been|be|being)\b", re.IGNORECASE)  # "was told": the speaker listened
_WRITING = "letter|e-?mail|statement|message|memo|note|speech|address|remarks|comments|testimony|appeal"
_TO = re.compile(
    rf"(?:\b(?:{_WRITING})(?: (?:sent|delivered|addressed|released|provided))? to"
    r"|(?:^|, |\bwhile |\bwhen )(?:(?:[Ss]peaking|[Tt]alking)(?: \w+ly)? (?:to|with|before)|[Aa]ddressing"
    r"|[Tt]estifying (?:to|before))) +(?=\S)"
)
_CUE_TO = re.compile(r" (?:to|before) (?=\S)")  # right behind the cue: "said to his supporters"
_END = (
    r"(?:in|at|on|during|from|before|after|to|for|with|by|that|who|whom|which|as|when|while|about|and|but|if"
    r"|because|not|he|she|they|it|we|i|you|there|how|why|what|where|whether|last|next|this|earlier|later"
    r"|recently|again|then|today|yesterday|tonight|tomorrow|afterwards?|[a-z]+ly|early|late|via|through|over"
    r"|outside|inside|near|aboard|around|saying|stating|asking|urging|warning|telling|announcing"
    r"|against|is|are|was|were|will|would|has|had|have|can|could|should|I|He|She|They|It|We"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September"
    r"|October|November|December|\d+)\b"
)
_PHRASE = re.compile(rf"(?:(?!{_END})[\w’'&-]+(?:\.(?=[ ,][A-Za-z]))?[ \u00a0]?){{1,8}}")
_OPENS = re.compile(
    r"(?:the|a|an|his|her|their|its|my|our|some|several|many|two|three|four|five|dozens|hundreds|thousands"
    r"|members|other|fellow|me|us|him|them|parliament|police|investigators|all|both|every|state|local|foreign"
    r"|senior|top)\b|[A-Z]|[a-z][\w-]*s\b"
)
_THEIR_PERSON = re.compile(
    r"['’]s? (?!\w+ (?:station|channel|network)\b)[A-Z]|.*\b(?:anchor|host|reporter|correspondent|journalist"
    r"|columnist|editor|founder)\b"
)
_PROGRAMME = re.compile(
    r"\b(?:Week|Press|Nation|Joe|Union|Morning|Today|Tonight|News|Report|Show|Hour|File|Sunday|America|World)$"
)
_LONGEST = 90  # characters
_TRIMMED = " \u00a0,'’"


def addressees(clause: Clause) -> Spans:
    """The spans of those spoken to, in the order of the text; outlets are channels and left out."""
    found: list[Span] = []
    for start in sorted(set(_places(clause))):
        span = _phrase(clause.words, start, clause.inner[1])
        if span and (not found or found[-1][1] <= span[0]):
            found.append(span)
    return tuple(clause.shifted(span) for span in found)


def _places(clause: Clause) -> Iterator[int]:
    """Where a phrase for those spoken to begins."""
    words, (low, high) = clause.words, clause.inner
    cue = words[clause.cue[0] : clause.cue[1]]
    if _TELL.search(cue) and not _HEARD.search(cue):
        yield clause.cue[1]
    elif behind := _CUE_TO.match(words, clause.cue[1], high):
        yield behind.end()
    for match in _TO.finditer(words, low, high):
        yield match.end()


def _phrase(words: str, start: int, limit: int) -> Span | None:
    while start < limit and words[start] in " \u00a0":
        start += 1
    match = _PHRASE.match(words, start, min(limit, start + _LONGEST))
    if match is None or not _OPENS.match(words, start):
        return None
    phrase = match[0].rstrip(_TRIMMED)
    phrase = re.sub(r"(?: (?:of|the|a|an))+$", "", phrase)
    if not phrase or any(_is_channel(phrase, one.span) for one in outlets_in(phrase)):
        return None
    return start, start + len(phrase)


def _is_channel(phrase: str, outlet: Span) -> bool:
    """Whether the outlet itself was told, and not one of its people."""
    theirs = _THEIR_PERSON.match(phrase, outlet[1]) and not _PROGRAMME.search(phrase, outlet[1])
    return not phrase[: outlet[0]].endswith(" of ") and not theirs
