"""Persons called by a surname or an office alone: joined to a full name where something supports it.

An entity goes to the one full name that its office, its state or the facts of its report's date point to, or
that no other in the record bears. Where several fit alike nothing is joined and a doubt is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.facts import Holder, state_name
from onrecord.linking.actors.known import KnownPerson, holder_of, known_holder
from onrecord.linking.actors.names import (
    VAGUE,
    Person,
    Trace,
    agree,
    compare,
    definite,
    is_held,
    is_surname,
    near_in_time,
    span,
)
from onrecord.linking.actors.suggest import Cluster, Doubt, by_report, ordered, parted
from onrecord.reading.actors.words import gender_of_given
from onrecord.values import Office

_MOST_DOUBTS = 5  # of one entity
# An office that so many hold tells nobody from another; looking at all of them would take too long.
_MOST_HOLDERS = 50
# Reports so close in time most likely mean the same holder of an office.
_SAME_TIME_DAYS = 60
# What supports a join; only the order matters. An office says most, then the state.
_OFFICE, _ALIKE, _STATE = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an entity goes with a cluster."""

    score: int
    reason: str


def join(
    clusters: Sequence[Cluster], partial: Sequence[Trace], nameless: Sequence[Trace]
) -> tuple[list[Cluster], list[Doubt]]:
    """The clusters with all that joins them, new ones of what does not, and doubts."""
    index = _Index(clusters)
    taken: dict[int, list[tuple[Trace, str]]] = defaultdict(list)
    facts: dict[tuple[str, str], list[tuple[Trace, Holder]]] = defaultdict(list)
    left: list[Trace] = []
    doubts: list[Doubt] = []
    for one in ordered((*partial, *nameless)):
        place, holder, unsure = _place(one, index)
        doubts += unsure
        if place is not None:
            taken[place[0]].append((one, place[1]))
        elif holder is not None:
            facts[holder.person, holder.wikidata or holder.state or ""].append((one, holder))
        else:
            left.append(one)
    grown = [_grown(cluster, taken[at]) for at, cluster in enumerate(clusters)]
    resolved = [_of_facts(members) for _, members in sorted(facts.items())]
    return [*grown, *resolved, *_left(left)], doubts


class _Index:
    """Clusters by surname, by person of the facts, and by what they are called to be."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.clusters = clusters
        self.by_token: dict[str, list[int]] = defaultdict(list)
        self.by_known: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_claim: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.kinds = [
            {office.kind for one in cluster.traces for office in one.seen.entity.offices}
            | {term.kind for term in (cluster.known.terms if cluster.known else ())}
            for cluster in clusters
        ]
        self.spans = [span(cluster.traces) for cluster in clusters]
        self.full: dict[str, set[int]] = defaultdict(set)  # document -> clusters it names in full
        self.hard = [cluster.hard for cluster in clusters]
        self.states = [cluster.states for cluster in clusters]
        self.claims = [cluster.claims for cluster in clusters]
        for at, cluster in enumerate(clusters):
            for token in sorted({token for name in cluster.names for token in name.tokens}):
                self.by_token[token].append(at)
            if cluster.known:
                self.by_known[cluster.known.name, cluster.known.mark].append(at)
            for claim in sorted({claim for one in cluster.traces for claim in one.claims}):
                self.by_claim[claim].append(at)
            for one in cluster.traces:
                self.full[one.seen.document_id].add(at)


def _place(one: Trace, index: _Index) -> tuple[tuple[int, str] | None, Holder | None, list[Doubt]]:
    """Where an entity goes: to a cluster and why, or to a person of the facts beside them; and doubts."""
    told = [office for office in one.seen.entity.offices if one.persons or definite(one, office)]
    holder = next((held for office in told if (held := holder_of(office, one))), None)
    if holder is not None:
        known = known_holder(holder)
        found = [at for at in _candidates_of(known, index) if not _conflict(one, at, index)]
        if len(found) == 1:
            return (found[0], f"office and date: {_term(holder)}"), None, []
        if not found:
            return None, holder, []
    if not one.persons:
        return None, None, _alike(one, index)
    fits = {at: fit for at in _bearers(one, index) if (fit := _fit(one, at, index)) is not None}
    best = [at for at in sorted(fits) if fits[at].score == max(fit.score for fit in fits.values())]
    apart = [at for at in best if at in index.full[one.seen.document_id]]
    titled = any(not office.former for office in one.seen.entity.offices)
    if len(best) == 1 and (fits[best[0]].score or not (apart or titled)):
        return (best[0], fits[best[0]].reason), None, []
    return None, None, [
        Doubt(index.clusters[at].traces[0].member, one.member, _maybe(one, index.clusters[at]), 0.4)
        for at in best[:_MOST_DOUBTS]
    ]  # fmt: skip


def _bearers(one: Trace, index: _Index) -> list[int]:
    """Clusters that have the entity's name as a surname, or as a given name if they share an office."""
    name = one.persons[0]
    found = []
    for at in index.by_token.get(name.surname, ()):
        names = index.clusters[at].names
        first = any(name.tokens == whole.tokens[:1] for whole in names)
        office = any(agree(claim, own) for claim in one.claims for own in index.claims[at])
        if any(is_surname(name, whole) for whole in names) or (first and office):
            found.append(at)
    return found


