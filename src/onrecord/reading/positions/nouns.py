"""Positions told by nouns: "US sanctions against X", "X's support for Y", "an ally of X", "X-backed Y".

Who holds the position stands before the noun as an adjective, a name, a genitive or a possessive pronoun, or
behind it with "by", "of" or "from". What is only called for, feared or over is no position.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lang import word_list
from onrecord.reading.positions.clauses import Frame, How, Range, chain_before
from onrecord.reading.positions.parts import (
    APART,
    ATTITUDES,
    BE,
    CLAIMS,
    CLOSE,
    COMPOUNDS,
    DENY,
    ENDED,
    IMPOSE,
    LIFT,
    NEGATIONS,
    PLANNED,
    ROLES,
    SANCTIONS,
    TITLES,
    UNREAL,
    Chunk,
    SentenceParts,
)
from onrecord.reading.positions.phrases import Before, before, modal_before, objects
from onrecord.values import PositionRelation

_ADJECTIVES = CLOSE | word_list("positions", "adjectives") | PLANNED
_NO_MORE = word_list("positions", "no_more")
_LIFTED = frozenset(word for word in LIFT if word.endswith("ed"))
_PARTS = word_list("positions", "parts")
_SUSPECTED = frozenset(["alleged", "allegedly", "suspected"])
_EXPRESS = word_list("positions", "express")


def noun_frames(p: SentenceParts) -> Iterator[Frame]:
    """All positions that nouns of a sentence tell, in its order."""
    for at in range(len(p.tokens)):
        low = p.low(at)
        if low in ATTITUDES:
            yield from _attitude(p, at)
        if low in ROLES:
            yield from _role(p, at)
        if low in SANCTIONS:
            yield from _imposed(p, at)
        if low in CLAIMS:
            yield from _denied(p, at)
        if low.startswith("-") and low[1:] in COMPOUNDS:
            yield from _compound(p, at)


def owner_before(p: SentenceParts, at: int, adjectives: frozenset[str]) -> tuple[Chunk, int, int] | None:
    """Whose the noun at ``at`` is: the party, its first word, and the first word behind the party.

    "Peru's", "Peruvian", "its"; words of ``adjectives`` may stand between.
    """
    k = at
    while p.low(k - 1) in adjectives and (k - 1) not in p.modifiers and at - k < 6:
        k -= 1
    if p.low(k - 1) == "'s":
        chunks = p.ends.get(k - 1, ())
        return (chunks[0], _past_titles(p, chunks[0].first), k) if chunks and not chunks[0].pronoun else None
    if one := p.owners.get(k - 1):
        return one, k - 1, k
    if p.low(k - 1) == "its" and p.low(k - 2) == "and" and (before := p.ends.get(k - 2)):
        return before[0], before[0].first, k  # "Peru and its ally Chile"
    for first in range(max(0, k - 4), k):
        one = p.modifiers.get(first)
        if one and one.last == k:
            return None if p.low(first - 1) in _PARTS else (one, first, k)  # "its northern Peru alliance"
    return None


def _past_titles(p: SentenceParts, first: int) -> int:
    while p.low(first - 1) in TITLES and p.tokens[first - 1].capital:
        first -= 1
    return first


def _attitude(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "Peru's support for Chile"; "Peru expressed its support for Chile"; "support of Peru for Chile"."""
    relation, prepositions = ATTITUDES[p.low(at)]
    owner = owner_before(p, at, _ADJECTIVES)
    holders: tuple[Chunk, ...] = (owner[0],) if owner else ()
    first, start = (owner[1], owner[2]) if owner else (at, at)
    end = at + 1
    if p.low(end) == "imposed" and p.low(end + 1) in prepositions:
        end += 1
    subject = _expressing(p, first if owner else _past_adjectives(p, at))
    if (not owner and subject) or (owner and owner[0].pronoun and subject):
        holders = subject.parties
    target = objects(p, end + 1, subject=True) if p.low(end) in prepositions else None
    if not holders or target is None:
        return
    how = _real(p, first, start, at)
    if how is None:
        return
    yield Frame(holders, relation, target.parties, ((at, end + 1),), how, "noun", None, first)


