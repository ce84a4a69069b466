"""Names as one report writes them: a person's taken apart, and which names may be one person's or one body's.

"Deputy Prime Minister Yuri Borisov's" is title "deputy prime minister", given name Yuri and surname
Borisov. Names
are compared folded (no case, accents, punctuation); spellings of one name ("Sergei", "Sergey") have one key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.facts.table import fold, key
from onrecord.lang import word_groups, word_list
from onrecord.reading.actors.words import (
    BEFORE_TITLES,
    FEMALE_TITLES,
    HONORIFICS,
    MALE_TITLES,
    PARTICLES,
    SUFFIXES,
    TITLES,
    Gender,
    gender_of_given,
)

Fit = Literal["same", "fuller", "surname", "given", "spelling"]

_GENITIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_WORD = re.compile(r"[^\s,()\"“”]+")
_SHORTEST_SLIP = 5  # letters: shorter names that differ in one are two names
# Given names and the short forms that newspapers use for them.
_SHORT_FORMS = word_groups("short_names")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart; all folded, a hyphen within a name kept as "-"."""

    title: str  # "secretary", "mr"; "" if none
    given: tuple[str, ...]  # first and middle names or initials
    surname: str  # "" where nothing but a title is left

    @property
    def words(self) -> tuple[str, ...]:
        """Given names and surname."""
        return (*self.given, self.surname) if self.surname else self.given

    @property
    def gender(self) -> Gender | None:
        """As the title or the first name tells it."""
        for word in self.title.split():
            if word in MALE_TITLES:
                return "m"
            if word in FEMALE_TITLES:
                return "f"
        return gender_of_given(self.given[0]) if self.given else None

    @property
    def polite(self) -> bool:
        """Whether a title says Mr., Mrs. or the like."""
        return any(word in HONORIFICS for word in self.title.split())


def bare(text: str) -> str:
    """Without a genitive and white space around it.

    >>> bare(" Russia’s"), bare("the Smiths'")
    ('Russia', 'the Smiths')
    """
    return _GENITIVE.sub("", text.strip())


