"""Hedges and distance: how sure the speaker is, and how much of it the reporter takes on.

A hedge is a word of the cue or of the main clause of the content by which the speaker is unsure ("may",
"suspects", "I think"). Distance is the reporter's own word ("claimed", "alleged", "so-called"); inside
quotation marks such a word is the speaker's, and does not count.

Whether a speaker asserts a content, denies it, declines, asks, promises or calls for it.

The cue and the words around it decide first ("did not immediately respond", "refused to say", "never
denied"). Where the cue merely says that something was said, the form of the content decides ("We will ...",
"Russia must ...").
A statement that nothing speaks against is an assertion; what a report corrects of its own it takes back, and
denies. The measure of a denial is whether the content,
read alone, would be the opposite of what the speaker holds: «denied that P» denies P, «said that not P»
asserts not P."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.lang import word_list, word_row, word_set
from onrecord.reading.stance import content as form
from onrecord.reading.stance.chain import STRONG, ChainReading, read_chain
from onrecord.reading.stance.content import NEGATIONS, CueContext, clause
from onrecord.reading.stance.words import VERBS, Act, forms
from onrecord.reading.statements.kinds import taken_back
from onrecord.text.doc import Doc
from onrecord.text.quotation import MARK_CLOSE, OUT, states
from onrecord.text.words import Word, words
from onrecord.values import Polarity, Span, Spans, Stance

_UNSURE_ADVERBS = word_list("stance", "unsure_adverbs")
# "They think it should change" is an opinion told as such, and "seemed to think" the reporter's doubt.
_UNSURE = word_list("stance", "unsure")
_UNSURE_VERBS = frozenset(form for lemma in _UNSURE for form in forms(lemma))
_SEEMING = word_set("appears appeared seems seemed")
_GRADES = word_list("stance", "grades")  # "more likely than men" compares
_SHOWING = word_list("stance", "showing")
_MODALS = frozenset(("may", "might"))
_I_THINK = word_list("stance", "i_think")
_DISTANT = word_row("stance", "distant")
_CLAIMS = frozenset(form for lemma in _DISTANT for form in forms(lemma))
_SO_CALLED = word_list("stance", "so_called")
_NOT_DISTANT = word_set("responsibility credit victory asylum")
_SUBORDINATE = word_list("stance", "polarity.subordinate")
_FALSE = word_list("stance", "false")
_CLAIM_NOUNS = word_list("stance", "claim_nouns")
_CALLING = word_list("stance", "calling")


def hedges_of(text: str, near: CueContext) -> list[Word]:
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
    return before not in word_list("stance", "is_main")


def _is_modal(text: str, word: Word, before: str, after: str) -> bool:
    """Not the month of May, not military might."""
    if word.low == "might" and before in word_list("stance", "is_modal"):
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


def distances_of(doc: Doc, near: CueContext, *, denied: bool) -> list[Word]:
    """The words by which the reporter keeps a distance."""
    found: list[Word] = []
    for at, word in enumerate(near.cue):
        after = near.cue[at + 1].low if at + 1 < len(near.cue) else _low(near.content)
        plain = word.low in _CLAIMS and after not in _NOT_DISTANT and not denied
        if plain or word.low in _SO_CALLED:
            found.append(word)
    marked = [word for word in near.content if word.low in _SO_CALLED]
    found += [word for word in marked if states(doc)[word.start] in (OUT, MARK_CLOSE)]
    return found


def _low(told: Sequence[Word]) -> str:
    return told[0].low if told else ""


def false_call(near: CueContext) -> tuple[Word, ...]:
    """The words of a claim called false: "called the report a lie"; not "called him a liar"."""
    cue = next((w for w in near.cue if (entry := VERBS.get(w.low)) and entry.lemma in _CALLING), None)
    if cue is None:
        return ()
    named = (*near.cue, *near.between, *near.content[:6])
    about = any(word.low in _CLAIM_NOUNS or word.low.removesuffix("s") in _CLAIM_NOUNS for word in named)
    wrong = next((w for w in (*near.between, *near.content[:14], *near.behind) if w.low in _FALSE), None)
    return (cue, wrong) if about and wrong else ()


_POLARITY: dict[Act, Polarity] = {
    "deny": "denies", "refuse": "declines", "ask": "questions", "promise": "promises", "call": "calls_for",
}  # fmt: skip
_TELLING = word_list("stance", "telling")


def stance_of(doc: Doc, *, speaker: Spans, cue: Spans, content: Spans) -> Stance:
    """How the speaker stands to ``content``, with the characters that show it.

    Args:
        doc: the text the spans point into.
        speaker: the pieces of the speaker; may be empty.
        cue: the pieces of the words of attribution; may be empty.
        content: the pieces of the content; may be empty.

    Returns:
        The polarity with its evidence, the speaker's hedges and the reporter's distance; all spans sorted,
        without overlaps. Takes time bounded by the number of pieces, whatever their length.

    >>> doc = Doc.of("The minister never denied that he had met them.")
    >>> stance_of(doc, speaker=((0, 12),), cue=((13, 25),), content=((26, 46),)).polarity
    'asserts'
    """
    near = clause(doc, speaker=speaker, cue=cue, content=content)
    text = doc.text
    who = [word for start, end in speaker[:1] for word in words(doc).between(start, min(end, start + 160))]
    polarity, shown, hedged = _decide(text, near, who, content)
    evidence = _spans(shown)
    if polarity == "asserts" and (corrected := taken_back(text, speaker, cue)):
        polarity, evidence = "denies", corrected
    hedges = hedges_of(text, near) + list(hedged)
    return Stance(
        polarity,
        evidence=evidence,
        hedges=_spans(hedges),
        distances=_spans(distances_of(doc, near, denied=polarity == "denies")),
    )


def _spans(found: Iterable[Word]) -> Spans:
    """Where the words stand; what touches, as a caller's cue may end within a word, is one span."""
    joined: list[Span] = []
    for start, end in sorted(word.span for word in found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


# The polarity, the words that show it, and those of them that also hedge.
_Decision = tuple[Polarity, tuple[Word, ...], tuple[Word, ...]]


def _decide(text: str, near: CueContext, who: Sequence[Word], content: Spans) -> _Decision:
    """The polarity, the words that show it, and those that make a denied denial uncertain."""
    if found := _confirm_or_deny(near):
        return "declines", found, ()
    read = read_chain(near, who)
    if read.act is not None and (read.act in STRONG or read.negations):
        decided = _polarity(read)
        if decided is not None:
            return decided
    if found := false_call(near):
        return "denies", found, ()
    if found := _will_do(near):
        return "promises", found, ()
    if found := tuple(word for word in near.before if word.low == "whether"):  # "asked whether he said"
        return "questions", found, ()
    if found := _asked_by_reporter(text, near, content):
        return "questions", found, ()
    if not content or read.act in ("think", "sure"):
        return "asserts", (), ()
    return *_by_form(text, near, who, content), ()


def _will_do(near: CueContext) -> tuple[Word, ...]:
    """The future of a cue that is itself a deed announced: "will sue", not "will resonate"."""
    if len(near.cue) < 2 or near.cue[0].low not in ("will", "'ll"):
        return ()
    deed = next((word for word in near.cue[1:] if not word.low.endswith("ly")), None)
    return near.cue[:1] if deed is not None and deed.low in form.DEEDS else ()


def _asked_by_reporter(text: str, near: CueContext, content: Spans) -> tuple[Word, ...]:
    """The question mark of a reporter who only asks: "But has he called for it?"."""
    if not near.follows or not near.behind or near.behind[0].low != "?" or _quoted(text, content[0]):
        return ()
    return near.behind[:1]


def _polarity(read: ChainReading) -> _Decision | None:
    """What an act or a negated act amounts to; None if it leaves the content asserted."""
    act, no, shown = read.act, read.negations, read.negations + read.shown
    if act == "light" and not (no and no[-1].low in ("not", "n't", "never")):
        return None
    if act in STRONG and not no:
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


def _confirm_or_deny(near: CueContext) -> tuple[Word, ...]:
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


def _by_form(
    text: str, near: CueContext, who: Sequence[Word], content: Spans
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
    return any(mark in around for mark in '"“„«‘') or "''" in around