def _past_adjectives(p: SentenceParts, at: int) -> int:
    while p.low(at - 1) in _ADJECTIVES or p.low(at - 1) in ("its", "their", "his", "her", "our"):
        at -= 1
    return at


def _expressing(p: SentenceParts, at: int) -> Before | None:
    """The subject of "expressed" right before ``at``."""
    if p.low(at - 1) not in _EXPRESS:
        return None
    chain = chain_before(p, at - 1)
    if chain is None or chain.how != "on":
        return None
    return before(p, chain.subject_end, plural=chain.plural)


def _real(p: SentenceParts, first: int, start: int, at: int) -> How | None:
    """Whether a noun phrase from ``first`` to ``at`` names something that is there; None: nobody says so."""
    inner = [p.low(k) for k in range(start, at)]
    if any(word in ("former", "potential", "possible", "alleged", "proposed") for word in inner):
        return None
    near = [p.low(k) for k in range(max(0, first - 3), first)]
    if "no" in near[-1:] or any(word in ENDED for word in near):
        return None
    lifted = next((k for k in range(max(0, first - 3), first) if p.low(k) in _LIFTED), None)
    if lifted is not None and p.low(lifted - 1) not in NEGATIONS:
        return "off"
    if modal_before(p, first, UNREAL) or any(word in ("planned", "future", "threatened") for word in inner):
        return None
    return "on"


def _role(p: SentenceParts, at: int) -> Iterator[Frame]:
    """Allies and opponents, in their six or so wordings."""
    relation = ROLES[p.low(at)]
    k = at
    while p.low(k - 1) in CLOSE and k - 1 not in p.modifiers:
        k -= 1
    if p.low(k - 1) in _NO_MORE or p.low(k - 2) in _NO_MORE:
        return
    if p.low(at + 1) == "of":
        target = objects(p, at + 2, subject=True)
        if target:
            yield from _who_is(p, k, at, (k, at + 2), relation, target.parties)
        return
    owner = owner_before(p, at, CLOSE)
    if owner is None or owner[0].party.least is not None:
        return
    yield from _named_behind(p, at, owner, relation)
    start = owner[1]
    if p.low(start - 1) == "of" and p.low(start - 2) in ("one", "some", "two", "three"):
        start -= 2
    yield from _who_is(p, start, at, (owner[2], at + 1), relation, (owner[0],))


def _who_is(
    p: SentenceParts,
    start: int,
    at: int,
    evidence: Range,
    relation: PositionRelation,
    targets: tuple[Chunk, ...],
) -> Iterator[Frame]:
    """ "X is (one of) ..." or "X, (one of) ...," with the role phrase beginning at ``start``."""
    while p.low(start - 1) in word_list("positions", "who_is_the"):
        start -= 1
    if p.low(start - 1) in BE or p.low(start - 1) in word_list("positions", "who_is_not"):
        chain = chain_before(p, start)
        if chain is None or p.low(start - 1) == "became":
            return
        subject = before(p, chain.subject_end, plural=None)
        if subject:
            first = subject.first
            yield Frame(subject.parties, relation, targets, (evidence,), chain.how, "role", None, first)
    elif p.low(start - 1) == "," and (p.low(start) in ("a", "an", "the", "one") or p.low(start) in CLOSE):
        ended = any(p.low(k) in (",", ".", ")", "", ";") for k in range(at + 1, at + 9))
        for one in p.ends.get(start - 1, ())[:ended]:
            yield Frame((one,), relation, targets, (evidence,), "on", "apposition", None, one.first)


def _named_behind(
    p: SentenceParts, at: int, owner: tuple[Chunk, int, int], relation: PositionRelation
) -> Iterator[Frame]:
    """ "Peru's ally Chile", "Peru's allies, including Chile and Brazil"."""
    k = at + 1
    if p.low(k) in (",", "like", "such") or p.low(k) in APART:
        k += p.low(k) == ","
        if p.low(k) not in APART:
            return
        k += 1 + (p.low(k + 1) in ("as", "them"))
    named = objects(p, k, strict_end=False) if k > at + 1 or p.starts.get(k) else None
    if named and not named.parties[0].pronoun and _who(owner[0]) != _who(named.parties[0]):
        evidence = ((owner[2], at + 1),)
        yield Frame(named.parties, relation, (owner[0],), evidence, "on", "role", None, owner[1])


