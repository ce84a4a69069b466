"""Through whom a statement is known: agencies, newspapers, stations and interviews named in its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.facts import outlet_of, state_of
from onrecord.lang import either, word_list
from onrecord.reading.statements.clause import Clause
from onrecord.values import Span, Spans, Via

_WORD = r"(?:(?<!\w)[A-Z][\w’'&/-]{0,40}+(?:\.[A-Z]\.?|\.(?:com|org|net|ru|ua)\b)*|(?<!\w)\d{1,3}\b)"
_LINK = (
    r"[ \u00a0](?:(?:"
    + either("statements", "link_of")
    + r"|y|&|"
    + either("statements", "link_and")
    + r")[ \u00a0]){0,2}"
)
_NAME = rf"{_WORD}(?:{_LINK}{_WORD}){{0,5}}"
_RUN = re.compile(rf"(?<![\w@#]){_NAME}")
_KIND = rf"(?:{either('statements', 'kind_news')})"
_KIND_BEFORE = re.compile(rf"\b{_KIND},? (?:the )?({_NAME})")
_KIND_BEHIND = re.compile(rf"({_NAME}) (?:{_KIND}|TV|television|radio)\b(?! [A-Z])")
_ENDS = word_list("statements", "ends")
_MANY_WORDS = 6
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_IN_NAME = re.compile(r"['’]s | (?:and|of|the) |^(?:The |An? )?(?:\w+day|Local|State)$")


@dataclass(frozen=True, slots=True)
class OutletFound:
    """An outlet's name where it stands; ``name`` is that of the fact tables if it is known there."""

    span: Span
    name: str


@lru_cache(maxsize=16)  # channels, venues and addressees ask for the same clause
def outlets_in(text: str) -> tuple[OutletFound, ...]:
    """The outlets named in ``text``, in order, without overlaps; longer names before shorter ones.

    >>> [one.name for one in outlets_in("He told the agency's news site Coast, AFP and the Lake Herald.")]
    ['Coast', 'Agence France-Presse', 'Lake Herald']
    """
    found: list[OutletFound] = []
    shaped = {match.span(1) for shape in (_KIND_BEFORE, _KIND_BEHIND) for match in shape.finditer(text)}
    for run in _RUN.finditer(text):
        found += _in_run(text, run.span(), shaped)
    return tuple(found)


def _in_run(text: str, run: Span, shaped: set[Span]) -> Iterator[OutletFound]:
    words = [(run[0] + m.start(), run[0] + m.end()) for m in re.finditer(r"\S+", text[run[0] : run[1]])]
    at = 0
    while at < len(words):
        if text[words[at][0]].islower():
            at += 1
            continue
        for last in range(min(len(words), at + _MANY_WORDS), at, -1):
            start, end = words[at][0], words[last - 1][1]
            if text[words[last - 1][0]].islower():
                continue
            end -= len(match[0]) if (match := _POSSESSIVE.search(text[start:end])) else 0
            name = _named(text[start:end], known_shape=any(a <= start and end <= b for a, b in shaped))
            if name is not None:
                yield OutletFound((start, end), name)
                at = last - 1
                break
        at += 1


def _named(words: str, *, known_shape: bool) -> str | None:
    """The name of the outlet the words are; None if they are none."""
    *first, last = words.removeprefix("The ").split()
    known = outlet_of(words) or (outlet_of(words.title()) if words.isupper() and len(words) > 4 else None)
    if known is not None:  # "the Times" is that of the town or state the report is from
        shared = "(" in known.name or (not first and last in _ENDS)
        return words if shared else known.name
    if _NOT_IN_NAME.search(words) or words in ("The", "A", "An") or state_of(words):
        return None
    return words if known_shape or (first and last in _ENDS and first[-1][0].isupper()) else None


