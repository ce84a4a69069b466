"""Where mentions are tied: chains that grow, each tie with the rule that made it and how sure it is. And
descriptions by a role, "the Republican nominee", "the senator": to the person whom the report gave it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from onrecord.facts import OfficeFound
from onrecord.lang import either, word_list, word_map
from onrecord.reading.actors.items import Item, ReportText, ToldAttribution
from onrecord.reading.actors.names_in_report import PersonName
from onrecord.reading.actors.words import Gender, Number


@dataclass(slots=True)
class MentionChain:
    """The mentions of one entity so far, and what they say together."""

    number: int
    items: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    persons: list[PersonName] = field(default_factory=list)
    bodies: list[tuple[str, ...]] = field(default_factory=list)  # folded names of what is no person
    heads: set[str] = field(default_factory=set)
    genders: Counter[Gender] = field(default_factory=Counter)
    numbers: Counter[Number] = field(default_factory=Counter)
    states: set[str] = field(default_factory=set)
    offices: list[OfficeFound] = field(default_factory=list)
    is_state: str | None = None  # the state that the chain is, by name
    subjects: int = 0
    spoke: int = -1  # number of the last attribution it was the speaker of

    # What most mentions say, kept up to date because it is asked far more often than it changes.
    kind: str = "thing"  # a thing only if all are
    gender: Gender | None = None
    many: Number | None = None

    @property
    def named(self) -> bool:
        """Whether it has a proper name."""
        return bool(self.persons or self.bodies)


@dataclass(slots=True)
class Board:
    """All mentions of a text with the chains they are in."""

    page: ReportText
    items: Sequence[Item]
    told: Sequence[ToldAttribution]
    chain_of: list[int | None]
    rule: list[str]
    confidence: list[float]
    chains: dict[int, MentionChain] = field(default_factory=dict)
    next: int = 0  # number of the next new chain

    def new(self, item: Item, rule: str, confidence: float) -> MentionChain:
        """A chain that begins with ``item``."""
        chain = MentionChain(self.next)
        self.chains[chain.number] = chain
        self.next += 1
        self.add(item, chain, rule, confidence)
        return chain

    def add(self, item: Item, chain: MentionChain, rule: str, confidence: float) -> None:
        """Ties ``item``, which is in no chain, to one."""
        assert self.chain_of[item.number] is None
        self.chain_of[item.number] = chain.number
        self.rule[item.number], self.confidence[item.number] = rule, confidence
        chain.items.append(item.number)
        _learn(chain, item)

    def of(self, item: Item) -> MentionChain | None:
        """The chain an item is in."""
        number = self.chain_of[item.number]
        return None if number is None else self.chains[number]

    def free(self) -> Iterator[Item]:
        """Items in no chain, in order."""
        for item in self.items:
            if self.chain_of[item.number] is None:
                yield item

    def tie(self, first: Item, second: Item, rule: str, confidence: float) -> bool:
        """Makes two items one entity, joining their chains if both have one. False if they already were."""
        a, b = self.of(first), self.of(second)
        if a is None:
            a = self.new(first, "first mention", 0.9)
        if b is None:
            self.add(second, a, rule, confidence)
        elif a is b:
            return False
        else:
            self.join(a, b, rule, confidence)
        return True

    def join(self, into: MentionChain, other: MentionChain, rule: str, confidence: float) -> None:
        """All of ``other`` goes to ``into``; the rule is written at the first mention that was no name
        yet."""
        first = other.items[0]
        self.rule[first], self.confidence[first] = rule, min(confidence, self.confidence[first])
        for number in other.items:
            self.chain_of[number] = into.number
            _learn(into, self.items[number])
        into.items = sorted(into.items + other.items)
        into.spoke = max(into.spoke, other.spoke)
        del self.chains[other.number]


def board_of(page: ReportText, items: Sequence[Item], told: Sequence[ToldAttribution]) -> Board:
    """Nothing is tied yet."""
    size = len(items)
    return Board(page, items, told, [None] * size, [""] * size, [0.0] * size)


def _learn(chain: MentionChain, item: Item) -> None:
    """What an item says of its entity."""
    chain.kinds[item.kind] += 3 if item.form == "name" else 1
    if item.person and item.person.words and item.person not in chain.persons:
        chain.persons.append(item.person)
    elif item.name_words and not item.person and item.name_words not in chain.bodies:
        chain.bodies.append(item.name_words)
    if item.form == "nominal":
        chain.heads.add(item.head)
    if item.gender:
        chain.genders[item.gender] += 2 if item.form == "pronoun" else 3
    if item.many:
        chain.numbers[item.many] += 1
    if item.of_state and item.kind in ("person", "organisation"):
        chain.states.add(item.of_state)
    chain.offices += item.offices
    chain.states.update(one.state for one in item.offices if one.state)
    chain.subjects += item.subject
    _conclude(chain)


def _conclude(chain: MentionChain) -> None:
    """Counts again what most mentions say."""
    actors = [kind for kind in chain.kinds if kind not in ("thing", "time")]
    chain.kind = max(actors or chain.kinds, key=chain.kinds.__getitem__)
    chain.gender = max(chain.genders.items(), key=itemgetter(1))[0] if chain.genders else None
    chain.many = max(chain.numbers.items(), key=itemgetter(1))[0] if chain.numbers else None


# Roles that reports of politics take somebody up by without ever having said that he has them.
ROLES = word_list("actors", "roles")
_ONE_WORD = word_map("actors", "one_word")
_EMPTY = word_list("actors", "empty")
_PARTIES = frozenset({"democrat", "republican"})
# Whoever is said to be one of these is not taken up as "the nominee" without a word of it.
_OTHER_WORK = word_list("actors", "other_work")
# Those of whom a report has many.
_ANYONE = word_list("actors", "anyone")
_OFTEN = 3  # mentions of whom a report is about
_CHAINS = 300  # chains of any kind looked at
_BACK = 30  # named persons looked at, the one mentioned last first
_TOLD = 24  # mentions of a person whose words are looked at


_COPULA = re.compile(
    r"(?: \([^()\n]{1,120}\))?,?\s(?:"
    + either("actors", "copula_has")
    + r")\s(?:(?:"
    + either("actors", "copula_also")
    + r")\s)?"
)
_LONGEST = 150  # characters from the subject's end to what is said to be it


def subject_of_copula(board: Board, item: Item) -> MentionChain | None:
    """Who a description is said to be by a verb: "Ann Lee (born 1960) is a singer", "he served as mayor"."""
    if item.form != "nominal" or item.kind in ("thing", "time", "nationality"):
        return None
    for number in range(item.number - 1, max(-1, item.number - 8), -1):
        one = board.items[number]
        chain = board.of(one)
        if one.end > item.start or chain is None:
            continue
        if item.start - one.end > _LONGEST:
            return None
        if one.sentence != item.sentence or not _COPULA.fullmatch(board.page.text, one.end, item.start):
            continue
        if one.oblique or one.possessive or (one.pronoun and one.pronoun.case == "other"):
            return None
        return chain if _may_be_said(item, one, chain) else None
    return None


def _may_be_said(item: Item, one: Item, chain: MentionChain) -> bool:
    """Kind, number and gender go together."""
    if item.kind != chain.kind or (item.gender and chain.gender and item.gender != chain.gender):
        return False
    own = one.many or chain.many
    return item.many is None or own is None or own == item.many


def is_role(item: Item) -> bool:
    """Whether an item may be "the" holder of a role: one person, described."""
    if item.form != "nominal" or item.definite != "the" or item.many == "many" or item.kind != "person":
        return False
    return not item.head.endswith("s") and item.head not in _ANYONE


def by_role(
    board: Board, item: Item, recent: Iterable[int], voices: Sequence[tuple[int, int]], *, within: int
) -> MentionChain | None:
    """The named person whom the description ``item`` is of, if the report tells.

    Args:
        board: what is tied so far.
        item: one that `is_role`.
        recent: numbers of chains, the one mentioned last first.
        voices: item and chain of whoever spoke or acted, in order; empty if ``item`` does not speak.
        within: sentences back in which ``voices`` count.
    """
    said = _meant(item.words)
    around = set(phrases_around(board, item))
    possible = [
        chain
        for number in islice(recent, _CHAINS)
        if (chain := board.chains[number]).persons and number not in around and _may_be(item, chain)
    ][:_BACK]
    told = {chain.number: _told_of(board, chain) for chain in possible}
    possible = [one for one in possible if not _other_party(said, told[one.number])]
    head = _meant([item.head])
    often = item.head in ROLES or item.head.endswith("-year-old")
    if not often:
        possible = [one for one in possible if head & told[one.number]]
    marks = {one.number: len((said - _PARTIES) & told[one.number]) for one in possible}
    most = max(marks.values(), default=0)
    best = [one for one in possible if marks[one.number] == most] if most else []
    if best and (often or len(best) == 1):
        return best[0]
    if not voices or not often:
        return None
    possible = [one for one in possible if not told[one.number] & _OTHER_WORK]
    allowed = {one.number for one in possible}
    for number, at in reversed(voices):
        if item.sentence - board.items[number].sentence > within:
            break
        if at in allowed:
            return board.chains[at]
    return next((one for one in possible if len(one.items) > _OFTEN), None)


def _may_be(item: Item, chain: MentionChain) -> bool:
    if chain.kind != "person" or chain.many == "many":
        return False
    return item.gender is None or chain.gender in (None, item.gender)


def _told_of(board: Board, chain: MentionChain) -> frozenset[str]:
    """What the report's phrases for a person say of him, his names left out."""
    found: set[str] = set()
    for number in chain.items[:_TOLD]:
        one = board.items[number]
        if one.form != "pronoun":
            found |= one.words - set(one.name_words)
    for office in chain.offices[:_TOLD]:
        found.update(office.title.lower().split())
    return _meant(found)


def _meant(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_ONE_WORD.get(word, word) for word in words if word not in _EMPTY)


def _other_party(said: frozenset[str], told: frozenset[str]) -> bool:
    ours, theirs = said & _PARTIES, told & _PARTIES
    return bool(ours and theirs) and not ours & theirs


def phrases_around(board: Board, item: Item) -> Iterator[int]:
    """Chains of the phrases the item stands in: "his" in "his wife" is not the wife."""
    outer = item.outer
    while outer >= 0:
        chain = board.chain_of[outer]
        if chain is not None:
            yield chain
        outer = board.items[outer].outer