def _candidates_of(known: KnownPerson, index: _Index) -> list[int]:
    """Clusters that may be a person of the facts."""
    found = index.by_known.get((known.name, known.mark), [])
    if found:
        return found
    surnames = {own.surname for own in known.persons}
    return sorted(
        at
        for at in {at for token in surnames for at in index.by_token.get(token, ())}
        if not index.clusters[at].known
        and any(
            compare(own, name) in ("same", "part")
            for own in known.persons
            for name in index.clusters[at].names
        )
    )


def _conflict(one: Trace, at: int, index: _Index) -> bool:
    """Whether states or honorifics speak against an entity and a cluster being one."""
    said = one.strong or None
    if said and index.hard[at] and said not in index.hard[at]:
        return True
    gender, other = _gender(one.persons), _gender(index.clusters[at].names)
    return bool(gender and other and gender != other)


def _gender(names: Iterable[Person]) -> str | None:
    """What an honorific says, else the given name of a full name."""
    every = list(names)
    said = [name.gender for name in every if name.gender]
    told = [found for one in every if one.is_full and (found := gender_of_given(one.given))]
    return next(iter(said or told), None)


def _fit(one: Trace, at: int, index: _Index) -> Fit | None:
    """What supports that an entity is of a cluster; None if something speaks against it."""
    if _conflict(one, at, index):
        return None
    telling = [claim for claim in one.claims if claim[0] not in VAGUE]
    shared = [claim for claim in telling if any(agree(claim, own) for own in index.claims[at])]
    state = one.state if one.state in index.states[at] else None
    name = one.seen.entity.name or ""
    score = (_OFFICE if shared else 0) + (_STATE if state else 0)
    if shared:
        return Fit(score, f"surname {name} and office: {_office(one.seen.entity.offices, shared[0])}")
    alike = [
        office for office in one.seen.entity.offices
        if not one.state and any(agree((office.kind, ""), (kind, "")) for kind in index.kinds[at] - VAGUE)
    ]  # fmt: skip
    if alike:
        return Fit(_ALIKE, f"surname {name} and office: {alike[0].title}")
    if state:
        return Fit(score, f"surname {name} and state: {state_name(state)}")
    return Fit(score, f"surname {name}, which nobody else in the record bears")


def _alike(one: Trace, index: _Index) -> list[Doubt]:
    """The only named person said to hold the office of an entity without a name, at about that time."""
    for claim in one.claims:
        if claim[0] in VAGUE or len(index.by_claim.get(claim, ())) not in range(1, _MOST_HOLDERS):
            continue
        found = [
            at for at in index.by_claim[claim]
            if near_in_time(one.days, index.spans[at], days=_SAME_TIME_DAYS)
            and at not in index.full[one.seen.document_id]
        ]  # fmt: skip
        if len(found) == 1:
            named = index.clusters[found[0]].traces[0]
            called = _office(one.seen.entity.offices, claim)
            reason = f"{named.seen.entity.name} is called {called} at about that time"
            return [Doubt(named.member, one.member, reason, 0.5)]
    return []