_WITHIN = r"[^.,;\0\1\2]"
# What may stand between the word that links and the name: "Russian news agency", "the state broadcaster".
_TITLE = re.compile(
    r"(?:(?:"
    + either("statements", "title")
    + r"|[A-Z][a-z]+(?:[’']s)?|[A-Z]{2,}(?:[’']s)?)[ \u00a0]+){0,6}$"
)
_BEFORE = 160  # characters before a name in which the words that link it stand
_PERSON = r"(?:[A-Z][\w.’'-]+ ){1,4}(?:of|from|at|on) (?:the )?"
_DAY = (
    r"(?:on |late |early |earlier |last )?"
    r"(?:\w+day |today |yesterday |(?:\w+ )?(?:morning |night |week |month ))?"
)
_ONLY_KIND = re.compile(rf"(?:\W|\b(?:{either('statements', 'only_kind')}|s)\b)*+", re.IGNORECASE)
_WRITTEN = rf"(?:{either('statements', 'written')})"
_TOLD = re.compile(rf"\b(?:told|tells?|telling)\s+(?:{_PERSON})?$")
# What stands right before the name; the first that fits decides.
_LINKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (how, re.compile(rf"\b(?:{words})\s*$", re.IGNORECASE))
    for how, words in (
        ("interview", rf"interview(?:s|ed)?\b{_WITHIN}{{0,60}}\b(?:{either('statements', 'links_with')})"),
        (
            "told",
            rf"(?:{either('statements', 'links_statement')})s?\b{_WITHIN}{{0,20}} (?:to|for|with)",
        ),
        ("told", r"(?:speaking|spoke|talking|talked) (?:\w+ly )?(?:to|with)"),
        ("broadcast", rf"(?:{either('statements', 'links_appeared')}) {_DAY}on"),
        ("published in", rf"{_WRITTEN}\b{_WITHIN}{{0,40}} (?:in|for|on|by)"),
        ("published in", rf"(?:wrote|writes|writing) {_DAY}in"),
    )
)
# The same, but these also count outside the content that the statement stands in.
_PASSED_ON: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (how, re.compile(rf"\b(?:{words})\s*$", re.IGNORECASE))
    for how, words in (
        ("according to", rf"(?:according to|per|via)(?: {_WITHIN}{{0,40}} (?:by|from|in|on|of))?"),
        (
            "quoted by",
            rf"(?:{either('statements', 'passed_on')}) {_DAY}(?:by|in|on)",
        ),
    )
)
_REPORTS = re.compile(
    rf"(?:['’]s)?,? (?:\w+ly |first |also |has |had )?({either('statements', 'reports')})\b"
)
_UP_TO_TOLD = re.compile(rf"\s*{_DAY.replace(' ', ' ?')},?\s*(?:that|as saying)?,?[\s\0“\"]*")
_BEFORE_REPORTS = re.compile(r"(?:[,\0]|\bas)[\s”\"’]*$")
_OWN_INTERVIEW = re.compile(
    r"\b(?:in|during) (?:" + either("statements", "own_interview") + r")?(?: ?[\w-]+){0,2} ?$", re.IGNORECASE
)
_INTERVIEW = re.compile(rf"\b(?:in|during) (?:{either('statements', 'own_interview')})? ?$")
_INTERVIEW = re.compile(r"(?:['’]s?)? (?:\w+ )?interview\b")


def channels(clause: Clause) -> tuple[Via, ...]:
    """The outlets through which the statement of this clause is known, in the order of the text."""
    found: list[Via] = []
    for outlet in outlets_in(clause.words):
        if not clause.outer[0] <= outlet.span[0] < outlet.span[1] <= clause.outer[1]:
            continue
        how = _how(clause, outlet)
        if how and outlet.name not in {one.name for one in found}:
            found.append(Via(outlet.name, how, (clause.shifted(outlet.span),)))
    return tuple(found)


def channel_of_parent(text: str, *, speaker: Spans, cue: Spans) -> Via | None:
    """The outlet that passes on what stands inside its statement; None if the speaker is no outlet.

    ``speaker`` and ``cue`` are those of the statement around ("CNN reported that ...").
    """
    words = " ".join(text[start:end] for start, end in speaker)
    named = outlets_in(words)
    if len(speaker) != 1 or len(named) != 1:
        return None
    (start, end), told = named[0].span, " ".join(text[a:b] for a, b in cue).lower()
    if not _ONLY_KIND.fullmatch(words[:start]) or not _ONLY_KIND.fullmatch(words[end:]):
        return None
    how = "according to" if "according" in told else "quoted by" if "quot" in told else "reported by"
    at = speaker[0][0]
    return Via(named[0].name, how, ((at + start, at + end),))


def _how(clause: Clause, outlet: OutletFound) -> str | None:
    """How the words around the name link it to the statement; None if they do not."""
    start, end = outlet.span
    low = max(clause.outer[0], start - _BEFORE)
    before = clause.words[low:start]
    untitled = before[: m.start()] if (m := _TITLE.search(before)) else before
    linked = _first(_PASSED_ON, untitled, before) or _reports(clause, outlet.span)
    if linked:
        return linked
    if not clause.inner[0] <= start < end <= clause.inner[1]:
        return None
    told = _TOLD.search(untitled) or _TOLD.search(before)
    if told:
        return "told" if clause.cue[0] <= low + told.start() < clause.cue[1] else None
    if _OWN_INTERVIEW.search(untitled) and _INTERVIEW.match(clause.words, end):
        return "interview"
    return _first(_LINKS, untitled, before)


def _first(links: tuple[tuple[str, re.Pattern[str]], ...], *stretches: str) -> str | None:
    """How the first of ``links`` links that ends one of the stretches."""
    return next((how for how, words in links if any(words.search(one) for one in stretches)), None)


def _reports(clause: Clause, outlet: Span) -> str | None:
    """Whether the outlet is told to have reported or quoted this very statement."""
    verb = _REPORTS.match(clause.words, outlet[1])
    if verb is None:
        return None
    how = "quoted by" if verb[1].startswith(("quot", "cit")) else "reported by"
    if verb.end() <= clause.core[0]:
        between = clause.words[verb.end() : clause.core[0]]
        return how if _UP_TO_TOLD.fullmatch(between) else None
    behind = outlet[0] >= clause.core[1]
    return how if behind and _BEFORE_REPORTS.search(clause.words, clause.core[1], outlet[0]) else None
