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
from typing import Literal

from onrecord.lang import either, verb_forms
from onrecord.values import Span

Act = Literal["say", "disclose", "think", "deny", "refuse", "ask", "promise", "call", "omit", "light", "sure"]
Form = Literal["verb", "ing", "noun"]


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """One form of a word: its lemma, what it does, whether it is a participle in -ing or a noun."""

    lemma: str
    act: Act
    form: Form


# Utterances: negated, the attribution itself is denied ("he never said that").
_SAY = """
say tell state claim argue add note write tweet report declare suggest indicate call describe accuse
blame insist maintain contend assert allege stress emphasize emphasise underline reiterate repeat
recall observe remark testify predict forecast warn caution conclude imply hint signal boast brag
joke quip complain lament find show prove demonstrate post quote compare liken credit praise welcome
thank criticize criticise condemn denounce attack blast slam mock portray label brand term dub deem
rate characterize characterise depict inform notify remind assure convince persuade protest recount
relate explain determine establish infer charge advise swear vouch profess purport shout yell cry
chant whisper mutter murmur interject exclaim proclaim pronounce reassure confide email text
broadcast attribute point continue begin go agree decide guarantee rule plead choose opt elect
discuss address mention acknowledge admit concede endorse articulate announce talk speak cite refer
speculate publish read estimate debate differ weigh mull
"""

# Answering: negated, what is asked for is withheld ("did not respond", "has not specified").
_DISCLOSE = """
disclose specify elaborate identify comment respond reply answer confirm clarify detail divulge
corroborate verify share name provide volunteer spell release return reveal
"""

# Attitudes: negated, the content is denied as a belief or feeling ("does not think", "never liked").
_THINK = """
think believe expect feel hope like love know understand see support favor favour accept consider
regard view imagine foresee anticipate envision envisage fear worry care trust suppose suspect guess
reckon assume presume wish desire prefer need buy recognize recognise realize realise remember
approve appreciate perceive appear seem embrace
"""

_DENY = """
deny reject dismiss refute dispute rebut disavow repudiate contradict debunk disagree doubt discount
contest renounce recant retract disclaim disprove negate gainsay discredit disown controvert
disbelieve overturn overrule
"""

_REFUSE = """
refuse decline balk baulk demur spurn rebuff withhold stonewall
"""

_ASK = """
ask wonder question inquire enquire query quiz grill interrogate ponder
"""

_PROMISE = """
promise vow pledge threaten plan intend undertake aim plot conspire
"""

_CALL = """
urge demand propose recommend order command instruct encourage implore beg beseech exhort entreat
petition request advocate nudge prod summon mandate counsel want seek
"""

# Not doing what follows: "failed to mention", "stopped short of saying", "avoided saying".
_OMIT = """
fail neglect hesitate avoid omit forget stop cease quit resist
"""

# Verbs that say nothing without their noun: "made no mention", "issued a denial", "raised questions".
_LIGHT = """
make give issue raise pose express have offer voice release put send provide face field find do see
get take renew include cast deliver throw pour turn shoot knock swat bat brush wave shrug laugh
scoff challenge dare invite push press pressure lobby appeal campaign clamor clamour commit refrain
abstain sidestep dodge evade duck deflect back strike
"""

