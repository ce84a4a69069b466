"""Whether what is found inside a content is speech: the words of the cue decide, and who holds it.

The lists are stems of verbs of saying and of the nouns made from them ("accus" covers accused and
accusation), written down from English reporting. An utterance is something said, written or demanded,
whoever did it; a stance is a state of mind.
"""

from __future__ import annotations

import re

from onrecord.lang import either, word_list
from onrecord.reading.stance.content import AUXILIARIES, names_a_telling, owns
from onrecord.reading.stance.words import VERBS
from onrecord.text.doc import Doc
from onrecord.text.words import words
from onrecord.values import Spans

_UTTERANCE = re.compile(
    r"(?<![\w-])(?:" + either("saying", "stems") + r")(?:[a-z]{0,6}(?<!ly))(?![\w-])", re.IGNORECASE
)
_STANCE = re.compile(rf"\b(?:{either('statements', 'stance')})", re.IGNORECASE)
_PASSED_ON = re.compile(r"\b(?:as )?(?:according to|(?:reported|quoted|cited) by)\b", re.IGNORECASE)
_MODALS = either("statements", "modals")
# Not said, or not yet: "would say", "to demand", "about saying"; or heard: "was told", "is called".
_UNREAL = re.compile(
    rf"\b(?:{_MODALS}|{either('statements', 'unreal_about')})\b|['’](?:d|ll)\b|^(?:(?:has|have|had"
    rf"|having) (?:also |not |never |since )?)?(?:{either('statements', 'unreal_is')})(?:n[’']t)? "
    rf"(?:(?:{either('statements', 'unreal_also')}) )?(?!\w+ing\b)",
    re.IGNORECASE,
)
_UNREAL_BEFORE = re.compile(rf"\b(?:{_MODALS}|if|unless|until|whether)\s$", re.IGNORECASE)
_SAID_EARLIER = re.compile(
    rf"(?:(?:have|had|[’']ve|[’']d) )?(?:(?:{either('statements', 'said_earlier_also')}) )?(?:"
    rf"{either('statements', 'said_earlier_w')})",
    re.IGNORECASE,
)
_LINKS = re.compile(r"\b(?:is|are|was|were)$", re.IGNORECASE)  # "her announcement was"
_GOES_ON = re.compile(rf"(?:{either('statements', 'goes_on')})", re.IGNORECASE)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FIRST_PERSON = _listed("i we")
_PRONOUNS = word_list("statements", "pronouns")
_NOBODY = word_list("statements", "nobody")
_ASIDE = word_list("statements", "aside")
# What opens the content of a noun of saying; without one of these it must be a clause.
_OPENS = word_list("statements", "opens")
_RELATIVES = word_list("statements", "relatives")
_LONGEST_CLAUSE = 400  # characters of a content in which its verb is looked for
_LONGEST_ASIDE = 70  # characters
_MOST_BEFORE = 3  # words of a cue before the word of saying: "provided a written statement"
_FEWEST_WORDS = 3  # of a content: "it", "that message", "prosecution" tell nothing


def may_tell(text: str, start: int, end: int) -> bool:
    """Whether a word of saying stands in ``text[start:end]``: the cheap test before it is read again."""
    return bool(_UTTERANCE.search(text, start, end) or _PASSED_ON.search(text, start, end))


def tells(doc: Doc, speaker: Spans, cue: Spans, content: Spans) -> bool:
    """Whether a finding inside a content says that somebody uttered, or that another one holds, something."""
    text = doc.text
    if not speaker or not cue or sum(len(text[a:b].split()) for a, b in content) < _FEWEST_WORDS:
        return False
    holder, by = _words(text, speaker), _words(text, cue)
    first = holder.split()[0].lower().rstrip(",")
    if first in _NOBODY or not _of_the_noun(doc, speaker, cue, content):
        return False
    if _PASSED_ON.match(by):
        return first not in _PRONOUNS
    around = (text[max(0, spans[0][0] - 10) : spans[0][0]] for spans in (speaker, cue))
    if any(_UNREAL_BEFORE.search(before) for before in around):
        return False
    told = _UTTERANCE.search(by)
    if told is None:
        return bool(_STANCE.match(by)) and holder[0].isupper() and first not in _PRONOUNS
    repeated = first not in _FIRST_PERSON or _SAID_EARLIER.fullmatch(by[: told.end()])
    return bool(repeated) and _uttered(by, told)


def _of_the_noun(doc: Doc, speaker: Spans, cue: Spans, content: Spans) -> bool:
    """Whether a content is what somebody's claim says, and not what another says of the claim.

    "Called the union's allegations a sham", "the union's allegations were a sham": no words of the union.
    """
    owned = owns(doc.text, speaker, cue) and names_a_telling(doc, speaker, cue)
    if not owned or content[0][0] < cue[-1][1]:
        return True
    start, end = content[0]
    told = [word.low for word in words(doc).between(start, min(end, start + _LONGEST_CLAUSE))]
    first = told[0] if told else ""
    if first in _OPENS or doc.text[start] in '"“‘«':
        return True
    if first == "as" or first in AUXILIARIES:
        return False
    clause = told[1 : next((at for at, low in enumerate(told) if low in _RELATIVES), len(told))]
    return any(low in AUXILIARIES or low in VERBS or low.endswith("ed") for low in clause)


def _uttered(cue: str, told: re.Match[str]) -> bool:
    """Whether the word of saying in the cue tells of something that was said."""
    before = cue[: told.start()].split()
    if len(before) > _MOST_BEFORE:
        return False  # "serves as a major wake-up call"
    if told[0].lower().endswith("ing") and before and not _GOES_ON.fullmatch(before[-1]):
        return False  # "does not feel comfortable telling"
    return not _UNREAL.search(cue[: told.end()]) and not _LINKS.search(cue)


def trimmed(text: str, speaker: Spans, cue: Spans, content: Spans) -> Spans:
    """The content without the aside before it in "as she said two days ago, we must leave".

    "As X said" governs what follows the comma; the network takes the words on when and where into the
    content.
    """
    start, end = content[0]
    before = text[max(0, speaker[0][0] - 6) : speaker[0][0]].rstrip().lower()
    comma = text.find(",", start, min(end, start + _LONGEST_ASIDE))
    if not re.search(r"\b(?:as|like)$", before) or cue[-1][1] > start or comma < 0:
        return content
    rest = comma + 1
    while rest < end and text[rest].isspace():
        rest += 1
    aside = re.findall(r"[^\W\d]+", text[start:comma].lower())
    if rest == end or not all(word in _ASIDE for word in aside):
        return content
    return ((rest, end), *content[1:])


def _words(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans)
