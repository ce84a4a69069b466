"""Who has people or arms where: "Peruvian troops in Chile", "Peru has 200 advisers in Chile".

Troops and the like are forces; specialists, experts and staff are only if a word says that they are military,
and are else told as present. Own territory counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lang import word_list
from onrecord.reading.positions.clauses import Frame, How, chain_before
from onrecord.reading.positions.nouns import owner_before
from onrecord.reading.positions.parts import (
    ARMED,
    CIVIL,
    CLOSE,
    DETERMINERS,
    ENDED,
    FORCES,
    HAVE,
    OF_PLACE,
    PEOPLE,
    QUANTIFIERS,
    SEND,
    STAY,
    THINGS,
    UNREAL,
    Chunk,
    SentenceParts,
    number,
)
from onrecord.reading.positions.phrases import before, modal_before
from onrecord.values import PositionRelation

_BEFORE_FORCE = ARMED | CIVIL | CLOSE | word_list("positions", "before_force")
_SOIL = word_list("positions", "soil")
_WHERE = word_list("positions", "where")
_NOT = word_list("positions", "not")
_IS = frozenset(["are", "is", "aren't", "isn't"])
_IN_NUMBERS = word_list("positions", "in_numbers")
# "power to send troops to", "an agreement to leave a presence of troops in": they need not be there.
_TO_SEND = word_list("positions", "to_send")
_PRESENCE = word_list("positions", "presence")
_LONGEST_OBJECT = 14


def force_frames(p: SentenceParts) -> Iterator[Frame]:
    """All that a sentence tells about whose forces or people are where."""
    for at in range(len(p.tokens)):
        low = p.low(at)
        if low in FORCES or low in PEOPLE or low in THINGS:
            yield from _of_noun(p, at)
        if low in ("presence", "deployment", "stationing") and p.low(at + 1) == "of":
            yield from _presence_of(p, at)
        if low in HAVE or low in SEND:
            yield from _of_verb(p, at)


def _relation(p: SentenceParts, first: int, noun: int) -> PositionRelation | None:
    """Forces or other people, by the words from ``first`` to the noun; None: nothing that stays."""
    words = [p.low(k) for k in range(first, noun + 1)]
    if any(word in CIVIL for word in words) and words[-1] not in FORCES:
        return "present_in"
    if any(word in FORCES or word in ARMED for word in words):
        return "has_forces_in"
    return "present_in" if words[-1] in PEOPLE else None


def _place(p: SentenceParts, at: int) -> tuple[Chunk, int] | None:
    """The state or place behind a preposition at ``at``, and the word behind."""
    if p.low(at) not in OF_PLACE:
        return None
    k = at + 1
    while p.low(k) in _WHERE and k < at + 6 and k not in p.starts:
        k += 1
    for one in p.starts.get(k, ()):
        if one.kind in ("state", "place") and one.party.least is None:
            if p.low(one.last) == "'s":
                return None
            return one, one.last
    soil = p.modifiers.get(k)
    if soil and p.low(soil.last) in _SOIL:
        return soil, soil.last + 1
    return None


def _to_place(p: SentenceParts, noun: int) -> tuple[Chunk, int] | None:
    """The place of the noun, past "and military contractors", "stationed", "present"."""
    k = noun + 1
    for _ in range(6):
        low = p.low(k)
        if low in STAY or low in FORCES or low in PEOPLE or low in ARMED or low in ("and", "or"):
            k += 1
        else:
            break
    return _place(p, k)


def _with_number(p: SentenceParts, first: int) -> int:
    """The first word of "about 200", "hundreds of" before ``first``."""
    at = first
    if p.low(at - 1) == "of" and p.low(at - 2) in QUANTIFIERS | {"thousands": (0, 0), "tens": (0, 0)}:
        at -= 2
    low = p.low(at - 1).replace(",", "")
    if number(low) is not None or low in QUANTIFIERS or low in ("more", "additional"):
        at -= 1
    while at >= 2 and p.low(at - 1) == "," and p.low(at - 2).isdigit() and p.low(at).isdigit():
        at -= 2
    return at


def _of_noun(p: SentenceParts, noun: int) -> Iterator[Frame]:
    """ "Peruvian troops in Chile", "Peru's military presence in Chile"."""
    if p.low(noun + 1) in FORCES | PEOPLE | THINGS and p.low(noun) not in ("forces",):
        return
    owner = owner_before(p, noun, _BEFORE_FORCE | FORCES)
    if owner is None or owner[0].party.least is not None or owner[0].kind == "person":
        return
    relation = _relation(p, owner[2], noun)
    place = _to_place(p, noun)
    if relation is None or place is None or _same(owner[0], place[0]):
        return
    owners, first = _joined(p, owner[0], owner[1])
    first = _with_number(p, first)
    how = _how(p, first)
    if how is not None:
        what = first, noun + 1
        yield Frame(owners, relation, (place[0],), ((owner[2], noun + 1),), how, "forces", what, first)


def _joined(p: SentenceParts, owner: Chunk, first: int) -> tuple[tuple[Chunk, ...], int]:
    """ "Peruvian and Chilean": those before the last, and the first word."""
    near = (p.modifiers.get(k) for k in range(max(0, first - 4), first - 1))
    other = next((one for one in near if one and one.last == first - 1), None)
    if p.low(first - 1) == "and" and other:
        return (other, owner), other.first
    return (owner,), first


def _same(one: Chunk, other: Chunk) -> bool:
    if one.party.state and other.party.state:
        return one.party.state == other.party.state
    return one.party.entity is not None and one.party.entity == other.party.entity


def _how(p: SentenceParts, first: int) -> How | None:
    """How the thing named from ``first`` on is told to be there; None: it is not told."""
    near = [p.low(k) for k in range(max(0, first - 3), first)]
    if near[-1:] == ["no"] or "without" in near[-2:]:
        return "off" if near[-1:] == ["no"] else None
    if any(word in ENDED for word in near) or modal_before(p, first, UNREAL):
        return None
    if modal_before(p, first, _NOT, reach=4):
        return "off" if modal_before(p, first, _IS, reach=4) else None
    at = first - 1
    while p.low(at) in DETERMINERS or p.low(at) in _BEFORE_FORCE or p.low(at) in _PRESENCE:
        at -= 1
    return None if p.low(at) in _TO_SEND else "on"


def _presence_of(p: SentenceParts, at: int) -> Iterator[Frame]:
    """ "the presence of (the) Russians in", "whose deployment of military personnel in"."""
    k = at + 2 + (p.low(at + 2) == "the")
    one = p.modifiers.get(k)
    if one and p.low(one.last) in OF_PLACE and p.tokens[k].low.endswith(("s", "ese", "sh", "ch")):
        place = _place(p, one.last)
        if place and p.low(at) == "presence" and not _same(one, place[0]) and p.low(k) != "us":
            how = _how(p, at)
            if how:
                what, evidence = (k, one.last), ((at, at + 1),)
                yield Frame((one,), "present_in", (place[0],), evidence, how, "presence", what, at)
        return
    holder = _whose(p, at)
    noun = _noun_ahead(p, k)
    if holder is None or noun is None:
        return
    relation, place = _relation(p, k, noun), _to_place(p, noun)
    if relation and place and not _same(holder, place[0]) and (how := _how(p, holder.first)):
        yield Frame((holder,), relation, (place[0],), ((at, at + 1),), how, "presence", (k, noun + 1),
                    holder.first)  # fmt: skip


def _whose(p: SentenceParts, at: int) -> Chunk | None:
    """Whose the noun at ``at`` is; "Russia, whose deployment" too."""
    if owner := owner_before(p, at, _BEFORE_FORCE):
        return owner[0]
    if p.low(at - 1) == "whose":
        for one in p.ends.get(at - 1 - (p.low(at - 2) == ","), ()):
            return one
    return None


def _noun_ahead(p: SentenceParts, first: int) -> int | None:
    """The last noun of a phrase that begins at ``first`` and is of forces or people."""
    for k in range(first, first + _LONGEST_OBJECT):
        low = p.low(k)
        if not low or (low in ",;:.—" and not p.low(k + 1).isdigit()):
            return None
        if low in FORCES or low in PEOPLE or low in THINGS:
            if not (p.low(k + 1) in FORCES or p.low(k + 1) in PEOPLE or p.low(k + 1) in THINGS):
                return k
        elif not _describes(p, k):
            return None
    return None


def _describes(p: SentenceParts, k: int) -> bool:
    low = p.low(k)
    known = low in _BEFORE_FORCE or low in DETERMINERS or low in QUANTIFIERS or number(low) is not None
    return known or low in _IN_NUMBERS or low.isdigit()


def _of_verb(p: SentenceParts, verb: int) -> Iterator[Frame]:
    """ "Peru has (no) troops in Chile", "Peru sent military personnel to Chile"."""
    noun = _noun_ahead(p, verb + 1)
    if noun is None:
        return
    own = [one for k in range(verb + 1, noun) if (one := p.modifiers.get(k))]
    relation, place = _relation(p, verb + 1, noun), _to_place(p, noun)
    if relation is None or place is None or own:
        return
    chain = chain_before(p, verb)
    if chain is None or (chain.be and p.low(verb) != "having"):
        return
    how = chain.how
    inner = [p.low(k) for k in range(verb + 1, noun)]
    if how == "off" and (p.low(verb) in SEND or "more" in inner or "additional" in inner):
        return  # who sends no more may have some there
    subject = before(p, chain.subject_end, plural=chain.plural)
    if subject is None or any(_same(one, place[0]) for one in subject.parties):
        return
    if all(one.kind == "person" for one in subject.parties):
        return
    what, evidence = (verb + 1, noun + 1), ((verb, verb + 1),)
    yield Frame(subject.parties, relation, (place[0],), evidence, how, "has", what, subject.first)
