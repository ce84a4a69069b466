"""What the words of a cue do together: the act that decides, and whether it is negated.

The chain of a cue, with the words to its left, is read from left to right. A negation, or a verb of not
doing ("failed to", "stopped short of"), is carried to the next word that acts; two of them cancel out. A
word the lexicon does not know drops it ("not happy when he said"), unless nothing else acts in the cue: then
it is that word that is negated ("did not sit well with"). The first strong act decides, or a later one that
a plain word of saying hands over to ("a statement denying", "went on to deny").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lang import word_list, word_set
from onrecord.reading.stance import content as form
from onrecord.reading.stance.content import ADVERBS, AUXILIARIES, NEGATIONS, CueContext
from onrecord.reading.stance.words import FRAMES, NOUNS, VERBS, Act, VerbEntry
from onrecord.text.words import Word

STRONG = word_list("stance", "strong")

_PASSED_OVER = word_list("stance", "passed_over")
# Negations in these deny nothing: "no doubt", "not only said", "whether or not".
_IDIOMS = (
    ("no", "doubt"), ("without", "doubt"), ("without", "a", "doubt"), ("no", "question"),
    ("without", "question"), ("beyond", "question"), ("not", "only"), ("not", "just"), ("not", "merely"),
    ("not", "simply"), ("no", "secret"), ("no", "bones"), ("no", "surprise"), ("no", "wonder"),
    ("not", "surprisingly"), ("no", "apologies"), ("no", "apology"), ("not", "least"), ("or", "not"),
    ("not", "to", "mention"),
    ("not", "agree", "more"), ("no", "time"), ("no", "words"), ("no", "mistake"),
    ("without", "hesitation"), ("a", "few"), ("not", "wait"),
    ("not", "help"), ("hard", "not"), ("if", "not"), ("not", "escape"), ("not", "stress", "enough"),
    ("not", "emphasize", "enough"), ("not", "overstate"), ("little", "doubt"),
)  # fmt: skip
_BEHIND = word_list("stance", "behind")
_WILLS = word_list("stance", "wills")
_REASONS = word_list("stance", "reasons")
_CHOOSING = word_list("stance", "choosing")  # "decided not to recommend"
# Negations of a verb; "no" stands before nouns.
_VERBAL = word_list("stance", "verbal")
# What one is said not to be is what one is: "do not mind", "was not surprised by".
_LITOTES = word_list("stance", "litotes")
_BEFORE_TO = word_list("stance", "before_to")
_BE = word_list("stance", "be")
_PRONOUNS = word_list("stance", "pronouns")
_NO_SOMEBODY = _PRONOUNS | AUXILIARIES | form.WH | {"?", ".", "that", ":", "about", "“", '"'}
_BEFORE_VERB = AUXILIARIES | ADVERBS | NEGATIONS | _PRONOUNS | word_set("to and or but")
_DETERMINERS = word_list("stance", "determiners")


@dataclass(frozen=True, slots=True)
class ChainReading:
    """What the chain of a cue does: the act that decides, the negations on it, and the words it shows in."""

    act: Act | None
    negations: tuple[Word, ...] = ()  # empty if they cancel out
    shown: tuple[Word, ...] = ()  # of the act, without the negations
    rest: tuple[Word, ...] = ()  # what follows the act, up to the end of the content
    lemma: str = ""
    withheld: bool = False  # "would not say", "is not saying": negated, the speaker keeps it back


def read_chain(near: CueContext, who: Sequence[Word]) -> ChainReading:
    """The act that decides in a cue; act None if the lexicon knows no word of it.

    Args:
        near: the words around the cue.
        who: the words of the speaker, for whom "will" may be a threat.
    """
    chain = _without_idioms(near.before + near.cue)
    tail = near.between + (near.content if near.follows else ())
    no: tuple[Word, ...] = ()
    head: ChainReading | None = None
    lost: ChainReading | None = None
    for at, word in enumerate(chain):
        rest = chain[at + 1 :] + tail
        if _negates(chain, at, near):
            if head is not None and head.lemma in _CHOOSING and rest and rest[0].low == "to":
                head = None
            if head is not None and head.act != "light":
                return _negated_behind(head, word, chain[at + 1 :])
            no = (*no, word)
            continue
        entry = _entry(word, chain[at - 1].low if at else near.left, rest, at=at)
        if entry is None:
            if head is None and not _passed(word):
                lost = lost or _lost(no, word, near)
                no = no if no and _omits(no[-1]) else ()
            continue
        act, shown = _act(entry, rest, near, who)
        if act == "omit":
            no = (*no, word)
            continue
        withheld = _withheld(chain[:at], no, entry)
        found = ChainReading(act, no if _odd(no) else (), (word, *shown), rest, entry.lemma, withheld)
        if act in STRONG and (head is None or head.act == "light" or _opens(chain, at, entry)):
            return found
        if head is None or (head.act == "light" and act != "light"):
            head = found
    if head is None and _odd(no) and any(_shuns(word) for word in no):
        return ChainReading("refuse", (), no, tail)
    return lost if lost and (head is None or head.act == "light") else head or ChainReading(None, rest=tail)


def _negates(chain: Sequence[Word], at: int, near: CueContext) -> bool:
    """A negation, the "yet" of "has yet to say", the "little" of "little interest", a speaker that is few."""
    low = chain[at].low
    after = chain[at + 1].low if at + 1 < len(chain) else ""
    if low == "yet":
        return after == "to" and at > 0 and chain[at - 1].low in AUXILIARIES
    if low == "little":
        return (noun := NOUNS.get(after)) is not None and noun.act in ("say", "think")
    return low in NEGATIONS or (low == "few" and chain[at] in near.before)


def _odd(no: Sequence[Word]) -> bool:
    """Whether the negations leave one; "neither ... nor" is one."""
    return sum(word.low != "nor" or not at for at, word in enumerate(no)) % 2 == 1


def _omits(word: Word) -> bool:
    entry = VERBS.get(word.low)
    return entry is not None and entry.act == "omit"


def _shuns(word: Word) -> bool:
    entry = VERBS.get(word.low)
    return entry is not None and entry.lemma in ("avoid", "refrain", "abstain")


def _lost(no: Sequence[Word], word: Word, near: CueContext) -> ChainReading | None:
    """A negated word that the lexicon does not know: an attitude the speaker does not have."""
    verbal = bool(no) and (no[-1].low in _VERBAL or no[-1] in near.before)
    if not verbal or not _odd(no) or word.low in _LITOTES or word.low.startswith("un"):
        return None
    return ChainReading("think", tuple(no), (word,))


def _withheld(before: Sequence[Word], no: Sequence[Word], entry: VerbEntry) -> bool:
    lows = {word.low for word in before}
    keeps = bool(no) and no[-1].low in ("not", "n't", "cannot")
    return keeps and bool(lows & _WILLS or (entry.form == "ing" and lows & _BE))


def _passed(word: Word) -> bool:
    """Whether a negation reaches over this word."""
    low = word.low
    return low in _PASSED_OVER | AUXILIARIES | ADVERBS or low.endswith("ly") or not low.isalpha()


def _opens(chain: Sequence[Word], at: int, entry: VerbEntry) -> bool:
    """Whether a word behind a plain word of saying takes over: "a statement denying", "went on to deny"."""
    before = chain[at - 1].low
    return entry.form == "ing" or (entry.form == "verb" and before == "to")


def _negated_behind(head: ChainReading, word: Word, after: Sequence[Word]) -> ChainReading:
    """A negation behind the word of saying: "said nothing about", "said no to", "told no one"."""
    if head.act != "say" or head.negations or word.low not in _BEHIND:
        return head
    if word.low == "nothing":
        return ChainReading("disclose", (word,), head.shown, tuple(after), head.lemma)
    if word.low == "no" and after and after[0].low.isalpha() and after[0].low not in _REASONS:
        return head
    return ChainReading("say", (word,), head.shown, (), head.lemma)


def _without_idioms(chain: tuple[Word, ...]) -> tuple[Word, ...]:
    lows = tuple("not" if word.low in ("n't", "cannot") else word.low for word in chain)
    kept: list[Word] = []
    at = 0
    while at < len(chain):
        for idiom in _IDIOMS:
            if lows[at : at + len(idiom)] == idiom:
                at += len(idiom)
                break
        else:
            kept.append(chain[at])
            at += 1
    return tuple(kept)


def _entry(word: Word, before: str, rest: Sequence[Word], *, at: int) -> VerbEntry | None:
    """What a word is in the lexicon, as a verb or as a noun by the words beside it."""
    low = word.low
    if low in AUXILIARIES:
        return None
    verb, noun = VERBS.get(low), NOUNS.get(low)
    if verb is None or noun is None:
        return verb or noun
    after = rest[0].low if rest else ""
    before_is_light = (entry := VERBS.get(before)) is not None and entry.act == "light"
    named = at > 0 and before.isalpha() and before not in _BEFORE_VERB and not before.endswith("ly")
    if named or before in _DETERMINERS or before_is_light or after in ("about", "over", "of", "from"):
        return noun
    return verb


def _act(
    entry: VerbEntry, rest: Sequence[Word], near: CueContext, who: Sequence[Word]
) -> tuple[Act, tuple[Word, ...]]:
    """What the word does, given what follows it, and the further words that show it."""
    if entry.form == "noun":
        return entry.act, ()
    for condition, act in FRAMES.get(entry.lemma, ()):
        if (found := _holds(condition, rest, near, who)) is not None:
            return act, found
    return entry.act, ()


def _holds(
    condition: str, rest: Sequence[Word], near: CueContext, who: Sequence[Word]
) -> tuple[Word, ...] | None:
    """The words by which the condition of a frame holds (none to show: empty), or None if it does not."""
    if condition == "should":
        return _should(rest)
    if condition == "future":
        return form.threat(near.content, who) or None
    if condition == "to":
        heads = [word.low for word in rest[:4] if word.low not in ADVERBS | _BEFORE_TO]
        opens = bool(near.content) and near.follows and near.content[0].low == "to"
        return () if opens or (heads and heads[0] == "to") else None
    if condition == "that":
        opening = (*rest[:1], *(near.content[:1] if near.follows else ()))
        return () if any(word.low == "that" for word in opening) else None
    if condition == "np to":
        return _somebody_to(rest, near.content)
    reach = 8 if condition in ("about", "if", "whether") else 4
    for word in rest[:reach]:
        if word.low == condition:
            return (word,)
        if word.low in (".", '"', "“") or (condition == "to" and word.low in form.WH):
            return None
    return None


def _somebody_to(rest: Sequence[Word], told: Sequence[Word]) -> tuple[Word, ...] | None:
    """() if somebody and an infinitive follow: "told them to leave", not "told them he wanted to leave".

    The infinitive opens the content, or stands near its beginning, or just before it.
    """
    begin = told[0].start if told else 0
    first = next((at for at, word in enumerate(rest) if word.start >= begin), len(rest))
    for at, word in enumerate(rest[: first + 25]):
        if word.low == "to" and at:
            verb = next((after.low for after in rest[at + 1 : at + 3] if after.low not in form.MARKS), "")
            beside = first - 2 <= at <= first + 6 or (at > first and rest[at - 1].low == ",")
            if beside:
                return () if verb.isalpha() and verb not in _DETERMINERS else None
        if at < first + 6 and word.low in _NO_SOMEBODY:
            return None
    return None


def _should(rest: Sequence[Word]) -> tuple[Word, ...] | None:
    """The word by which what follows is said to be desirable: "should", or a deed in -ing at its head."""
    heads = [word for word in rest if word.low not in form.MARKS]
    if heads and heads[0].low.endswith("ing") and len(heads[0].low) > 5:
        return (heads[0],)
    for word in heads[:15]:
        if word.low in ("should", "ought"):
            return (word,)
        if word.low in form.WH | {".", ";"}:
            return None
    return None
