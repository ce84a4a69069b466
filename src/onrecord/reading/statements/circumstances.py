"""Through whom a statement is known, where it was made, and to whom: "told reporters", "in a letter to
lawmakers"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.lang import either
from onrecord.reading.statements.channels import channels, outlets_in
from onrecord.reading.statements.clause import Clause, clause_of
from onrecord.reading.statements.venues import venues
from onrecord.text.doc import Doc
from onrecord.values import Circumstances, Document, Span, Spans, Via

# Verbs whose object is the one spoken to, at the end of the cue.
_TELL = re.compile(
    rf"\b(?:t(?:old|ells?|elling)|(?:{either('statements', 'tell')})(?:e|ed|es|s|ing)?)$", re.IGNORECASE
)
_HEARD = re.compile(r"\b(?:was|were|been|be|being)\b", re.IGNORECASE)  # "was told": the speaker listened
_WRITING = either("statements", "writing")
_TO = re.compile(
    rf"(?:\b(?:{_WRITING})(?: (?:sent|delivered|addressed|released|provided))? to"
    r"|(?:^|, |\bwhile |\bwhen )(?:(?:[Ss]peaking|[Tt]alking)(?: \w+ly)? (?:to|with|before)|[Aa]ddressing"
    r"|[Tt]estifying (?:to|before))) +(?=\S)"
)
_CUE_TO = re.compile(r" (?:to|before) (?=\S)")  # right behind the cue: "said to his supporters"
_END = rf"(?:{either('statements', 'end_in')}|[a-z]+ly|{either('statements', 'end_early')}|\d+)\b"
_PHRASE = re.compile(rf"(?:(?!{_END})[\w’'&-]+(?:\.(?=[ ,][A-Za-z]))?[ \u00a0]?){{1,8}}")
_OPENS = re.compile(rf"(?:{either('statements', 'opens_the')})\b|[A-Z]|[a-z][\w-]*s\b")
_THEIR_PERSON = re.compile(
    rf"['’]s? (?!\w+ (?:station|channel|network)\b)[A-Z]|.*\b(?:{either('statements', 'their_person')})\b"
)
_PROGRAMME = re.compile(rf"\b(?:{either('statements', 'programme')})$")
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


_AHEAD = 700  # characters behind a statement in which the sentence on how it was made ends
_WORDS = rf"(?:{either('statements', 'words')})"
_TELLS_HOW = re.compile(
    r"(?:(?:He|She|They|The (?:[\w-]+ ){1,3}|[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ ){0,3}) ?(?:also )?"
    rf"(?:made|gave|delivered|issued|offered) (?:{either('statements', 'tells_how_these')}) "
    rf"(?:\w+ ){{0,2}}{_WORDS}|(?:He|She|They) (?:was|were) (?:speaking|talking|responding)|(?:"
    rf"{either('statements', 'tells_how_the')}) (?:[\w-]+ )?{_WORDS} (?:"
    rf"{either('statements', 'tells_how_was')}))\b"
)
_EARLY = 2  # an interview told with one of a speaker's first statements is the source of all of them


def circumstances_of(
    doc: Doc, *, speaker: Spans, cue: Spans, content: Spans, others: Sequence[Spans] = ()
) -> Circumstances:
    """The channels, venues and addressees that a text names for one attribution.

    Args:
        doc: the whole text the spans are of.
        speaker, cue, content: the attribution; any of them may be empty.
        others: the contents of the other attributions in the text; its own may be among them. What they
            cover is not looked at, unless the attribution stands inside.

    All spans are sorted and disjoint and overlap no content of the attribution itself.
    """
    clause = clause_of(doc, speaker, cue, content, others)
    if clause is None:
        return Circumstances()
    found = Circumstances(channels(clause), venues(clause), addressees(clause))
    behind = _sentence_behind(doc, (*speaker, *cue, *content), others)
    if behind is None:
        return found
    names = {one.name for one in found.via}
    via = (*found.via, *(one for one in channels(behind) if one.name not in names))
    return replace(found, via=via, venue=(*found.venue, *venues(behind)))


def _sentence_behind(doc: Doc, spans: Spans, others: Sequence[Spans]) -> Clause | None:
    """The next sentence as a clause, if it tells how what stands before it was said."""
    text, last = doc.text, max(end for _, end in spans)
    following = re.compile(r"[\s.”\"’')]*").match(text, last)
    start = following.end() if following else last
    match = _TELLS_HOW.match(text, start)
    if match is None:
        return None
    end = doc.sentences_in(start, start + _AHEAD)[0][1]
    if end < match.end() or any(a < end and start < b for pieces in others for a, b in pieces):
        return None
    told = (0, match.end() - start)
    whole = (0, end - start)
    return Clause(text[start:end], start, whole, whole, told, told)


def with_shared_interview(told: Sequence[tuple[int | None, Circumstances]]) -> tuple[Circumstances, ...]:
    """Circumstances of all statements of a report, with an interview also at the others told from it.

    Args:
        told: for each statement, in the order of the text, the entity that speaks (None: nobody known) and
            its circumstances.

    Only if the report tells of one interview with one speaker. It holds for that speaker's statements behind
    the first it is told with, and, if that is one of the first two, for those before; not for a statement
    that has a channel or a venue of its own.
    """
    held = [
        (number, who, via)
        for number, (who, one) in enumerate(told)
        for via in one.via
        if via.how == "interview" and who is not None
    ]
    if len({(who, via.spans) for _, who, via in held}) != 1:
        return tuple(one for _, one in told)
    first, speaker, interview = held[0]
    own = [number for number, (who, _) in enumerate(told) if who == speaker]
    begin = 0 if first in own[:_EARLY] else first
    return tuple(
        replace(one, via=(interview,))
        if who == speaker and number >= begin and not one.via and not one.venue
        else one
        for number, (who, one) in enumerate(told)
    )


def chain_of_report(document: Document) -> tuple[Via, ...]:
    """Through whom everything in the report is known: its agency, its outlet, its translator."""
    named = (("wire", document.wire), ("outlet", document.outlet), ("translator", document.translator))
    return tuple(Via(name, how, ()) for how, name in named if name)
