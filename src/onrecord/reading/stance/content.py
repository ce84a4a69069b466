"""What a content does by its own form: it asks, promises, calls for something, declines, or tells a thing.

Used where the cue only says that something was said. Each rule reads the main clause of the first
sentence, and answers with the words that show it; where it is unsure it finds nothing, and the content
counts as told.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from onrecord.lang import word_list, word_set
from onrecord.reading.stance.clause import ADVERBS, AUXILIARIES, NEGATIONS
from onrecord.text.words import Word

MARKS = frozenset("\"“”„«»'‘’`()[]")
WH = word_list("stance", "wh")
_ENDS = frozenset(".!?;")
_OPENERS = word_list("stance", "openers")
_OPINION = word_set("think believe say")
_OBLIGES = frozenset(("must", "should", "ought"))
_FUTURE = word_list("stance", "future")
_PLANNED = word_list("stance", "planned")
_BE = word_list("stance", "content.be")
_FIRST = frozenset(("i", "we"))
_OWN = word_list("stance", "own")
_POSSESSIVE = word_list("stance", "possessive")
# A clause that begins here is not the main one.
_SUBORDINATE = word_list("stance", "subordinate")
# What happens to somebody, or goes on in a mind, is no deed one can promise.
_NO_DEED = word_list("stance", "no_deed")
# A person does these, so "it will" with them is the promise of a body, not the weather.
_BODIES = word_list("stance", "bodies")
# Deeds that are hardly ever forecast: the speaker does them, or they strike somebody.
DEEDS = word_list("stance", "deeds")
_ABLE = word_list("stance", "able")
_ON_THE_WAY = word_list("stance", "on_the_way")
_REFUSING = word_set("refuse decline")
_ANSWERING = word_list("stance", "answering")
# "Do not worry" calls for nothing, nor does "don't know".
_IDLE = word_list("stance", "idle")
_IMPERATIVES = word_list("stance", "imperatives")


def question(told: Sequence[Word], *, whole_ends_so: bool, pieces: int) -> tuple[Word, ...]:
    """The question marks of a content that is a question by its form: most of its sentences ask."""
    ends = [word for word in told if word.low in _ENDS and word.low != ";"]
    asking = [word for word in ends if word.low == "?"]
    sentences = max(len(ends), pieces)
    if not asking or not whole_ends_so or (sentences > 1 and len(asking) * 2 <= sentences):
        return ()
    return (asking[-1],)


def promise(told: Sequence[Word], speaker: Sequence[Word], *, quoted: bool) -> tuple[Word, ...]:
    """The words by which the speaker commits himself or his side: "we will leave", "he would run"."""
    return _commits(_main(told), () if quoted else speaker)


def threat(told: Sequence[Word], speaker: Sequence[Word]) -> tuple[Word, ...]:
    """Like ``promise``, of deeds that strike somebody: for cues that also tell of what will merely happen."""
    found = promise(told, speaker, quoted=False)
    if not found:
        return ()
    deed = next((word for word in told if word.start >= found[-1].end and _plain(word)), None)
    return found if deed and deed.low in DEEDS else ()


def call(told: Sequence[Word], *, quoted: bool) -> tuple[Word, ...]:
    """The words by which somebody is called on: "Russia must withdraw", an imperative in quotes."""
    main = _main(told)
    if not main:
        return ()
    if quoted and (found := _imperative(main)):
        return found
    lows = [word.low for word in main[:4]]
    if lows[:2] in (["it", "is"], ["it", "'s"], ["it", "was"]) and lows[2:3] == ["time"]:  # "it's time to go"
        return (main[2],)
    if [word.low in group for word, group in zip(main, (_FIRST, _OPINION), strict=False)] == [True, True]:
        main = main[3:] if _next(main, 1) == "that" else main[2:]  # "I think he should resign"
    for at, word in enumerate(main[:12]):
        if word.low in _SUBORDINATE or word.low in ("i", ",", "?", ":"):
            return ()
        if word.low in _OBLIGES or (word.low in ("need", "needs") and _next(main, at) == "to"):
            return (word,) if at and _obliges(main, at) else ()
        if word.low in AUXILIARIES:
            return ()
    return ()


def declining(told: Sequence[Word], speaker: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a content that itself declines: "No comment", "he would refuse to answer"."""
    words = [word for word in told[:12] if word.low not in MARKS]
    if [word.low for word in words[:2]] == ["no", "comment"]:
        return tuple(words[:2])
    main = _main(told)
    if not main or not _own_subject(main[0].low, speaker):
        return ()
    able = {word.low for word in main[1:4]} & _ABLE
    no = next((word for word in main[1:4] if word.low in NEGATIONS or word.low in _REFUSING), None)
    if no is None or not (able or no.low in _REFUSING):
        return ()
    for word in main[2:8]:
        if word.low in _ANSWERING:
            return no, word
        if _plain(word) and word.low not in _ON_THE_WAY | NEGATIONS | _REFUSING:
            return ()
    return ()


