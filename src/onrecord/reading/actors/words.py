"""Words that say what a mention may stand for: pronouns, titles, and nouns of one gender or number.

Compiled from general knowledge of English news; everything is lower case.

Whether a given name is a man's or a woman's: the commonest ones in news, compiled from general knowledge.

Names borne by both (Alex, Kim, Taylor) are left out: a wrong gender cuts a person off from the pronoun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.lang import word_list

Number = Literal["one", "many"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun says of what it stands for."""

    person: int  # 1, 2 or 3
    number: Number | None
    gender: Gender | None
    animate: bool | None  # None: may be either
    case: Literal["subject", "object", "possessive", "reflexive", "other"]


def _pronouns() -> dict[str, Pronoun]:
    """All personal pronouns, and those that point at something said before."""
    rows: tuple[tuple[str, int, Number | None, Gender | None, bool | None], ...] = (
        ("i me my myself mine", 1, "one", None, True),
        ("we us our ourselves ours", 1, "many", None, True),
        ("you you your yourself yours", 2, None, None, True),
        ("he him his himself his", 3, "one", "m", True),
        ("she her her herself hers", 3, "one", "f", True),
        ("it it its itself its", 3, "one", None, False),
        ("they them their themselves theirs", 3, "many", None, None),
    )
    found: dict[str, Pronoun] = {}
    cases: tuple[Literal["subject", "object", "possessive", "reflexive"], ...] = (
        "subject", "object", "possessive", "reflexive", "possessive",
    )  # fmt: skip
    for words, person, number, gender, animate in rows:
        for word, case in zip(words.split(), cases, strict=True):
            found.setdefault(word, Pronoun(person, number, gender, animate, case))
    found["yourselves"] = Pronoun(2, "many", None, True, "reflexive")
    for word in ("this", "that", "which"):
        found[word] = Pronoun(3, "one", None, False, "other")
    for word in ("these", "those"):
        found[word] = Pronoun(3, "many", None, None, "other")
    for word in ("who", "whom"):
        found[word] = Pronoun(3, None, None, True, "other")
    return found


PRONOUNS = _pronouns()
PERSONAL = frozenset(word for word, one in PRONOUNS.items() if one.case != "other")

MALE_TITLES = word_list("actors", "male_titles")
FEMALE_TITLES = word_list("actors", "female_titles")
HONORIFICS = MALE_TITLES | FEMALE_TITLES | word_list("actors", "honorifics")
# Words that stand before a person's name and are no part of it.
TITLES = HONORIFICS | word_list("actors", "titles")
# Stand before titles and say nothing of the name.
BEFORE_TITLES = word_list("actors", "before_titles")
SUFFIXES = word_list("actors", "suffixes")
PARTICLES = word_list("actors", "particles")

MALE_NOUNS = word_list("actors", "male_nouns")
FEMALE_NOUNS = word_list("actors", "female_nouns")
# Singular in form, many people in fact: "they" may go back to them.
COLLECTIVES = word_list("actors", "collectives")
PLURALS = word_list("actors", "plurals")
_SINGULARS_IN_S = word_list("actors", "singulars_in_s")
# A capital before these is no name: the word stands for a role or a body.
BODIES = word_list("actors", "words.bodies")


def number_of(noun: str) -> Number:
    """Whether a noun (lower case) is of one or of many.

    >>> number_of("officials"), number_of("boss"), number_of("people")
    ('many', 'one', 'many')
    """
    if noun in PLURALS:
        return "many"
    if noun in _SINGULARS_IN_S or len(noun) < 4 or noun.endswith(("ss", "us", "is")):
        return "one"
    return "many" if noun.endswith(("s", "men", "women")) else "one"


def gender_of_noun(noun: str) -> Gender | None:
    """Tells "m" or "f" for a noun that is only of one."""
    return "m" if noun in MALE_NOUNS else "f" if noun in FEMALE_NOUNS else None


Gender = Literal["m", "f"]


_MEN = word_list("actors", "men")
_WOMEN = word_list("actors", "women")


def gender_of_given(name: str) -> Gender | None:
    """Tells "m" or "f" for a folded given name that is nearly always one of them, else None.

    >>> gender_of_given("hillary"), gender_of_given("sergei"), gender_of_given("kim")
    ('f', 'm', None)
    """
    return "m" if name in _MEN else "f" if name in _WOMEN else None