_NOUNS: dict[str, Act] = {
    "denial": "deny", "rejection": "deny", "dismissal": "deny", "refutation": "deny", "rebuttal": "deny",
    "repudiation": "deny", "disavowal": "deny", "contradiction": "deny",
    "disagreement": "light", "dispute": "light", "contest": "light",
    "retraction": "deny", "disclaimer": "deny", "disbelief": "deny",
    "failure": "omit", "refusal": "refuse", "reluctance": "refuse", "unwillingness": "refuse",
    "question": "ask", "query": "ask", "inquiry": "ask", "enquiry": "ask", "doubt": "ask",
    "skepticism": "deny", "scepticism": "deny",
    "promise": "promise", "vow": "promise", "pledge": "promise", "threat": "promise", "commitment": "promise",
    "plan": "call", "plans": "promise", "willingness": "promise", "intention": "promise",
    "guarantee": "promise", "undertaking": "promise", "oath": "promise",
    "demand": "call", "call": "call", "appeal": "call", "request": "call", "proposal": "call",
    "recommendation": "call", "plea": "call", "ultimatum": "call", "directive": "call", "petition": "call",
    "exhortation": "call", "instruction": "call", "need": "call",
    "comment": "disclose", "mention": "say", "answer": "disclose", "response": "disclose",
    "reply": "disclose", "detail": "disclose", "explanation": "disclose", "reference": "say",
    "reason": "disclose", "confirmation": "disclose", "specifics": "disclose", "word": "disclose",
    "acknowledgement": "say", "acknowledgment": "say", "admission": "say", "endorsement": "say",
    "evidence": "say", "indication": "say", "sign": "say", "proof": "say", "suggestion": "say",
    "assertion": "say", "claim": "say", "allegation": "say", "statement": "say", "accusation": "say",
    "announcement": "say", "report": "say", "warning": "say", "basis": "say", "hint": "say",
    "belief": "think", "desire": "think", "wish": "think", "hope": "think", "interest": "think",
    "intent": "think",
}  # fmt: skip

# Adjectives and fixed words that act like verbs.
_ADJECTIVES: dict[str, Act] = {
    "sure": "sure", "clear": "sure", "certain": "sure", "convinced": "sure", "confident": "sure",
    "aware": "sure", "known": "sure", "persuaded": "sure", "unclear": "ask", "unsure": "ask",
    "uncertain": "ask", "undecided": "ask", "skeptical": "deny", "sceptical": "deny", "doubtful": "deny",
    "dubious": "deny", "unconvinced": "deny", "unwilling": "refuse", "reluctant": "refuse", "mum": "refuse",
    "tight-lipped": "refuse", "silent": "refuse", "noncommittal": "refuse", "non-committal": "refuse",
    "willing": "promise", "able": "light", "unable": "omit", "loath": "refuse",
}  # fmt: skip

# Past tense and past participle where they are not made by rule.
# Who rejects these refuses something, and says of no claim that it is false.
_ASKED = ("offer", "offers", "request", "requests", "invitation", "bid", "permission", "entry", "access")
_SPURNED: tuple[tuple[str, Act], ...] = tuple((word, "refuse") for word in _ASKED)
_WHETHER: tuple[tuple[str, Act], ...] = (("whether", "ask"), ("if", "ask"), ("how", "ask"))
_EVADED: tuple[tuple[str, Act], ...] = tuple((w, "refuse") for w in ("question", "questions", "inquiries"))

