"""Persons across reports by their names; and the offices of an actor: those reports give it, and those the
facts know, with their dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from onrecord.facts import Holder, fold, state_name
from onrecord.linking.actors.known import KnownPerson, known_as
from onrecord.linking.actors.names import Person, Trace, agree, compare, day, person
from onrecord.linking.actors.suggest import Cluster, Doubt, Union, ordered, parted
from onrecord.values import HeldOffice, Office, Span

REPORT = "report"
_Said = tuple[Trace, Office]


def offices_of(cluster: Cluster) -> tuple[HeldOffice, ...]:
    """All offices, by time. One a report says while the facts have its holder in it is one with theirs."""
    said: list[_Said] = [(one, office) for one in cluster.traces for office in one.seen.entity.offices]
    terms = _different(cluster.known.terms if cluster.known else ())
    sure = {number for pair in said for number in _meant(terms, pair) if terms[number].kind == pair[1].kind}
    meant = [[n for n in of if n in sure] or of for of in (_meant(terms, pair) for pair in said)]
    found = []
    for number, term in enumerate(terms):
        mine = [pair for pair, of in zip(said, meant, strict=True) if number in of]
        found.append(
            HeldOffice(term.title, term.kind, term.state, term.since, term.until, term.source, _seen(mine))
        )
    said = [pair for pair, of in zip(said, meant, strict=True) if not of]
    found += _reported(said)
    found.sort(key=lambda one: (one.since or "9", one.until or "9", one.kind, one.title, one.state or ""))
    return tuple(found)


def _different(terms: tuple[Holder, ...]) -> list[Holder]:
    """Terms without those told twice: presidents stand in the facts as heads of state and of government."""
    found: dict[tuple[str, str | None, str | None], Holder] = {}
    for one in terms:
        told = found.setdefault((one.title, one.state, one.since), one)
        if told.until is None and one.until:
            found[one.title, one.state, one.since] = one
    return list(found.values())


def _reported(said: list[_Said]) -> list[HeldOffice]:
    """Offices that only reports give, one for each kind, state and wording."""
    groups: dict[tuple[str, str | None, str], list[_Said]] = defaultdict(list)
    for one, office in said:
        title = f"former {office.title}" if office.former else office.title
        groups[office.kind, office.state or one.state, fold(title)].append((one, office))
    found = []
    for (kind, state, _), pairs in groups.items():
        titles = Counter(f"former {office.title}" if office.former else office.title for _, office in pairs)
        title = min(titles, key=lambda title: (-titles[title], title))
        body = next((office.organisation for _, office in pairs if office.organisation), None)
        whole = f"{title} of {body}" if body and fold(body) not in fold(title) else title
        found.append(HeldOffice(whole, kind, state, None, None, REPORT, _seen(pairs)))
    return found


def _meant(terms: list[Holder], pair: _Said) -> list[int]:
    """The numbers of the terms a report may mean: of the very kind it says, if there is one."""
    fit = [number for number, term in enumerate(terms) if _is(term, pair)]
    return [number for number in fit if terms[number].kind == pair[1].kind] or fit


def _is(term: Holder, pair: _Said) -> bool:
    """Whether a report may mean this term: same office, and of its time or undated."""
    one, office = pair
    state = office.state or one.state or term.state  # if none is said, it is that of the one person they are
    if state != term.state or not agree((office.kind, state or ""), (term.kind, term.state or "")):
        return False
    since, until = day(term.since or ""), day(term.until or "")
    days = one.days
    if days is None:
        return not office.former
    begun = since is None or since <= days[1]
    ended = until is not None and until < days[0]
    return begun and (ended if office.former else not ended)


def _seen(pairs: list[_Said]) -> tuple[tuple[str, Span], ...]:
    return tuple(sorted({(one.seen.document_id, office.span) for one, office in pairs}))


Tokens = tuple[str, ...]
# A name so common that more than these go with it says nothing; looking at all pairs would take too long.
_MOST_IN_BLOCK = 40
# Likenesses that make two names of one entity of a report one name everywhere.
_ONE_ENTITY = ("part", "initial", "order")
# What people of these do is so different that without a common state a name alone does not make them one.
_LANES = {
    "company_head": "company", "judicial_or_legal": "law", "military_rank": "army", "legislator": "public",
    "security_or_military_chief": "army",
}  # fmt: skip


def full_names(traces: Sequence[Trace]) -> tuple[list[Cluster], list[Doubt]]:
    """Clusters of all entities with a full name, and pairs of which it is not sure."""
    by_name: dict[Tokens, list[Trace]] = defaultdict(list)
    persons: dict[Tokens, Person] = {}
    for trace in traces:
        taken = trace.full
        if taken is not None:
            by_name[taken.tokens].append(trace)
            persons.setdefault(taken.tokens, taken)
    union, unsure = _united(by_name, persons)
    clusters: list[Cluster] = []
    doubts: list[Doubt] = []
    for group in union.sets(sorted(by_name)):
        members = [one for tokens in group for one in by_name[tokens]]
        apart = _apart(members)
        clusters += apart
        doubts += _homonyms(apart)
    for one, other, reason, score in unsure:
        doubts.append(Doubt(_first(by_name[one]), _first(by_name[other]), reason, score))
    return clusters, doubts


def _united(
    by_name: dict[Tokens, list[Trace]], persons: dict[Tokens, Person]
) -> tuple[Union, list[tuple[Tokens, Tokens, str, float]]]:
    """Which names are one, and which may be."""
    union = Union()
    unsure: list[tuple[Tokens, Tokens, str, float]] = []
    for tokens in sorted(by_name):
        for trace in by_name[tokens]:
            for name in trace.persons:
                if name.tokens in persons and compare(persons[tokens], name) in _ONE_ENTITY:
                    union.join(tokens, name.tokens)
    for short, longer in _parts(persons):
        middle = [one for one in longer if one[-1] == short[-1]]  # likelier than a second surname
        joined = _compatible(longer, persons) or _compatible(middle, persons)
        for one in joined:
            union.join(short, one)
        unsure += [(short, one, f"{_said(by_name[short])} may be short for {_said(by_name[one])}", 0.4)
                   for one in longer[:5] if one not in joined]  # fmt: skip
    for short, longer in _initials(persons):
        if len({union.find(one) for one in longer}) == 1:
            union.join(short, longer[0])
        else:
            unsure += [(short, one, f"{_said(by_name[short])} may be {_said(by_name[one])}", 0.4)
                       for one in longer[:5]]  # fmt: skip
    for one, other in _turned(persons):
        if _shared_state(by_name[one], by_name[other]):
            union.join(one, other)
        else:
            reason = f"{_said(by_name[one])} and {_said(by_name[other])} have the same names in another order"
            unsure.append((one, other, reason, 0.5))
    return union, unsure


def _compatible(longer: Sequence[Tokens], persons: dict[Tokens, Person]) -> Sequence[Tokens]:
    """The longer forms of a name if they may all be one, else none."""
    alike = (compare(persons[a], persons[b]) in ("same", "part") for a, b in combinations(longer, 2))
    return longer if all(alike) else ()


def _parts(persons: dict[Tokens, Person]) -> Iterator[tuple[Tokens, list[Tokens]]]:
    """Each name with the longer ones that it may be short for."""
    index: dict[tuple[str, str], list[Tokens]] = defaultdict(list)
    for tokens in sorted(persons):
        for later in set(tokens[1:]):
            index[tokens[0], later].append(tokens)
    for tokens in sorted(persons):
        block = index[tokens[0], tokens[-1]]
        if len(block) > _MOST_IN_BLOCK:
            continue
        longer = [
            one for one in block
            if one != tokens and len(one) >= len(tokens) and compare(persons[tokens], persons[one]) == "part"
        ]  # fmt: skip
        if longer:
            yield tokens, longer


def _initials(persons: dict[Tokens, Person]) -> Iterator[tuple[Tokens, list[Tokens]]]:
    """Each name whose given name is an initial, with those it may stand for."""
    index: dict[tuple[str, str], list[Tokens]] = defaultdict(list)
    for tokens in sorted(persons):
        if len(tokens[0]) > 1:
            index[tokens[0][0], tokens[-1]].append(tokens)
    for tokens in sorted(persons):
        if len(tokens[0]) == 1 and (longer := index.get((tokens[0], tokens[-1]), [])):
            yield tokens, longer


def _turned(persons: dict[Tokens, Person]) -> Iterator[tuple[Tokens, Tokens]]:
    """Pairs of names with the same tokens in another order."""
    index: dict[Tokens, list[Tokens]] = defaultdict(list)
    for tokens in sorted(persons):
        index[tuple(sorted(tokens))].append(tokens)
    for block in index.values():
        yield from combinations(block, 2)


def _shared_state(one: Iterable[Trace], other: Iterable[Trace]) -> bool:
    return bool({a.state for a in one if a.state} & {b.state for b in other if b.state})


def _apart(traces: Sequence[Trace]) -> list[Cluster]:
    """The bearers of one name: one for each state of their offices; the facts may join several."""
    known = known_as(sorted(_texts(traces)), traces)
    groups = parted(traces, settled=known.states if known else frozenset())
    found = []
    for state, members in sorted(groups.items(), key=lambda pair: pair[0] or ""):
        mine = known if known and (len(groups) == 1 or state in known.states) else None
        split = _lanes(members) if state is None and mine is None else [members]
        found += [_cluster(part, mine or known_as(sorted(_texts(part)), part)) for part in split]
    return found


def _texts(traces: Iterable[Trace]) -> set[tuple[str, Person]]:
    """Full names as reports write them, and taken apart."""
    return {
        (name, taken)
        for one in traces
        for name in one.seen.entity.names or (one.seen.entity.name or "",)
        if (taken := person(name)).is_full and one.full and compare(taken, one.full) in ("same", *_ONE_ENTITY)
    }


def _lanes(traces: Sequence[Trace]) -> list[list[Trace]]:
    """Entities of no state by what their offices are, if these are of several kinds of life."""
    if any(one.state for one in traces):
        return [list(traces)]
    found: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        lanes = {_LANES.get(office.kind, "public") for office in one.seen.entity.offices}
        found[min(lanes) if lanes else ""].append(one)
    rest = found.pop("", [])
    if len(found) < 2:
        return [list(traces)]
    return [*(members for _, members in sorted(found.items())), *([rest] if rest else [])]


def _cluster(traces: Iterable[Trace], known: KnownPerson | None) -> Cluster:
    every = ordered(traces)
    names = {one.full.tokens: one.full for one in every if one.full}
    best = min(names, key=lambda tokens: (len(tokens[0]) == 1, len(tokens), tokens))
    reports = len({one.seen.document_id for one in every})
    reasons = ("the same full name",) if reports > 1 else ()
    return Cluster(
        key=" ".join(best), traces=every, names=tuple(names[tokens] for tokens in sorted(names)), known=known,
        label=None, reasons=reasons,
    )  # fmt: skip


def _homonyms(clusters: Sequence[Cluster]) -> Iterator[Doubt]:
    """Bearers of one name that were kept apart, each with the one in most reports."""
    if len(clusters) < 2:
        return
    first, *rest = sorted(clusters, key=lambda one: (-len(one.documents), one.traces[0].member))
    for other in rest[:10]:
        reason = f"both are called {_said(other.traces)}, but {_where(first)} and {_where(other)}"
        yield Doubt(first.traces[0].member, other.traces[0].member, reason, 0.3 if other.hard else 0.5)


def _where(cluster: Cluster) -> str:
    names = [state_name(code) for code in sorted(cluster.hard or cluster.states)]
    return f"one is of {' and '.join(names)}" if names else "of one no state is said"


def _said(traces: Sequence[Trace]) -> str:
    """The name of entities as the first report writes it."""
    return min((one.seen.entity.name or "" for one in traces), key=lambda name: (not name, name))


def _first(traces: Sequence[Trace]) -> tuple[str, int]:
    return min(one.member for one in traces)
