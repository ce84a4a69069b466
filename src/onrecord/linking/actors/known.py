"""What the facts know of a person named or described in reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.facts import Holder, fold, holders, key, terms
from onrecord.facts.officeholders import content_words
from onrecord.linking.actors.names import (
    SINGLE,
    VAGUE,
    Person,
    Trace,
    agree,
    compare,
    day,
    is_surname,
    person,
)
from onrecord.values import Interval, Office

# How long around a term the facts are taken for a person of whom a report shows neither a state nor an
# office: a name alone is weak evidence, and homonyms are as likely at any time.
_NEARLY_DAYS = 365
# Reports may know of an appointment beforehand.
_BEFOREHAND_DAYS = 90
# Offices of a state that several persons hold at a time: only a body or a portfolio tells whose is meant.
_NEEDS_BODY = frozenset(
    {"spokesperson", "security_or_military_chief", "un_official", "international_organisation_head"}
)
_NEEDS_TITLE = frozenset({"other_minister", "deputy_minister", "judicial_or_legal"})
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the fact tables."""

    name: str
    mark: str  # Wikidata identifier or state: tells bearers of one name apart
    persons: tuple[Person, ...]  # the name and its aliases, taken apart
    terms: tuple[Holder, ...]  # by time

    @property
    def states(self) -> frozenset[str]:
        """The states of all offices."""
        return frozenset(one.state for one in self.terms if one.state)


def known_as(names: Iterable[tuple[str, Person]], traces: Collection[Trace]) -> KnownPerson | None:
    """The one person of the facts that the entities with these full names are; None if it is not plain.

    The facts' person must share a state or an office with the reports; where these show neither, their term
    must be of the reports' time.
    """
    found = {
        (one.name, one.mark): (one, likeness)
        for text, taken in names
        for one in _bearers(_surname_word(text, taken))
        if (likeness := _likeness(taken, one)) is not None
    }
    fitting = [one for one, likeness in found.values() if _fits(one, traces, exact=likeness == "same")]
    return fitting[0] if len(fitting) == 1 else None


def holder_of(office: Office, traced: Trace) -> Holder | None:
    """Who held an office when a report was written, if the facts have exactly one person for it."""
    days = traced.seen.published
    state = office.state or (traced.state if office.kind not in _NEEDS_BODY else None)
    if days is None or office.former or office.kind in VAGUE:
        return None
    body, named = office.organisation, traced.persons
    if body is None and office.kind in _NEEDS_BODY:
        return None
    if body is None and state is None:
        found = _named_holders(office.kind, traced, days)
    else:
        found = _holders(office.kind, state, days.earliest[:10], days.latest[:10], body, office.title)
    if named:
        found = [one for one in found if any(_named_so(taken, one) for taken in named)]
    return found[0] if found and len({one.person for one in found}) == 1 else None


@lru_cache(maxsize=1 << 14)
def _holders(
    kind: str, state: str | None, earliest: str, latest: str, organisation: str | None, title: str
) -> Sequence[Holder]:
    """Holders whose term is known to include the time, without those that only claim it or stand in."""
    wanted = title if kind in _NEEDS_TITLE else None
    found = [
        one
        for one in holders(
            kind, state, earliest=earliest, latest=latest, title=wanted,
            organisation=organisation if kind in _NEEDS_BODY else None,
        )
        if one.until or (one.confirmed or "") >= earliest
    ]  # fmt: skip
    if wanted and not any(content_words(wanted) & content_words(one.title) for one in found):
        return []
    certain = [one for one in found if not any(word in one.title.lower() for word in ("claimed", "acting"))]
    return certain or found


def _named_holders(kind: str, traced: Trace, days: Interval) -> Sequence[Holder]:
    """Those with the entity's surname who held a leading office of any state at the time: President Trump."""
    if kind not in SINGLE:
        return []
    return [
        term
        for name in traced.seen.entity.names[:1]
        for one in _bearers(_surname_word(name, traced.persons[0]))
        for term in one.terms
        if term.kind == kind and includes(term, days) and "claimed" not in term.title
    ]


