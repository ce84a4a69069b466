"""The words that tell a standing relation, and the small words of the grammar around them.

Verbs stand by their stem with the particles they need ("side with"); their forms are made here. Nothing in
this file knows how a clause is built: see ``position_clauses`` and ``position_nouns``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.values import PositionRelation

Form = Literal["base", "s", "past", "ing", "participle"]


def word_set(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


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

IMPOSE = word_set(
    "impose imposes imposed imposing slap slaps slapped slapping extend extends extended extending tighten"
    " tightens tightened tightening expand expands expanded expanding levy levies levied reimpose reimposes"
    " reimposed reimposing maintain maintains maintained maintaining place placed renew renewed renews"
)
LIFT = word_set("lift lifts lifted lifting remove removes removed removing drop dropped drops revoke revoked")
SANCTIONS = word_set("sanctions embargo")

DENY = word_set(
    "deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed dismissing"
    " refute refutes refuted refuting"
)
CLAIMS = word_set("accusations accusation allegations allegation claims claim charges charge assertions")

FORCES = word_set(
    "troops troop soldiers soldier forces military army servicemen paratroopers marines warships warship"
    " mercenaries fighters navy jets warplanes bombers tanks battalions battalion brigade gunmen militias"
    " infantry airmen commandos"
)
# Military only with a word that says so: "military advisers", "air base".
PEOPLE = word_set(
    "specialists specialist experts expert advisers advisors adviser personnel contractors contractor"
    " instructors technicians trainers engineers staff"
)
THINGS = word_set("base bases presence outpost outposts bombers missiles weapons installations garrison")
ARMED = word_set("military armed army naval air combat special troop paramilitary mercenary nuclear ground")
CIVIL = word_set("non-military nonmilitary civilian civil unarmed")
HAVE = word_set("has have had having keeps keep kept maintains maintain maintained stations hosts")
SEND = word_set(
    "sent send sends sending deployed deploy deploys deploying dispatched dispatch dispatches stationed"
    " moved based"
)
STAY = word_set(
    "stationed deployed based installed operating serving fighting present remaining currently already still"
    " permanently now active working on located positioned garrisoned supporting sent"
)

BE = word_set("is are was were be been being 're am isn't aren't wasn't weren't")
AUX = BE | word_set("has have had do does did having")
MODALS = word_set("would could may might should must can shall cannot ought wouldn't couldn't shouldn't")
WILL = word_set("will 'll won't won’t")
NEGATIONS = word_set("not never n't no neither nor hardly")
ADVERBS = word_set(
    "also still always now already long even once again both openly just only so far consistently all ever"
    " therefore then thus meanwhile however instead indeed soon too very more most in fact"
)
_ON = word_set(
    "continue continues continued continuing keep keeps kept remains began begun begins started starts rushed"
)
_OFF = word_set(
    "refuse refuses refused refusing decline declines declined fail fails failed stop stops stopped cease"
    " ceases ceased ceasing refusal"
)
_PLAN = word_set(
    "plan plans planned planning intend intends intended promise promises promised vow vows vowed pledge"
    " pledges pledged prepare prepares preparing ready set going agree agreed agrees decided decides"
    " threatened threatens threatening"
)
# Verbs before "to recognize" or "recognizing", and what they make of it.
CHAINS: dict[str, Literal["on", "off", "plan"]] = {
    **dict.fromkeys(_ON, "on"), **dict.fromkeys(_OFF, "off"), **dict.fromkeys(_PLAN, "plan")
}  # fmt: skip

DETERMINERS = word_set("the a an this that these those its their his her our some any all both")
PREPOSITIONS = word_set(
    "in on at as with against over after since during despite because amid through by from under until"
    " before while when if who which whose that and but or though although whereas around across throughout"
    " following towards toward among too again instead alone today yesterday now politically militarily"
    " publicly openly financially at where unless regardless without within about also yet so rather"
    " particularly especially even like both more financially economically tonight this last earlier"
)
OF_PLACE = word_set("in into inside within across throughout to on")
CONJUNCTIONS = word_set(
    "and but or while whereas as that because although though when after since so where however meanwhile yet"
    " both only even today now nor neither than which who also still whose"
)
REPORTING = word_set(
    "said says say saying added adds told noted stated stressed emphasized emphasised insists insisted"
    " claims claimed claim alleged alleges believes believe believed thinks think argued argues announced"
    " reported reports reiterated warned declared acknowledged admitted confirmed explained suggests"
    " suggested"
)
ASSURING = word_set(
    "fact clear know knows sure true note notes stress stresses emphasize reiterate repeat underline confirm"
    " reaffirm remember stressed noted noting confirmed confirming acknowledged admitted reiterated"
    " emphasized emphasised underlined understand aware"
)
RUMOURS = word_set(
    "speculation rumours rumors reports allegations claims accusations suggestions suggestion claim report"
    " allegation accusation idea possibility assertion assertions notion"
)
HYPOTHETICAL = word_set("if whether unless until should lest")
UNREAL = word_set(
    "would could may might should must possible potential alleged purported supposed so-called proposed"
    " hypothetical threat threats calls call called demand demands demanded urge urged urging seek seeks"
    " seeking sought win won request requested ask asked asking lack without if whether unless for no-more"
    " hope hopes wants want"
)
PLANNED = word_set("planned future further new additional fresh upcoming threatened possible potential")
ENDED = word_set("former ex-ally erstwhile onetime one-time ended end ends withdrawal withdraw withdrew")

COUNTED = word_set(
    "countries nations states governments allies partners neighbours neighbors members capitals powers others"
)
QUANTIFIERS: dict[str, tuple[int, int | None]] = {
    "several": (2, None), "many": (2, None), "most": (2, None), "some": (2, None), "dozens": (24, None),
    "scores": (40, None), "hundreds": (200, None), "numerous": (2, None), "various": (2, None),
    "few": (2, None), "majority": (2, None), "number": (2, None), "both": (2, 2),
}  # fmt: skip
ADJECTIVES_OF_COUNTED = word_set(
    "other latin american european western african asian arab muslim regional neighboring neighbouring member"
    " foreign more south central eastern gulf eu nato un different world major democratic regional g7 islamic"
)
APART = word_set("including particularly especially notably like such namely mainly chiefly mostly among")

GOVERNMENT = word_set(
    "government governments regime administration leadership authorities presidency rule junta cabinet"
    " interim-government state republic opposition-government"
)
ABOUT_THEM = GOVERNMENT | word_set(
    "legitimacy independence sovereignty authority statehood claim mandate victory re-election reelection"
    " leader leaders president existence annexation candidacy"
)
TITLES = word_set(
    "president prime minister leader opposition chief head general king queen chancellor premier senator"
    " candidate dictator strongman commander politician lawmaker speaker ruler sheikh emir ayatollah mr mr."
    " mrs ms dr party former-president interim acting rebel separatist"
)
DESCRIBING = word_set(
    "legitimate elected constitutional de facto acting interim self-proclaimed self-declared embattled new"
    " current democratically constitutionally legitimately ruling internationally incumbent socialist leftist"
    " conservative military transitional rightful leftwing left-wing right-wing far-right liberal communist"
    " islamist centrist breakaway"
)
CLOSE = word_set(
    "close closest key main staunch staunchest major important longtime long-time long-standing longstanding"
    " strong strongest firm firmest loyal traditional natural strategic regional biggest powerful principal"
    " international political military leading top most nearest best few last remaining crucial vital treaty"
    " fierce fiercest bitter staunch outspoken vocal ardent chief old sworn important steadfast european gulf"
    " arab fellow trusted economic ideological foreign reliable solid great"
)
LEGITIMATE = word_set("legitimate rightful lawful constitutional legitimately rightfully")
# Nouns that a name before them only describes: "sanctions on Iran oil exports".
NOUNS = word_set(
    "oil gas energy trade aid bank banks firm firms company companies official officials government president"
    " minister ministers army forces troops military police coach team side captain striker policy policies"
    " deal leader leaders people citizens nationals imports exports goods sector talks bid plan summit crisis"
    " war vote election elections border embassy ambassador entities individuals businesses lawmakers"
)