def _main(told: Sequence[Word]) -> list[Word]:
    """The first sentence without marks and opening words; the clause behind a leading "if" clause."""
    words = [word for word in told if word.low not in MARKS]
    while words and words[0].low in _OPENERS:
        words.pop(0)
    words = list(takewhile(lambda word: word.low not in _ENDS, words))
    if words and words[0].low in ("if", "when", "unless", "as", "until", "once"):
        comma = next((at for at, word in enumerate(words) if word.low == ","), None)
        return words[comma + 1 :] if comma is not None else words
    return words


def _commits(main: list[Word], speaker: Sequence[Word]) -> tuple[Word, ...]:
    """Subject, future and deed at the head of the clause."""
    if not main:
        return ()
    who, at = main[0], 1
    futures = _FUTURE if who.low in _FIRST | {"my", "our"} else _FUTURE | {"would", "'d"}
    if who.low in _POSSESSIVE:  # "our forces will", "his government would"
        at = next((n for n in range(2, min(5, len(main))) if main[n].low in futures | _PLANNED), 0)
        if any(word.low in AUXILIARIES | NEGATIONS for word in main[1:at]):  # "his country does not plan"
            return ()
    elif not _own_subject(who.low, speaker):
        at = 0
    if not at or at >= len(main):
        return ()
    if main[at].low in futures:
        deed = at + 1
    elif main[at].low in _PLANNED and _next(main, at) == "to":
        return who, main[at]
    elif main[at].low in _BE and _next(main, at) == "going" and _next(main, at + 1) == "to":
        deed = at + 3
    else:
        return ()
    return (who, main[at]) if _is_deed(main[deed:]) else ()


def _is_deed(rest: Sequence[Word]) -> bool:
    """Whether a deed follows, perhaps behind an adverb; what one will not do is told as so."""
    if rest and rest[0].low == ",":  # "we will, of course, leave"
        commas = [at for at, word in enumerate(rest[:14]) if word.low == "," and at + 1 < len(rest)]
        rest = rest[commas[-1] + 1 :] if commas else ()
    if len(rest) > 1 and rest[0].low == "be" and rest[1].low.endswith("ing"):  # "we will be suing them"
        rest = rest[1:]
    for word in rest[:4]:
        if word.low in NEGATIONS:
            return False
        if not word.low.endswith("ly") and word.low not in ADVERBS:
            return word.low not in _NO_DEED and _plain(word)
    return False


def _own_subject(low: str, speaker: Sequence[Word]) -> bool:
    """Whether a pronoun at the head of a content can be the speaker."""
    if low in _FIRST:
        return True
    if not speaker:
        return False
    if low == "it":
        return speaker[0].low == "it" or any(word.low in _BODIES for word in speaker)
    if low not in _OWN:
        return False
    pronoun = speaker[0].low if speaker[0].low in _OWN | {"it"} else None
    return pronoun is None or pronoun == low


def _imperative(main: list[Word]) -> tuple[Word, ...]:
    head = main[0].low
    after = _next(main, 0)
    if head == "let" and after in ("us", "'s", "them", "him", "her"):
        return (main[0],)
    if head in ("do", "never") and len(main) > 2 and (head == "never" or after in ("not", "n't")):
        verb = main[1 if head == "never" else 2]
        return (main[0], main[1]) if _plain(verb) and verb.low not in _IDLE else ()
    if head in _IMPERATIVES and after not in AUXILIARIES and after not in ("of", ","):
        return (main[0],)
    return ()


def _obliges(main: list[Word], at: int) -> bool:
    """Whether an obligation asks for a deed: not "must be tired", "should have known", "that should do"."""
    if {word.low for word in main[:at]} & {"i", "it", "there", "this", "that", "you"}:
        return False
    passed = NEGATIONS | {"to", "also", "now", "only"}
    rest = [word.low for word in main[at + 1 : at + 6] if word.low not in passed]
    if not rest or rest[0] in ("have", "'ve", "know", "expect"):
        return False
    if rest[0] == "be":
        return len(rest) > 1 and rest[1].endswith(("ed", "en", "ing", "held", "made", "sent", "put"))
    return rest[0].isalpha()


def _plain(word: Word) -> bool:
    return word.low.isalpha() and word.low not in AUXILIARIES


def _next(main: Sequence[Word], at: int) -> str:
    return main[at + 1].low if at + 1 < len(main) else ""