def includes(term: Holder, days: Interval) -> bool:
    """Whether a term is known to include some of an interval."""
    ends = term.until or term.confirmed or "9"
    return (term.since or "") <= days.latest[:10] and ends >= days.earliest[: len(ends)]


def _named_so(taken: Person, holder: Holder) -> bool:
    return any(
        compare(taken, own) in ("same", "part") or (not taken.is_full and is_surname(taken, own))
        for own in map(person, (holder.person, *holder.aliases))
    )


def believable(one: Trace) -> Trace:
    """An entity without the state of an office that the facts know another to have held at the time.

    The report, or its reader, has given an office to the wrong one; the state is then no reason to keep
    bearers of one name apart.
    """
    offices = one.seen.entity.offices if one.strong and one.persons else ()
    wrong = any(_is_anothers(office, one) for office in offices)
    return replace(one, strong=None, weak=one.weak or one.strong) if wrong else one


def _is_anothers(office: Office, one: Trace) -> bool:
    """Whether the facts have somebody else, and only somebody else, in a leading office at the time."""
    days, state = one.seen.published, office.state
    if days is None or state is None or office.former or office.kind not in SINGLE:
        return False
    found = _holders(office.kind, state, days.earliest[:10], days.latest[:10], None, office.title)
    return bool(found) and not any(_named_so(taken, holder) for taken in one.persons for holder in found)


def known_holder(holder: Holder) -> KnownPerson:
    """The person of a term, with all their terms."""
    for one in _bearers(fold(holder.person).split()[-1]):
        if one.name == holder.person and holder in one.terms:
            return one
    return KnownPerson(holder.person, holder.wikidata or "", (person(holder.person),), (holder,))


def _likeness(taken: Person, one: KnownPerson) -> str | None:
    """ "same" or "part", the better one over all names of a person of the facts; None for neither."""
    found = {compare(taken, own) for own in one.persons}
    return "same" if "same" in found else "part" if "part" in found else None


def _fits(one: KnownPerson, traces: Collection[Trace], *, exact: bool) -> bool:
    """Whether reports and facts may speak of one person: by state, office, or else by time.

    Nobody is known for an office before it begins, so a first term long after the reports is another's.
    """
    last = max((days[1] for trace in traces if (days := trace.days)), default=None)
    first = min((begun for term in one.terms if (begun := day(term.since or ""))), default=None)
    if last is not None and first is not None and first > last + _BEFOREHAND_DAYS:
        return False
    states = {trace.state for trace in traces if trace.state}
    claims = {claim for trace in traces for claim in trace.claims}
    held = {(term.kind, term.state) for term in one.terms if term.state}
    if states & one.states or any(agree(claim, own) for claim in claims for own in held):
        return True
    kinds = {office.kind for trace in traces for office in trace.seen.entity.offices}
    if not one.states and kinds & {term.kind for term in one.terms}:
        return True
    return exact and not states and not claims and any(_of_time(term, traces) for term in one.terms)


def _of_time(term: Holder, traces: Iterable[Trace]) -> bool:
    """Whether a well known office is held in the time of a report, or nearly."""
    if term.kind not in SINGLE | _NEEDS_BODY:
        return False
    since = day(term.since or "") or -_FAR
    until = day(term.until or term.confirmed or "") or since
    dated = (one.days for one in traces)
    return any(
        days is not None and since - _NEARLY_DAYS <= days[1] and days[0] <= until + _NEARLY_DAYS
        for days in dated
    )


@lru_cache(maxsize=1 << 14)
def _bearers(surname: str) -> tuple[KnownPerson, ...]:
    """Persons of the facts with a surname."""
    found: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for one in terms(surname):
        found[one.person, one.wikidata or one.state or ""].append(one)
    return tuple(
        KnownPerson(name, mark, tuple(map(person, (name, *held[0].aliases))), tuple(held))
        for (name, mark), held in sorted(found.items())
    )


def _surname_word(text: str, taken: Person) -> str:
    """The folded word of a name that is its surname."""
    parts = fold(text).split()
    return next((word for word in reversed(parts) if key(word) == taken.surname), parts[-1] if parts else "")
