"""States, organisations, forces, outlets and places: by the facts where these know them, else by their name.

A name that every state may have (Foreign Ministry, National Assembly) is one actor for each state. The
reader's choice between organisation, force and outlet does not tell two apart: that is the facts' or the
majority's to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.facts import organisation_of, outlet_of, state_kind, state_of, states, states_in, titles
from onrecord.lang import word_list
from onrecord.linking.actors.names import Trace, acronyms, is_acronym, plain
from onrecord.linking.actors.suggest import Cluster, Doubt, Union, by_report, ordered, parted

# Further words of names that say nothing of whose the body is.
_GENERIC = word_list("linking", "generic")
_SAME = {"defence": "defense", "organisation": "organization", "centre": "center", "labour": "labor"}


def state_clusters(traces: Iterable[Trace]) -> list[Cluster]:
    """One cluster for each state."""
    found: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        code = _code(one)
        name = one.seen.entity.name
        if code or name:
            found[code or plain(name or "")].append(one)
    return [
        Cluster(
            key, ordered(members), (), None, states()[key].name if key in states() else None, _named(members)
        )
        for key, members in sorted(found.items())
    ]


def is_state(one: Trace) -> bool:
    """Whether a place is a state called by its name."""
    return any(state_kind(name) == "name" for name in one.seen.entity.names)


def body_clusters(traces: Sequence[Trace]) -> tuple[list[Cluster], list[Doubt]]:
    """Clusters of organisations, forces and outlets, and acronyms that may stand for one of them."""
    union = Union()
    by_key: dict[str, list[Trace]] = defaultdict(list)
    long: dict[str, set[str]] = defaultdict(set)  # acronym -> what reports say it is short for
    for one in traces:
        keys = _keys(one)
        if keys:
            by_key[keys[0]].append(one)
            for short in keys[1:]:
                long[short].add(keys[0])
    for short, names in long.items():
        if len(names) == 1:
            union.join(short, min(names))
    clusters: list[Cluster] = []
    for group in union.sets(sorted(by_key)):
        members = [one for key in group for one in by_key[key]]
        clusters += _by_state(min(group, key=lambda key: (not key.startswith("="), -len(key), key)), members)
    return clusters, _short(clusters)


def place_clusters(traces: Sequence[Trace]) -> list[Cluster]:
    """One cluster for each name of a place, and for each state it is said to lie in."""
    found: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        if one.seen.entity.name:
            found[plain(one.seen.entity.name)].append(one)
    return [
        Cluster(key, ordered(part), (), None, None, _named(part))
        for key, members in sorted(found.items())
        for _, part in sorted(parted(members).items(), key=lambda pair: pair[0] or "")
    ]


def _code(one: Trace) -> str | None:
    """The code of a state."""
    entity = one.seen.entity
    named = (code for name in entity.names if (code := state_of(name)))
    return next(named, None) or entity.state


def _keys(one: Trace) -> list[str]:
    """What an organisation is known by: "=" and the facts' name, else its names in one spelling."""
    found = []
    for name in one.seen.entity.names:
        known = _known(name)
        found.append(f"={known}" if known else _key(name))
    first = [key for key in found if key][:1]
    full = [name for name in one.seen.entity.names if not is_acronym(name)]
    for name in one.seen.entity.names:
        short = is_acronym(name) and any(name.replace(".", "") in acronyms(other) for other in full)
        if short and not _known(name):
            first.append(_key(name))
    return list(dict.fromkeys(first))


