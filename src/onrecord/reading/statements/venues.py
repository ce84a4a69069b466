"""Where a statement was made: the venue in the clause of its attribution.

A venue is an occasion ("a hearing in the Senate"), a written form or network ("a letter", "Twitter"), or else
a place beside the words of saying ("said in London", "Speaking in Geneva, ..."). What belongs to a name
("the ambassador in Caracas") lies in the speaker's words, which are blank here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.lang import either, word_list
from onrecord.reading.statements.channels import outlets_in
from onrecord.reading.statements.clause import Clause
from onrecord.reading.statements.inner import may_tell
from onrecord.values import Span, Spans

_DETERMINER = r"(?:" + either("statements", "determiner") + r"|[\w.]{1,40}(?:[’']s|s[’']))"
_STOP = rf"(?:{either('statements', 'stop')}|{_DETERMINER})\b"
_LEAD = rf"(?:{_DETERMINER} )?(?:(?!{_STOP})[\w’'&/-]{{1,40}} ){{0,5}}?"
_SPOKEN = "|".join(
    (
        rf"(?:(?:{either('statements', 'spoken_press')}) )?(?:briefing|conference(?: call)?|call)",
        "press (?:report|event|availability|gaggle)",
        either("statements", "spoken_hearing"),
        either("statements", "spoken_address"),
        either("statements", "spoken_campaign"),
        rf"{either('statements', 'spoken_service')}|Q&A",
    )
)
_WRITTEN = "|".join(
    (
        rf"statement|tweets?|(?:(?:{either('statements', 'written_blog')}) )?posts?|blog|letter",
        either("statements", "written_e"),
        either("statements", "written_declaration"),
    )
)
_AIRED = either("statements", "aired")
_NETWORKS = either("statements", "networks")
_MONTHS = either("statements", "months")
_DAYS = either("statements", "days")
_DATE = rf"(?:{_MONTHS}|{_DAYS}|{either('statements', 'date')}|\d)"
_PROPER = rf"(?!{_DATE}\b)(?:St\. |Mt\. )?(?:(?:[A-Z]\.){{2,}}|[A-Z][\w.’'-]{{0,40}}\w)"
_AND_MORE = rf"(?:(?: (?:{either('statements', 'and_more')})){{0,2}} {_PROPER}){{0,6}}"
_HALL = either("statements", "hall")
_BODY = rf"(?: (?:{_HALL}))?"
_WHERE = rf"(?: (?:{either('statements', 'where')}) (?:the )?{_PROPER}{_AND_MORE}{_BODY})?"
_OCCASION = re.compile(
    rf"\b(?:(?:[Ii]n|[Aa]t|[Dd]uring|[Vv]ia) ({_LEAD}(?:{_SPOKEN}|{_WRITTEN})\b(?![’'-]){_WHERE})"
    rf"|[Oo]n ({_LEAD}(?:{_AIRED})\b(?![’'-])))"
)
_NETWORK = re.compile(
    rf"\b(?:[Oo]n|[Vv]ia|through|to) ((?:(?:{either('statements', 'network')}) ){{0,3}}(?:{_NETWORKS})"
    r"(?: (?:account|page|channel|feed|post))?)\b"
)
_SPOT = re.compile(
    r"\b[Oo]n (the (?:House|Senate) floor|Capitol Hill|the campaign trail"
    r"|the sidelines of [^,;.\0\1\2]{3,60})"
)
_FIRST = re.compile(rf"{_DETERMINER} ")
_NEEDS_NONE = re.compile(r"(?:tweets|posts|testimony|talks|(?:\w+ )*(?:press|news) \w+)$", re.IGNORECASE)
_SIDE_CLAUSE = re.compile(rf"\b(?:{either('statements', 'side_clause')})\b|\x01")
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Oo]utside|[Ii]nside|[Nn]ear) ((?:the )?{_PROPER}{_AND_MORE}{_BODY})(?!['’])"
)
_LANGUAGES = word_list("statements", "languages")
# Between the words of saying and the place; "the ambassador in X" and "the war in X" are names.
_BESIDE = re.compile(
    r"[^\0\1\2,;:.“”]{0,50}"
    r"|[^\0\1\2;:“”]{0,40}, (?:speaking|standing|appearing|addressing|talking)\b[^\0\1\2;:“”]{0,60}"
)
_NAMED_AFTER = re.compile(
    rf"\b(?:{either('statements', 'named_after_ambassador')})\s*$|\b(?:"
    rf"{either('statements', 'named_after_who')})\b"
)
_FRAME = re.compile(
    r"[\s”’\"]*(?:(?:Earlier|Later|Also|Meanwhile)?,? ?(?:"
    + either("statements", "frame")
    + r")\b[^\0\1\2;]{0,120}|(?:Earlier|Later|Also|Meanwhile|On \w+day)?,? ?)"
)
_TO_SPEAKER = re.compile(r"(?: (?:on|last|late|early|earlier)? ?[\w ]{0,25})?,[^\0\1;]{0,60}")
_TWEETS = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)?\b", re.IGNORECASE)


def venues(clause: Clause) -> Spans:
    """The spans of where the statement of this clause was made, in the order of the text, disjoint."""
    every = set(_occasions(clause))
    if _says(clause):
        every |= {*_networks(clause), *_places(clause)}
    found: list[Span] = []
    for span in sorted(every, key=lambda one: (one[0], -one[1])):
        if not found or found[-1][1] <= span[0]:
            found.append(span)
    return tuple(clause.shifted(span) for span in found)


def _says(clause: Clause) -> bool:
    """Whether the cue tells of something said or written; a colon does."""
    return may_tell(clause.words, *clause.cue) or not any(map(str.isalpha, clause.words[slice(*clause.cue)]))


def _occasions(clause: Clause) -> Iterator[Span]:
    for match in _OCCASION.finditer(clause.words, *clause.inner):
        start, end = match.span()
        in_cue = start < clause.cue[1] and clause.cue[0] < end  # "the bitter debate about" is no venue
        phrase = match[1] or match[2]
        named = _FIRST.match(phrase) or _NEEDS_NONE.search(phrase)
        if named and (not in_cue or _says(clause)) and _told_there(clause, (start, end)):
            yield match.span(1 if match[1] else 2)


def _networks(clause: Clause) -> Iterator[Span]:
    if tweeted := _TWEETS.search(clause.words, *clause.cue):
        yield tweeted.span()
    for pattern in (_NETWORK, _SPOT):
        for match in pattern.finditer(clause.words, *clause.inner):
            if _told_there(clause, match.span()):
                yield match.span(1)


def _told_there(clause: Clause, span: Span) -> bool:
    """Whether nothing between the cue and the span leads to another matter.

    What opens the sentence ("In an interview with ..., she said ...") holds for all of it.
    """
    start, end = span
    if start >= clause.cue[1]:
        return not _SIDE_CLAUSE.search(clause.words, clause.cue[1], start)
    opens = not clause.words[:start].strip(" \"“”’'\0\1")
    return start >= clause.cue[0] or opens or not _SIDE_CLAUSE.search(clause.words, end, clause.cue[0])


def _places(clause: Clause) -> Iterator[Span]:
    named = [one.span for one in outlets_in(clause.words)]
    for match in _PLACE.finditer(clause.words, *clause.inner):
        start, end = match.span(1)
        if match[1].split()[0] in _LANGUAGES or any(a < end and start < b for a, b in named):
            continue
        if _is_beside(clause, match):
            yield start, end


def _is_beside(clause: Clause, place: re.Match[str]) -> bool:
    """Whether the place goes with the words of saying: right behind them, or framing the sentence."""
    if place.start() >= clause.core[1]:
        gap = clause.words[clause.core[1] : place.start()]
        if clause.unnamed and not gap.strip():
            return False  # "said the ambassador in Caracas"
        return bool(_BESIDE.fullmatch(gap)) and not _NAMED_AFTER.search(gap)
    if place.end() <= clause.core[0]:
        before = clause.words[clause.inner[0] : place.start()]
        behind = clause.words[place.end() : clause.core[0]]
        return bool(_FRAME.fullmatch(before) and _TO_SPEAKER.fullmatch(behind))
    return False
