"""Where mentions are tied: chains that grow, each tie with the rule that made it and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from onrecord.facts import OfficeFound
from onrecord.reading.actors.items import Item, Page, Told
from onrecord.reading.actors.names_in_report import PersonName
from onrecord.reading.actors.words import Gender, Number


@dataclass(slots=True)
class Chain:
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

    page: Page
    items: Sequence[Item]
    told: Sequence[Told]
    chain_of: list[int | None]
    rule: list[str]
    confidence: list[float]
    chains: dict[int, Chain] = field(default_factory=dict)
    next: int = 0  # number of the next new chain

    def new(self, item: Item, rule: str, confidence: float) -> Chain:
        """A chain that begins with ``item``."""
        chain = Chain(self.next)
        self.chains[chain.number] = chain
        self.next += 1
        self.add(item, chain, rule, confidence)
        return chain

    def add(self, item: Item, chain: Chain, rule: str, confidence: float) -> None:
        """Ties ``item``, which is in no chain, to one."""
        assert self.chain_of[item.number] is None
        self.chain_of[item.number] = chain.number
        self.rule[item.number], self.confidence[item.number] = rule, confidence
        chain.items.append(item.number)
        _learn(chain, item)

    def of(self, item: Item) -> Chain | None:
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

    def join(self, into: Chain, other: Chain, rule: str, confidence: float) -> None:
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


def board_of(page: Page, items: Sequence[Item], told: Sequence[Told]) -> Board:
    """Nothing is tied yet."""
    size = len(items)
    return Board(page, items, told, [None] * size, [""] * size, [0.0] * size)


def _learn(chain: Chain, item: Item) -> None:
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


def _conclude(chain: Chain) -> None:
    """Counts again what most mentions say."""
    actors = [kind for kind in chain.kinds if kind not in ("thing", "time")]
    chain.kind = max(actors or chain.kinds, key=chain.kinds.__getitem__)
    chain.gender = max(chain.genders.items(), key=itemgetter(1))[0] if chain.genders else None
    chain.many = max(chain.numbers.items(), key=itemgetter(1))[0] if chain.numbers else None
