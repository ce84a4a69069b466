"""Names as linking looks at them: taken apart, with states and kinds; one entity of one report, and what
it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from onrecord.facts.bodies import state_kind
from onrecord.facts.table import fold, key
from onrecord.lang import either, word_groups, word_list
from onrecord.values import Office, Seen

Gender = Literal["f", "m"]
Likeness = Literal["same", "part", "initial", "order", "none"]

# Folded words before a name that are not of it.
HONORIFICS = word_list("linking", "honorifics")
_FEMALE = word_list("linking", "female")
_MALE = word_list("linking", "male")
_SUFFIXES = word_list("actors", "suffixes")
# Parts of a surname that reports write or leave out.
PARTICLES = word_list("linking", "particles")
# Those that are left out even where the name begins with them; the others are then given names (Ben, Abu).
_LEADING = word_list("linking", "leading")
# Short for. Each group is one name; the first is what stands for all.
_NICKNAMES = MappingProxyType({key(short): key(name) for short, name in word_groups("nicknames").items()})
# What makes an adjective of a name: it is not of it.
_BEHIND = re.compile(rf"-(?:{either('linking', 'behind')})\b")
# Plural names of people who are no one person; demonyms count as well.
_GROUPS = word_list("linking", "groups")
_NOBODY = word_list("linking", "nobody")
_SPACES = re.compile(r"\s+")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name taken apart. Tokens are keys: one spelling for all."""

    tokens: tuple[str, ...]  # without particles; the given name, if there are two, in its full form
    suffix: str | None  # "jr", "ii"
    gender: Gender | None  # from an honorific
    one_word: bool  # a surname or a single name, be it with a hyphen

    @property
    def is_full(self) -> bool:
        """Whether there is a given name and a surname."""
        return len(self.tokens) > 1 and not self.one_word

    @property
    def given(self) -> str:
        """The key of the first name."""
        return self.tokens[0] if self.tokens else ""

    @property
    def surname(self) -> str:
        """The key of the last name."""
        return self.tokens[-1] if self.tokens else ""


@lru_cache(maxsize=1 << 16)
def person(name: str) -> Person:
    """A person's name taken apart.

    >>> person("Mr. Mike Pompeo Jr.")
    Person(tokens=('michael', 'pompeo'), suffix='jr', gender='m', one_word=False)
    >>> person("Sergei al-Rahman").tokens == person("Sergey Rahman").tokens
    True
    """
    rest = [word for word in fold(_BEHIND.sub("", name)).split() if word != "s"]
    gender: Gender | None = None
    while len(rest) > 1 and rest[0] in HONORIFICS:
        gender = gender or ("f" if rest[0] in _FEMALE else "m" if rest[0] in _MALE else None)
        rest = rest[1:]
    suffix = None
    while len(rest) > 1 and rest[-1] in _SUFFIXES:
        suffix, rest = rest[-1], rest[:-1]
    inner = [word for at, word in enumerate(rest) if word not in (PARTICLES if at else _LEADING)] or rest
    tokens = [key(word) for word in inner]
    own = set(inner)
    one_word = sum(not own.isdisjoint(fold(word).split()) for word in name.split()) == 1
    if len(tokens) > 1 and not one_word:
        tokens[0] = _NICKNAMES.get(tokens[0], tokens[0])
    return Person(tuple(tokens), suffix, gender, one_word or len(tokens) == 1)


def is_surname(part: Person, whole: Person) -> bool:
    """Whether ``part`` may be the surname, or one of the surnames, of a full name.

    >>> is_surname(person("Maduro"), person("Nicolás Maduro Moros"))
    True
    >>> is_surname(person("Nicolás"), person("Nicolás Maduro Moros"))
    False
    """
    size = len(part.tokens)
    given = next((at for at, token in enumerate(whole.tokens) if len(token) > 1), 0)  # behind initials
    begin = min(given + 1, len(whole.tokens) - size)
    runs = (whole.tokens[at : at + size] for at in range(max(1, begin), len(whole.tokens) - size + 1))
    return bool(size) and part.tokens in runs


