"""Whether a speaker asserts a content, denies it, declines, asks, promises or calls for it.

The cue and the words around it are read from left to right: negations are carried to the next word of
saying, doubting or refusing ("did not immediately respond", "refused to say", "never denied"), and the first
word with an act of its own decides, with what follows it ("asked whether", "asked them to"). Where the cue
merely says that something was said, the form of the content decides ("We will ...", "Russia must ...").
A statement that nothing speaks against is an assertion. The measure of a denial is whether the content,
read alone, would be the opposite of what the speaker holds: «denied that P» denies P, «said that not P»
asserts not P.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.reading import stance_content as form
from onrecord.reading.stance_clause import ADVERBS, AUXILIARIES, NEGATIONS, Clause, Word, clause, words
from onrecord.reading.stance_tone import distances_of, false_call, hedges_of
from onrecord.reading.stance_words import FRAMES, NOUNS, VERBS, Act, Entry, word_set
from onrecord.values import Polarity, Span, Spans, Stance

_PASSED_OVER = word_set(
    """to of that the a an his her its their our my your any some such this these those more new no-
    one by with for in on as and or it he she they we i you him them us who which clear-cut"""
)
# Negations in these deny nothing: "no doubt", "not only said", "whether or not".
_IDIOMS = (
    ("no", "doubt"), ("without", "doubt"), ("without", "a", "doubt"), ("no", "question"),
    ("without", "question"), ("beyond", "question"), ("not", "only"), ("not", "just"), ("not", "merely"),
    ("not", "simply"), ("no", "secret"), ("no", "bones"), ("no", "surprise"), ("no", "wonder"),
    ("not", "surprisingly"), ("no", "apologies"), ("no", "apology"), ("not", "least"), ("or", "not"),
    ("not", "to", "mention"),
    ("not", "agree", "more"), ("no", "time"), ("no", "words"), ("no", "mistake"),
    ("without", "hesitation"), ("a", "few"),
)  # fmt: skip
_POLARITY: dict[Act, Polarity] = {
    "deny": "denies", "refuse": "declines", "ask": "questions", "promise": "promises", "call": "calls_for",
}  # fmt: skip
_STRONG = frozenset(_POLARITY)
_WILLS = frozenset(("would", "will", "wo", "could", "ca", "can", "cannot"))
_REASONS = word_set("evidence proof sign signs indication indications basis reason hint to such one")
_CHOOSING = word_set("decide choose opt elect prefer seem appear")  # "decided not to recommend"
_BEFORE_TO = word_set("not himself herself itself themselves ourselves")
_TELLING = word_set("say tell indicate state explain suggest write report")
_PRONOUNS = word_set("i we he she they which")
_NO_SOMEBODY = _PRONOUNS | AUXILIARIES | form.WH | {"?", ".", "that", ":", "“", '"'}
_DETERMINERS = word_set(
    """the a an any no his her its their our my your 's such new more some this these those few
    repeated"""
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the chain of a cue does: the act that decides, the negations on it, and the words it shows in."""

    act: Act | None
    negations: tuple[Word, ...]
    shown: tuple[Word, ...]  # of the act, without the negations
    rest: tuple[Word, ...]  # what follows the act, up to the end of the content
    lemma: str = ""
    withheld: bool = False  # "would not say", "is not saying": negated, the speaker keeps it back


def stance_of(text: str, *, speaker: Spans, cue: Spans, content: Spans) -> Stance:
    """How the speaker stands to ``content``, with the characters that show it.

    Args:
        text: the text the spans point into.
        speaker: the pieces of the speaker; may be empty.
        cue: the pieces of the words of attribution; may be empty.
        content: the pieces of the content; may be empty.

    Returns:
        The polarity with its evidence, the speaker's hedges and the reporter's distance; all spans sorted,
        without overlaps. Takes time bounded by the number of pieces, whatever their length.

    >>> text = "The minister never denied that he had met them."
    >>> stance_of(text, speaker=((0, 12),), cue=((13, 25),), content=((26, 46),)).polarity
    'asserts'
    """
    near = clause(text, speaker=speaker, cue=cue, content=content)
    who = tuple(word for start, end in speaker[:1] for word in words(text, start, min(end, start + 160)))
    polarity, shown, hedged = _decide(text, near, who, content)
    hedges = hedges_of(text, near, content) + list(hedged)
    return Stance(
        polarity,
        evidence=_spans(shown),
        hedges=_spans(hedges),
        distances=_spans(distances_of(text, near, content, denied=polarity == "denies")),
    )