def _imposed(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "Peru imposed new sanctions on Chile", "sanctions imposed on Chile by Peru"."""
    k = at
    while p.low(k - 1) in _ADJECTIVES or p.low(k - 1) in ("its", "the", "more", "some"):
        k -= 1
    verb = k - 1
    end = at + 1 + (p.low(at + 1) == "imposed")
    on = p.low(end) in ("on", "against", "targeting")
    target = objects(p, end + 1) if on else None
    if target is None:
        yield from _under(p, at)
        return
    if p.low(verb) in IMPOSE or p.low(verb) in LIFT:
        chain = chain_before(p, verb)
        subject = before(p, chain.subject_end, plural=chain.plural) if chain and not chain.be else None
        if chain and subject:
            how: How = ("off" if chain.how == "on" else "on") if p.low(verb) in LIFT else chain.how
            evidence = ((verb, verb + 1), (at, end + 1))
            yield Frame(subject.parties, "sanctions", target.parties, evidence, how, "imposed", None,
                        subject.first)  # fmt: skip
    holders = objects(p, target.end + 1, subject=True) if p.low(target.end) == "by" else None
    if holders and _real(p, k, k, at) == "on":
        yield Frame(holders.parties, "sanctions", target.parties, ((at, end + 1),), "on", "imposed", None, k)


def _under(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "Chile is under Peruvian sanctions"."""
    owner = owner_before(p, at, _ADJECTIVES)
    if owner is None or p.low(owner[1] - 1) != "under" or p.low(owner[1] - 2) not in BE:
        return
    chain = chain_before(p, owner[1] - 1)
    subject = before(p, chain.subject_end, plural=chain.plural) if chain else None
    if chain and subject:
        evidence = ((owner[1] - 1, owner[1]), (at, at + 1))
        yield Frame((owner[0],), "sanctions", subject.parties, evidence, chain.how, "imposed", None,
                    subject.first)  # fmt: skip


def _denied(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "Peru rejected Chile's accusations": who denies whose words."""
    owner = owner_before(p, at, _ADJECTIVES)
    target: tuple[Chunk, ...] = (owner[0],) if owner else ()
    k = owner[1] if owner else at
    while p.low(k - 1) in word_list("positions", "denied"):
        k -= 1
    if not target or p.low(k - 1) not in DENY:
        return
    chain = chain_before(p, k - 1)
    if chain is None or chain.how != "on" or chain.be:
        return
    if subject := before(p, chain.subject_end, plural=chain.plural):
        yield Frame(subject.parties, "denies", target, ((k - 1, k), (at, at + 1)), "on", "denial", None,
                    subject.first)  # fmt: skip


def _compound(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "Peru-backed Soto", "the Peruvian-backed government of Soto"."""
    near = (p.modifiers.get(first) for first in range(max(0, at - 3), at))
    holder = next((one for one in near if one and one.last == at), None)
    if holder is None or modal_before(p, holder.first, _SUSPECTED, reach=2):
        return
    target = _target_of_compound(p, at, holder)
    if target and _who(target) != _who(holder):
        relation = COMPOUNDS[p.low(at)[1:]]
        yield Frame((holder,), relation, (target,), ((at, at + 1),), "on", "compound", None, holder.first)


def _target_of_compound(p: SentenceParts, at: int, holder: Chunk) -> Chunk | None:
    """Who is backed: the party behind, or the one whose words the compound is among."""
    target = objects(p, at + 1, strict_end=False)
    if target:
        return target.parties[0]
    for first in range(max(0, holder.first - 2), holder.first + 1):
        for one in p.starts.get(first, ()):
            if one.last > at + 1:
                return one
    return None


def _who(one: Chunk) -> tuple[int | None, str | None]:
    return one.party.entity, one.party.state
