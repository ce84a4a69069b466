"""Actors across reports: entities of reports that are one, with what a person decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.facts import organisation_of, outlet_of
from onrecord.ids import content_id
from onrecord.linking.actors.bodies import body_clusters, is_state, place_clusters, state_clusters
from onrecord.linking.actors.joining import join
from onrecord.linking.actors.known import believable
from onrecord.linking.actors.names import Trace, is_group, is_nobody, person, plain, trace
from onrecord.linking.actors.persons import full_names, offices_of
from onrecord.linking.actors.suggest import Cluster, Doubt, ordered, suggestions
from onrecord.linking.decisions import Group, Member, chosen_names, owners, regroup, standing
from onrecord.values import Actor, ActorKind, Decision, Seen, Suggestion


def with_unknown_states(seen: Sequence[Seen]) -> list[Seen]:
    """``seen`` with the kind "state" for single names that are an unknown state elsewhere; in its order."""
    unknown = {
        plain(one.entity.name) for one in seen
        if one.entity.kind == "state" and one.entity.state is None and one.entity.name
    }  # fmt: skip
    if not unknown:
        return list(seen)
    bearers = {
        token
        for one in seen
        if one.entity.kind == "person"
        for name in one.entity.names
        if " " in name
        for token in plain(name).split()
    }
    states = unknown - bearers
    return [
        replace(one, entity=replace(one.entity, kind="state", state=None))
        if one.entity.name and plain(one.entity.name) in states and not one.entity.offices
        else one
        for one in seen
    ]


_KINDS: tuple[ActorKind, ...] = ("state", "outlet", "force", "organisation", "person", "place")
# A state that fewer than one in so many entities of an actor show, none of them by an office, is a slip of
# the reader.
_FEW = 3
_MOST_REASONS = 5  # in a basis
_ON_ROWS = ("s_", "a_")  # what a reject or confirm of is not of a suggestion


@dataclass(frozen=True, slots=True)
class Linked:
    """All actors by id, and pairs of them that may be one."""

    actors: tuple[Actor, ...]
    suggestions: tuple[Suggestion, ...]


def link(seen: Iterable[Seen], *, decisions: Sequence[Decision] = ()) -> Linked:
    """The actors of the entities of all reports.

    Args:
        seen: entities of all reports, in any order. Those with neither name nor office are no actors, nor are
            offices that nobody holds ("as president") and bodies and places without a name.
        decisions: what people decided, in the order they did: merge unites the actors that hold its anchors;
        split takes its anchors out of theirs into one of their own; rename sets the name of the actor with
        most of its anchors; confirm of a suggestion is a merge, reject hides it; undo takes a decision back.

    Returns:
        The same for the same entities and decisions, in whatever order the entities come.
    """
    traces = ordered(believable(trace(one)) for one in with_unknown_states(list(seen)))
    clusters, doubts = _clusters(traces)
    valid = tuple(map(_as_merge, standing(decisions)))
    clusters = _decided(clusters, valid)
    groups = [tuple(one.member for one in cluster.traces) for cluster in clusters]
    names = chosen_names(groups, valid)
    ids = _ids(clusters)
    actors = [
        _actor(cluster, id, names.get(group))
        for cluster, group, id in zip(clusters, groups, ids, strict=True)
    ]
    maybe = suggestions(clusters, actors, doubts, rejected=_rejected(groups, valid))
    return Linked(tuple(sorted(actors, key=lambda one: one.id)), maybe)


def _clusters(traces: Sequence[Trace]) -> tuple[list[Cluster], list[Doubt]]:
    """Clusters of every kind, before any decision."""
    by_kind: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        by_kind[_shelf(one)].append(one)
    full, unsure = full_names([one for one in by_kind["person"] if one.full])
    partial = [one for one in by_kind["person"] if one.persons and not one.full]
    nameless = [one for one in by_kind["person"] if not one.persons]
    persons, joined = join(full, partial, nameless)
    bodies, short = body_clusters(by_kind["body"])
    places = place_clusters(by_kind["place"])
    return [*persons, *bodies, *state_clusters(by_kind["state"]), *places], [*unsure, *joined, *short]


def _shelf(one: Trace) -> str:
    """What an entity is linked as: bodies of all kinds and peoples go together; who is nobody, nowhere."""
    kind, names = one.seen.entity.kind, one.seen.entity.names
    if kind == "person" and names:
        return "nobody" if is_nobody(names[0]) else "body" if is_group(names[0]) else "person"
    if kind == "place":
        return "state" if is_state(one) else "place"
    return "body" if kind in ("organisation", "force", "outlet") else kind


def _as_merge(decision: Decision) -> Decision:
    """A confirmed suggestion is a merge."""
    on_suggestion = decision.verb == "confirm" and not decision.targets[0].startswith(_ON_ROWS)
    return replace(decision, verb="merge") if on_suggestion else decision


def _decided(clusters: Sequence[Cluster], decisions: Sequence[Decision]) -> list[Cluster]:
    """The clusters after merges and splits."""
    if not any(one.verb in ("merge", "split") for one in decisions):
        return list(clusters)
    before = {tuple(one.member for one in cluster.traces): cluster for cluster in clusters}
    owner = {member: cluster for members, cluster in before.items() for member in members}
    traces = {one.member: one for cluster in clusters for one in cluster.traces}
    return [
        before.get(group) or _remade(group, owner, traces, decisions) for group in regroup(before, decisions)
    ]


def _remade(
    group: Group, owner: dict[Member, Cluster], traces: dict[Member, Trace], decisions: Sequence[Decision]
) -> Cluster:
    """A cluster that decisions made: what most of its entities were before, unless they were split off."""
    counts = Counter(owner[member].traces[0].member for member in group)
    main = owner[min(counts, key=lambda member: (-counts[member], member))]
    members = ordered(traces[member] for member in group)
    taken = [one for one in decisions if one.verb in ("merge", "split") and set(one.anchors) & set(group)]
    reasons = tuple(f"decision {one.id}" for one in taken)
    full = {one.full.tokens: one.full for one in members if one.full}
    names = tuple(full[tokens] for tokens in sorted(full))
    if any(one.verb == "split" and set(group) <= set(one.anchors) for one in taken):
        return replace(main, traces=members, names=names, known=None, label=None, reasons=reasons)
    return replace(main, traces=members, names=names, reasons=(*reasons, *main.reasons))


def _rejected(groups: Sequence[Group], decisions: Iterable[Decision]) -> frozenset[frozenset[int]]:
    """Pairs of actors whose suggestion a person rejected, by their places."""
    place = {group: at for at, group in enumerate(groups)}
    owner = owners(groups)
    found = set()
    for one in decisions:
        if one.verb == "reject" and one.targets and not one.targets[0].startswith(_ON_ROWS):
            found.add(frozenset(place[owner[anchor]] for anchor in one.anchors if anchor in owner))
    return frozenset(found)


def _ids(clusters: Sequence[Cluster]) -> list[str]:
    """Ids of clusters, in their order; see the head of this module."""
    found: dict[int, str] = {}
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        alike[_shelf(cluster.traces[0]), cluster.key].append(at)
    used: set[str] = set()
    for (kind, key), places in alike.items():
        places.sort(key=lambda at: (-len(clusters[at].documents), clusters[at].traces[0].member))
        for n, at in enumerate(places):
            found[at] = next(id for id in _tried(kind, key, clusters[at], first=n == 0) if id not in used)
            used.add(found[at])
    return [found[at] for at in range(len(clusters))]


def _tried(kind: str, key: str, cluster: Cluster, *, first: bool) -> Iterator[str]:
    """Ids that an actor may have, the best first."""
    if first:
        yield content_id("a", kind, key)
    yield content_id("a", kind, key, min(cluster.states, default="-"))
    document, number = cluster.traces[0].member
    yield content_id("a", kind, key, document, str(number))
    yield content_id("a", kind, key, document, str(number), "again")


def _actor(cluster: Cluster, id: str, chosen: str | None) -> Actor:
    """An actor from its cluster."""
    kind = _kind(cluster)
    name = chosen or _name(cluster, kind)
    names = {name for one in cluster.traces for name in one.seen.entity.names}
    return Actor(
        id=id, name=name, kind=kind, state=_state(cluster, kind), aliases=tuple(sorted(names - {name})),
        offices=offices_of(cluster), members=tuple(one.member for one in cluster.traces),
        basis=basis(cluster),
    )  # fmt: skip


def basis(cluster: Cluster) -> str:
    """Why the entities of a cluster are one actor, in words."""
    reasons = [*dict.fromkeys(cluster.reasons)]
    more = len(reasons) - _MOST_REASONS
    said = reasons[:_MOST_REASONS] + ([f"and {more} more like these"] if more > 0 else [])
    if cluster.known and not any("was" in reason and cluster.known.name in reason for reason in reasons):
        said.append(f"{cluster.known.name} of the facts ({cluster.known.terms[-1].source.split(':')[0]})")
    return "; ".join(said) or "seen in one report only"


def _kind(cluster: Cluster) -> ActorKind:
    """The facts' kind of a body, else what most reports take it for."""
    shelf = _shelf(cluster.traces[0])
    if shelf == "state":
        return "state"
    for one in cluster.traces if shelf == "body" else ():
        for name in one.seen.entity.names:
            if outlet_of(name):
                return "outlet"
            known = organisation_of(name)
            if known:
                return "force" if known.is_force else "organisation"
    counts = Counter(one.seen.entity.kind for one in cluster.traces)
    return min(counts, key=lambda kind: (-counts[kind], _KINDS.index(kind)))