# What a verb does depends on what follows it: the first condition that holds decides, else its own act.
# A condition is a word within four words behind the verb, or one of: "to" (an infinitive follows), "np to"
# (somebody and an infinitive), "should" (it says what should be), "future" (it says what the
# speaker will do).
FRAMES: Mapping[str, tuple[tuple[str, Act], ...]] = MappingProxyType(
    {
        "rule": (("out", "deny"),),
        "reject": _SPURNED,
        "dismiss": _SPURNED,
        "deny": (*_SPURNED, ("them", "refuse"), ("him", "refuse"), ("us", "refuse")),
        "doubt": (("whether", "ask"), ("if", "ask")),
        "back": (("off", "deny"), ("away", "deny")),
        "strike": (("down", "deny"),),
        "take": (("offense", "deny"), ("offence", "deny")),
        "argue": _WHETHER,
        "debate": _WHETHER,
        "differ": _WHETHER,
        "disagree": _WHETHER,
        "weigh": _WHETHER,
        "mull": _WHETHER,
        "seek": (("to", "light"),),
        "want": (("know", "ask"),),
        "shoot": (("down", "deny"),),
        "knock": (("down", "deny"),),
        "swat": (("down", "deny"), ("away", "deny")),
        "bat": (("away", "deny"), ("down", "deny")),
        "brush": (("off", "deny"), ("aside", "deny"), ("away", "deny")),
        "wave": (("off", "deny"), ("aside", "deny"), ("away", "deny")),
        "shrug": (("off", "deny"),),
        "laugh": (("off", "deny"),),
        "scoff": (("at", "deny"),),
        "plead": (("not", "deny"), ("for", "call"), ("with", "call")),
        "turn": (("down", "refuse"),),
        "shy": (("away", "omit"), ("from", "omit")),
        "steer": (("clear", "omit"),),
        "hold": (("off", "omit"),),
        "refrain": (("from", "omit"),),
        "abstain": (("from", "omit"),),
        "dodge": _EVADED,
        "duck": _EVADED,
        "evade": _EVADED,
        "deflect": _EVADED,
        "sidestep": _EVADED,
        "ask": (
            ("np to", "call"), ("about", "ask"), ("if", "ask"), ("whether", "ask"), ("for", "call"),
            ("to", "call"), ("that", "call"),
        ),
        "call": (("for", "call"), ("on", "call"), ("upon", "call"), ("into", "ask")),
        "cast": (("doubt", "ask"), ("doubts", "ask")),
        "warn": (("against", "call"), ("to", "call"), ("np to", "call"), ("future", "promise")),
        "caution": (("against", "call"), ("to", "call"), ("np to", "call")),
        "advise": (("against", "call"), ("to", "call"), ("np to", "call"), ("should", "call")),
        "suggest": (("should", "call"),),
        "insist": (("on", "call"), ("should", "call")),
        "tell": (("to", "call"), ("np to", "call")),
        "remind": (("to", "call"), ("np to", "call")),
        "challenge": (("np to", "call"),),
        "dare": (("np to", "call"),),
        "invite": (("np to", "call"), ("to", "call")),
        "push": (("back", "deny"), ("for", "call"), ("to", "call"), ("np to", "call")),
        "press": (
            ("about", "ask"), ("why", "ask"), ("whether", "ask"), ("for", "call"), ("to", "call"),
            ("np to", "call"),
        ),
        "pressure": (("to", "call"), ("np to", "call")),
        "lobby": (("for", "call"), ("to", "call"), ("np to", "call")),
        "appeal": (("for", "call"), ("to", "call")),
        "campaign": (("for", "call"),),
        "clamor": (("for", "call"),),
        "clamour": (("for", "call"),),
        "agree": (("to", "promise"),),
        "offer": (("to", "promise"),),
        "swear": (("to", "promise"), ("future", "promise")),
        "commit": (("to", "promise"),),
        "guarantee": (("to", "promise"), ("future", "promise")),
        "assure": (("future", "promise"),),
        "promise": (),
    }
)  # fmt: skip


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
    lists: tuple[tuple[str, Act], ...] = (
        (_DENY, "deny"), (_REFUSE, "refuse"), (_OMIT, "omit"), (_ASK, "ask"), (_CALL, "call"),
        (_PROMISE, "promise"), (_DISCLOSE, "disclose"), (_SAY, "say"), (_THINK, "think"), (_LIGHT, "light"),
    )  # fmt: skip
    found: dict[str, VerbEntry] = {}
    for words, act in lists:
        for lemma in words.split():
            for form, kind in forms(lemma).items():
                found.setdefault(form, VerbEntry(lemma, act, kind))
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
_TELL = """
account accusation admission allegation announcement argument assertion charge claim complaint contention
denial insinuation pledge promise report rumour rumor statement suggestion threat vow warning
"""
TELLING_NOUNS = frozenset(noun + end for noun in _TELL.split() for end in ("", "s")) | {"testimony"}


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
