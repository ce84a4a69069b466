"""The words around a cue that decide what it does: before it, in it, between it and the content, behind it.

Negation often stands just outside the cue ("has yet to say", "without saying", "nor did he say"), so the
words before it are walked from right to left as long as they are auxiliaries, adverbs, negations or verbs of
not saying; the first other word ends the walk. Only a bounded stretch of text is looked at, whatever the
size of the report.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lang import word_list
from onrecord.reading.stance.words import NOUNS, TELLING_NOUNS, VERBS
from onrecord.text.doc import Doc
from onrecord.text.words import Word, words
from onrecord.values import Spans

_WIDE = 160  # characters looked at before the cue, between it and the content, and behind the content
_DEEP = 600  # characters of one piece of the cue or of the content looked at: some three sentences

NEGATIONS = word_list("stance", "negations")
AUXILIARIES = word_list("stance", "auxiliaries")
ADVERBS = word_list("stance", "adverbs")
_EVERY = word_list("stance", "every")
_INVERTED = word_list("stance", "inverted")
_OWNS = word_list("stance", "owns")
_SUBJECTS = word_list("stance", "subjects")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that decide a stance, each tuple in the order of the text."""

    before: tuple[Word, ...]  # walked from the cue to the left, and the negation of a speaker "nobody"
    cue: tuple[Word, ...]
    between: tuple[Word, ...]  # from the cue to a content behind it, without the speaker
    content: tuple[Word, ...]
    behind: tuple[Word, ...]  # a few words behind the content
    left: str  # the word just left of the cue
    follows: bool  # the content begins behind the start of the cue


def clause(doc: Doc, *, speaker: Spans, cue: Spans, content: Spans) -> Clause:
    """The words around ``cue``; every list is empty where there is nothing to look at."""
    between_of = words(doc).between
    inside = [word for start, end in cue for word in between_of(start, min(end, start + _DEEP))]
    told = [word for start, end in content for word in between_of(start, min(end, start + _DEEP))]
    first = cue[0][0] if cue else 0
    last = cue[-1][1] if cue else 0
    follows = bool(cue and content and content[-1][0] >= first)
    begins = next((start for start, _ in content if start >= last), last)
    stretch = between_of(last, min(begins, last + _WIDE))
    between = [word for word in stretch if not _within(word, speaker) and not _within(word, content)]
    closing = content[-1][1] if content else 0
    behind = between_of(closing, closing + _WIDE)[:4] if content else ()
    before = _subject(doc, speaker) + (_before(doc, cue, speaker, content) if cue else [])
    left = next((word.low for word in reversed(between_of(max(0, first - 30), first))), "")
    return Clause(tuple(before), tuple(inside), tuple(between), tuple(told), tuple(behind), left, follows)


def _within(word: Word, spans: Spans) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _subject(doc: Doc, speaker: Spans) -> list[Word]:
    """The negation of a speaker that is nobody: "no one", "neither side", "few", "not everyone"."""
    if not speaker:
        return []
    start, end = speaker[0]
    heads = words(doc).between(start, min(end, start + _WIDE))[:2]
    if not heads or heads[0].low not in ("no", "nobody", "none", "neither", "few", "not"):
        return []
    alone = len(heads) < 2
    if heads[0].low == "no" and (alone or not heads[1].low.isalpha()):  # "No. 10"
        return []
    if heads[0].low == "not" and (alone or heads[1].low not in _EVERY):
        return []
    return list(heads[:1])


def _before(doc: Doc, cue: Spans, speaker: Spans, content: Spans) -> list[Word]:
    """The words left of the cue that belong to its verb, in the order of the text.

    What is done to somebody's claim ("dismissed Israel's claim", "denied a charge by the union") is done by
    another, so nothing left of the claim and its owner belongs to it.
    """
    first = cue[0][0]
    near = words(doc).between(max(0, first - _WIDE), first)
    kept: list[Word] = []
    noun = names_a_telling(doc, speaker, cue)
    if noun and (owns(doc.text, speaker, cue) or (speaker and speaker[0][0] >= cue[-1][1])):
        return kept
    crossed = False  # the speaker stands between: "nor did he say", "denied that he said", "whether he said"
    for at in range(len(near) - 1, -1, -1):
        word = near[at]
        if _within(word, content):
            break
        if _within(word, speaker):
            crossed = True
            noun = noun and word.low not in _SUBJECTS
            continue
        if word.low == "one" and at and near[at - 1].low == "no":
            continue
        beside = [other.low for other in near[max(0, at - 1) : at + 2]]
        if not _belongs(word.low, crossed=crossed, beside=beside):
            break
        if noun and crossed and not kept and _denies(word.low):
            break  # "denied Israeli claims": no clause begins between, so the claims are what is denied
        kept.append(word)
    return kept[::-1]


def names_a_telling(doc: Doc, speaker: Spans, cue: Spans) -> bool:
    """Whether the cue is a noun that tells ("repeated claim" of an owner, "'s allegation"), or may be one."""
    told = (words(doc).between(start, min(end, start + _WIDE)) for start, end in cue)
    heads = [word.low for some in told for word in some if word.low.isalpha()]
    return bool(heads) and heads[-1 if owns(doc.text, speaker, cue) else 0] in TELLING_NOUNS


def owns(text: str, speaker: Spans, cue: Spans) -> bool:
    """Whether the speaker is told to have what the cue names: "Israel's allegation", "her account"."""
    if not speaker:
        return False
    start, end = speaker[-1]
    last = text[max(start, end - 2) : end]
    behind = text[end : cue[-1][1]].lstrip(", ")
    whole = text[start:end].lower()
    return last.endswith(("'s", "’s", "s'", "s’")) or behind.startswith(("'", "’")) or whole in _OWNS


def denies(doc: Doc, cue: Spans) -> bool:
    """Whether a verb or noun of denial stands in the cue: "has repeatedly denied", "dismissed as false"."""
    heads = (words(doc).between(start, min(end, start + _WIDE)) for start, end in cue)
    return any(_denies(word.low) for some in heads for word in some)


def _belongs(low: str, *, crossed: bool, beside: list[str]) -> bool:
    """Whether a word left of the cue may still be part of its verb."""
    entry = VERBS.get(low) or NOUNS.get(low)
    if crossed:
        return low in _INVERTED or low in AUXILIARIES or low in ("that", "whether") or _denies(low)
    if low in NEGATIONS or low in AUXILIARIES or low in ADVERBS or low in ("to", "of", "from", "short", "in"):
        return True
    if low == ",":
        return "however" in beside or "though" in beside
    return low.endswith("ly") or (entry is not None and entry.act in ("deny", "refuse", "omit"))


def _denies(low: str) -> bool:
    entry = VERBS.get(low) or NOUNS.get(low)
    return entry is not None and entry.act == "deny"