def _spans(found: Iterable[Word]) -> Spans:
    return tuple(sorted({word.span for word in found}))


_Decision = tuple[Polarity, tuple[Word, ...], tuple[Word, ...]]


def _decide(text: str, near: Clause, who: Sequence[Word], content: Spans) -> _Decision:
    """The polarity, the words that show it, and those that make a denied denial uncertain."""
    if found := _confirm_or_deny(near):
        return "declines", found, ()
    read = _read(near, who)
    if read.act is not None and (read.act in _STRONG or read.negations):
        decided = _polarity(read)
        if decided is not None:
            return decided
    if found := false_call(near):
        return "denies", found, ()
    if found := _will_do(near):
        return "promises", found, ()
    if found := _asked_by_reporter(text, near, content):
        return "questions", found, ()
    if not content or read.act in ("think", "sure"):
        return "asserts", (), ()
    return *_by_form(text, near, who, content), ()


def _will_do(near: Clause) -> tuple[Word, ...]:
    """The future of a cue that is itself a deed announced: "will sue", "will support"; not "will resonate"."""
    if len(near.cue) < 2 or near.cue[0].low not in ("will", "'ll"):
        return ()
    deed = next((word for word in near.cue[1:] if not word.low.endswith("ly")), None)
    return near.cue[:1] if deed is not None and deed.low in form.DEEDS else ()


def _asked_by_reporter(text: str, near: Clause, content: Spans) -> tuple[Word, ...]:
    """The question mark of a reporter who only asks: "But has he called for it?"."""
    if not near.follows or not near.behind or near.behind[0].low != "?" or _quoted(text, content[0]):
        return ()
    return near.behind[:1]


def _polarity(read: _Reading) -> _Decision | None:
    """What an act or a negated act amounts to; None if it leaves the content asserted."""
    act, no, shown = read.act, read.negations, read.negations + read.shown
    if act == "light":
        return None
    if act in _STRONG and not no:
        return _POLARITY[act], shown, ()
    if act == "deny":
        return "asserts", shown, shown
    if act in ("refuse", "ask"):
        return "asserts", shown if act == "refuse" else (), ()
    asks = bool(read.rest) and read.rest[0].low in form.WH
    if act == "sure" or read.lemma in ("know", "understand", "remember"):
        return ("questions" if asks else "denies"), shown, ()
    if act == "disclose" or (act == "say" and (read.withheld or (asks and read.lemma in _TELLING))):
        return "declines", shown, ()
    return "denies", shown, ()


def _confirm_or_deny(near: Clause) -> tuple[Word, ...]:
    """The words of "would neither confirm nor deny"."""
    chain = near.before + near.cue + near.between
    for at, word in enumerate(chain):
        entry = VERBS.get(word.low)
        if entry is None or entry.lemma != "confirm":
            continue
        denial = next((w for w in chain[at + 1 : at + 4] if _is(w, "deny")), None)
        refusals = tuple(w for w in chain[:at] if w.low in NEGATIONS or _is(w, "refuse"))
        if denial is not None and refusals:
            return *refusals, word, denial
    return ()


def _is(word: Word, act: Act) -> bool:
    entry = VERBS.get(word.low)
    return entry is not None and entry.act == act


def _read(near: Clause, who: Sequence[Word]) -> _Reading:
    """Walks the chain of the cue to the act that decides."""
    chain = _without_idioms(near.before + near.cue)
    tail = near.between + (near.content if near.follows else ())
    no: list[Word] = []
    odd = 0
    head: _Reading | None = None
    for at, word in enumerate(chain):
        rest = chain[at + 1 :] + tail
        if word.low in NEGATIONS:
            if head is not None and head.lemma in _CHOOSING and rest and rest[0].low == "to":
                head = None
            if head is not None and head.act != "light":
                return _negated_behind(head, word, chain[at + 1 :])
            odd += not (word.low == "nor" and no)
            no.append(word)
        elif word.low == "yet" and rest and rest[0].low == "to" and at and chain[at - 1].low in AUXILIARIES:
            odd += 1
            no.append(word)
        elif entry := _entry(word, chain[at - 1].low if at else near.left, rest):
            act, shown = _act(entry, rest, near, who)
            if act == "omit":
                odd += 1
                no += [word, *shown]
                continue
            negated = tuple(no) if odd % 2 else ()
            keeps = bool(no) and no[-1].low in ("not", "n't", "cannot")
            withheld = keeps and (entry.form == "ing" or any(w.low in _WILLS for w in chain[:at]))
            found = _Reading(act, negated, (word, *shown), rest, entry.lemma, withheld)
            if act == "light":
                head = head or found
            elif head is None or head.act == "light":
                if act in _STRONG:
                    return found
                head = found
            elif act in _STRONG and _opens(chain, at, entry):
                return found
        elif not _passed(word) and head is None and not (no and _is(no[-1], "omit")):
            no, odd = [], 0
    if head is None and odd % 2 and any(_omits(word) for word in no):
        return _Reading("refuse", (), tuple(no), tail)
    return head or _Reading(None, (), (), tail)


