"""Hedges and distance: how sure the speaker is, and how much of it the reporter takes on.

A hedge is a word of the cue or of the main clause of the content by which the speaker is unsure ("may",
"suspects", "I think"). Distance is the reporter's own word ("claimed", "alleged", "so-called"); inside
quotation marks such a word is the speaker's, and does not count.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.quotation import MARK_CLOSE, OUT, quotation_state
from onrecord.reading.stance_clause import Clause, Word
from onrecord.reading.stance_words import VERBS, forms, word_set
from onrecord.values import Spans

_UNSURE_ADVERBS = word_set(
    """possibly perhaps maybe probably likely unlikely apparently presumably conceivably"""
)
# "They think it should change" is an opinion told as such, and "seemed to think" the reporter's doubt.
_UNSURE = word_set("suspect guess suppose presume reckon speculate")
_UNSURE_VERBS = frozenset(form for lemma in _UNSURE for form in forms(lemma))
_SEEMING = word_set("appears appeared seems seemed")
_GRADES = word_set("more less most least as so too very")  # "more likely than men" compares
_SHOWING = word_set("show suggest indicate signal imply prove demonstrate seem")
_MODALS = frozenset(("may", "might"))
_I_THINK = word_set("think believe guess suspect suppose assume")
_DISTANT = ("claim", "allege", "purport", "profess", "insist", "contend")
_CLAIMS = frozenset(form for lemma in _DISTANT for form in forms(lemma))
_SO_CALLED = word_set(
    """allegedly supposedly purportedly ostensibly reputedly so-called self-styled self-proclaimed
    alleged supposed purported"""
) - {"would-be", "self-described"}
_NOT_DISTANT = word_set("responsibility credit victory asylum")
_SUBORDINATE = word_set("which who whom whose because while although though")
_FALSE = word_set(
    """false lie lies untrue fake fabrication fabrications fabricated baseless groundless unfounded
    hoax nonsense fiction bogus fictitious rubbish slander disinformation inaccurate"""
)
_CLAIM_NOUNS = word_set(
    """it this that them they claim allegation accusation charge report story account rumor rumour
    assertion suggestion idea statement notion letter article version"""
)
_CALLING = word_set("call label brand describe term characterize characterise deem dub")


def hedges_of(text: str, near: Clause) -> list[Word]:
    """The words by which the speaker is unsure.

    In a cue such a word is as a rule the reporter's ("may recall", "apparently thinks"); only verbs of
    suspecting are the speaker's, and a guess at what a thing shows ("the votes may suggest").
    """
    found = [word for word in near.cue if word.low in _UNSURE_VERBS]
    after = {entry.lemma for word in near.cue if (entry := VERBS.get(word.low))}
    if after & _SHOWING:
        found += [word for word in near.cue if word.low in _MODALS]
    main = _first_clause(near.content)
    for at, word in enumerate(main):
        before = main[at - 1].low if at else ""
        behind = main[at + 1].low if at + 1 < len(main) else ""
        unsure = word.low in _SEEMING or (word.low in _UNSURE_ADVERBS and before not in _GRADES)
        if (unsure and _is_main(before)) or (word.low in _MODALS and _is_modal(text, word, before, behind)):
            found.append(word)
        elif word.low in _I_THINK and before in ("i", "we"):
            found += [main[at - 1], word]
    return found


def _is_main(before: str) -> bool:
    """Not "the likely winner", not "a system that seems rigged"."""
    return before not in ("that", "which", "who", "the", "a", "an", "his", "her", "its", "their")


def _is_modal(text: str, word: Word, before: str, after: str) -> bool:
    """Not the month of May, not military might."""
    if word.low == "might" and before in ("the", "of", "military", "its", "and", "their", "with"):
        return False
    if word.low == "may" and text[word.start].isupper():
        return False
    return after.isalpha()


def _first_clause(told: Sequence[Word]) -> list[Word]:
    """The words of the first sentence up to the first word that opens a subordinate clause."""
    kept: list[Word] = []
    for word in told:
        if word.low in (".", "!", "?", ";") or (word.low in _SUBORDINATE and kept):
            break
        kept.append(word)
    return kept


def distances_of(text: str, near: Clause, content: Spans, *, denied: bool) -> list[Word]:
    """The words by which the reporter keeps a distance."""
    found: list[Word] = []
    for at, word in enumerate(near.cue):
        after = near.cue[at + 1].low if at + 1 < len(near.cue) else _low(near.content)
        plain = word.low in _CLAIMS and after not in _NOT_DISTANT and not denied
        if plain or word.low in _SO_CALLED:
            found.append(word)
    marked = [word for word in near.content if word.low in _SO_CALLED]
    if marked:
        begin = max(0, content[0][0] - 400)
        states = quotation_state(text[begin : marked[-1].end])
        found += [word for word in marked if states[word.start - begin] in (OUT, MARK_CLOSE)]
    return found


def _low(told: Sequence[Word]) -> str:
    return told[0].low if told else ""


def false_call(near: Clause) -> tuple[Word, ...]:
    """The words of a claim called false: "called the report a lie"; not "called him a liar"."""
    cue = next((w for w in near.cue if (entry := VERBS.get(w.low)) and entry.lemma in _CALLING), None)
    if cue is None:
        return ()
    named = (*near.cue, *near.between, *near.content[:6])
    about = any(word.low in _CLAIM_NOUNS or word.low.removesuffix("s") in _CLAIM_NOUNS for word in named)
    wrong = next((w for w in (*near.between, *near.content[:14], *near.behind) if w.low in _FALSE), None)
    return (cue, wrong) if about and wrong else ()
