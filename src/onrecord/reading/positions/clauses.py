"""Positions told by verbs: "X recognizes Y", "Y is recognized by X", "X, which is opposed to Y".

A verb of the lexicon is looked at from both sides. To its left stand auxiliaries, adverbs, negations and
verbs that govern it ("refuses to"), then the subject; to its right the object. What is only possible, asked
for or supposed is no position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.lang import word_list, word_row
from onrecord.reading.positions.parts import (
    ADJECTIVES,
    ADVERBS,
    ALONE,
    APART,
    AUX,
    BE,
    CHAINS,
    HYPOTHETICAL,
    LEGITIMATE,
    MODALS,
    NEGATIONS,
    SANCTIONS,
    VERBS,
    WILL,
    Chunk,
    Form,
    SentenceParts,
    VerbSense,
)
from onrecord.reading.positions.phrases import Before, Objects, before, listed_before, objects
from onrecord.values import PositionRelation

How = Literal["on", "off", "plan"]
Range = tuple[int, int]
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], PositionRelation]]] = {}
for _words, _relation in ADJECTIVES.items():
    _BY_FIRST.setdefault(_words[0], []).append((_words, _relation))
_LONGEST_CHAIN = 12
_LONGEST_CAPACITY = 14
_OF_LAND = frozenset(["capital", "belonging", "part", "territory"])
_CAPACITY_ENDS = word_list("positions", "capacity_ends")


@dataclass(frozen=True, slots=True)
class Frame:
    """One relation as a sentence words it; ranges are of its words."""

    holders: tuple[Chunk, ...]
    relation: PositionRelation
    targets: tuple[Chunk, ...]
    evidence: tuple[Range, ...]
    how: How
    rule: str
    capacity: Range | None = None
    first: int = 0  # the first word of the clause: what stands before it may govern it


@dataclass(frozen=True, slots=True)
class VerbChain:
    """What stands between subject and verb."""

    subject_end: int
    how: How = "on"
    be: bool = False
    have: bool = False
    to: bool = False
    helped: bool = False  # an auxiliary carries the number of the verb
    plural: bool | None = None


def verb_frames(p: SentenceParts) -> list[Frame]:
    """All positions that verbs and adjectives of a sentence tell."""
    found: list[Frame] = []
    for at in range(len(p.tokens)):
        for sense, end, form in _senses(p, at):
            frame = _frame(p, at, end, sense, form, found)
            if frame is not None:
                found.append(frame)
                break
    return found


def _senses(p: SentenceParts, at: int) -> Iterator[tuple[VerbSense, int, Form | Literal["adjective"]]]:
    """What the words from ``at`` may tell, with the word behind them."""
    form, senses = VERBS.get(p.low(at), ("base", ()))
    for sense in senses:
        end = at + 1
        while p.low(end) in ("firmly", "strongly", "fully", "firm"):
            end += 1
        end = end if sense.particles else at + 1
        if all(p.low(end + k) == word for k, word in enumerate(sense.particles)):
            yield sense, end + len(sense.particles), form
    for words, relation in _BY_FIRST.get(p.low(at), ()):
        if all(p.low(at + k) == word for k, word in enumerate(words)):
            yield VerbSense(relation), at + len(words), "adjective"


def _frame(
    p: SentenceParts, at: int, end: int, sense: VerbSense, form: str, earlier: list[Frame]
) -> Frame | None:
    chain = chain_before(p, at)
    if chain is None:
        return None
    passive = form == "past" and not sense.particles and _by(p, end)
    if passive and not sense.legitimate:
        return _passive(p, at, _by(p, end), chain, sense.relation)
    if form == "past" and chain.be:
        return None
    if form == "adjective" and not (chain.be or p.low(at) in ALONE):
        return None
    if form == "ing" and not chain.be and not chain.have:
        return _participle(p, at, end, sense)
    if form == "base" and not chain.to and not chain.helped and not chain.have:
        chain = replace(chain, plural=True)
    if form == "s":
        chain = replace(chain, plural=False)
    return _active(p, at, end, sense, chain, earlier)


def _active(
    p: SentenceParts, at: int, end: int, sense: VerbSense, chain: VerbChain, earlier: list[Frame]
) -> Frame | None:
    target = objects(p, end, strict_end=not sense.legitimate)
    if target is None:
        return None
    capacity = _capacity(p, target.end)
    if sense.legitimate:
        capacity = capacity or _complement(p, target.end)
    if not _recognizable(p, sense, target, capacity):
        return None
    subject = before(p, chain.subject_end, plural=chain.plural) or _shared(p, chain, earlier)
    if subject is None or _supposed(p, subject.first):
        return None
    how: How = "off" if subject.neither else chain.how
    keep = capacity if sense.relation == "recognizes" else None
    rule = "adjective" if p.low(at) in _BY_FIRST else "verb"
    return Frame(
        subject.parties, sense.relation, target.parties, ((at, end),), how, rule, keep, subject.first
    )


def _recognizable(p: SentenceParts, sense: VerbSense, target: Objects, capacity: Range | None) -> bool:
    """People are also recognized in the street, and for their merits; a city as a capital."""
    if sense.relation != "recognizes":
        return p.low(target.end) != "to" or sense.relation == "supports"
    if capacity and any(p.low(k) in _OF_LAND for k in range(*capacity)):
        return False
    if sense.legitimate:
        return capacity is not None and any(p.low(k) in LEGITIMATE for k in range(*capacity))
    return p.low(target.end) != "for" and p.low(target.end) != "from"


def _shared(p: SentenceParts, chain: VerbChain, earlier: list[Frame]) -> Before | None:
    """The subject of the verb before "and": "Peru supports Soto and opposes Vega"."""
    at = chain.subject_end - 1
    if p.low(at) not in ("and", "but") or not earlier:
        return None
    last = earlier[-1]
    near = max(last.evidence[-1][1], *(one.last for one in last.targets), *(last.capacity or (0, 0)))
    if last.rule not in ("verb", "adjective", "role") or not near <= at <= near + 3:
        return None
    return Before(last.holders, last.first)


def _passive(
    p: SentenceParts, at: int, by: int, chain: VerbChain, relation: PositionRelation
) -> Frame | None:
    """ "Soto is (not) recognized by Peru", "Soto, backed by Peru"."""
    holders = objects(p, by)
    subject = before(p, chain.subject_end, plural=None)
    if subject is None and not chain.be:
        end = chain.subject_end - (p.low(chain.subject_end - 1) == ",")
        chunks = p.ends.get(end, ())
        subject = Before((chunks[0],), chunks[0].first) if chunks else None
    if holders is None or subject is None or _supposed(p, subject.first):
        return None
    capacity = _capacity(p, holders.end) if relation == "recognizes" else None
    evidence = ((at, by),)
    return Frame(
        holders.parties, relation, subject.parties, evidence, chain.how, "passive", capacity, subject.first
    )


def _by(p: SentenceParts, at: int) -> int:
    """The word behind "by", at most a capacity ("recognized as president by") away; 0: none."""
    for k in range(at, at + 7):
        low = p.low(k)
        if low == "by":
            return k + 1
        if not low or (k == at and low != "as" and not low.endswith("ly")) or low in _CAPACITY_ENDS:
            return 0
    return 0


def _participle(p: SentenceParts, at: int, end: int, sense: VerbSense) -> Frame | None:
    """ "criticized Peru for supporting Soto": whoever is blamed for it does it."""
    target = objects(p, end)
    if target is None or p.low(at - 1) != "for" or sense.relation == "recognizes":
        return None
    named = listed_before(p, at - 1)
    if named is None or not _blamed(p, named.first):
        return None
    return Frame(
        named.parties, sense.relation, target.parties, ((at, end),), "on", "participle", None, named.first
    )


def _blamed(p: SentenceParts, first: int) -> bool:
    blame = word_row("positions", "blame")
    return any(p.low(k).startswith(blame) for k in range(max(0, first - 5), first))


def _capacity(p: SentenceParts, at: int) -> Range | None:
    """ "as the legitimate president of Peru" at ``at``, up to its end; a participle may stand before it."""
    start = at
    while p.low(start).endswith(("ed", "ly")) and start < at + 3:
        start += 1
    if p.low(start) != "as":
        return None
    end = start + 1
    while end < len(p.tokens) and end - start < _LONGEST_CAPACITY and p.low(end) not in _CAPACITY_ENDS:
        end += 1
    return (start, end) if end > start + 1 else None


def _complement(p: SentenceParts, at: int) -> Range | None:
    """ "the legitimate president of Peru" right behind the object."""
    end = at + 2 if p.low(at) == "to" and p.low(at + 1) == "be" else at
    while end < len(p.tokens) and end - at < _LONGEST_CAPACITY and p.low(end) not in _CAPACITY_ENDS:
        end += 1
    return (at, end) if end > at else None


def chain_before(p: SentenceParts, at: int) -> VerbChain | None:
    """What stands left of a verb up to its subject; None if it makes the verb no fact."""
    chain = VerbChain(at)
    k = at - 1
    for _ in range(_LONGEST_CHAIN):
        low = p.low(k)
        if low in MODALS or (low.endswith("n't") and low[:-3] in ("would", "could", "should", "ca", "must")):
            return None
        if low == "used" and chain.to:
            return None
        if low in NEGATIONS or low.endswith("n't"):
            chain = replace(chain, how=_off(chain.how))
            chain = _with_auxiliary(chain, low)
        elif low == "longer" and p.low(k - 1) == "no":
            chain = replace(chain, how="off")
            k -= 1
        elif low in WILL:
            chain = replace(chain, how="plan", helped=True)
        elif low in AUX:
            chain = _with_auxiliary(chain, low)
        elif low in CHAINS and (chain.to or k == at - 1):
            chain = _governed(chain, low)
        elif low == "to":
            chain = replace(chain, to=True)
        elif not (low in ADVERBS or (low.endswith("ly") and low != "ally")):
            break
        k -= 1
    if chain.to and not chain.have:
        return None
    return replace(chain, subject_end=k + 1)


def _off(how: How) -> How:
    return "on" if how == "off" else "off"


def _governed(chain: VerbChain, low: str) -> VerbChain:
    """``have`` marks that a known verb governs the infinitive."""
    how = CHAINS[low]
    if how == "off":
        how = _off(chain.how)
    elif how == "on":
        how = chain.how
    return replace(chain, how=how, have=True)


def _with_auxiliary(chain: VerbChain, low: str) -> VerbChain:
    low = low.removesuffix("n't")
    plural = {"is": False, "has": False, "does": False, "was": False, "are": True, "have": True, "do": True,
              "were": True}.get(low)  # fmt: skip
    be = chain.be or (low in BE and not chain.have)
    plural = plural if plural is not None else chain.plural
    return replace(chain, be=be, plural=plural, helped=chain.helped or low in AUX)


def _supposed(p: SentenceParts, first: int) -> bool:
    """Whether the clause begins behind "if" or "whether"."""
    at = first - 1
    while p.low(at) in ("the", "both", "even", ","):
        at -= 1
    return p.low(at) in HYPOTHETICAL


def pressed(p: SentenceParts) -> Iterator[Frame]:
    """ "Peru is strangling Chile with sanctions": a verb, the target as its object, "with sanctions"."""
    for at in range(2, len(p.tokens)):
        if p.low(at) not in SANCTIONS:
            continue
        for k in range(at - 1, max(0, at - 4), -1):
            if p.low(k) in ("with", "through") and (frame := _pressed(p, k, at)):
                yield frame


def _pressed(p: SentenceParts, preposition: int, noun: int) -> Frame | None:
    for target in p.ends.get(preposition, ()):
        verb = target.first - 1
        if not p.low(verb).endswith(("ing", "ed", "es", "s")) or p.low(verb) in AUX:
            continue
        chain = chain_before(p, verb)
        subject = before(p, chain.subject_end, plural=chain.plural) if chain else None
        if chain and subject and not _supposed(p, subject.first):
            evidence = ((verb, verb + 1), (noun, noun + 1))
            return Frame(subject.parties, "sanctions", (target,), evidence, chain.how, "pressed",
                         None, subject.first)  # fmt: skip
    return None


def listed_behind(p: SentenceParts) -> Iterator[Frame]:
    """ "those who are propping up Soto, particularly Peru": who is named behind does it."""
    for at in range(len(p.tokens) - 2):
        if p.low(at) not in ("those", "countries", "governments", "states", "nations"):
            continue
        verb = at + 1 + (p.low(at + 1) in ("who", "that", "which"))
        verb += p.low(verb) in ("are", "still", "have")
        for sense, end, form in _senses(p, verb):
            target = objects(p, end) if form != "s" else None
            if target is None or sense.legitimate or p.low(target.end) != ",":
                continue
            k = target.end + 1
            if p.low(k) in APART:
                k += 1 + (p.low(k + 1) in ("as", "them"))
                if holders := objects(p, k):
                    evidence = ((verb, end),)
                    yield Frame(holders.parties, sense.relation, target.parties, evidence, "on", "listed",
                                None, at)  # fmt: skip