def _maybe(one: Trace, cluster: Cluster) -> str:
    name = next((trace.seen.entity.name for trace in cluster.traces if trace.full), None) or cluster.label
    if one.seen.entity.offices and one.seen.document_id not in cluster.documents:
        title = one.seen.entity.offices[0].title
        return f"{title} {one.seen.entity.name} may be {name}, whom no report calls that"
    if one.seen.document_id in cluster.documents:
        return f"{one.seen.entity.name} may be {name}, whom the same report names apart from it"
    return f"{one.seen.entity.name} may be {name}, but others of that name fit as well"


def _grown(cluster: Cluster, joined: Iterable[tuple[Trace, str]]) -> Cluster:
    """A cluster with the entities that join it."""
    joined = list(joined)
    if not joined:
        return cluster
    reasons = (*cluster.reasons, *sorted({reason for _, reason in joined}))
    return replace(cluster, traces=ordered((*cluster.traces, *(one for one, _ in joined))), reasons=reasons)


def _of_facts(members: Sequence[tuple[Trace, Holder]]) -> Cluster:
    """A person that no report names in full, by the facts."""
    known = known_holder(members[0][1])
    reasons = tuple(sorted({f"office and date: {_term(holder)}" for _, holder in members}))
    return Cluster(
        key=" ".join(known.persons[0].tokens), traces=ordered(one for one, _ in members),
        names=(known.persons[0],),
        known=known, label=known.name, reasons=reasons,
    )  # fmt: skip


def _left(traces: Sequence[Trace]) -> list[Cluster]:
    """Clusters of what joined nothing: surnames that agree, and each office without a name by itself."""
    by_name: dict[tuple[str, ...], list[Trace]] = defaultdict(list)
    found = []
    for one in traces:
        if one.persons:
            by_name[one.persons[0].tokens].append(one)
        elif any(is_held(one, office) for office in one.seen.entity.offices):
            found.append(_unnamed(one))
    for tokens, members in sorted(by_name.items()):
        for part in by_report(members) if _is_given(tokens) else parted(members).values():
            reports = len({one.seen.document_id for one in part})
            reasons = ("the same single name, and nothing against it",) if reports > 1 else ()
            found.append(Cluster(" ".join(tokens), ordered(part), (), None, None, reasons))
    return found


def _is_given(tokens: tuple[str, ...]) -> bool:
    """Whether a single name is only a given name, which says nothing across reports."""
    return len(tokens) == 1 and gender_of_given(tokens[0]) is not None


def _unnamed(one: Trace) -> Cluster:
    """An office whose holder nobody names."""
    office = one.seen.entity.offices[0]
    label = _office(one.seen.entity.offices, (office.kind, office.state or one.state or ""))
    return Cluster(f"{label} {one.seen.document_id} {one.seen.entity.number}", (one,), (), None, label, ())


def _office(offices: Sequence[Office], claim: tuple[str, str]) -> str:
    """An office in words: "president of Venezuela"."""
    office = next((one for one in offices if one.kind == claim[0]), offices[0])
    state = state_name(claim[1])
    if office.organisation:
        return f"{office.title} of {office.organisation}" + (f" ({state})" if state else "")
    return f"{office.title} of {state}" if state else office.title


def _term(holder: Holder) -> str:
    """A term of office in words."""
    title = f"{holder.title} of {state_name(holder.state)}" if holder.state else holder.title
    ends = f" until {holder.until}" if holder.until else ""
    begins = f" from {holder.since}" if holder.since else ""
    return f"{holder.person} was {title}{begins}{ends} ({holder.source.split(':')[0]})"
