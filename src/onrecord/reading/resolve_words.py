"""Words that say what a mention may stand for: pronouns, titles, and nouns of one gender or number.

Compiled from general knowledge of English news; everything is lower case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.reading.given_names import Gender

Number = Literal["one", "many"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


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

MALE_TITLES = _words(
    "mr sir lord king prince duke father fr brother baron congressman councilman senor mister herr"
)
FEMALE_TITLES = _words(
    """
    mrs ms miss dame lady queen princess duchess sister mother baroness congresswoman councilwoman madame
    mme madam
    """
)
HONORIFICS = MALE_TITLES | FEMALE_TITLES | _words("mx dr prof professor rev reverend hon")
# Words that stand before a person's name and are no part of it.
TITLES = HONORIFICS | _words(
    """
    sen senator senators rep reps representative congressman congresswoman gov governor mayor president
    president-elect vice-president premier chancellor minister secretary ambassador consul envoy chairman
    chairwoman chair chairperson chief head director spokesman spokeswoman spokesperson leader speaker
    deputy prime attorney general gen lt lieutenant col colonel maj major capt captain cmdr commander sgt
    sergeant adm admiral brig brigadier marshal cpl corporal private officer detective sheriff judge justice
    pope rabbi imam sheikh sheik ayatollah mullah cardinal bishop archbishop pastor emir sultan shah crown
    emperor empress pm mp coach ceo cfo coo editor author writer journalist reporter correspondent actor
    actress singer candidate nominee manager adviser advisor aide strategist pollster analyst economist
    historian lawyer activist businessman businesswoman billionaire tycoon commissioner superintendent
    inspector professor-emeritus assemblyman assemblywoman alderman delegate undersecretary under-secretary
    solicitor treasurer laureate dictator strongman founder co-founder chairman-elect negotiator diplomat
    host anchor comedian rapper star veteran hon amb pres councillor comrade citizen
    """
)
# Stand before titles and say nothing of the name.
BEFORE_TITLES = _words(
    """
    former then then- acting interim current incoming outgoing ex ex- late first second deputy vice
    assistant newly elected reelected longtime fellow chief executive the his her their our its my your
    retired one-time onetime presidential vice-presidential national foreign prime senior special permanent
    official
    """
)
SUFFIXES = _words("jr sr ii iii iv md phd esq mp mep qc kc")
PARTICLES = _words("de da di del della der den van von la le el al ben bin ibn abu bint dos du st ter ten")

MALE_NOUNS = _words(
    """
    man boy gentleman father son brother husband uncle nephew grandfather grandson king prince businessman
    spokesman congressman councilman chairman policeman fireman assemblyman actor waiter lord boyfriend
    widower statesman anchorman cameraman salesman dad duke monk priest pope imam groom stepfather fisherman
    guy fellow gunman
    """
)
FEMALE_NOUNS = _words(
    """
    woman girl lady mother daughter sister wife aunt niece grandmother granddaughter queen princess
    businesswoman spokeswoman congresswoman councilwoman chairwoman policewoman actress waitress girlfriend
    widow mom mum duchess nun bride stepmother hostess heroine
    """
)
# Singular in form, many people in fact: "they" may go back to them.
COLLECTIVES = _words(
    """
    team government campaign ministry company committee police group party family army military navy council
    agency administration staff crowd band union commission board court department organization organisation
    firm panel delegation coalition opposition regime cabinet parliament congress senate house public couple
    majority minority press media crew force bank club corporation institute office bureau side population
    community nation state country movement militia gang audience jury embassy association foundation league
    faction troupe faculty
    """
)
PLURALS = _words("people police men women children folks others media troops data authorities clergy cattle")
_SINGULARS_IN_S = _words(
    """
    news series politics economics congress press class boss glass business process success chaos crisis
    analysis basis virus campus status bus gas plus texas headquarters united states gracias always this his
    us its princess actress witness hostess waitress duchess mistress address progress access illness
    happiness congresswoman
    """
)
# A capital before these is no name: the word stands for a role or a body.
BODIES = _words(
    """
    ministry department office agency bureau council committee commission parliament congress senate court
    army military navy government administration party university company embassy assembly association
    institute bank union force forces command police campaign team foundation organization organisation
    service corps house
    """
)
REPORTERS = _words("reporters journalists viewers listeners supporters fans")


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
