"""One entity of one report, as linking looks at it: names taken apart, states, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.facts import fold
from onrecord.lang import word_list
from onrecord.linking.actors.names import Person, person
from onrecord.values import Office, Seen

# Offices that one person at a time holds for a state: sharing one at one time says a lot.
SINGLE = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "finance_minister",
     "interior_minister", "vice_president", "parliament_speaker", "central_bank_governor"}
)  # fmt: skip
# Offices that say too little of a person for the kind and the state alone to mean one person.
VAGUE = frozenset({"other_office", "military_rank", "other", "legislator", "company_head"})
_MINISTERS = frozenset(
    {"foreign_minister", "defence_minister", "finance_minister", "interior_minister", "deputy_minister"}
)
_RULERS = frozenset({"head_of_state", "head_of_government"})

# Words before an office that nobody is said to hold: "recognised as the leader of", "a contender for
# president"; those of the second kind only without an article.
_TO_BE = word_list("linking", "to_be")
_NO_ONE = word_list("linking", "no_one")
_REACH = 60  # code points to look back

Claim = tuple[str, str]  # kind of an office, ISO alpha-3 of its state


@dataclass(frozen=True, slots=True)
class Trace:
    """An entity of a report."""

    seen: Seen
    persons: tuple[Person, ...]  # its names, fullest first; empty if it is never named
    strong: str | None  # the state of an office it is said to hold
    weak: str | None  # the state the report shows otherwise

    @property
    def member(self) -> tuple[str, int]:
        """Document id and entity number."""
        return self.seen.document_id, self.seen.entity.number

    @property
    def state(self) -> str | None:
        """The best known state."""
        return self.strong or self.weak

    @property
    def full(self) -> Person | None:
        """The fullest name, if it has a given name and a surname."""
        return next((one for one in self.persons if one.is_full), None)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Offices with their states, former ones left out."""
        return tuple(
            (office.kind, state)
            for office in self.seen.entity.offices
            if not office.former and (state := office.state or self.state)
        )

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last day the report may be of, as day numbers."""
        return days_of(self.seen)


def trace(seen: Seen) -> Trace:
    """An entity of a report, taken apart."""
    names = seen.entity.names or ((seen.entity.name,) if seen.entity.name else ())
    persons = tuple(one for name in names if (one := person(name)).tokens)
    states = [office.state for office in seen.entity.offices if office.state]
    strong = min(states, key=lambda state: (-states.count(state), state)) if states else None
    return Trace(seen, persons, strong, seen.entity.state)


def days_of(seen: Seen) -> tuple[int, int] | None:
    """First and last day a report may be of, as day numbers; None if it is undated."""
    if seen.published is None:
        return None
    first, last = day(seen.published.earliest), day(seen.published.latest)
    return None if first is None or last is None else (first, last)


@lru_cache(maxsize=4096)
def day(when: str) -> int | None:
    """The day number of an ISO date, month or year; None if it is none."""
    try:
        year, month, number = (*map(int, when[:10].split("-")), 1, 1)[:3]
        return date(year, month, number).toordinal()
    except ValueError:
        return None


def agree(one: Claim, other: Claim) -> bool:
    """Whether two offices may be one: same state, and the same kind or one that a report would call alike."""
    kinds = {one[0], other[0]}
    if one[1] != other[1]:
        return False
    return len(kinds) == 1 or kinds == _RULERS or ("other_minister" in kinds and bool(kinds & _MINISTERS))


def near_in_time(one: tuple[int, int] | None, other: tuple[int, int] | None, *, days: int) -> bool:
    """Whether two spans of days are so close to each other; what is undated may be of any time."""
    if one is None or other is None:
        return True
    return one[0] <= other[1] + days and other[0] <= one[1] + days


def span(traces: Iterable[Trace]) -> tuple[int, int] | None:
    """First and last day that reports may be of; None if one of them is undated."""
    dated = [one.days for one in traces]
    known = [days for days in dated if days is not None]
    if not known or len(known) < len(dated):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def definite(one: Trace, office: Office) -> bool:
    """Whether a report speaks of the holder of an office, and not of the office: "the US president said"."""
    before = _before(one, office)
    return not any(
        word in _TO_BE or (word in _NO_ONE and "the" not in before[n + 1 :]) for n, word in enumerate(before)
    )


def is_held(one: Trace, office: Office) -> bool:
    """Whether somebody holds the office that a report speaks of; not so in "recognised him as president"."""
    return not any(word in _TO_BE for word in _before(one, office))


def _before(one: Trace, office: Office) -> list[str]:
    """The words right before an office in the sentence of the entity's first mention, folded."""
    context = one.seen.context
    at = context.find(office.title)
    return [fold(word) for word in context[max(0, at - _REACH) : at].split()[-4:]] if at > 0 else []
