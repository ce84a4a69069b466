"""Words that news uses for one and the same kind of thing: "troops" and "personnel" are forces.

Two reports of one matter seldom use the same word for what is at issue. A concept stands for several words,
as a further word that both texts share; so it brings texts together, and shows that one text says at least
what another says. Names are told apart by actors and states elsewhere; a word that no concept knows stands
for itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from onrecord.lang import word_list
from onrecord.linking.claims.words import Word, content, words_in

_CONCEPTS = {
    "forces": "military army armies troop troops soldier soldiers serviceman servicemen force forces"
    " personnel"
    " contractor contractors mercenary mercenaries fighters marines paratroopers battalion brigade regiment"
    " garrison garrisoned unit units specialists advisers advisors militia legionnaires instructors",
    "presence": "presence present deployed deployment deploy deploys deploying stationed installed based"
    " posted"
    " dispatched dispatch send sends sent sending garrisoned there stay staying remain remains operate"
    " operating",
    "killing": "kill kills killed killing dead die dies died death deaths murdered slain fatalities lives",
    "injury": "injured injure injuries hurt wounded wound wounds casualties",
    "attack": "attack attacks attacked attacking strike strikes struck raid raids raided shelling shelled"
    " bombing"
    " bombed bombardment assault assaulted offensive stormed hit fired shot airstrike airstrikes",
    "arrest": "arrest arrests arrested detain detains detained detention custody imprisoned jailed held"
    " seized"
    " captured prisoner prisoners apprehended",
    "release": "release releases released free freed freeing liberated",
    "agreement": "agreement agreements accord accords deal deals pact pacts treaty treaties contract"
    " contracts"
    " memorandum convention",
    "talks": "talk talks negotiation negotiations negotiate negotiated negotiating meeting met meet summit"
    " dialogue discussions consultations contact contacts mediation",
    "election": "election elections vote votes voted voting ballot ballots poll polls referendum elected",
    "sanctions": "sanction sanctions sanctioned embargo embargoes blockade restrictions",
    "arms": "weapon weapons arms missile missiles ammunition munitions rocket rockets equipment hardware",
    "aid": "aid assistance help helped helps helping support supports supported supporting relief",
    "money": "money funds funding payment payments paid pay pays bribe bribes million billion",
    "vessel": "ship ships vessel vessels boat boats tanker tankers freighter tug ferry frigate",
    "people aboard": "crew crews sailors sailor seamen seafarers passengers aboard board",
    "withdrawal": "withdraw withdraws withdrew withdrawn withdrawal pullout leave leaves left leaving"
    " departed",
    "protest": "protest protests protesters demonstration demonstrations demonstrators rally rallies riot"
    " riots",
    "explosion": "explosion explosions blast blasts exploded explode blew",
    "payment of tax": "tax taxes taxed taxation levy levies duty duties tariff tariffs",
    "price": "price prices cost costs expensive cheaper dearer inflation",
    "growth": "grow grows grew growth rise rises rose rising increase increased increases",
    "fall": "fall falls fell falling decline declined declines drop dropped decrease decreased shrank",
    "closing": "close closes closed closing shut closure shutdown",
    "opening": "open opens opened opening reopened",
    "crossing": "border borders frontier crossing crossed crossings",
    "leak": "leak leaked leaks spill spilled spills discharge discharged",
    "cause": "cause caused causes causing due because triggered",
    "office": "resign resigned resigns resignation dismissed sacked fired ousted stepped",
    "signal": "signal signals transponder beacon transmitter",
    "knowledge": "knew know known knows aware informed told learned warned",
}  # fmt: skip
# Say nothing of what a claim is about, though they are no function words.
EMPTY = word_list("linking", "empty")
PRESENCE = "=presence"
_WORDS = {word: name for name, words in reversed(_CONCEPTS.items()) for word in words.split()}


def concept_of(low: str) -> str | None:
    """What a folded word is one of the words for; None: it stands for itself."""
    return _WORDS.get(low)


def meanings(text: str) -> frozenset[str]:
    """What a text speaks of: concepts, and stems of words that have none; "=" before a concept.

    >>> sorted(meanings("Hundreds of soldiers were killed."))
    ['=forces', '=killing', 'hundred']
    """
    return frozenset(map(meaning, _telling(text)))


def concepts(text: str) -> frozenset[str]:
    """The concepts of a text."""
    return frozenset(one for one in meanings(text) if one.startswith("="))


@lru_cache(maxsize=1 << 14)
def _telling(text: str) -> tuple[Word, ...]:
    return tuple(one for one in content(words_in(text)) if one.low not in EMPTY and len(one.low) > 1)


def meaning(word: Word) -> str:
    """The concept of a word, else its stem."""
    name = concept_of(word.low)
    return f"={name}" if name else word.stem


def covered(said: Iterable[str], by: Iterable[str]) -> float:
    """How much of what one text speaks of another one speaks of, too: 0 to 1, 0 for an empty one."""
    asked, there = frozenset(said), frozenset(by)
    return len(asked & there) / len(asked) if asked else 0.0