def compare(one: Person, other: Person) -> Likeness:
    """How two names of persons go together.

    "same": all tokens; "part": one leaves out tokens of the other, and both share a given name and a surname;
    "initial": a given name is only an initial; "order": the same tokens in another order; "none": all else, a
    shared surname among it.

    >>> compare(person("Nicolás Maduro"), person("Nicolas Maduro Moros"))
    'part'
    >>> compare(person("Bill Clinton"), person("Hillary Clinton"))
    'none'
    """
    a, b = sorted((one.tokens, other.tokens), key=lambda tokens: (len(tokens), tokens))
    if not a or (one.suffix and other.suffix and one.suffix != other.suffix):
        return "none"
    if a == b:
        return "same"
    if len(a) < 2:
        return "none"
    if subsequence(a, b) and a[0] == b[0]:
        return "part"
    if sorted(a) == sorted(b):
        return "order"
    if len(a[0]) == 1 or len(b[0]) == 1:
        return "initial" if a[0][0] == b[0][0] and a[-1] == b[-1] else "none"
    middle = a[0] == b[0] and a[-1] == b[-1] and _initials(a[1:-1], b[1:-1])
    return "part" if middle else "none"


def _initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two runs of middle names may be the same, one written as initials."""
    return len(a) == len(b) and all(
        one == other or (1 in (len(one), len(other)) and one[0] == other[0])
        for one, other in zip(a, b, strict=True)
    )


def subsequence(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether ``part`` can be got from ``whole`` by leaving tokens out."""
    rest = iter(whole)
    return all(token in rest for token in part)


@lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """A name of anything but a person, for looking up: folded, without an article.

    >>> plain("The Foreign  Ministry’s")
    'foreign ministry'
    """
    name = _ARTICLE.sub("", _SPACES.sub(" ", name.strip()), count=1)
    return fold(re.sub(r"['’]s?$", "", name))


def is_group(name: str) -> bool:
    """Whether a name taken for a person's is of a people, party or faith, or an adjective made of a name.

    >>> is_group("Americans"), is_group("Senate Republicans"), is_group("anti-Trump"), is_group("Bob Sanders")
    (True, True, True, False)
    """
    parts = name.split()
    if not parts:
        return False
    last = fold(parts[-1])
    plural = state_kind(parts[-1]) == "demonym" and (len(parts) == 1 or last.endswith("s"))
    made = name.startswith(("anti-", "pro-", "non-")) or (len(parts) == 1 and bool(_BEHIND.search(name)))
    return plural or last in _GROUPS or made


def is_nobody(name: str) -> bool:
    """Whether a name is only a word such as "everyone", or an initial."""
    folded = fold(name)
    return len(folded) == 1 or folded in _NOBODY


def is_acronym(name: str) -> bool:
    """Whether a name is an acronym: two to eight capitals, with or without stops."""
    bare = name.replace(".", "")
    return 2 <= len(bare) <= 8 and bare.isalpha() and bare.isupper()


def acronyms(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have.

    >>> sorted(acronyms("Organization of American States"))
    ['OAS', 'OOAS']
    """
    parts = plain(name).split()
    if len(parts) < 2:
        return frozenset()
    every = "".join(word[0] for word in parts).upper()
    great = "".join(word[0] for word in parts if word not in PARTICLES | {"and", "for", "in"}).upper()
    return frozenset(one for one in (every if len(every) > 3 else "", great) if len(one) > 1)


def near(one: str, other: str) -> bool:
    """Whether two tokens differ by one letter: left out, put in, or another. Short ones never do.

    >>> near("pompeo", "pompei"), near("li", "lu")
    (True, False)
    """
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + 1 :] == long[at + 1 :] or short[at:] == long[at + 1 :]


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