def _omits(word: Word) -> bool:
    entry = VERBS.get(word.low)
    return entry is not None and entry.lemma in ("avoid", "refrain", "abstain")


def _passed(word: Word) -> bool:
    """Whether a negation reaches over this word."""
    low = word.low
    return low in _PASSED_OVER | AUXILIARIES | ADVERBS or low.endswith("ly") or not low.isalpha()


def _opens(chain: Sequence[Word], at: int, entry: Entry) -> bool:
    """Whether a word behind a plain word of saying takes over: "a statement denying", "went on to deny"."""
    before = chain[at - 1].low
    return entry.form == "ing" or (entry.form == "verb" and before == "to")


def _negated_behind(head: _Reading, word: Word, after: Sequence[Word]) -> _Reading:
    """A negation behind the word of saying: "said nothing about", "said no to", "told no one"."""
    if head.act != "say" or head.negations or word.low not in ("nothing", "no", "none", "nobody"):
        return head
    if word.low == "nothing":
        return _Reading("disclose", (word,), head.shown, tuple(after), head.lemma)
    if word.low == "no" and after and after[0].low.isalpha() and after[0].low not in _REASONS:
        return head
    return _Reading("say", (word,), head.shown, (), head.lemma)


def _without_idioms(chain: tuple[Word, ...]) -> tuple[Word, ...]:
    kept: list[Word] = []
    at = 0
    while at < len(chain):
        for idiom in _IDIOMS:
            if tuple(word.low for word in chain[at : at + len(idiom)]) == idiom:
                at += len(idiom)
                break
        else:
            kept.append(chain[at])
            at += 1
    return tuple(kept)


def _entry(word: Word, before: str, rest: Sequence[Word]) -> Entry | None:
    """What a word is in the lexicon, as a verb or as a noun by the words beside it."""
    low = word.low
    if low in AUXILIARIES:
        return None
    verb, noun = VERBS.get(low), NOUNS.get(low)
    if verb is None or noun is None:
        return verb or noun
    after = rest[0].low if rest else ""
    before_is_light = (entry := VERBS.get(before)) is not None and entry.act == "light"
    if before in _DETERMINERS or before_is_light or after in ("about", "over", "of", "from"):
        return noun
    return verb


def _act(
    entry: Entry, rest: Sequence[Word], near: Clause, who: Sequence[Word]
) -> tuple[Act, tuple[Word, ...]]:
    """What the word does, given what follows it, and the further words that show it."""
    if entry.form == "noun":
        return entry.act, ()
    for condition, act in FRAMES.get(entry.lemma, ()):
        if (found := _holds(condition, rest, near, who)) is not None:
            return act, found
    return entry.act, ()


def _holds(
    condition: str, rest: Sequence[Word], near: Clause, who: Sequence[Word]
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
            verb = rest[at + 1].low if at + 1 < len(rest) else ""
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


def _by_form(
    text: str, near: Clause, who: Sequence[Word], content: Spans
) -> tuple[Polarity, tuple[Word, ...]]:
    """What the content does by its own form."""
    quoted = _quoted(text, content[0])
    tail = text[max(content[-1][0], content[-1][1] - 8) : content[-1][1] + 3]
    asks = "?" in tail
    if found := form.question(near.content, whole_ends_so=asks, pieces=len(content)):
        return "questions", found
    if found := form.declining(near.content, who):
        return "declines", found
    if found := form.promise(near.content, who, quoted=quoted):
        return "promises", found
    if found := form.call(near.content, quoted=quoted):
        return "calls_for", found
    return "asserts", ()


def _quoted(text: str, piece: Span) -> bool:
    """Whether a piece begins inside quotation marks."""
    around = text[max(0, piece[0] - 2) : piece[0] + 2]
    return any(mark in around for mark in "\"“„«‘") or "''" in around
