"""The offices of an actor: those reports give it, and those the facts know, with their dates."""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.facts import Holder, fold
from onrecord.linking.actors.clusters import Cluster
from onrecord.linking.actors.names import Trace, agree, day
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
