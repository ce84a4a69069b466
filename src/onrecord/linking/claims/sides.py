"""A claim made ready to be compared: what it speaks of, what a pair model reads, and where its words stand.

claim -> text (pieces joined) -> topics: states and actors it names
                              -> meanings: what else it speaks of
                              -> spoken: the bare sentence, pronouns replaced by names
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.lang import either, word_list
from onrecord.linking.claims.accounts import Claim
from onrecord.linking.claims.concepts import EMPTY, PRESENCE, meaning
from onrecord.linking.claims.differences import Told
from onrecord.reading.claimed import claimed
from onrecord.values import BETWEEN, Interval, Span, Spans

_QUOTES = "\"'“”‘’«»„‹› \t\n\u00a0"
_LEAD = re.compile(r"^(?:that|whether|how|because)\s+", re.IGNORECASE)
# "speculation that ...", "reports of ...": what is denied is what follows.
DENIED = re.compile(
    rf"^(?:(?:{either('linking', 'denied_any')}) )*(?:"
    rf"{either('linking', 'denied_speculations')})\s+(?:that|of|about)\s+",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(rf"(?:{either('linking', 'pronouns')})\Z", re.IGNORECASE)
_POSSESSIVE = word_list("linking", "possessive")
_THERE = re.compile(rf"\bthere (?:{either('linking', 'there')})\b", re.IGNORECASE)
# What begins so is the deed of who denies it: its doer is left out or a pronoun.
_OWN_DEED = re.compile(
    rf"(?:ever )?(?-i:[a-z])+ing\b|(?:{either('linking', 'own_deed_he')})\b|(?:(?:any|all) (?:\w+ )?)?(?:"
    rf"{either('linking', 'own_deed_involvement')})\b|(?:any|all) (?:\w+ )?(?:"
    rf"{either('linking', 'own_deed_role')})\b",
    re.IGNORECASE,
)
_TIED = 0.5  # least confidence of a mention whose pronoun is replaced


@dataclass(frozen=True, slots=True)
class KnownMention:
    """A mention in a claim that stands for an actor; ``span`` in the text of the claim."""

    span: Span
    actor: str  # id of the actor; of a state, its ISO 3166 alpha-3 code
    name: str
    pronoun: bool = False
    confidence: float = 1.0


@dataclass(frozen=True)
class Side:
    """One claim and all that comparing asks of it."""

    claim: Claim
    known: tuple[KnownMention, ...] = ()
    anchor: Interval | None = None  # what "Friday" counts from
    hedged: bool = False
    answers: str | None = None  # id of the claim that it denies as "that" or "the claim"
    pointing: str = ""  # the words of that: "the claim"
    apart: bool = False  # its words tell nothing that could be compared: it is set beside no other claim

    @property
    def text(self) -> str:
        """The words of the claim."""
        return self.claim.text

    @cached_property
    def told(self) -> Told:
        """As ``differences`` takes it."""
        names = tuple((one.span, one.actor) for one in self.known if not one.pronoun)
        return Told(self.text, self.anchor, tuple(_apart(names)))

    @cached_property
    def _places(self) -> tuple[tuple[Span, str], ...]:
        return tuple(((one.start, one.end), one.code) for one in claimed(self.text).states)

    @cached_property
    def states(self) -> frozenset[str]:
        """ISO 3166 alpha-3 codes of the states that its words name, "Moscow" and "Russian" among them."""
        return frozenset(code for _, code in self._places)

    @cached_property
    def topics(self) -> frozenset[str]:
        """States by their codes, other actors by their ids."""
        return self.states | {one.actor for one in self.known}

    @cached_property
    def meanings(self) -> frozenset[str]:
        """Concepts and stems of its words; those of states and of known actors left out."""
        taken = [span for span, _ in self._places]
        taken += [one.span for one in self.known]
        there = [PRESENCE] if _THERE.search(self.text) else []
        return frozenset(there).union(
            meaning(word)
            for word in claimed(self.text).content
            if word.low not in EMPTY
            and len(word.low) > 1
            and not any(a < word.span[1] and word.span[0] < b for a, b in taken)
        )

    @property
    def own_deed(self) -> str | None:
        """Of a denial of the speaker's own deed, who is said to have done it: an actor, or words for one.

        "Denied sending spies", "rejected claims that it had sent spies", "denied any role in it": who denies
        is meant, unless the pronoun is known to stand for another.
        """
        if self.claim.polarity != "denies":
            return None
        words = _LEAD.sub("", DENIED.sub("", self.text.lstrip(_QUOTES)))
        at = len(self.text) - len(words)
        if not _OWN_DEED.match(words):
            return None
        tied = (one for one in self.known if one.pronoun and one.confidence >= _TIED)
        meant = next((one.actor for one in tied if one.span[0] == at), None)
        return meant or self.claim.speaker or self.claim.unnamed

    @cached_property
    def spoken(self) -> str:
        """The bare sentence: no "that" before it, no quotation marks around it, names for pronouns."""
        text, low = self.text, self.claim.polarity == "denies"
        for one in sorted(self.known, key=lambda one: one.span, reverse=True):
            words = text[one.span[0] : one.span[1]]
            if one.pronoun and one.confidence >= _TIED and _PRONOUNS.match(words):
                name = one.name + ("’s" if words.lower() in _POSSESSIVE else "")
                text = text[: one.span[0]] + name + text[one.span[1] :]
        bare = _LEAD.sub("", text.replace(BETWEEN, " ").strip(_QUOTES))
        if low:
            bare = _LEAD.sub("", DENIED.sub("", bare))
        bare = " ".join(bare.replace("“", "").replace("”", "").replace('"', "").split()).strip(_QUOTES + ",;")
        return bare[:1].upper() + bare[1:] + ("" if bare.endswith((".", "!", "?")) else ".")

    def placed(self, spans: Iterable[Span]) -> Spans:
        """Spans of the text as spans of the report; what lies between two pieces is left out."""
        found = []
        for start, end in spans:
            at = 0
            for a, b in self.claim.spans:
                low, high = max(start, at), min(end, at + b - a)
                if low < high:
                    found.append((a + low - at, a + high - at))
                at += b - a + len(BETWEEN)
        return tuple(sorted(set(found)))

    def quote(self, span: Span) -> str:
        """The characters of a span of the report that lies in one piece of the claim."""
        at = 0
        for a, b in self.claim.spans:
            if a <= span[0] and span[1] <= b:
                return self.text[at + span[0] - a : at + span[1] - a]
            at += b - a + len(BETWEEN)
        raise ValueError(f"{span} is in no piece of {self.claim.id}")


def _apart(names: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Mentions that lie in no other one: "Russia" in "Russia's ministry" is the ministry's."""
    found: list[tuple[Span, str]] = []
    for span, actor in sorted(names, key=lambda one: (one[0][0], -one[0][1])):
        if not found or span[0] >= found[-1][0][1]:
            found.append((span, actor))
    return found