@lru_cache(maxsize=1 << 14)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without "the", a genitive and brackets.

    >>> folded_words("the North Atlantic Treaty Organization’s")
    ('north', 'atlantic', 'treaty', 'organization')
    """
    found = [_word(match[0]) for match in _WORD.finditer(bare(text))]
    words = tuple(word for word in found if word)
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _word(word: str) -> str:
    return "-".join(part for part in (fold(_GENITIVE.sub("", one)) for one in re.split("[-–]", word)) if part)


@lru_cache(maxsize=1 << 14)
def person_name(text: str) -> PersonName:
    """Takes a person's name apart.

    >>> person_name("Secretary Mike Pompeo")
    PersonName(title='secretary', given=('mike',), surname='pompeo')
    >>> person_name("Mr. Melik-Bagdasarov’s").surname, person_name("Bill de Blasio").surname
    ('melik-bagdasarov', 'de blasio')
    """
    words = list(folded_words(text))
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    at = 0
    while at < len(words) - 1 and (words[at] in TITLES or words[at] in BEFORE_TITLES):
        at += 1
    title, rest = " ".join(words[:at]), words[at:]
    if not rest or (len(rest) == 1 and rest[0] in TITLES and title not in HONORIFICS):
        return PersonName(" ".join(words), (), "")
    cut = len(rest) - 1
    while cut > 1 and rest[cut - 1] in PARTICLES:
        cut -= 1
    if cut == 1 and len(rest) > 1 and rest[0] in PARTICLES:
        cut = 0
    return PersonName(title, tuple(rest[:cut]), " ".join(rest[cut:]))


@lru_cache(maxsize=1 << 16)
def person_fit(short: PersonName, full: PersonName) -> Fit | None:
    """How ``short`` can be a form of ``full``; None if it cannot.

    "same": all words are equal. "fuller": both have given names that go together and one surname. "surname",
    "given": ``short`` is only that. "spelling": equal but for a slip or a way of spelling.
    """
    if not short.words or not full.words or _genders_differ(short, full):
        return None
    if short.words == full.words:
        return "same"
    if not short.given:
        return _single_fit(short.surname, full)
    if not full.given:
        return None
    if _same_surname(short, full) and _given_go_together(short.given, full.given):
        return "fuller"
    return "spelling" if _misspelt(short, full) else None


def _single_fit(word: str, full: PersonName) -> Fit | None:
    if not full.given:
        return "spelling" if _alike(word, full.surname) else None
    surname = full.surname
    if (
        word == surname
        or word == surname.split()[-1]
        or word in surname.split("-")
        or key(word) == key(surname)
    ):
        return "surname"
    if word == full.given[0] and len(word) > 2:
        return "given"
    if word in full.given[1:] and len(word) > 3:  # the first surname of two, or a name between
        return "surname"
    return "spelling" if _alike(word, surname) else None


def _genders_differ(a: PersonName, b: PersonName) -> bool:
    return a.gender is not None and b.gender is not None and a.gender != b.gender


def _same_surname(a: PersonName, b: PersonName) -> bool:
    if key(a.surname) == key(b.surname) or a.surname.split()[-1] == b.surname.split()[-1]:
        return True
    # "Nicolás Maduro" and "Nicolás Maduro Moros", "Hillary Rodham" and "Hillary Rodham Clinton"
    return (len(a.surname) > 3 and a.surname in b.given[1:]) or (
        len(b.surname) > 3 and b.surname in a.given[1:]
    )


def _given_go_together(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    first, other = a[0], b[0]
    if first == other or key(first) == key(other):
        return True
    if _SHORT_FORMS.get(first, first) == _SHORT_FORMS.get(other, other):
        return True
    short, long = sorted((first, other), key=len)
    if len(short) <= 2:  # an initial, or two: "J. Smith", "JK Rowling"
        return long.startswith(short[0])
    return len(short) > 2 and long.startswith(short)


def _misspelt(a: PersonName, b: PersonName) -> bool:
    """One of two words equal, the other nearly so; or both nearly, of one first letter."""
    first = a.given[0] == b.given[0] or _alike(a.given[0], b.given[0])
    return first and _alike(a.surname, b.surname)


def _alike(a: str, b: str) -> bool:
    """Equal by key, or but for one letter changed, lost, added or swapped, in names that are long enough.

    A last "s" makes a family of a name and is no slip.
    """
    if key(a) == key(b):
        return True
    if min(len(a), len(b)) < _SHORTEST_SLIP or a[0] != b[0] or a + "s" == b or b + "s" == a:
        return False
    return one_slip(a, b)


def one_slip(a: str, b: str) -> bool:
    """Whether two words differ in one letter changed, lost, added, or two neighbours swapped.

    >>> one_slip("maduro", "madruo"), one_slip("pompeo", "pompe"), one_slip("biden", "burden")
    (True, True, False)
    """
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )
    return short[start + 1 :] == long[start + 1 :] or swapped


_SMALL = word_list("actors", "small")
_COMPANY = word_list("actors", "company")


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words that count.

    >>> initials(("north", "atlantic", "treaty", "organization"))
    'nato'
    """
    return "".join(word[0] for word in words if word not in _SMALL)


def body_fit(short: tuple[str, ...], full: tuple[str, ...]) -> Literal["same", "acronym", "shortened"] | None:
    """How ``short`` can be a form of the name of a body; both are folded words.

    >>> body_fit(("foreign", "ministry"), ("russia", "foreign", "ministry"))
    'shortened'
    >>> body_fit(("goldman",), ("goldman", "sachs")), body_fit(("ministry",), ("justice", "ministry"))
    ('shortened', None)
    """
    if not short or not full:
        return None
    a, b = _without_company(short), _without_company(full)
    if a == b or "".join(a) == "".join(b):
        return "same"
    if len(a) == 1 and len(b) > 1:
        if len(a[0]) > 1 and a[0] in (initials(b), "".join(word[0] for word in b)):
            return "acronym"
        if len(b) == 2 and a[0] == b[0] and a[0] not in _COMMON_FIRST and len(a[0]) > 3:
            return "shortened"
        if len(b) == 2 and a[0] == b[0] and b[1] in ("department", "ministry"):
            return "shortened"  # "State said"
        return "shortened" if a[0] == b[-1] and a[0] in _PAPERS and len(b) < 4 else None
    if len(a) < len(b) and len(a) > 1 and "and" not in b[: len(b) - len(a)]:
        if b[len(b) - len(a) :] == a or b[: len(a)] == a:
            return "shortened"
        if a[-1] == b[-1] and a[0] in b[:-1] and set(a) <= set(b):
            return "shortened"
    return None


def _without_company(words: tuple[str, ...]) -> tuple[str, ...]:
    end = len(words)
    while end > 1 and words[end - 1] in _COMPANY:
        end -= 1
    return words[:end]


# Last words of papers' names, by which alone they are called: "the Post".
_PAPERS = word_list("actors", "papers")
# Begin the names of many bodies and so name none.
_COMMON_FIRST = word_list("actors", "common_first")
