"""What somebody's noun of saying tells: "Israel's allegation that P" is told by Israel, whoever dismisses it.

Read from the form of the words alone, where such a noun with its owner opens what somebody denies: the owner
speaks, the noun is the cue, and the clause behind it is the content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.stance_words import TELLING_NOUNS
from onrecord.values import Span

_NOUN = "|".join(sorted(TELLING_NOUNS, key=len, reverse=True))
_WORD = r"(?!(?:that|which|who|when|where|whether|if|and)\b)[\w.&’'-]+"
_DESCRIBED = r"(?:[a-z]+(?:-[a-z]+)* ){0,2}"  # "repeated", "long-standing"
_NO_NAME = r"(?!(?:The|An?|Any|All|Such|Th[eo]se|This|No|H[ei][rs]|Their|Its)\b)"
_LEADING = rf"(?:(?:the|a|an|any|all|these|those|new|such) ){{0,2}}{_DESCRIBED}"
_OPENED = re.compile(
    r"[\"“']?(?:"
    # "Israel's claim that", "the union leader's claim that", "her claim that"
    rf"(?P<owner>(?:{_WORD} ){{0,6}}?(?:{_WORD}?(?:['’]s|s['’])|his|her|their|its)) {_DESCRIBED}"
    rf"(?P<owned>{_NOUN})"
    # "Israeli allegations that", "the Syrian claim that"; behind "denied" it is no verb
    rf"|(?P<people>(?:the )?{_NO_NAME}[A-Z][\w.]+(?: [A-Z][\w.]+){{0,2}}) {_DESCRIBED}(?P<theirs>{_NOUN})"
    # "a claim by the union leader, Ana Ruiz, that"
    rf"|{_LEADING}(?P<noun>{_NOUN}) by (?P<by>(?:{_WORD} ){{0,6}}?{_WORD}(?:, [^,]{{2,60}},)?)"
    r") (?=that\s+\S)"
)
_LONGEST = 200  # characters before "that"


@dataclass(frozen=True, slots=True)
class ToldNoun:
    """Who tells, by which noun, and from where on: spans of the text."""

    speaker: Span
    cue: Span
    begin: int  # of "that" and the clause

    @property
    def words(self) -> Span:
        """Owner and noun, as they stand: "Israel's allegation", "a claim by the union"."""
        return min(self.speaker[0], self.cue[0]), max(self.speaker[1], self.cue[1])


def told_noun(text: str, content: Span) -> ToldNoun | None:
    """The noun of saying and its owner that open ``content``, which is denied; None if it opens otherwise.

    >>> text = "the union's claim that the fund was empty"
    >>> told_noun(text, (0, len(text)))
    ToldNoun(speaker=(0, 11), cue=(12, 17), begin=18)
    >>> told_noun("that the union claims that the fund was empty", (0, 45)) is None
    True
    """
    start, end = content
    found = _OPENED.match(text, start, min(end, start + _LONGEST))
    if found is None:
        return None
    for owner, noun in (("owner", "owned"), ("people", "theirs"), ("by", "noun")):
        if found[owner]:
            return ToldNoun(found.span(owner), found.span(noun), found.end())
    return None
