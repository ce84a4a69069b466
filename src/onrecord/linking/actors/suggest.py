"""Entities of many reports that are one actor, and pairs of which it is not sure: suggestions with their
reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from onrecord.facts import state_name
from onrecord.ids import content_id
from onrecord.linking.actors.known import KnownPerson
from onrecord.linking.actors.names import SINGLE, VAGUE, Claim, Person, Trace, day, near, near_in_time, span
from onrecord.values import Actor, Suggestion

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
    known: KnownPerson | None  # the person of the facts
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


# Blocks larger than this are names or offices too common to say anything; all pairs would take too long.
_MOST_IN_BLOCK = 20
_ONE_YEAR = 365
_LONGEST_NAME = 30  # letters; what is longer is no name of a person
_Pair = tuple[int, int]  # places in the list of clusters, ascending


def suggestions(
    clusters: Sequence[Cluster],
    actors: Sequence[Actor],
    doubts: Iterable[Doubt],
    *,
    rejected: frozenset[frozenset[int]],
) -> tuple[Suggestion, ...]:
    """Every pair worth a look, likeliest first.

    Args:
        clusters: what the actors were made from, in the same order.
        actors: all actors.
        doubts: pairs of entities that linking was not sure of.
        rejected: pairs of places in ``actors`` that a person has said are two.
    """
    owner = {member: at for at, one in enumerate(actors) for member in one.members}
    found: dict[_Pair, tuple[float, str]] = {}
    for one in doubts:
        a, b = owner.get(one.first), owner.get(one.second)
        if a is not None and b is not None:
            _note(found, a, b, one.score, one.reason)
    for a, b, score, reason in (*_same_office(clusters), *_near_names(clusters)):
        _note(found, a, b, score, reason)
    wanted = (pair for pair in found if frozenset(pair) not in rejected)
    made = (_suggestion(clusters, actors, pair, *found[pair]) for pair in wanted)
    return tuple(sorted(made, key=lambda one: (-one.score, one.reason, one.id)))


def _note(found: dict[_Pair, tuple[float, str]], a: int, b: int, score: float, reason: str) -> None:
    """Keeps the best reason for a pair."""
    if a != b:
        pair = (min(a, b), max(a, b))
        best = max((score, reason), found.get(pair, (0.0, "")))
        found[pair] = best


def _suggestion(
    clusters: Sequence[Cluster], actors: Sequence[Actor], pair: _Pair, score: float, reason: str
) -> Suggestion:
    better = sorted(pair, key=lambda at: (*_fame(clusters[at]), actors[at].id))
    ids = (actors[better[0]].id, actors[better[1]].id)
    return Suggestion(content_id("u", *sorted(ids)), *ids, reason, score)


def _fame(cluster: Cluster) -> tuple[int, int]:
    """How well known an actor is, as a key for sorting: by reports, then by mentions."""
    return -len(cluster.documents), -sum(one.seen.mentions for one in cluster.traces)


def _same_office(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int, float, str]]:
    """Persons called by one office at one time who share a given name."""
    blocks: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    said: dict[int, frozenset[Claim]] = {}
    for at, cluster in enumerate(clusters):
        said[at] = _called(cluster)
        for name in cluster.names:
            for kind, state in said[at] | set(map(_plain, cluster.claims)):
                if kind not in VAGUE and len(name.given) > 1:
                    blocks[name.given, kind, state].add(at)
    for (_, kind, state), block in sorted(blocks.items()):
        if len(block) > _MOST_IN_BLOCK:
            continue
        for a, b in combinations(sorted(block), 2):
            one, other = clusters[a], clusters[b]
            claim = (kind, state)
            if not _may_be_one(one, other) or not (claim in said[a] or claim in said[b]):
                continue
            if _at_one_time(one, other, claim, said[a], said[b]):
                yield (
                    a,
                    b,
                    0.8 if kind in SINGLE else 0.6,
                    _office_reason(one, other, claim, said[a], said[b]),
                )


def _called(cluster: Cluster) -> frozenset[Claim]:
    """Offices that reports call it by; one without a state is of the only state the actor has."""
    own = _only_state(cluster)
    return frozenset(
        _plain((office.kind, state))
        for one in cluster.traces
        for office in one.seen.entity.offices
        if not office.former and (state := office.state or one.state or own)
    )


def _only_state(cluster: Cluster) -> str:
    return min(cluster.states) if len(cluster.states) == 1 else ""


def _plain(claim: Claim) -> Claim:
    """An office with heads of state and of government as one: reports call both president."""
    return ("head_of_state", claim[1]) if claim[0] == "head_of_government" else claim


def _may_be_one(one: Cluster, other: Cluster) -> bool:
    """Whether nothing says that two are different persons."""
    if one.known and other.known and one.known.terms != other.known.terms:
        return False
    return not {name.surname for name in one.names} & {name.surname for name in other.names}


def _at_one_time(
    one: Cluster, other: Cluster, claim: Claim, said: frozenset[Claim], other_said: frozenset[Claim]
) -> bool:
    """Whether both have an office at the same time, by reports of one time or by a term of the facts."""
    if claim in said and claim in other_said:
        return near_in_time(span(one.traces), span(other.traces), days=_ONE_YEAR)
    named, known = (one, other) if claim in said else (other, one)
    terms = known.known.terms if known.known else ()
    when = span(named.traces)
    return when is None or any(
        _plain((term.kind, term.state or "")) == claim and _overlaps(term.since, term.until, *when)
        for term in terms
    )


def _overlaps(since: str | None, until: str | None, first: int, last: int) -> bool:
    begins, ends = day(since or ""), day(until or "")
    return (begins is None or begins <= last) and (ends is None or first <= ends)


def _office_reason(
    one: Cluster, other: Cluster, claim: Claim, said: frozenset[Claim], other_said: frozenset[Claim]
) -> str:
    """Why two with one office may be one, in words."""
    given = _given(min(one, other, key=_fame))
    office = _office(one, other, claim) or claim[0].replace("_", " ")
    if claim in said and claim in other_said:
        return f"both are called {office} and share the given name {given}"
    named, known = (one, other) if claim in said else (other, one)
    person = known.known.name if known.known else _name(known)
    return f"{_name(named)} is called {office}, as {person} was then, and they share the given name {given}"


def _office(one: Cluster, other: Cluster, claim: Claim) -> str | None:
    """An office as reports word it, best as they do for both: "president of Venezuela"."""
    first, second = _titles(one, claim), _titles(other, claim)
    wordings = first & second or first | second
    if not wordings:
        return None
    title = min(wordings, key=lambda title: (len(title), title))
    return f"{title} of {state_name(claim[1])}"


def _titles(cluster: Cluster, claim: Claim) -> set[str]:
    own = _only_state(cluster)
    return {
        office.title if office.title.isupper() else office.title.lower()
        for one in cluster.traces
        for office in one.seen.entity.offices
        if _plain((office.kind, office.state or one.state or own)) == claim and not office.former
    }


def _given(cluster: Cluster) -> str:
    """The given name as written in the fullest name of the first report."""
    return (_name(cluster).split() or [""])[0]


def _name(cluster: Cluster) -> str:
    names = (one.seen.entity.name for one in cluster.traces if one.full)
    return next((name for name in names if name), cluster.label or cluster.key)


def _near_names(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int, float, str]]:
    """Persons whose full names differ by one letter of one name."""
    blocks: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for at, cluster in enumerate(clusters):
        for name in cluster.names:
            for part, kept, changed in (("s", name.given, name.surname), ("g", name.surname, name.given)):
                if 4 < len(changed) < _LONGEST_NAME and len(kept) > 1:
                    for variant in _without_one(changed):
                        blocks[part, kept, variant].add(at)
    done: set[_Pair] = set()
    for _, block in sorted(blocks.items()):
        if not 1 < len(block) <= _MOST_IN_BLOCK:
            continue
        for a, b in combinations(sorted(block), 2):
            if (a, b) not in done and _nearly(clusters[a], clusters[b]):
                done.add((a, b))
                shared = clusters[a].states & clusters[b].states
                reason = f"{_name(clusters[a])} and {_name(clusters[b])} differ by one letter"
                if shared:
                    reason += f" and are of one state, {state_name(min(shared))}"
                yield a, b, 0.7 if shared else 0.4, reason


def _nearly(one: Cluster, other: Cluster) -> bool:
    """Whether two names differ by one letter and neither states nor facts say that they are two."""
    if one.hard and other.hard and not one.hard & other.hard:
        return False
    if one.known and other.known and one.known.terms != other.known.terms:
        return False
    return any(_one_letter(a, b) for a in one.names for b in other.names)


def _one_letter(a: Person, b: Person) -> bool:
    return (a.given == b.given and near(a.surname, b.surname)) or (
        a.surname == b.surname and near(a.given, b.given)
    )


def _without_one(token: str) -> set[str]:
    """A token, and what is left of it without any one letter: near tokens share one of these."""
    return {token, *(token[:at] + token[at + 1 :] for at in range(len(token)))}
