"""The words that tell a standing relation, and the small words of the grammar around them.

Verbs stand by their stem with the particles they need ("side with"); their forms are made here. Nothing in
this file knows how a clause is built: see ``position_clauses`` and ``position_nouns``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.lang import word_list, word_set
from onrecord.values import PositionRelation

Form = Literal["base", "s", "past", "ing", "participle"]


@dataclass(frozen=True, slots=True)
class VerbSense:
    """What a verb tells when ``particles`` follow it."""

    relation: PositionRelation
    particles: tuple[str, ...] = ()
    legitimate: bool = False  # only with a complement that says so: "consider X the legitimate president"


_VERBS: dict[str, tuple[tuple[PositionRelation, str], ...]] = {
    "recognize": (("recognizes", ""),), "recognise": (("recognizes", ""),),
    "support": (("supports", ""),), "back": (("supports", ""),), "endorse": (("supports", ""),),
    "side": (("supports", "with"),), "prop": (("supports", "up"),), "rally": (("supports", "behind"),),
    "stand": (("supports", "by"), ("supports", "with"), ("supports", "behind"), ("opposes", "against"),
              ("opposes", "up to")),
    "oppose": (("opposes", ""),), "sanction": (("sanctions", ""),),
    "ally": (("allied_with", "with"), ("allied_with", "to")),
}  # fmt: skip
_LEGITIMATE = ("consider", "regard", "view", "see", "accept", "acknowledge")
_IRREGULAR = {"stand": ("stands", "stood", "standing", "stood"), "see": ("sees", "saw", "seeing", "seen")}


def _forms(stem: str) -> tuple[tuple[str, Form], ...]:
    """The forms of a verb, beside its stem."""
    if stem in _IRREGULAR:
        third, past, ing, participle = _IRREGULAR[stem]
        return (third, "s"), (past, "past"), (ing, "ing"), (participle, "past")
    if stem.endswith("e"):
        return (stem + "s", "s"), (stem + "d", "past"), (stem[:-1] + "ing", "ing")
    if stem.endswith("y"):
        return (stem[:-1] + "ies", "s"), (stem[:-1] + "ied", "past"), (stem + "ing", "ing")
    doubled = stem + stem[-1] if stem == "prop" else stem
    return (stem + "s", "s"), (doubled + "ed", "past"), (doubled + "ing", "ing")


def _verbs() -> dict[str, tuple[Form, tuple[VerbSense, ...]]]:
    found: dict[str, tuple[Form, tuple[VerbSense, ...]]] = {}
    senses = {
        stem: tuple(VerbSense(relation, tuple(particles.split())) for relation, particles in told)
        for stem, told in _VERBS.items()
    }
    senses |= {stem: (VerbSense("recognizes", legitimate=True),) for stem in _LEGITIMATE}
    for stem, told in senses.items():
        for word, form in ((stem, "base"), *_forms(stem)):
            found[word] = (form, told)
    return found


VERBS = _verbs()

# Behind a form of "be", or behind a party without one: "is opposed to", "parties allied with".
ADJECTIVES: dict[tuple[str, ...], PositionRelation] = {
    ("opposed", "to"): "opposes", ("hostile", "to"): "opposes", ("against",): "opposes",
    ("outspoken", "against"): "opposes", ("allied", "with"): "allied_with", ("allied", "to"): "allied_with",
    ("loyal", "to"): "supports", ("supportive", "of"): "supports", ("in", "favor", "of"): "supports",
    ("in", "favour", "of"): "supports", ("in", "solidarity", "with"): "supports",
}  # fmt: skip
ALONE = word_set("allied loyal opposed hostile")  # these need no "be"

# "HOLDER is an ally of TARGET", "TARGET's allies": what the noun makes of its holder.
ROLES: dict[str, PositionRelation] = {
    "ally": "allied_with", "allies": "allied_with", "backer": "supports", "backers": "supports",
    "supporter": "supports", "supporters": "supports", "opponent": "opposes", "opponents": "opposes",
    "foe": "opposes", "foes": "opposes", "enemy": "opposes", "enemies": "opposes", "adversary": "opposes",
    "arch-enemy": "opposes", "archenemy": "opposes", "arch-foe": "opposes",
}  # fmt: skip
# "HOLDER's support for TARGET", "HOLDER recognition of TARGET".
ATTITUDES: dict[str, tuple[PositionRelation, frozenset[str]]] = {
    "support": ("supports", word_set("for to")), "backing": ("supports", word_set("for of")),
    "endorsement": ("supports", word_set("of")), "solidarity": ("supports", word_set("with")),
    "recognition": ("recognizes", word_set("of")), "opposition": ("opposes", word_set("to")),
    "alliance": ("allied_with", word_set("with")),
    "sanctions": ("sanctions", word_set("against on targeting")),
    "embargo": ("sanctions", word_set("against on")),
}  # fmt: skip
# "X-backed Y".
COMPOUNDS: dict[str, PositionRelation] = {
    "backed": "supports", "supported": "supports", "allied": "allied_with", "aligned": "allied_with",
    "recognized": "recognizes", "recognised": "recognizes", "sanctioned": "sanctions",
}  # fmt: skip

IMPOSE = word_list("positions", "impose")
LIFT = word_list("positions", "lift")
SANCTIONS = word_set("sanctions embargo")

DENY = word_list("positions", "deny")
CLAIMS = word_list("positions", "claims")

FORCES = word_list("positions", "forces")
# Military only with a word that says so: "military advisers", "air base".
PEOPLE = word_list("positions", "people")
THINGS = word_list("positions", "things")
ARMED = word_list("positions", "armed")
CIVIL = word_list("positions", "civil")
HAVE = word_list("positions", "have")
SEND = word_list("positions", "send")
STAY = word_list("positions", "stay")

BE = word_list("positions", "be")
AUX = BE | word_set("has have had do does did having")
MODALS = word_list("positions", "modals")
WILL = word_set("will 'll won't won’t")
NEGATIONS = word_list("stance", "negations")
ADVERBS = word_list("positions", "adverbs")
_ON = word_list("positions", "on")
_OFF = word_list("positions", "off")
_PLAN = word_list("positions", "plan")
# Verbs before "to recognize" or "recognizing", and what they make of it.
CHAINS: dict[str, Literal["on", "off", "plan"]] = {
    **dict.fromkeys(_ON, "on"), **dict.fromkeys(_OFF, "off"), **dict.fromkeys(_PLAN, "plan")
}  # fmt: skip

DETERMINERS = word_list("positions", "determiners")
PREPOSITIONS = word_list("positions", "prepositions")
OF_PLACE = word_list("positions", "of_place")
CONJUNCTIONS = word_list("positions", "conjunctions")
REPORTING = word_list("positions", "reporting")
ASSURING = word_list("positions", "assuring")
RUMOURS = word_list("positions", "rumours")
HYPOTHETICAL = word_list("positions", "hypothetical")
UNREAL = word_list("positions", "unreal")
PLANNED = word_list("positions", "planned")
ENDED = word_list("positions", "ended")

COUNTED = word_list("positions", "counted")
QUANTIFIERS: dict[str, tuple[int, int | None]] = {
    "several": (2, None), "many": (2, None), "most": (2, None), "some": (2, None), "dozens": (24, None),
    "scores": (40, None), "hundreds": (200, None), "numerous": (2, None), "various": (2, None),
    "few": (2, None), "majority": (2, None), "number": (2, None), "both": (2, 2),
}  # fmt: skip
ADJECTIVES_OF_COUNTED = word_list("positions", "adjectives_of_counted")
APART = word_list("positions", "apart")

GOVERNMENT = word_list("positions", "government")
ABOUT_THEM = GOVERNMENT | word_set(
    "legitimacy independence sovereignty authority statehood claim mandate victory re-election reelection"
    " leader leaders president existence annexation candidacy"
)
TITLES = word_list("positions", "titles")
DESCRIBING = word_list("positions", "describing")
CLOSE = word_list("positions", "close")
LEGITIMATE = word_list("positions", "legitimate")
# Nouns that a name before them only describes: "sanctions on Iran oil exports".
NOUNS = word_list("positions", "nouns")
