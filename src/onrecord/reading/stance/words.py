"""The words by which a speaker denies, declines, asks, promises or calls for something, or just says it.

Lemmas stand in lists by what they do; their inflected forms are made from them, so "disputes", "disputed" and
"disputing" all lead to "dispute". A verb may need a particle ("rule out"): the particle is looked for within
a few words behind it. What an act does when it is negated differs, hence more acts than polarities: not
saying is a denial of the attribution, not commenting is declining, not doubting is no denial.

What somebody's noun of saying tells: "Israel's allegation that P" is told by Israel, whoever dismisses it.

Read from the form of the words alone, where such a noun with its owner opens what somebody denies: the owner
speaks, the noun is the cue, and the clause behind it is the content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from onrecord.lang import either, verb_forms, word_list, word_lists, word_map
from onrecord.values import Span

Act = Literal["say", "disclose", "think", "deny", "refuse", "ask", "promise", "call", "omit", "light", "sure"]
Form = Literal["verb", "ing", "noun"]


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """One form of a word: its lemma, what it does, whether it is a participle in -ing or a noun."""

    lemma: str
    act: Act
    form: Form


def _act(told: str) -> Act:
    assert told in get_args(Act), told
    return cast(Act, told)


_NOUNS: dict[str, Act] = word_map("stance", "nouns")

# Adjectives and fixed words that act like verbs.
_ADJECTIVES: dict[str, Act] = word_map("stance", "adjectives")

# What a verb does depends on what follows it: the first condition that holds decides, else its own act.
# A condition is a word within four words behind the verb, or one of: "to" (an infinitive follows), "np to"
# (somebody and an infinitive), "should" (it says what should be), "future" (it says what the
# speaker will do).
FRAMES: Mapping[str, tuple[tuple[str, Act], ...]] = MappingProxyType(
    {
        verb: tuple((word, _act(act)) for word, act in (pair.split("=") for pair in pairs))
        for verb, pairs in word_lists("frames").items()
    }
)


def forms(lemma: str) -> dict[str, Form]:
    """The inflected forms of a verb.

    >>> sorted(forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    told = verb_forms(lemma)
    made: dict[str, Form] = {lemma: "verb", told.third: "verb", told.ing: "ing"}
    return made | {told.past: "verb", told.participle: "verb"}


def _lexicon() -> dict[str, VerbEntry]:
    """Every form of every verb and adjective; a form given twice keeps what stands first here."""
    found: dict[str, VerbEntry] = {}
    for act, lemmas in word_lists("verbs").items():
        for lemma in lemmas:
            for form, kind in forms(lemma).items():
                found.setdefault(form, VerbEntry(lemma, _act(act), kind))
    for word, act in _ADJECTIVES.items():
        found.setdefault(word, VerbEntry(word, act, "verb"))
    return found


def _nouns() -> dict[str, VerbEntry]:
    found: dict[str, VerbEntry] = {}
    for word, act in _NOUNS.items():
        if word == "plans":  # a single plan is a proposal, plans are intentions
            found[word] = VerbEntry(word, act, "noun")
            continue
        plural = word[:-1] + "ies" if word.endswith(("ry", "ty", "ly", "ny")) else word + "s"
        for form in (word, plural):
            found[form] = VerbEntry(word, act, "noun")
    return found


VERBS: Mapping[str, VerbEntry] = MappingProxyType(_lexicon())
NOUNS: Mapping[str, VerbEntry] = MappingProxyType(_nouns())

# What somebody's "claim that", "account that" tells: nouns that have a speaker, and a clause behind them.
TELLING_NOUNS = frozenset(noun + end for noun in word_list("stance", "tell") for end in ("", "s")) | {
    "testimony"
}


_NOUN = "|".join(sorted(TELLING_NOUNS, key=len, reverse=True))
_WORD = rf"(?!(?:{either('stance', 'word')})\b)[\w.&’'-]+"
_DESCRIBED = r"(?:[a-z]+(?:-[a-z]+)* ){0,2}"  # "repeated", "long-standing"
_NO_NAME = rf"(?!(?:{either('stance', 'no_name')})\b)"
_LEADING = rf"(?:(?:{either('stance', 'leading')}) ){{0,2}}{_DESCRIBED}"
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
