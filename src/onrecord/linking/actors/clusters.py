"""Entities of many reports that are one actor, and pairs of which it is not sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.linking.actors.known import Known
from onrecord.linking.actors.names import Claim, Person, Trace

# A state that reports show otherwise than by an office keeps nobody apart if so few of those with a state
# show it.
_FEW = 5

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Entities that are one actor."""

    key: str  # what its id is made from: a name in one spelling, a state's code, a fact's name
    traces: tuple[Trace, ...]  # sorted by member
    names: tuple[Person, ...]  # full names of a person, sorted by tokens
    known: Known | None  # the person of the facts
    label: str | None  # its name if reports never name it, or the name of the facts if that is better known
    reasons: tuple[str, ...]  # why these are one
    state: str | None = None  # of a body whose name says it, or the words around it

    @property
    def hard(self) -> frozenset[str]:
        """States of offices said to be held, and of the facts."""
        said = frozenset(one.strong for one in self.traces if one.strong)
        return said | self.known.states if self.known else said

    @property
    def states(self) -> frozenset[str]:
        """All states that reports or facts show."""
        return self.hard | {one.weak for one in self.traces if one.weak}

    @property
    def claims(self) -> frozenset[Claim]:
        """All offices with their states."""
        said = frozenset(claim for one in self.traces for claim in one.claims)
        held = self.known.terms if self.known else ()
        return said | {(one.kind, one.state) for one in held if one.state}

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the reports it is in."""
        return frozenset(one.seen.document_id for one in self.traces)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities whose actors may be one, and why."""

    first: tuple[str, int]
    second: tuple[str, int]
    reason: str
    score: float


def ordered(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Traces by document and number."""
    return tuple(sorted(traces, key=lambda one: one.member))


def by_report(traces: Iterable[Trace]) -> list[list[Trace]]:
    """Traces of each report, in the order of their first."""
    found: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        found[one.seen.document_id].append(one)
    return list(found.values())


def parted(
    traces: Sequence[Trace], *, settled: frozenset[str] = frozenset()
) -> dict[str | None, list[Trace]]:
    """Entities of one name by the state they are of; None for those that may be of any of several.

    States of offices count before other states, which are only looked at where no office has one. Entities
    of no state go with the others if these are all of one.

    Args:
        traces: entities of one name.
        settled: states that the facts give the bearer of the name; they count as one, and only an office of
            another state keeps anybody apart then.
    """
    strong = Counter(_one(trace.strong, settled) for trace in traces if trace.strong)
    if not strong:
        every = Counter(trace.weak for trace in traces if trace.weak)
        strong = Counter({state: n for state, n in every.items() if n * _FEW >= every.total()})
        found: dict[str | None, list[Trace]] = defaultdict(list)
        for trace in traces:
            apart = len(strong) > 1 and trace.weak in strong and not settled
            found[trace.weak if apart else None].append(trace)
        return found
    settled_as = min(settled) if settled and any(state in settled for state in strong) else None
    only = next(iter(strong)) if len(strong) == 1 else settled_as
    found = defaultdict(list)
    for trace in traces:
        state = _one(trace.strong, settled) if trace.strong else None
        if state is None:
            weak = _one(trace.weak, settled) if trace.weak else None
            state = weak if weak in strong else only
        found[state].append(trace)
    return found


def _one(state: str, settled: frozenset[str]) -> str:
    return min(settled) if state in settled else state


class Union:
    """Disjoint sets. What is joined does not depend on the order of joining."""

    def __init__(self) -> None:
        self.parents: dict[Hashable, Hashable] = {}

    def find(self, one: T) -> T:
        """The representative of a set."""
        path: list[Hashable] = []
        at: Hashable = one
        while (parent := self.parents.get(at, at)) != at:
            path.append(at)
            at = parent
        for passed in path:
            self.parents[passed] = at
        return at  # type: ignore[return-value]

    def join(self, one: T, other: T) -> None:
        """Unites the sets of two."""
        a, b = self.find(one), self.find(other)
        if a != b:
            self.parents[a] = b

    def sets(self, every: Iterable[T]) -> list[list[T]]:
        """The sets of the given ones, each in their order."""
        found: dict[Hashable, list[T]] = defaultdict(list)
        for one in every:
            found[self.find(one)].append(one)
        return list(found.values())