def _name(cluster: Cluster, kind: ActorKind) -> str:
    """The name most reports use: a full name before others; the facts' name of a state or body."""
    if cluster.label and (kind != "person" or not any(one.full for one in cluster.traces)):
        return cluster.label
    counts: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for one in cluster.traces:
        name = one.seen.entity.name
        if name:
            counts[name] += 1
            mentions[name] += one.seen.mentions
    best = min(
        counts,
        key=lambda name: (_is_short(name, kind), -counts[name], -mentions[name], -len(name), name),
        default=cluster.key,
    )
    if kind in ("organisation", "force", "outlet"):
        known = outlet_of(best) or organisation_of(best)
        return known.name if known else best
    return best


def _is_short(name: str, kind: ActorKind) -> bool:
    """Whether a person's name is only a surname or has only an initial for a given name."""
    taken = person(name)
    return kind == "person" and (not taken.is_full or len(taken.given) == 1)


def _state(cluster: Cluster, kind: ActorKind) -> str | None:
    """The state of an actor: what its offices say, then the facts, then what most reports show."""
    if kind == "state":
        return cluster.key if len(cluster.key) == 3 and cluster.key.isupper() else None
    known = None
    if kind in ("organisation", "force", "outlet"):
        names = (name for one in cluster.traces for name in one.seen.entity.names)
        known = next((found for name in names if (found := outlet_of(name) or organisation_of(name))), None)
        if known:
            return known.state
    strong = Counter(one.strong for one in cluster.traces if one.strong)
    held = [term.state for term in cluster.known.terms if term.state] if cluster.known else []
    weak = Counter(one.weak for one in cluster.traces if one.weak)
    if cluster.state:
        return cluster.state
    if strong:
        return min(strong, key=lambda state: (-strong[state], state not in held, state))
    if held:
        return held[-1]
    best = min(weak, key=lambda state: (-weak[state], state), default=None)
    return best if best and weak[best] * _FEW >= len(cluster.traces) else None
