"""The words around a cue that decide what it does; and what a content does by its own form: it asks,
promises, calls for something, declines, or tells a thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from onrecord.lang import word_list, word_row, word_set
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
class CueContext:
    """The words that decide a stance, each tuple in the order of the text."""

    before: tuple[Word, ...]  # walked from the cue to the left, and the negation of a speaker "nobody"
    cue: tuple[Word, ...]
    between: tuple[Word, ...]  # from the cue to a content behind it, without the speaker
    content: tuple[Word, ...]
    behind: tuple[Word, ...]  # a few words behind the content
    left: str  # the word just left of the cue
    follows: bool  # the content begins behind the start of the cue


def clause(doc: Doc, *, speaker: Spans, cue: Spans, content: Spans) -> CueContext:
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
    return CueContext(tuple(before), tuple(inside), tuple(between), tuple(told), tuple(behind), left, follows)


def _within(word: Word, spans: Spans) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _subject(doc: Doc, speaker: Spans) -> list[Word]:
    """The negation of a speaker that is nobody: "no one", "neither side", "few", "not everyone"."""
    if not speaker:
        return []
    start, end = speaker[0]
    heads = words(doc).between(start, min(end, start + _WIDE))[:2]
    if not heads or heads[0].low not in word_list("stance", "subject"):
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
    if words and words[0].low in word_list("stance", "main"):
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
    if {word.low for word in main[:at]} & word_list("stance", "obliges_i"):
        return False
    passed = NEGATIONS | {"to", "also", "now", "only"}
    rest = [word.low for word in main[at + 1 : at + 6] if word.low not in passed]
    if not rest or rest[0] in ("have", "'ve", "know", "expect"):
        return False
    if rest[0] == "be":
        return len(rest) > 1 and rest[1].endswith(word_row("stance", "obliges_ed"))
    return rest[0].isalpha()


def _plain(word: Word) -> bool:
    return word.low.isalpha() and word.low not in AUXILIARIES


def _next(main: Sequence[Word], at: int) -> str:
    return main[at + 1].low if at + 1 < len(main) else ""
