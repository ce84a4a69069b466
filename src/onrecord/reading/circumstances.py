"""Through whom a statement is known, where it was made, and to whom.

Three places tell it: the clause of the attribution (``clause``), a sentence right behind that only tells how
the statement was made ("He made these comments in an interview with ..."), and the head of the report, whose
own outlet, agency and translator stand between us and everything in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.addressees import addressees
from onrecord.reading.channels import channels
from onrecord.reading.clause import Clause, clause_of
from onrecord.reading.places import venues
from onrecord.reading.sentences import sentences
from onrecord.values import Circumstances, Document, Spans, Via

_AHEAD = 700  # characters behind a statement in which the sentence on how it was made ends
_WORDS = r"(?:comments?|remarks?|statements?|announcement|interview|declarations?|speech|allegations?)"
_TELLS_HOW = re.compile(
    r"(?:(?:He|She|They|The (?:[\w-]+ ){1,3}|[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ ){0,3}) ?"
    r"(?:also )?(?:made|gave|delivered|issued|offered) (?:these|those|the|his|her|their|this)"
    rf" (?:\w+ ){{0,2}}{_WORDS}"
    r"|(?:He|She|They) (?:was|were) (?:speaking|talking|responding)"
    rf"|(?:The|His|Her|Their|These|Those) (?:[\w-]+ )?{_WORDS} (?:was|were|came|appeared|ran|aired))\b"
)
_EARLY = 2  # an interview told with one of a speaker's first statements is the source of all of them


def circumstances_of(
    text: str, *, speaker: Spans, cue: Spans, content: Spans, others: Sequence[Spans] = ()
) -> Circumstances:
    """The channels, venues and addressees that ``text`` names for one attribution.

    Args:
        text: the whole text the spans are of.
        speaker, cue, content: the attribution; any of them may be empty.
        others: the contents of the other attributions in the text; its own may be among them. What they
            cover is not looked at, unless the attribution stands inside.

    All spans are sorted and disjoint and overlap no content of the attribution itself.
    """
    clause = clause_of(text, speaker, cue, content, others)
    if clause is None:
        return Circumstances()
    found = Circumstances(channels(clause), venues(clause), addressees(clause))
    behind = _sentence_behind(text, (*speaker, *cue, *content), others)
    if behind is None:
        return found
    names = {one.name for one in found.via}
    via = (*found.via, *(one for one in channels(behind) if one.name not in names))
    return replace(found, via=via, venue=(*found.venue, *venues(behind)))


def _sentence_behind(text: str, spans: Spans, others: Sequence[Spans]) -> Clause | None:
    """The next sentence as a clause, if it tells how what stands before it was said."""
    last = max(end for _, end in spans)
    following = re.compile(r"[\s.”\"’')]*").match(text, last)
    start = following.end() if following else last
    match = _TELLS_HOW.match(text, start)
    if match is None:
        return None
    end = start + sentences(text[start : start + _AHEAD])[0][1]
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