@lru_cache(maxsize=1 << 14)
def _known(name: str) -> str | None:
    """The facts' name of an outlet or organisation."""
    outlet = outlet_of(name)
    if outlet:
        return outlet.name
    organisation = organisation_of(name)
    return organisation.name if organisation else None


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    """A name in one spelling, without the state before it: Ministry of Defence is Defense Ministry."""
    words = [_SAME.get(word, word) for word in plain(_split(name)[1]).split()]
    words = ["ministry" if word == "ministries" else word for word in words]
    if "ministry" in words or "department" in words:
        return " ".join(sorted(set(words) - {"of", "the", "for", "and", "affairs"}))
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def _split(name: str) -> tuple[str | None, str]:
    """The state at the beginning of a name, and the rest: Russian | Foreign Ministry."""
    words = name.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        code = state_of(" ".join(words[:size]))
        rest = words[size:]
        if code and all(word.casefold() in titles.BODIES or _is_generic(word) for word in rest):
            return code, " ".join(rest)
    return None, name


def _is_generic(word: str) -> bool:
    folded = plain(word)
    return folded in titles.BODIES or folded in titles.PORTFOLIOS or folded in _GENERIC


def _by_state(key: str, members: Sequence[Trace]) -> list[Cluster]:
    """The bearers of one name, by state; what any state may have goes with one only if it is said."""
    if key.startswith("="):
        return [Cluster(key[1:], ordered(members), (), None, None, _named(members))]
    generic = all(_is_generic(word) for word in key.split())
    by_state: dict[str | None, list[Trace]] = defaultdict(list)
    for one in members:
        said = next((code for name in one.seen.entity.names if (code := _split(name)[0])), None)
        by_state[said or one.state or (_said_before(one) if generic else None)].append(one)
    if not generic and len(set(by_state) - {None}) == 1:
        return [Cluster(key, ordered(members), (), None, None, _named(members))]
    # What any state may have and no report says whose it is, is one for each report.
    found = [_lonely(key, part) for part in by_report(by_state.pop(None, []) if generic else [])]
    for state, part in sorted(by_state.items(), key=lambda pair: pair[0] or ""):
        mine = f"{key} {state}" if state and generic else key
        label = _label(state, part) if generic else None
        found.append(Cluster(mine, ordered(part), (), None, label, _named(part), state))
    return found


def _said_before(one: Trace) -> str | None:
    """The state right before the name where the report first says it: "Russia’s Foreign Ministry"."""
    context, name = one.seen.context, one.seen.entity.name or ""
    at = context.find(name)
    found = states_in(context[:at]) if at > 0 else []
    if found and not context[found[-1].end : at].strip(" \u00a0'’s"):
        return found[-1].code
    return None


def _lonely(key: str, traces: Sequence[Trace]) -> Cluster:
    """A body of one report of which nobody knows whose it is."""
    return Cluster(f"{key} {traces[0].seen.document_id}", ordered(traces), (), None, None, ())


def _label(state: str | None, traces: Sequence[Trace]) -> str | None:
    """A name that tells bodies of several states apart: Foreign Ministry (Russia)."""
    if state is None or state not in states():
        return None
    names = Counter(_split(one.seen.entity.name or "")[1] for one in traces)
    best = min(names, key=lambda name: (-names[name], name))
    return f"{best} ({states()[state].name})"


def _named(traces: Iterable[Trace]) -> tuple[str, ...]:
    return ("the same name",) if len({one.seen.document_id for one in traces}) > 1 else ()


def _short(clusters: Sequence[Cluster]) -> list[Doubt]:
    """Acronyms alone, each with the one body whose name has these initials."""
    index: dict[str, list[Cluster]] = defaultdict(list)
    for one in clusters:
        names = {name for trace in one.traces for name in trace.seen.entity.names}
        for acronym in sorted({acronym for name in names for acronym in acronyms(name)}):
            index[acronym].append(one)
    found = []
    for one in clusters:
        name = one.traces[0].seen.entity.name or ""
        bare = name.replace(".", "")
        others = [other for other in index.get(bare, ()) if other is not one] if is_acronym(name) else []
        if len(others) == 1:
            long = others[0].traces[0]
            reason = f"{name} may be short for {long.seen.entity.name}"
            found.append(Doubt(long.member, one.traces[0].member, reason, 0.5))
    return found
